/* office.c - whose report it is, for what time, and its facts. */
#include "report.h"
#include <stdio.h>
#include <string.h>

static const char *place_name(struct report *r)
{
	static const char *const first[] = { "Mẫu", "Thử", "Giả", "Dụ", "Phỏng", "Tạm" };
	static const char *const second[] = { "An",    "Bình",  "Cát",  "Đông", "Hòa",   "Khê",
		                              "Lâm",   "Mỹ",    "Ninh", "Phú",  "Quang", "Sơn",
		                              "Thạch", "Trung", "Vĩnh", "Xuân" };
	return kept(r, "%s %s", first[draw(r, 6)], second[draw(r, 16)]);
}

static void choose_commune(struct report *r)
{
	static const char *const kinds[] = { "xã", "xã", "phường", "thị trấn" };
	r->word = kinds[draw(r, r->two_levels ? 3 : 4)];
	r->name = place_name(r);
	const char *above = place_name(r);
	while (!strcmp(above, r->name))
		above = place_name(r);
	const char *kind = r->two_levels                ? "tỉnh"
	                   : !strcmp(r->word, "phường") ? "thành phố"
	                                                : "huyện";
	r->superior = kept(r, "UBND %s %s", kind, above);
	r->addressee = kept(r, "Ủy ban nhân dân %s %s", kind, above);
	r->department = r->two_levels ? "Sở Nội vụ" : kept(r, "Phòng Nội vụ %s", kind);
}
static void choose_department(struct report *r)
{
	static const struct {
		const char *name, *code;
	} all[] = { { "Sở Tư pháp", "STP" },
		    { "Sở Công Thương", "SCT" },
		    { "Sở Y tế", "SYT" },
		    { "Sở Tài chính", "STC" } };
	uint32_t i = draw(r, sizeof all / sizeof all[0]);
	r->word = "Sở";
	r->body = r->full = all[i].name;
	r->code = all[i].code;
	r->name = place_name(r);
	r->superior = kept(r, "UBND tỉnh %s", r->name);
	r->addressee = kept(r, "Ủy ban nhân dân tỉnh %s", r->name);
	r->department = "Sở Nội vụ";
}
static void choose_area(struct report *r)
{
	r->word = r->level == PROVINCE ? "tỉnh" : chance(r, 70) ? "huyện" : "thị xã";
	r->name = place_name(r);
	const char *above = place_name(r);
	while (!strcmp(above, r->name))
		above = place_name(r);
	r->superior = r->level == PROVINCE ? "Bộ Nội vụ" : kept(r, "UBND tỉnh %s", above);
	r->addressee =
	        r->level == PROVINCE ? "Bộ Nội vụ" : kept(r, "Ủy ban nhân dân tỉnh %s", above);
	r->department = r->level == PROVINCE ? "Bộ Nội vụ" : "Sở Nội vụ";
}

void choose_office(struct report *r)
{
	static const enum level levels[] = { COMMUNE,  COMMUNE,    COMMUNE, DISTRICT,
		                             DISTRICT, DEPARTMENT, PROVINCE };
	r->level = levels[draw(r, r->fault == SCOPE ? 5 : 7)];
	if (r->two_levels && r->level == DISTRICT)
		r->level = COMMUNE;
	r->code = "UBND";
	if (r->level == COMMUNE)
		choose_commune(r);
	else if (r->level == DEPARTMENT)
		choose_department(r);
	else
		choose_area(r);
	if (r->level != DEPARTMENT) {
		r->body = kept(r, "UBND %s", r->word);
		r->full = kept(r, "UBND %s %s", r->word, r->name);
	}
	r->padded = chance(r, 70);
	r->spaced = chance(r, 60);
	r->dot_rows = chance(r, 50);
	r->digits = (int)draw(r, 3);
	if (r->digits == 0 && r->fault == FORMAT)
		r->digits = 1;
	r->head = (int)draw(r, 4);
}

void choose_period(struct report *r)
{
	static const int month[] = { 3, 6, 9, 6, 9, 12, 1 };
	r->period = r->fault == GOAL_TABLE || chance(r, 8) ? PLAN : (enum period)draw(r, PLAN);
	if (r->period == PLAN && r->fault != GOAL_TABLE && r->fault != SOUND)
		r->period = YEAR;
	if (here(r, DUPLICATE, 1))
		r->period = PLAN;
	r->date.y = (int)between(r, 2019, r->fault == SCOPE ? 2024 : 2026);
	r->date.m = month[r->period];
	r->date.d = (int)between(r, 8, 15);
	r->two_levels = r->date.y > 2025 || (r->date.y == 2025 && r->date.m > 6);
	r->number = r->date.m * 25 + (int)between(r, 5, 40);
	r->plan_number = (int)between(r, 150, 400);
	r->plan_day = (struct day){ (int)between(r, 16, 29), 12, r->date.y - 1 };
}

const char *period_words(struct report *r, int year)
{
	static const char *const quarters[] = { "I", "II", "III" };
	if (r->period <= QUARTER_3)
		return kept(r, "quý %s năm %d", quarters[r->period], year);
	if (r->period == HALF)
		return kept(r, "6 tháng đầu năm %d", year);
	if (r->period == NINE_MONTHS)
		return kept(r, "9 tháng đầu năm %d", year);
	return kept(r, "năm %d", year);
}

static void choose_file_facts(struct report *r, struct facts *f)
{
	static const long most[] = { 1900, 19000, 4800, 380000 };
	f->received = between(r, most[r->level] / 12, most[r->level]);
	f->online = between(r, f->received / 6, f->received * 9 / 10);
	f->carried = chance(r, 60) ? between(r, 2, f->received / 10) : 0;
	f->resolved = f->received + f->carried - between(r, 1, f->received / 12);
	f->late = chance(r, 40) ? 0 : between(r, 1, f->resolved / 25 + 1);
	f->on_time = between(r, f->resolved / 8, f->resolved / 3);
	f->early = f->resolved - f->late - f->on_time;
	f->pending = f->received + f->carried - f->resolved;
	f->overdue = chance(r, 60) ? 0 : between(r, 0, f->pending / 4);
	f->not_due = f->pending - f->overdue;
	long change = between(r, f->received / 25 + 2, f->received / 8 + 3);
	f->last_year = chance(r, 60) ? f->received - change : f->received + change;
}
void choose_facts(struct report *r)
{
	struct facts *f = &r->facts;
	choose_file_facts(r, f);
	f->procedures = between(r, 90, r->level == PROVINCE ? 1900 : 330);
	f->whole_online = between(r, 30, f->procedures / 2);
	f->part_online = between(r, 10, f->procedures - f->whole_online - 5);
	f->offline = f->procedures - f->whole_online - f->part_online;
	f->tasks_on_time = between(r, 12, 60);
	f->tasks_late = between(r, 0, 6);
	f->tasks_open = between(r, 1, 9);
	f->tasks_overdue = chance(r, 60) ? 0 : between(r, 1, 3);
	f->tasks = f->tasks_on_time + f->tasks_late + f->tasks_open + f->tasks_overdue;
	f->staff = between(r, 19, r->level == PROVINCE ? 1900 : 90);
	f->staff_present = f->staff - between(r, 0, 6);
	f->inspected = between(r, 3, 15);
	f->findings = between(r, 11, 40);
	f->remedied = between(r, 6, f->findings);
	f->petitions = r->fault == ZERO_DENOMINATOR || chance(r, 40) ? 0 : between(r, 2, 30);
	f->articles = between(r, 16, 190);
	f->classes = between(r, 2, 9);
	f->forms_out = between(r, 60, 500);
	f->forms_in = f->forms_out - between(r, 0, 20);
	f->forms_valid = f->forms_in - between(r, 0, 8);
	f->budget = between(r, 2100, 98000);
	f->spent = between(r, f->budget / 4, f->budget - 7);
}

static const char *upper_office(struct report *r)
{
	static const char *const upper[][2] = {
		{ "xã", "XÃ" },       { "phường", "PHƯỜNG" }, { "thị trấn", "THỊ TRẤN" },
		{ "huyện", "HUYỆN" }, { "thị xã", "THỊ XÃ" }, { "tỉnh", "TỈNH" },
	};
	if (r->level == DEPARTMENT)
		return r->full;
	for (size_t i = 0; i < sizeof upper / sizeof upper[0]; i++)
		if (!strcmp(upper[i][0], r->word))
			return kept(r, "ỦY BAN NHÂN DÂN %s %s", upper[i][1], r->name);
	return "ỦY BAN NHÂN DÂN";
}

static void write_number_and_day(struct report *r)
{
	const char *type = r->period == PLAN ? "KH" : "BC";
	bool blank = here(r, MISSING_VALUE, 2);
	const char *number = blank ? kept(r, "Số:      /%s-%s", type, r->code)
	                           : kept(r, "Số: %d/%s-%s", r->number, type, r->code);
	const char *day =
	        blank ? kept(r, "%s, ngày    tháng %d năm %d", r->name, r->date.m, r->date.y)
	              : kept(r, "%s, ngày %s", r->name, long_day(r, r->date));
	if (blank)
		accept(r, "suspect-or-fail", "missing-value|header|date|citation");
	if (r->head == 1) {
		add_marked(r, kept(r, "%s\t%s", number, day), blank);
		return;
	}
	add_marked(r, number, blank);
	if (r->head == 3)
		add(r, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
	add_marked(r, r->head == 2 ? kept(r, "*%s*", day) : day, blank);
}

void write_head(struct report *r)
{
	const char *office = upper_office(r);
	if (r->head == 1) {
		add(r, kept(r, "%s\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", office));
		add(r, "\tĐộc lập - Tự do - Hạnh phúc");
	} else if (r->head == 2) {
		add(r, kept(r, "**%s**", office));
		add(r, "**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**");
	} else if (r->head == 3) {
		add(r, office);
	}
	write_number_and_day(r);
	bool plan = r->period == PLAN;
	add(r, plan ? "KẾ HOẠCH" : "BÁO CÁO");
	const char *when = period_words(r, r->date.y);
	add(r, plan ? kept(r, "Cải cách hành chính năm %d", r->date.y)
	            : WORDS(r, VALUES(when), "Kết quả công tác cải cách hành chính {0}",
	                    "Tình hình thực hiện cải cách hành chính {0}",
	                    "Công tác cải cách hành chính {0}"));
	if (!plan)
		add(r, kept(r, "Kính gửi: %s.", r->addressee));
	const char *base =
	        r->level == PROVINCE
	                ? "Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ"
	                : kept(r, "Kế hoạch số %d/KH-UBND ngày %s của %s", r->plan_number,
	                       short_day(r, r->plan_day), r->superior);
	if (r->level == PROVINCE && r->date.y < 2022)
		base = "Nghị quyết số 30c/NQ-CP ngày 08/11/2011 của Chính phủ";
	const char *year = kept(r, "năm %d", r->date.y);
	if (plan)
		add(r, WORDS(r, VALUES(base, r->full, year),
		             "Thực hiện {0}, {1} xây dựng Kế hoạch cải cách hành chính {2} như "
		             "sau:",
		             "Căn cứ {0}, {1} ban hành Kế hoạch cải cách hành chính {2} với "
		             "các nội dung sau:"));
	else
		add(r,
		    WORDS(r, VALUES(base, r->full, when),
		          "Thực hiện {0}, {1} báo cáo kết quả cải cách hành chính {2} như sau:",
		          "Căn cứ {0}, {1} báo cáo tình hình cải cách hành chính {2}, cụ "
		          "thể:"));
}

void write_tail(struct report *r)
{
	static const char *const names[] = { "Nguyễn Văn Mẫu", "Trần Thị Thí", "Lê Văn Dụ",
		                             "Phạm Thị Thử", "Hoàng Văn Giả" };
	const char *what = r->period == PLAN
	                           ? kept(r, "Kế hoạch cải cách hành chính năm %d", r->date.y)
	                           : kept(r, "Báo cáo công tác cải cách hành chính %s",
	                                  period_words(r, r->date.y));
	add(r, kept(r, "Trên đây là %s của %s./.", what, r->full));
	add(r, "Nơi nhận:");
	add(r, kept(r, "- %s;", r->department));
	add(r, "- Lưu: VT.");
	add(r, r->level == DEPARTMENT ? "GIÁM ĐỐC" : "TM. ỦY BAN NHÂN DÂN");
	if (r->level != DEPARTMENT)
		add(r, "CHỦ TỊCH");
	add(r, names[draw(r, 5)]);
}
