#include "app/procedure/procedure_import_csv.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vntext.h"
#include "doc/sheet_header.h"

#define COLUMN(name, label, titles) COLUMN_##name,
enum {
#include "app/procedure/procedure_import_columns.def"
	COLUMN_COUNT
};
#undef COLUMN

#define COLUMN(name, label, titles) { titles },
static const struct sheet_column wanted[] = {
#include "app/procedure/procedure_import_columns.def"
};
#undef COLUMN

#define COLUMN(name, label, titles) label,
static const char *const labels[] = {
#include "app/procedure/procedure_import_columns.def"
};
#undef COLUMN

enum list { LIST_LEVEL, LIST_SERVICE, LIST_OLD, LIST_LINKED, LIST_FLAG, LIST_FREE };
struct word {
	enum list list;
	const char *ours, *theirs;
};
#define WORD(list, ours, theirs) { LIST_##list, ours, theirs },
static const struct word words[] = {
#include "app/procedure/procedure_import_words.def"
};
#undef WORD

struct reading {
	struct arena *arena;
	struct sheet sheet;
	struct sheet_header header;
	const struct procedure_import_defaults *defaults;
	struct problems *problems;
	const char *field; /* of the last heading between the rows */
};

static const char *cell(const struct reading *r, const struct sheet_row *row, int column)
{
	return sheet_header_cell(&r->header, row, (size_t)column);
}

/* ---- words of cells ---- */

/* Whether a folded text holds one of "a|b" as whole words. */
static bool holds(const char *folded, const char *theirs)
{
	struct slice rest = slice_of(theirs), word;
	size_t n = strlen(folded);

	while (slice_cut(&rest, '|', &word)) {
		const char *at = folded;

		while ((at = memmem(at, n - (size_t)(at - folded), word.at, word.len)) !=
		       NULL) {
			bool starts = at == folded || at[-1] == ' ';
			bool ends = at[word.len] == '\0' || at[word.len] == ' ';

			if (starts && ends)
				return true;
			at++;
		}
	}
	return false;
}

/* Our word for a cell; NULL: none of the list. */
static enum err word_of(const char **out, const struct reading *r, enum list list,
                        const char *text)
{
	const char *folded;

	*out = NULL;
	TRY(text_fold(r->arena, &folded, text));
	for (size_t i = 0; i < ARRAY_LEN(words) && !*out; i++) {
		if (words[i].list == list && holds(folded, words[i].theirs))
			*out = words[i].ours;
	}
	return ERR_OK;
}

/* The same, with a problem for a cell that says something else. */
static enum err read_word(const char **out, const struct reading *r,
                          const struct sheet_row *row, int column, enum list list)
{
	const char *text = cell(r, row, column);

	*out = NULL;
	if (text[0] == '\0')
		return ERR_OK;
	TRY(word_of(out, r, list, text));
	if (*out)
		return ERR_OK;
	return problems_say(r->problems, labels[column], row->line, MSG_PROCEDURE_IMPORT_WORD,
	                    labels[column], text);
}

static enum err read_flag(bool *out, const struct reading *r, const struct sheet_row *row,
                          int column)
{
	const char *word;

	TRY(read_word(&word, r, row, column, LIST_FLAG));
	*out = word && word[0] == '1';
	return ERR_OK;
}

/* ---- the cells of a row ---- */

static enum err read_levels(struct procedure_draft *d, const struct reading *r,
                            const struct sheet_row *row)
{
	const char *text = cell(r, row, COLUMN_LEVELS), *folded;

	TRY(text_fold(r->arena, &folded, text));
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (words[i].list == LIST_LEVEL && holds(folded, words[i].theirs) &&
		    d->n_levels < PROCEDURE_MOST_LEVELS)
			d->levels[d->n_levels++] = words[i].ours;
	}
	if (text[0] && d->n_levels == 0)
		return problems_say(r->problems, labels[COLUMN_LEVELS], row->line,
		                    MSG_PROCEDURE_IMPORT_WORD, labels[COLUMN_LEVELS], text);
	if (d->n_levels == 0 && !str_blank(r->defaults->level))
		d->levels[d->n_levels++] = r->defaults->level;
	return ERR_OK;
}

/* "Toàn trình", "Một phần", or an old mức độ, which says nothing about the present level. */
static enum err read_service(struct procedure_draft *d, const struct reading *r,
                             const struct sheet_row *row)
{
	const char *text = cell(r, row, COLUMN_SERVICE_LEVEL), *old;

	TRY(word_of(&d->service_level, r, LIST_SERVICE, text));
	TRY(word_of(&old, r, LIST_OLD, text));
	if (old)
		d->old_level = old[0] - '0';
	if (text[0] && !d->service_level && !old)
		return problems_say(r->problems, labels[COLUMN_SERVICE_LEVEL], row->line,
		                    MSG_PROCEDURE_IMPORT_WORD, labels[COLUMN_SERVICE_LEVEL],
		                    text);
	if (!d->service_level)
		d->service_level = r->defaults->service_level;
	d->online_offered =
	        str_eq(d->service_level, "full") || str_eq(d->service_level, "partial");
	return ERR_OK;
}

/* "8.000 đồng", "8000": digits in groups; false for anything else. */
static bool parse_dong(int64_t *out, const char *text)
{
	int64_t n = 0;
	int digits = 0;

	for (; isdigit((unsigned char)*text) || ((*text == '.' || *text == ',') && digits > 0);
	     text++) {
		if (!isdigit((unsigned char)*text)) {
			size_t group = strspn(text + 1, "0123456789");

			if (group != 3)
				return false;
			continue;
		}
		n = n * 10 + (*text - '0');
		if (++digits > 12)
			return false;
	}
	*out = n;
	return digits > 0;
}

/* What follows the digits of a fee that is one amount: nothing, or the currency. */
static bool is_dong(const char *rest)
{
	struct slice unit = slice_trim(slice_of(rest)), ours, list;

	list = slice_of(msg_text(MSG_PROCEDURE_IMPORT_DONG));
	while (unit.len > 0 && slice_cut(&list, '|', &ours)) {
		if (unit.len == ours.len && memcmp(unit.at, ours.at, ours.len) == 0)
			return true;
	}
	return unit.len == 0;
}

/* One amount is a fee; "không" is free; several amounts or prose stay as a note. */
static enum err read_fee(struct procedure_draft *d, const struct reading *r,
                         const struct sheet_row *row)
{
	const char *text = cell(r, row, COLUMN_FEE), *word;
	int64_t dong;

	if (text[0] == '\0')
		return ERR_OK;
	if (parse_dong(&dong, text) && is_dong(text + strspn(text, "0123456789.,"))) {
		d->fee = (money_t){ dong };
		return ERR_OK;
	}
	TRY(word_of(&word, r, LIST_FREE, text));
	if (word && strlen(text) < 24)
		d->fee = (money_t){ 0 };
	else
		d->fee_note = text;
	return ERR_OK;
}

/* "Tờ khai; Giấy chứng sinh": papers between semicolons, bullets cut off. */
static enum err read_parts(struct procedure_draft *d, const struct reading *r,
                           const struct sheet_row *row)
{
	struct slice rest = slice_of(cell(r, row, COLUMN_PARTS)), part;

	while (rest.len > 0 && slice_cut(&rest, ';', &part)) {
		struct procedure_part *p = &d->parts[d->n_parts];

		part = slice_trim(part);
		while (part.len > 0 && strchr("-+* ", part.at[0])) {
			part.at++;
			part.len--;
		}
		if (part.len == 0)
			continue;
		if (d->n_parts == PROCEDURE_MOST_PARTS)
			return problems_say(r->problems, labels[COLUMN_PARTS], row->line,
			                    MSG_PROCEDURE_PARTS_TOO_MANY);
		p->required = true;
		TRY(arena_strndup(r->arena, &p->name, part.at, part.len));
		d->n_parts++;
	}
	return ERR_OK;
}

static void read_texts(struct procedure_draft *d, const struct reading *r,
                       const struct sheet_row *row)
{
	const char *field = cell(r, row, COLUMN_FIELD);

	d->code = cell(r, row, COLUMN_CODE);
	d->name = cell(r, row, COLUMN_NAME);
	d->field = field[0] ? field : r->field;
	d->statutory_term = cell(r, row, COLUMN_STATUTORY_TERM);
	d->statutory_basis = cell(r, row, COLUMN_STATUTORY_BASIS);
	d->shortened_term = cell(r, row, COLUMN_SHORTENED_TERM);
	d->result_name = cell(r, row, COLUMN_RESULT);
	d->note = cell(r, row, COLUMN_NOTE);
	d->decision = r->defaults->decision;
	d->decision_on = r->defaults->decision_on;
	d->valid_from = r->defaults->valid_from;
}

static enum err read_row(struct procedure_import_row *out, const struct reading *r,
                         const struct sheet_row *row)
{
	struct procedure_draft *d = &out->draft;
	size_t before = r->problems->n;

	out->line = row->line;
	procedure_draft_init(d);
	read_texts(d, r, row);
	TRY(read_levels(d, r, row));
	TRY(read_service(d, r, row));
	TRY(read_fee(d, r, row));
	TRY(read_parts(d, r, row));
	TRY(read_word(&d->linked, r, row, COLUMN_LINKED, LIST_LINKED));
	TRY(read_flag(&d->online_payment, r, row, COLUMN_ONLINE_PAYMENT));
	TRY(read_flag(&d->any_place, r, row, COLUMN_ANY_PLACE));
	TRY(read_flag(&d->on_national_portal, r, row, COLUMN_NATIONAL_PORTAL));
	TRY(procedure_draft_check(d, row->line, r->problems));
	out->wrong = r->problems->n > before;
	return ERR_OK;
}

/* ---- the rows of the list ---- */

/* "(1) (2) (3)": the numbers of the columns under the header. */
static bool is_numbering(const struct sheet_row *row)
{
	for (size_t c = 0; c < row->n; c++) {
		if (strspn(row->cells[c], "()0123456789 ") != strlen(row->cells[c]))
			return false;
	}
	return true;
}

/* A heading between the rows names the field: one text in the row, perhaps after a number,
 * "I | LĨNH VỰC HỘ TỊCH", "A. Chứng thực"; in the column of codes only when it is prose. */
static const char *heading(const struct reading *r, const struct sheet_row *row)
{
	const char *code = cell(r, row, COLUMN_CODE), *text = NULL;
	size_t texts = 0;

	for (size_t c = 0; c < row->n; c++) {
		size_t n = strlen(row->cells[c]);

		if (strspn(row->cells[c], "IVXABCD0123456789.)") < n) {
			texts++;
			text = row->cells[c];
		}
	}
	return texts == 1 && (code[0] == '\0' || strchr(code, ' ')) ? text : NULL;
}

/* Cuts "I.", "1)", "A." and "LĨNH VỰC" off a heading. */
static enum err field_of_heading(const char **out, const struct reading *r, const char *text)
{
	const char *word = msg_text(MSG_PROCEDURE_IMPORT_FIELD_WORD), *upper, *after;
	size_t number = strspn(text, "IVXABCD0123456789");

	if (number > 0 && (text[number] == '.' || text[number] == ')'))
		text += number + 1 + strspn(text + number + 1, " ");
	TRY(text_upper(r->arena, &upper, text));
	if (str_starts(upper, word)) {
		after = text + strlen(word);
		text = after + strspn(after, " :-");
	}
	*out = text;
	return ERR_OK;
}

/* The same code on an earlier line. */
static const struct procedure_import_row *earlier(const struct procedure_import *in,
                                                  const char *code)
{
	for (size_t i = 0; i < in->n_rows; i++) {
		if (code[0] && str_eq(in->rows[i].draft.code, code))
			return &in->rows[i];
	}
	return NULL;
}

static enum err add_row(struct procedure_import *out, struct reading *r,
                        const struct sheet_row *row)
{
	struct procedure_import_row *to = &out->rows[out->n_rows];
	const struct procedure_import_row *same;
	char number[16];

	TRY(read_row(to, r, row));
	same = earlier(out, to->draft.code ? to->draft.code : "");
	if (same) {
		snprintf(number, sizeof(number), "%d", same->line);
		TRY(problems_say(r->problems, labels[COLUMN_CODE], row->line,
		                 MSG_PROCEDURE_IMPORT_TWICE, to->draft.code, number));
		to->wrong = true;
	}
	out->n_wrong += to->wrong;
	out->n_rows++;
	return ERR_OK;
}

static enum err read_rows(struct procedure_import *out, struct reading *r)
{
	TRY(arena_array(r->arena, &out->rows, PROCEDURE_IMPORT_MOST));
	for (size_t i = r->header.row + 1; i < r->sheet.n_rows; i++) {
		const struct sheet_row *row = &r->sheet.rows[i];
		const char *title = heading(r, row);

		if (is_numbering(row))
			continue;
		if (title) {
			TRY(field_of_heading(&r->field, r, title));
			continue;
		}
		if (out->n_rows == PROCEDURE_IMPORT_MOST)
			return problems_say(r->problems, "file", 0,
			                    MSG_PROCEDURE_IMPORT_TOO_MANY);
		TRY(add_row(out, r, row));
	}
	if (out->n_rows == 0)
		return problems_say(r->problems, "file", 0, MSG_PROCEDURE_IMPORT_NO_ROWS);
	return ERR_OK;
}

static enum err found_columns(const char **out, const struct reading *r)
{
	struct str text;

	str_init(&text, r->arena, 4096);
	for (size_t c = 0; c < COLUMN_COUNT; c++) {
		if (r->header.columns[c] == SHEET_NO_COLUMN)
			continue;
		if (text.len > 0)
			str_put(&text, ", ");
		str_put(&text, labels[c]);
	}
	return str_finish(&text, out);
}

static enum err find_header(struct reading *r)
{
	bool found;

	TRY(sheet_header_find(&found, &r->header, r->arena, &r->sheet, wanted, COLUMN_COUNT));
	if (!found || r->header.columns[COLUMN_CODE] == SHEET_NO_COLUMN ||
	    r->header.columns[COLUMN_NAME] == SHEET_NO_COLUMN)
		return problems_say(r->problems, "file", 0, MSG_PROCEDURE_IMPORT_NO_HEADER);
	return ERR_OK;
}

ERR_RESULT procedure_import_read(struct procedure_import *out, struct arena *a,
                                 const void *bytes, size_t n,
                                 const struct procedure_import_defaults *defaults,
                                 struct problems *problems)
{
	struct reading r = { .arena = a, .defaults = defaults, .problems = problems };
	size_t before = problems->n;

	*out = (struct procedure_import){ .columns = "" };
	TRY(sheet_read(&r.sheet, a, bytes, n, problems));
	if (problems->n > before)
		return ERR_OK;
	TRY(find_header(&r));
	if (problems->n > before)
		return ERR_OK;
	TRY(found_columns(&out->columns, &r));
	TRY(sheet_to_csv(&out->table, a, &r.sheet));
	return read_rows(out, &r);
}
