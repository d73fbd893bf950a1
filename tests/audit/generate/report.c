/* report.c - chance, lines and figures of an invented report. */
#include "report.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t next(struct report *r)
{
	uint64_t z = r->random += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

uint32_t draw(struct report *r, uint32_t below)
{
	return (uint32_t)(next(r) % below);
}
long between(struct report *r, long low, long high)
{
	return high <= low ? low : low + (long)(next(r) % (uint64_t)(high - low + 1));
}
bool chance(struct report *r, int percent)
{
	return (int)draw(r, 100) < percent;
}

bool here(const struct report *r, enum fault fault, int place)
{
	return r->fault == fault && r->place == place;
}
bool wanted(struct report *r, int percent, enum fault fault, int first_place, int last_place)
{
	bool by_chance = chance(r, percent);
	return by_chance ||
	       (r->fault == fault && r->place >= first_place && r->place <= last_place);
}

static char *room(struct report *r, size_t n)
{
	if (r->used + n > sizeof r->pool) {
		fputs("a report is too long\n", stderr);
		exit(2);
	}
	r->used += n;
	return r->pool + r->used - n;
}

const char *kept(struct report *r, const char *format, ...)
{
	char text[2048];
	va_list args;
	va_start(args, format);
	int n = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	char *to = room(r, (size_t)n + 1);
	memcpy(to, text, (size_t)n + 1);
	return to;
}

const char *words(struct report *r, const char *const *templates, const char *const *values)
{
	uint32_t n = 0;
	while (templates[n])
		n++;
	char text[4096];
	size_t used = 0;
	for (const char *s = templates[draw(r, n)]; *s && used + 1 < sizeof text;) {
		if (*s == '{' && s[1] >= '0' && s[1] <= '9' && s[2] == '}') {
			const char *value = values[s[1] - '0'];
			size_t length = strlen(value);
			length = length < sizeof text - used ? length : sizeof text - used - 1;
			memcpy(text + used, value, length);
			used += length;
			s += 3;
		} else {
			text[used++] = *s++;
		}
	}
	text[used] = 0;
	char *to = room(r, used + 1);
	memcpy(to, text, used + 1);
	return to;
}

void add_marked(struct report *r, const char *line, bool marked)
{
	if (r->n_lines == (int)(sizeof r->lines / sizeof r->lines[0]))
		exit(2);
	r->lines[r->n_lines].text = line;
	r->lines[r->n_lines++].marked = marked;
}
void add(struct report *r, const char *line)
{
	add_marked(r, line, false);
}
void mark_last(struct report *r)
{
	r->lines[r->n_lines - 1].marked = true;
}
void accept(struct report *r, const char *verdict, const char *kinds)
{
	r->verdict = verdict;
	r->accept = kinds;
}

void filler(struct report *r, int n, const char *bullet)
{
	static const char *const sentences[] = {
		"Việc họp giao ban được duy trì đều đặn, kết luận cuộc họp được theo dõi đến "
		"khi làm xong.",
		"Người đứng đầu từng bộ phận chịu trách nhiệm về tiến độ công việc được phân "
		"công.",
		"Nơi tiếp nhận hồ sơ có ghế chờ, nước uống, máy tính tra cứu phục vụ người "
		"dân.",
		"Thái độ phục vụ của công chức khi tiếp dân có chuyển biến rõ nét.",
		"Loa truyền thanh thường xuyên phổ biến cách nộp hồ sơ từ xa.",
		"Tổ công nghệ số cộng đồng đến từng nhà hướng dẫn cài đặt ứng dụng định danh "
		"điện tử.",
		"Lịch tiếp công dân được niêm yết và thực hiện nghiêm túc.",
		"Hồ sơ lưu trữ được sắp xếp khoa học, thuận tiện khi tra cứu.",
		"Kinh phí tiết kiệm được dùng để bổ sung thu nhập cho cán bộ, công chức theo "
		"quy chế.",
		"Phần mềm quản lý văn bản và điều hành được sử dụng thông suốt.",
		"Việc gửi, nhận văn bản điện tử đã thành nền nếp.",
		"Máy quét và máy in được bảo dưỡng định kỳ.",
		"Quy chế chi tiêu nội bộ được rà soát, lấy ý kiến rộng rãi trước khi ban hành.",
		"Công chức trẻ được giao kèm cặp, hướng dẫn người lớn tuổi sử dụng máy tính.",
		"Một số người dân chưa có điện thoại thông minh nên còn nộp hồ sơ giấy.",
		"Đường truyền có lúc chậm, ảnh hưởng đến việc tải hồ sơ lên hệ thống.",
		"Công chức kiêm nhiệm nhiều việc nên thời gian dành cho tham mưu còn ít.",
		"Trang thiết bị đã cũ, chưa đáp ứng yêu cầu số hóa hồ sơ.",
		"Sự phối hợp giữa một số bộ phận có việc còn chưa nhịp nhàng.",
		"Công tác tuyên truyền có lúc chưa thật sự phong phú về hình thức.",
		"Các mô hình hay được giới thiệu, nhân rộng qua hội nghị trực tuyến.",
		"Đường dây nóng và hòm thư góp ý được duy trì tại trụ sở.",
		"Hướng dẫn thực hiện thủ tục được viết ngắn gọn, có hình minh họa.",
		"Công tác bảo đảm an toàn thông tin được quan tâm đúng mức.",
	};
	const uint32_t n_sentences = sizeof sentences / sizeof sentences[0];
	for (int i = 0; i < n; i++) {
		uint32_t which = draw(r, n_sentences);
		for (uint32_t tries = 0; tries < n_sentences && r->fillers >> which & 1;
		     tries++)
			which = (which + 1) % n_sentences;
		if (r->fillers >> which & 1)
			return;
		r->fillers |= (uint64_t)1 << which;
		add(r, kept(r, "%s%s", bullet, sentences[which]));
	}
}

const char *grouped(struct report *r, long n)
{
	if (n < 1000)
		return kept(r, "%ld", n);
	if (n < 1000000)
		return kept(r, "%ld.%03ld", n / 1000, n % 1000);
	return kept(r, "%ld.%03ld.%03ld", n / 1000000, n / 1000 % 1000, n % 1000);
}
const char *count(struct report *r, long n)
{
	return r->padded && n < 10 ? kept(r, "%02ld", n) : grouped(r, n);
}

static const long UNITS[] = { 1, 10, 100 }; /* the last printed digit, in a percent */

static long scaled_rate(long part, long whole, int digits)
{
	return (2 * 100 * UNITS[digits] * part + whole) / (2 * whole);
}
/* As many digits as the report writes, more where 99,9 would read as 100. */
static int digits_for(const struct report *r, long part, long whole)
{
	int digits = r->digits;
	while (digits < 2 && part > 0 && part < whole &&
	       (scaled_rate(part, whole, digits) == 100 * UNITS[digits] ||
	        !scaled_rate(part, whole, digits)))
		digits++;
	return digits;
}
static const char *rate_of(struct report *r, long scaled, int digits)
{
	long unit = UNITS[digits];
	if (scaled == 100 * unit || !scaled || digits == 0)
		return kept(r, "%ld", scaled / unit);
	return kept(r, "%ld,%0*ld", scaled / unit, digits, scaled % unit);
}
const char *rate(struct report *r, long part, long whole)
{
	int digits = digits_for(r, part, whole);
	return rate_of(r, scaled_rate(part, whole, digits), digits);
}
const char *wrong_rate(struct report *r, long part, long whole)
{
	int digits = digits_for(r, part, whole);
	long unit = UNITS[digits], right = scaled_rate(part, whole, digits);
	long off = digits == 0 || chance(r, 50) ? between(r, 3, 9) : unit * between(r, 1, 6);
	long wrong = right + off <= 99 * unit && chance(r, 50) ? right + off : right - off;
	return rate_of(r, wrong > 0 ? wrong : right + off, digits);
}

long wrong_count(struct report *r, long n)
{
	if (n >= 10 && n / 10 % 10 != n % 10 && chance(r, 50)) /* two digits changed places */
		return n - n % 100 + n % 10 * 10 + n / 10 % 10;
	if (n >= 100 && chance(r, 60))
		return n + 10 * between(r, 1, 5);
	return n + between(r, 1, 4);
}

const char *short_day(struct report *r, struct day day)
{
	return day.m < 3 ? kept(r, "%02d/%02d/%d", day.d, day.m, day.y)
	                 : kept(r, "%02d/%d/%d", day.d, day.m, day.y);
}
const char *long_day(struct report *r, struct day day)
{
	return kept(r, day.m < 3 ? "%02d tháng %02d năm %d" : "%02d tháng %d năm %d", day.d,
	            day.m, day.y);
}
struct day day_before(struct report *r, struct day day, int most_days)
{
	int back = (int)between(r, 1, most_days),
	    n = (day.m - 1) * 28 + (day.d < 28 ? day.d : 28) - 1 - back;
	if (n < 3)
		n = 3;
	return (struct day){ n % 28 + 1, n / 28 + 1, day.y };
}
