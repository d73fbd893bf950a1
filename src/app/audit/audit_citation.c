/* Each citation by itself: its day against the report's, its number against its day, its type
 * against its code, and the well-known documents. */
#include "app/audit/audit_citation.h"

#include <string.h>

#include "base/str.h"

enum { MOST_SHOWN = 6 };

static const struct {
	const char *code;
	int n, in_number; /* its year in the number; 0 */
	int day, month, year;
} known[] = {
#define KNOWN_DOCUMENT(n, in_number, code, day, month, year, about)                            \
	{ code, n, in_number, day, month, year },
#include "app/audit/known_documents.def"
#undef KNOWN_DOCUMENT
};

/* ---- dated after the report ---- */

static enum err say_later(struct audit *x, const struct cited *one, date_t day)
{
	const struct doc_head *h = &x->document->head;
	const char *stated, *computed;
	char own[DATE_TEXT], cited[DATE_TEXT];
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_CITATION, AUDIT_FAIL);
	if (h->day_line.line > 0 && !date_is_none(h->day.on))
		audit_at_line(&d, h->day_line, date_vn(h->day.on, own));
	cited_place(&d, one);
	TRY(cited_quote(&stated, x->arena, one));
	TRY(arena_printf(x->arena, &computed, "%s > %s", date_vn(one->c->day.on, cited),
	                 date_vn(day, own)));
	audit_say(&d, msg_text(MSG_AUDIT_R_CITED_BEFORE), stated, computed);
	return audit_end(&d, MSG_AUDIT_CITED_LATER, stated, own);
}

static enum err say_later_year(struct audit *x, const struct cited *one)
{
	const struct doc_head *h = &x->document->head;
	const char *stated, *year;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_CITATION, AUDIT_FAIL);
	if (h->day_line.line > 0)
		audit_at_line(&d, h->day_line, msg_text(MSG_AUDIT_BLANK_DAY));
	cited_place(&d, one);
	TRY(cited_quote(&stated, x->arena, one));
	TRY(arena_printf(x->arena, &year, "%d", h->year));
	audit_say(&d, msg_text(MSG_AUDIT_R_CITED_BEFORE), stated, year);
	return audit_end(&d, MSG_AUDIT_CITED_LATER_YEAR, stated, year);
}

static enum err check_later(struct audit *x, const struct cited *one, bool *said)
{
	date_t day = audit_paper_day(x);
	int year = x->document->head.year;

	if (!date_is_none(day) && cited_has_day(one)) {
		*said = date_cmp(one->c->day.on, day) > 0;
		if (*said)
			return say_later(x, one, day);
		audit_count(x);
		return ERR_OK;
	}
	*said = year > 0 && ((date_is_none(day) && one->c->day.year > year) ||
	                     (one->c->year > year && one->c->day.year == 0));
	return *said ? say_later_year(x, one) : ERR_OK;
}

/* ---- the number against the day ---- */

static enum err check_year(struct audit *x, const struct cited *one, bool *said)
{
	const struct citation *c = one->c;
	const char *stated, *computed;
	struct audit_draft d;

	if (c->year == 0 || c->day.year == 0)
		return ERR_OK;
	if (c->year == c->day.year) {
		audit_count(x);
		return ERR_OK;
	}
	*said = true;
	audit_begin(&d, x, AUDIT_CITATION, AUDIT_FAIL);
	cited_place(&d, one);
	TRY(cited_quote(&stated, x->arena, one));
	TRY(arena_printf(x->arena, &computed, "%d ≠ %d", c->year, c->day.year));
	audit_say(&d, msg_text(MSG_AUDIT_R_NUMBER_YEAR), stated, computed);
	return audit_end(&d, MSG_AUDIT_NUMBER_YEAR, stated);
}

/* "2022/QĐ-UBND ngày 22/8/2022": the number was lost, its year remained. */
static enum err check_number_is_year(struct audit *x, const struct cited *one, bool *said)
{
	const struct citation *c = one->c;
	const char *stated, *computed;
	struct audit_draft d;

	if (c->year != 0 || c->day.year < 1990 || c->n != c->day.year)
		return ERR_OK;
	*said = true;
	audit_begin(&d, x, AUDIT_CITATION, AUDIT_SUSPECT);
	cited_place(&d, one);
	TRY(cited_quote(&stated, x->arena, one));
	TRY(arena_printf(x->arena, &computed, "…/%lld/%s", (long long)c->n, c->code));
	audit_say(&d, msg_text(MSG_AUDIT_R_NUMBER), stated, computed);
	return audit_end(&d, MSG_AUDIT_NUMBER_IS_YEAR, stated);
}

/* Decrees and circulars carry their year since 1997: "33/2023/NĐ-CP". */
static enum err check_decree(struct audit *x, const struct cited *one, bool *said)
{
	const struct citation *c = one->c;
	const char *stated, *wanted;
	struct audit_draft d;

	if (c->year != 0 || c->day.year < 1998 || !str_eq(c->code, "NĐ-CP"))
		return ERR_OK;
	*said = true;
	audit_begin(&d, x, AUDIT_CITATION, AUDIT_SUSPECT);
	cited_place(&d, one);
	TRY(cited_quote(&stated, x->arena, one));
	TRY(arena_printf(x->arena, &wanted, "%s/%d/%s", c->number, c->day.year, c->code));
	audit_say(&d, msg_text(MSG_AUDIT_R_NUMBER), stated, wanted);
	audit_correct(&d, wanted);
	return audit_end(&d, MSG_AUDIT_DECREE_YEAR, stated, wanted);
}

/* ---- the type against the code ---- */

static const struct type_code {
	const char *code, *type;
} type_codes[] = { { "NQ", "Nghị quyết" }, { "QĐ", "Quyết định" },    { "CT", "Chỉ thị" },
	           { "KH", "Kế hoạch" },   { "BC", "Báo cáo" },       { "TB", "Thông báo" },
	           { "HD", "Hướng dẫn" },  { "CTr", "Chương trình" }, { "TTr", "Tờ trình" },
	           { "NĐ", "Nghị định" },  { "TT", "Thông tư" },      { "KL", "Kết luận" },
	           { "ĐA", "Đề án" },      { "PA", "Phương án" },     { "BB", "Biên bản" },
	           { "GM", "Giấy mời" } };
enum { TYPE_CODES = sizeof(type_codes) / sizeof(*type_codes) };

/* The row of the code's first part: "NQ" of "NQ/TW"; none for letters ("BNV-CCHC"). */
static const struct type_code *row_of_code(const char *code)
{
	size_t n = strcspn(code, "-/");

	for (size_t i = 0; i < TYPE_CODES && code[n] != '\0'; i++)
		if (slice_eq((struct slice){ code, n }, type_codes[i].code))
			return &type_codes[i];
	return NULL;
}

/* The type words that the register has a code for; "Quy định số 04-QĐ/HU" is the party's. */
static const struct type_code *row_of_type(struct audit *x, const char *type)
{
	const char *wanted, *row;

	if (audit_lower(x->arena, &wanted, type) != ERR_OK)
		return NULL;
	for (size_t i = 0; i < TYPE_CODES; i++)
		if (audit_lower(x->arena, &row, type_codes[i].type) == ERR_OK &&
		    str_eq(wanted, row))
			return &type_codes[i];
	return NULL;
}

static enum err check_type(struct audit *x, const struct cited *one, bool *said)
{
	const struct citation *c = one->c;
	const struct type_code *code = row_of_code(c->code), *type = row_of_type(x, c->type);
	const char *stated, *wanted, *number;
	struct audit_draft d;

	if (!code || !type)
		return ERR_OK;
	if (code == type) {
		audit_count(x);
		return ERR_OK;
	}
	*said = true;
	audit_begin(&d, x, AUDIT_CITATION, AUDIT_FAIL);
	cited_place(&d, one);
	TRY(cited_quote(&stated, x->arena, one));
	TRY(citation_text(x->arena, &number, c));
	TRY(arena_printf(x->arena, &wanted, "%s %s", code->type, number));
	audit_say(&d, msg_text(MSG_AUDIT_R_TYPE), stated, wanted);
	audit_correct(&d, wanted);
	return audit_end(&d, MSG_AUDIT_TYPE_CODE, stated, code->code, code->type);
}

/* ---- well-known documents ---- */

/* A number without its year comes again every year: the same only when the day agrees but for
 * the year, or the year but for the day. */
static bool is_known(const struct citation *c, size_t i)
{
	if (c->n != known[i].n || !str_eq(c->code, known[i].code) ||
	    c->year != known[i].in_number)
		return false;
	return c->year > 0 || c->day.year == known[i].year ||
	       (c->day.day == known[i].day && c->day.month == known[i].month);
}

static enum err check_known(struct audit *x, const struct cited *one, bool *said)
{
	const struct citation *c = one->c;
	const char *stated, *number, *wanted;
	char day[DATE_TEXT];
	struct audit_draft d;
	date_t on;
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(*known) && !is_known(c, i); i++)
		;
	if (i == sizeof(known) / sizeof(*known) || !cited_has_day(one))
		return ERR_OK;
	on = date_make(known[i].year, known[i].month, known[i].day);
	if (date_cmp(on, c->day.on) == 0) {
		audit_count(x);
		return ERR_OK;
	}
	*said = true;
	audit_begin(&d, x, AUDIT_CITATION, AUDIT_FAIL);
	cited_place(&d, one);
	TRY(cited_quote(&stated, x->arena, one));
	TRY(citation_text(x->arena, &number, c));
	TRY(arena_printf(x->arena, &wanted, "%s ngày %s", number, date_vn(on, day)));
	audit_say(&d, msg_text(MSG_AUDIT_R_KNOWN), stated, wanted);
	audit_correct(&d, wanted);
	return audit_end(&d, MSG_AUDIT_KNOWN_DAY, stated, date_vn(on, day));
}

/* ---- days with holes ---- */

static enum err check_blank_days(struct audit *x, const struct cited_list *list)
{
	const char *stated = NULL;
	struct audit_draft d;
	size_t n = 0;

	audit_begin(&d, x, AUDIT_MISSING_VALUE, AUDIT_SUSPECT);
	for (size_t i = 0; i < list->n; i++) {
		const struct citation *c = list->at[i].c;

		if (c->day.end == c->day.start || !c->day.blank)
			continue;
		if (!stated)
			TRY(cited_quote(&stated, x->arena, &list->at[i]));
		if (n++ < MOST_SHOWN)
			cited_place(&d, &list->at[i]);
	}
	if (n == 0)
		return ERR_OK;
	audit_say(&d, msg_text(MSG_AUDIT_R_CITED_DAY), stated, msg_text(MSG_AUDIT_LEFT_BLANK));
	return audit_end(&d, MSG_AUDIT_CITED_BLANK, stated);
}

enum err audit_citations(struct audit *x)
{
	static enum err (*const each[])(struct audit *, const struct cited *,
	                                bool *) = { check_year, check_known, check_later,
		                                    check_type, check_number_is_year };
	struct cited_list list;

	TRY(cited_read(&list, x));
	for (size_t i = 0; i < list.n; i++) {
		bool said = false;

		for (size_t j = 0; j < sizeof(each) / sizeof(*each) && !said; j++)
			TRY(each[j](x, &list.at[i], &said));
		list.at[i].said = said;
	}
	TRY(cited_pairs(x, &list));
	for (size_t i = 0; i < list.n; i++)
		if (!list.at[i].said)
			TRY(check_decree(x, &list.at[i], &list.at[i].said));
	return x->options->draft ? ERR_OK : check_blank_days(x, &list);
}
