/* document_head.c - letterhead, number, day, type, title, addressee (Nghị định 30/2020/NĐ-CP).
 */
#include <string.h>

#include "base/vntext.h"
#include "text/document_parts.h"

enum { MOST_HEAD_BLOCKS = 60, LONGEST_TITLE = 500 };

static const char *const types[] = {
	"báo cáo",   "kế hoạch", "tờ trình", "quyết định", "thông báo", "chương trình",
	"hướng dẫn", "biên bản", "đề án",    "phương án",  "chỉ thị",   "nghị quyết",
	"công điện", "quy chế",  "quy định", "công văn",   "bản",       "phiếu",
};

/* "BÁO CÁO" at the beginning, in capitals, or as a heading; what follows it, or NULL. */
static const char *after_type(const struct making *m, size_t *type_len)
{
	const char *text = m->block.text.text;

	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		const char *after = words_after(text, types[i]);
		size_t used = 0;

		if (!after)
			continue;
		for (const char *at = text; at < after && !m->heading && *after; at += used)
			if (is_lower_letter(point_at(at, &used)))
				return NULL;
		*type_len = (size_t)(after - text);
		return after + strspn(after, " :");
	}
	return NULL;
}

static bool is_number_line(const char *text)
{
	const char *after = words_after(text, "số");

	return after && strlen(text) < 200 && strchr(after, '/') &&
	       (*after == ':' || *after == ' ');
}

/* "An Thạnh, ngày 10 tháng 6 năm 2025", blank ones too; "An Thạnh, ngày 10/6/2025". */
static bool is_day_line(const char *text)
{
	enum { LONGEST_SHORT_DAY = 60 };
	const char *day = words_in(text, "ngày");
	const char *month = day ? words_in(day, "tháng") : NULL;

	if (month)
		return strlen(text) < 200 && words_in(month, "năm");
	return day && day > text + 2 && day[-2] == ',' && strchr(day, '/') &&
	       strlen(text) < LONGEST_SHORT_DAY;
}

static bool opens_body(const char *text)
{
	static const char *const words[] = { "căn cứ", "thực hiện", "trên cơ sở", "theo",
		                             "nhằm",   "để",        "tiếp tục" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (words_start(text, words[i]))
			return true;
	return false;
}

static const char *text_at(const struct build *b, size_t at)
{
	return b->blocks[at].block.text.text;
}

static int file_at(const struct build *b, size_t at)
{
	return b->blocks[at].block.text.joints[0].line.file;
}

/* Where the head may be: up to the first table or section of the file. */
static size_t head_limit(const struct build *b, size_t from)
{
	size_t at = from;

	for (; at < b->n_blocks && at < from + MOST_HEAD_BLOCKS; at++) {
		const struct making *m = &b->blocks[at];

		if (file_at(b, at) != file_at(b, from) || m->block.kind == BLOCK_TABLE ||
		    (marker_is_number(&m->marker) && m->marker.class < MARK_LETTER))
			break;
	}
	return at;
}

static size_t find_type(const struct build *b, size_t from, size_t limit)
{
	size_t len;

	for (size_t i = from; i < limit; i++)
		if (after_type(&b->blocks[i], &len) && strlen(text_at(b, i)) < LONGEST_TITLE)
			return i;
	return SIZE_MAX;
}

static bool is_title_line(const struct build *b, size_t at, bool first)
{
	const struct making *m = &b->blocks[at];
	const char *text = text_at(b, at);
	size_t n = strlen(text);

	if (n > LONGEST_TITLE || m->marker.class != MARK_NONE ||
	    words_start(text, "kính gửi") || is_number_line(text) || is_day_line(text))
		return false;
	if (!first && m->gap > 0 && !m->bold && text[0] != '(')
		return false;
	return text[n - 1] != ':' && (text[n - 1] != '.' || m->bold) &&
	       (m->bold || first || !opens_body(text));
}

/* Type and title from block `at` on; the block after them. */
static enum err read_title(struct build *b, size_t at, size_t limit, size_t *end)
{
	size_t len = 0;
	const char *rest = after_type(&b->blocks[at], &len);
	bool first;

	TRY(arena_strndup(b->arena, &b->head.type, text_at(b, at), len));
	TRY(text_upper(b->arena, &b->head.type, b->head.type));
	b->head.title = rest;
	b->at_title = at;
	first = *rest == '\0';
	for (*end = at + 1; *end < limit && is_title_line(b, *end, first); (*end)++) {
		const char *text = text_at(b, *end);

		if (text[0] == '(') {
			first = false;
			continue;
		}
		if (first)
			b->at_title = *end;
		first = false;
		if (*b->head.title)
			TRY(arena_printf(b->arena, &b->head.title, "%s %s", b->head.title,
			                 text));
		else
			b->head.title = text;
	}
	return ERR_OK;
}

/* "Kính gửi: ..." and the list below it. */
static size_t pass_addressees(const struct build *b, size_t at, size_t limit)
{
	if (at >= limit || !words_start(text_at(b, at), "kính gửi"))
		return at;
	for (at++; at < limit; at++)
		if (b->blocks[at].marker.class < MARK_DASH || strlen(text_at(b, at)) > 200)
			break;
	return at;
}

static void find_number_and_day(struct build *b, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const char *text = text_at(b, i);

		if (b->at_number == SIZE_MAX && is_number_line(text))
			b->at_number = i;
		if (b->at_day == SIZE_MAX && is_day_line(text))
			b->at_day = i;
	}
}

/* A letter has no title but its subject: "V/v báo cáo ...". */
static void read_subject(struct build *b, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const char *after = words_after(text_at(b, i), "v/v");

		if (!after)
			after = words_after(text_at(b, i), "về việc");
		if (!after || b->at_title != SIZE_MAX)
			continue;
		b->head.title = after + strspn(after, " :");
		b->at_title = i;
	}
}

/* The head of the file whose blocks begin at `from`; nothing when it has none. */
static enum err read_head(struct build *b, size_t from, bool *found)
{
	size_t limit = head_limit(b, from), type = find_type(b, from, limit), end = from;

	if (type != SIZE_MAX) {
		TRY(read_title(b, type, limit, &end));
	} else {
		find_number_and_day(b, from, limit);
		if (b->at_number == SIZE_MAX && b->at_day == SIZE_MAX)
			return ERR_OK;
		end = b->at_number == SIZE_MAX ? from : b->at_number + 1;
		if (b->at_day != SIZE_MAX && b->at_day + 1 > end)
			end = b->at_day + 1;
	}
	/* A letter has its addressee without a type, a subject may stand between. */
	for (size_t i = end; i < limit && i < end + 4; i++)
		if (words_start(text_at(b, i), "kính gửi")) {
			end = i;
			break;
		}
	end = pass_addressees(b, end, limit);
	find_number_and_day(b, from, end);
	read_subject(b, from, end);
	for (size_t i = from; i < end; i++)
		b->blocks[i].block.kind = BLOCK_HEAD;
	b->head_end = end;
	*found = true;
	return ERR_OK;
}

enum err build_head(struct build *b)
{
	bool found = false;

	b->at_number = b->at_day = b->at_title = SIZE_MAX;
	b->head = (struct doc_head){
		.place = "", .type = "", .title = "", .office = "", .day = { .on = DATE_NONE }
	};
	for (size_t i = 0; i < b->n_blocks && !found; i++)
		if (i == 0 || file_at(b, i) != file_at(b, i - 1))
			TRY(read_head(b, i, &found));
	return ERR_OK;
}

/* ---- what the readings of its lines say ---- */

static enum err read_day(struct build *b)
{
	const struct joined *text = &b->blocks[b->at_day].block.text;
	const struct written_day *day = NULL;
	const char *word = words_in(text->text, "ngày");
	size_t start = 0, end;

	for (size_t i = 0; i < text->reading.n_days && !day; i++)
		if (text->reading.days[i].end > (size_t)(word - text->text))
			day = &text->reading.days[i];
	if (day)
		b->head.day = *day;
	b->head.day_line = joined_line(text, (size_t)(word - text->text));
	if (b->at_day == b->at_number && text->reading.n_citations > 0)
		start = text->reading.citations[0].end;
	end = (size_t)(word - text->text);
	if (end < start)
		start = 0;
	while (end > start && strchr(" ,", text->text[end - 1]))
		end--;
	while (start < end && text->text[start] == ' ')
		start++;
	return arena_strndup(b->arena, &b->head.place, text->text + start, end - start);
}

static void read_number(struct build *b)
{
	const struct joined *text = &b->blocks[b->at_number].block.text;

	if (text->reading.n_citations > 0)
		b->head.number = text->reading.citations[0];
	b->head.number_line = text->joints[0].line;
}

/* The first period of the title that is one of reporting. */
static enum err read_period(struct build *b)
{
	struct reading reading = { 0 };

	b->head.title_line = b->blocks[b->at_title].block.text.joints[0].line;
	TRY(reading_of(&reading, b->arena, b->head.title));
	for (size_t i = 0; i < reading.n_periods; i++) {
		const struct written_period *p = &reading.periods[i];

		if (p->kind == PERIOD_YEARS || p->same_period_before)
			continue;
		if (b->head.period.start == b->head.period.end)
			b->head.period = *p;
		if (b->head.year == 0)
			b->head.year = p->year;
	}
	return ERR_OK;
}

static void set_year(struct written_period *p, int year)
{
	static const int months[] = {
		[PERIOD_QUARTER] = 3, [PERIOD_MONTH] = 1, [PERIOD_HALF] = 6
	};
	int first = 1, n;

	if (year == 0 || p->kind > PERIOD_HALF || p->number < 1)
		return;
	n = months[p->kind];
	first += (p->number - 1) * n;
	if (first + n > 13)
		return;
	p->year = year;
	p->from = date_make(year, first, 1);
	p->to = date_add(
	        first + n > 12 ? date_make(year + 1, 1, 1) : date_make(year, first + n, 1), -1);
}

enum err build_head_readings(struct build *b)
{
	struct doc_head *h = &b->head;

	if (b->at_number != SIZE_MAX)
		read_number(b);
	if (b->at_day != SIZE_MAX)
		TRY(read_day(b));
	if (b->at_title != SIZE_MAX)
		TRY(read_period(b));
	if (h->year == 0)
		h->year = h->day.year ? h->day.year : h->number.year;
	/* "Quý I và phương hướng quý II năm 2024": the year stands behind the second. */
	if (h->period.end > h->period.start && h->period.year == 0)
		set_year(&h->period, h->year);
	h->is_plan = words_start(h->type, "kế hoạch") || words_start(h->type, "chương trình") ||
	             words_start(h->title, "kế hoạch") ||
	             words_start(h->title, "chương trình") ||
	             words_start(h->title, "phương hướng");
	return ERR_OK;
}
