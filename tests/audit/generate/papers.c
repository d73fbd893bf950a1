/* papers.c - documents cited, days, periods, lists that are announced, tasks ahead. */
#include "parts.h"
#include <stddef.h>

struct decree {
	const char *type, *number, *day, *rest;
	int year;
};
/* Well-known ones with their true dates. */
static const struct decree DECREES[] = {
	{ "Nghị định", "61/2018/NĐ-CP", "23/4/2018",
	  "của Chính phủ về thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ "
	  "tục hành chính",
	  2018 },
	{ "Nghị định", "107/2021/NĐ-CP", "06/12/2021",
	  "của Chính phủ sửa đổi, bổ sung một số điều về cơ chế một cửa", 2021 },
	{ "Nghị định", "45/2020/NĐ-CP", "08/4/2020",
	  "của Chính phủ về thực hiện thủ tục hành chính trên môi trường điện tử", 2020 },
	{ "Nghị định", "42/2022/NĐ-CP", "24/6/2022",
	  "của Chính phủ về cung cấp thông tin và dịch vụ công trực tuyến", 2022 },
	{ "Nghị định", "63/2010/NĐ-CP", "08/6/2010",
	  "của Chính phủ về kiểm soát thủ tục hành chính", 2010 },
	{ "Nghị định", "92/2017/NĐ-CP", "07/8/2017",
	  "của Chính phủ sửa đổi các nghị định về kiểm soát thủ tục hành chính", 2017 },
	{ "Thông tư", "01/2018/TT-VPCP", "23/11/2018",
	  "của Văn phòng Chính phủ hướng dẫn cơ chế một cửa", 2018 },
	{ "Quyết định", "468/QĐ-TTg", "27/3/2021",
	  "của Thủ tướng Chính phủ phê duyệt Đề án đổi mới việc thực hiện cơ chế một cửa",
	  2021 },
	{ "Quyết định", "06/QĐ-TTg", "06/01/2022",
	  "của Thủ tướng Chính phủ phê duyệt Đề án phát triển ứng dụng dữ liệu về dân cư",
	  2022 },
	{ "Nghị quyết", "18-NQ/TW", "25/10/2017", "của Ban Chấp hành Trung ương", 2017 },
};
enum { N_DECREES = sizeof DECREES / sizeof DECREES[0] };
static const char *const SUBJECTS[] = { "kiểm soát thủ tục hành chính",
	                                "tuyên truyền cải cách hành chính",
	                                "kiểm tra công vụ",
	                                "khảo sát sự hài lòng của người dân",
	                                "chuyển đổi số",
	                                "rà soát thủ tục hành chính",
	                                "theo dõi thi hành pháp luật",
	                                "tập huấn tổ công nghệ số" };

static void write_decrees(struct report *r)
{
	uint32_t first = draw(r, N_DECREES);
	int n = (int)between(r, 1, 3);
	for (int i = 0; i < n; i++) {
		const struct decree *d = &DECREES[(first + (uint32_t)i) % N_DECREES];
		if (d->year < r->date.y)
			add(r, WORDS(r, VALUES(d->type, d->number, d->day, d->rest),
			             "- Tiếp tục thực hiện {0} số {1} ngày {2} {3}.",
			             "- Quán triệt {0} số {1} ngày {2} {3}."));
	}
}

static void write_wrong_decree(struct report *r)
{
	if (here(r, CITATION, 2)) {
		add_marked(r,
		           "- Triển khai Thông tư số 61/2018/NĐ-CP ngày 23/4/2018 của Chính "
		           "phủ về cơ chế một cửa.",
		           true);
		accept(r, "suspect-or-fail", "citation");
	} else if (here(r, CITATION, 3)) {
		int y = (int)between(r, 2014, 2018);
		add_marked(r,
		           kept(r,
		                "- Thực hiện Quyết định số %ld/%d/QĐ-UBND ngày %s của UBND "
		                "tỉnh quy định về phân cấp quản lý.",
		                between(r, 11, 48), y + 1,
		                short_day(r, (struct day){ (int)between(r, 3, 27),
		                                           (int)between(r, 3, 11), y })),
		           true);
		accept(r, "suspect-or-fail", "citation|date");
	}
}

/* A day of the reporting period: quarters are counted from the middle of a month. */
static struct day some_day_in_period(struct report *r)
{
	bool later_quarter = r->period == QUARTER_2 || r->period == QUARTER_3;
	struct day day = { (int)between(r, 2, 7), 1, r->date.y };
	if (later_quarter)
		day = (struct day){ (int)between(r, 16, 28), r->date.m - (int)between(r, 1, 3),
			            r->date.y };
	else if (r->date.m > 1)
		day = day_before(r, r->date, (r->date.m - 1) * 28);
	return day;
}

/* Numbers and days of the office's own plans rise together. */
static void write_own_plans(struct report *r)
{
	struct day days[3] = { { 0 } };
	int numbers[3], n = 3, from = 4;
	uint32_t subject = draw(r, 8);
	for (int i = 0; i < n; i++) {
		int span = (r->date.m - 1) / n;
		span = span < 1 ? 1 : span;
		days[i] = (struct day){ (int)between(r, 2 + 8 * i, 7 + 8 * i),
			                1 + (r->date.m > 3 ? i * span : i > 1), r->date.y };
		numbers[i] = from += (int)between(r, 6, 20);
	}
	bool wrong = r->fault == SERIES;
	int high = wrong ? numbers[2] : numbers[1], low = wrong ? numbers[1] : numbers[2];
	numbers[1] = high;
	numbers[2] = low;
	for (int i = 0; i < n; i++)
		add_marked(
		        r,
		        kept(r,
		             "- Triển khai Kế hoạch số %d/KH-%s ngày %s của %s về %s năm %d.",
		             numbers[i], r->code,
		             i == 1 && chance(r, 30) ? long_day(r, days[i])
		                                     : short_day(r, days[i]),
		             r->body, SUBJECTS[(subject + (uint32_t)i) % 8], r->date.y),
		        wrong && i > 0);
	if (wrong)
		accept(r, "suspect-or-fail", "series|date|citation");
}

static void write_repeated_citation(struct report *r)
{
	struct day day = some_day_in_period(r), other = day;
	const char *number = kept(r, "%ld/CTr-%s", between(r, 3, 90), r->code);
	bool wrong = here(r, CITATION, 0);
	if (wrong)
		other.d = day.d > 14 ? day.d - (int)between(r, 2, 9)
		                     : day.d + (int)between(r, 2, 9);
	add_marked(r,
	           kept(r, "- Ban hành Chương trình số %s ngày %s về công tác trọng tâm.",
	                number, short_day(r, day)),
	           wrong);
	add_marked(r,
	           kept(r,
	                "- Phân công nhiệm vụ theo Chương trình số %s ngày %s bảo đảm rõ "
	                "người, rõ việc.",
	                number, short_day(r, other)),
	           wrong);
	if (wrong)
		accept(r, "suspect-or-fail", "citation|date");
}

static void write_days(struct report *r)
{
	struct day day = some_day_in_period(r);
	if (wanted(r, 30, DATE, 0, 0)) {
		const char *text = short_day(r, day);
		if (here(r, DATE, 0)) {
			static const int impossible[][2] = { { 31, 4 }, { 30, 2 },  { 31, 6 },
				                             { 31, 9 }, { 31, 11 }, { 15, 13 },
				                             { 32, 1 } };
			uint32_t i = draw(r, 7);
			text = short_day(
			        r, (struct day){ impossible[i][0], impossible[i][1],
			                         r->date.y - (impossible[i][1] >= r->date.m) });
			accept(r, "fail", "date|citation|period");
		}
		add_marked(r,
		           WORDS(r, VALUES(text, r->body),
		                 "- Ngày {0}, {1} tổ chức hội nghị quán triệt nhiệm vụ cải "
		                 "cách hành chính.",
		                 "- Hội nghị tập huấn dịch vụ công trực tuyến được tổ chức "
		                 "ngày {0}."),
		           here(r, DATE, 0));
	}
	if (wanted(r, 25, DATE, 1, 1)) {
		struct day cited =
		        here(r, DATE, 1)
		                ? (struct day){ 31, chance(r, 50) ? 4 : 6, r->date.y - 1 }
		                : (struct day){ (int)between(r, 3, 26), (int)between(r, 3, 10),
			                        r->date.y - 1 };
		add_marked(r,
		           kept(r,
		                "- Thực hiện Công văn số %ld/SNV-CCHC ngày %s của Sở Nội vụ về "
		                "chấn chỉnh kỷ cương.",
		                between(r, 100, 900), short_day(r, cited)),
		           here(r, DATE, 1));
		if (here(r, DATE, 1))
			accept(r, "fail", "date|citation");
	}
	if (here(r, CITATION, 1)) {
		struct day late = { (int)between(r, 2, 27), (int)between(r, 3, 11),
			            r->date.y + 1 };
		add_marked(r,
		           kept(r,
		                "- Đã ban hành Quyết định số %ld/QĐ-%s ngày %s về kiện toàn tổ "
		                "công tác.",
		                between(r, 400, 600), r->code, short_day(r, late)),
		           true);
		accept(r, "fail", "citation|date|period");
	}
}

static void write_window(struct report *r)
{
	static const int start[] = { 12, 3, 6, 12, 12, 12, 12 };
	if (r->period == PLAN)
		return;
	struct day from = { 15, start[r->period], r->date.y - (start[r->period] == 12) };
	struct day to = { r->date.d > 14 ? 14 : r->date.d, r->date.m, r->date.y };
	if (here(r, PERIOD, 0))
		to = (struct day){ r->date.d < 14 ? (int)between(r, r->date.d + 1, 15) : 20,
			           r->date.m, r->date.y };
	if (here(r, PERIOD, 2)) {
		struct day swap = from;
		from = to;
		to = swap;
	}
	bool wrong = here(r, PERIOD, 0) || here(r, PERIOD, 2);
	add_marked(r,
	           WORDS(r, VALUES(short_day(r, from), short_day(r, to)),
	                 "- Số liệu được tổng hợp từ ngày {0} đến ngày {1}.",
	                 "- Từ ngày {0} đến {1}, công tác cải cách hành chính được triển khai "
	                 "đồng bộ."),
	           wrong);
	if (wrong)
		accept(r, "fail", "period|date");
}

static void write_list(struct report *r)
{
	int n = (int)between(r, 3, 5),
	    said = n + (r->fault == COUNT ? (chance(r, 50) ? 1 : -1) : 0);
	bool wrong = r->fault == COUNT;
	uint32_t first = draw(r, 8);
	if (here(r, COUNT, 0) || (!wrong && chance(r, 50))) {
		const char *all = "";
		for (int i = 0; i < n; i++)
			all = kept(r, "%s%s%s", all, i ? "; " : "",
			           SUBJECTS[(first + (uint32_t)i) % 8]);
		add_marked(r, kept(r, "- Trong kỳ tập trung vào %02d nội dung: %s.", said, all),
		           wrong);
	} else {
		add_marked(r, kept(r, "Các bộ phận đã xây dựng %02d chuyên đề, gồm:", said),
		           wrong);
		for (int i = 0; i < n; i++)
			add_marked(r,
			           kept(r, "- Chuyên đề về %s%s",
			                SUBJECTS[(first + (uint32_t)i) % 8],
			                i + 1 < n ? ";" : "."),
			           wrong);
	}
	if (wrong)
		accept(r, "suspect-or-fail", "count|sum");
}

void write_documents(struct report *r)
{
	write_decrees(r);
	write_wrong_decree(r);
	if (wanted(r, 50, SERIES, 0, 0) && r->period != PLAN)
		write_own_plans(r);
	if (wanted(r, 35, CITATION, 0, 0))
		write_repeated_citation(r);
	write_days(r);
	if (wanted(r, 50, PERIOD, 0, 2))
		write_window(r);
	if (here(r, PERIOD, 1)) {
		add_marked(r,
		           kept(r,
		                "- Trong %s, %s đã ban hành nhiều văn bản chỉ đạo, điều hành.",
		                period_words(r, r->date.y - 1), r->body),
		           true);
		accept(r, "suspect-or-fail", "period|text-text");
		add(r, kept(r, "- Trong %s, công tác phối hợp giữa các bộ phận được duy trì.",
		            period_words(r, r->date.y)));
	}
	if (wanted(r, 40, COUNT, 0, 1))
		write_list(r);
}

static void write_scope(struct report *r)
{
	const char *above = r->level == DISTRICT ? "tỉnh" : "huyện";
	if (here(r, SCOPE, 0)) {
		add(r, kept(r,
		            "- Kiện toàn Ban Chỉ đạo cải cách hành chính %s khi có thay đổi "
		            "nhân sự.",
		            r->word));
		add_marked(r,
		           WORDS(r, VALUES(above),
		                 "- Duy trì nền nếp hoạt động của Ban Chỉ đạo cải cách hành "
		                 "chính {0} theo quy chế.",
		                 "- Phát huy vai trò Ban Chỉ đạo cải cách hành chính {0} trong "
		                 "điều hành công việc hằng ngày."),
		           true);
	} else {
		add_marked(r,
		           kept(r,
		                "- UBND %s Ví Dụ Khác đã niêm yết đầy đủ thủ tục hành chính "
		                "tại trụ sở.",
		                r->word),
		           true);
	}
	accept(r, "suspect-or-fail", "scope|text-text|header");
}

/* What is planned, with words that look alike and words about those above. */
void write_tasks_ahead(struct report *r)
{
	static const char *const fields[] = { "đất đai", "hộ tịch", "xây dựng", "chứng thực",
		                              "lao động" };
	uint32_t field = draw(r, 5);
	const char *same = kept(r,
	                        "- Rà soát, kiến nghị đơn giản hóa thủ tục hành chính lĩnh vực "
	                        "%s, rút ngắn thời gian giải quyết hồ sơ.",
	                        fields[field]);
	add(r, same);
	if (chance(r, 50))
		add(r, kept(r,
		            "- Rà soát, kiến nghị đơn giản hóa thủ tục hành chính lĩnh vực %s, "
		            "rút ngắn thời gian giải quyết hồ sơ.",
		            fields[(field + 1) % 5]));
	filler(r, 2, "- ");
	if (here(r, DUPLICATE, 0)) {
		add_marked(r, same, true);
		accept(r, "suspect-or-fail", "duplicate");
	}
	if (chance(r, 40) && r->level != PROVINCE)
		add(r, kept(r, "- Báo cáo %s kết quả thực hiện theo quy định.", r->superior));
	if (chance(r, 40))
		add(r, kept(r, "- Hoàn thành nhiệm vụ số hóa trước ngày 30/11/%d.",
		            r->date.y + (r->date.m > 10)));
	if (r->fault == SCOPE)
		write_scope(r);
}
