/* Numbers of headings and of table rows: none left out, none twice, in order.  A count that
 * starts again at 1 under another parent is right. */
#include "app/audit/audit_paper.h"

#include <string.h>

#include "base/str.h"
#include "base/vec.h"

enum { MOST_PARTS = 8, MOST_DEPTH = 24, MOST_SHOWN = 6 };

/* "2.1" has two parts; `types` tells I.1 from 1.1 and "Phần I" from "I". */
struct label {
	int parts[MOST_PARTS];
	char types[MOST_PARTS + 1]; /* R roman, A arabic, L letter, U capital letter */
	size_t n;
};

/* One numbered thing: a section or a row. */
struct item {
	struct label label;
	const char *printed, *words;
	char kind; /* of "Phần II", "Chương 3": its word's first letter; 0: a bare number */
	struct doc_line line;
	bool heading;
	int hidden;     /* rows without a number between it and the one before */
	bool continued; /* goes on from the last number under another parent */
	size_t group;
};
struct items {
	struct item *at;
	size_t n, n_groups;
};

/* ---- reading a label ---- */

static int roman(struct slice s)
{
	static const char letters[] = "IVXLC";
	static const int values[] = { 1, 5, 10, 50, 100 };
	int total = 0, last = 0;

	for (size_t i = s.len; i-- > 0;) {
		const char *at = s.at[i] ? strchr(letters, s.at[i]) : NULL;
		int value;

		if (!at)
			return 0;
		value = values[at - letters];
		total += value < last ? -value : value;
		last = value;
	}
	return total;
}

/* a b c d đ e g h ...; f, j, w and z stand where the Latin order has them. */
static int letter(struct slice s)
{
	static const char order[] = "abcdeghiklmnopqrstuvxy";
	const char *at;

	if (slice_eq(s, "đ"))
		return 5;
	if (slice_eq(s, "f"))
		return 7;
	if (s.len != 1 || !(at = memchr(order, s.at[0], sizeof(order) - 1)))
		return 0;
	return (int)(at - order) + (at - order > 3 ? 2 : 1);
}

static bool part_of(struct label *out, struct slice s)
{
	char copy[8];
	long long value;
	size_t i = out->n;

	if (s.len == 0 || s.len > 6 || i == MOST_PARTS)
		return false;
	memcpy(copy, s.at, s.len);
	copy[s.len] = '\0';
	if (copy[0] >= '0' && copy[0] <= '9') {
		if (!str_to_int(copy, &value) || value < 1 || value > 999)
			return false;
		out->types[i] = 'A';
		out->parts[i] = (int)value;
	} else if (roman(s) > 0 && s.at[0] != 'C' && s.at[0] != 'L') {
		out->types[i] = 'R';
		out->parts[i] = roman(s);
	} else if (s.len == 1 && copy[0] >= 'A' && copy[0] <= 'Z') {
		out->types[i] = 'U';
		out->parts[i] = copy[0] - 'A' + 1;
	} else {
		out->types[i] = 'L';
		out->parts[i] = letter(s);
	}
	out->n++;
	return out->parts[i] > 0;
}

static bool label_parse(struct label *out, const char *printed)
{
	struct slice rest = slice_trim(slice_of(printed)), part;

	*out = (struct label){ 0 };
	while (slice_cut(&rest, '.', &part))
		if (!part_of(out, part))
			return false;
	return out->n > 0;
}

/* ---- groups: numbers that follow each other ---- */

struct open_group {
	struct label label; /* of its last member */
	size_t group;
};
struct stack {
	struct open_group at[MOST_DEPTH];
	size_t n;
};

static bool siblings(const struct label *a, const struct label *b)
{
	return str_eq(a->types, b->types) &&
	       memcmp(a->parts, b->parts, (a->n - 1) * sizeof(a->parts[0])) == 0;
}

static void place(struct items *items, struct stack *s, struct item *item)
{
	const struct label *l = &item->label;
	size_t depth = s->n, last = l->n - 1;

	while (depth > 0 && !siblings(&s->at[depth - 1].label, l))
		depth--;
	if (depth > 0 && (l->parts[last] != 1 || l->n > 1)) {
		item->group = s->at[depth - 1].group;
	} else {
		item->group = items->n_groups++;
		if (depth == 0) {
			depth = s->n;
			while (depth > 0 && str_eq(s->at[depth - 1].label.types, l->types))
				depth--;
			depth = depth < MOST_DEPTH ? depth + 1 : MOST_DEPTH;
		}
	}
	s->n = depth;
	s->at[depth - 1] = (struct open_group){ *l, item->group };
}

/* I: 1, 2; II: 3, 4: one count through all parents. */
static bool goes_on(const struct items *items, const struct label *l)
{
	for (size_t i = items->n; i-- > 0 && l->n == 1;)
		if (str_eq(items->at[i].label.types, l->types))
			return items->at[i].label.parts[0] + 1 == l->parts[0];
	return false;
}

static enum err add(struct items *items, struct audit *x, struct stack *s, struct item item)
{
	if (!label_parse(&item.label, item.printed))
		return ERR_OK;
	if (item.kind)
		item.label.types[0] = item.kind;
	item.continued = goes_on(items, &item.label);
	place(items, s, &item);
	TRY(vec_room(x->arena, items->at, items->n));
	items->at[items->n++] = item;
	return ERR_OK;
}

/* ---- what is wrong with a group ---- */

enum {
	FAULT_START = 1, /* the first is not 1 */
	FAULT_GAP = 2,
	FAULT_TWICE = 4,
	FAULT_BACK = 8
};

/* đ may be left out after d. */
static int step(const struct label *a, const struct label *b)
{
	int from = a->parts[a->n - 1], to = b->parts[b->n - 1];

	if (a->types[a->n - 1] == 'L' && from == 4 && to == 6)
		return 1;
	if (a->types[a->n - 1] == 'L' && from == 6 && to == 8)
		return 1;
	return to - from;
}

/* "1. Đã ban hành ... 2. Kế hoạch ...": the numbers between stand inside the paragraph. */
static bool runs_in(const struct item *before, const struct item *item)
{
	const char *text = before->words;
	size_t last = item->label.n - 1, prefix = strlen(before->printed);

	if (item->label.types[last] != 'A')
		return false;
	while (prefix > 0 && before->printed[prefix - 1] != '.')
		prefix--;
	for (int i = before->label.parts[last] + 1; i < item->label.parts[last]; i++) {
		char mark[48];

		snprintf(mark, sizeof(mark), ". %.*s%d. ", (int)prefix, before->printed, i);
		if (!(text = strstr(text, mark)))
			return false;
	}
	return true;
}

static unsigned fault_of(const struct item *before, const struct item *item)
{
	int by;

	if (!before)
		return item->continued || item->label.parts[item->label.n - 1] == 1
		               ? 0
		               : FAULT_START;
	by = step(&before->label, &item->label);
	if (by == 1)
		return 0;
	if (by > 1 && (by - 1 <= item->hidden || runs_in(before, item)))
		return 0;
	return by == 0 ? FAULT_TWICE : by < 0 ? FAULT_BACK : FAULT_GAP;
}

static enum audit_verdict verdict_of(unsigned faults, bool headings, size_t n)
{
	bool twice = faults & FAULT_TWICE, missing = faults & (FAULT_GAP | FAULT_START);

	if (twice && (missing || headings))
		return AUDIT_FAIL;
	if (headings && (faults & (FAULT_BACK | FAULT_GAP)) && n > 3)
		return AUDIT_FAIL;
	return AUDIT_SUSPECT;
}

/* What the number should be, after the one before it. */
static enum err wanted(const char **out, struct audit *x, const struct item *before,
                       const struct item *item)
{
	const struct label *l = &item->label;
	size_t prefix = strlen(item->printed);
	int next = before ? before->label.parts[before->label.n - 1] + 1 : 1;

	while (prefix > 0 && item->printed[prefix - 1] != '.')
		prefix--;
	if (l->types[l->n - 1] != 'A')
		return arena_strdup(x->arena, out, "");
	return arena_printf(x->arena, out, "%.*s%d", (int)prefix, item->printed, next);
}

static enum err say(struct audit *x, struct item *const *group, size_t n, unsigned faults,
                    bool headings)
{
	const char *stated = "", *computed = "", *one;
	const struct item *before = NULL;
	struct audit_draft d;
	size_t shown = 0;

	audit_begin(&d, x, AUDIT_NUMBERING, verdict_of(faults, headings, n));
	for (size_t i = 0; i < n; before = group[i++]) {
		if (fault_of(before, group[i]) == 0 || shown >= MOST_SHOWN)
			continue;
		if (before)
			audit_at_line(&d, before->line, before->words);
		audit_at_line(&d, group[i]->line, group[i]->words);
		shown += 2;
		if (computed[0] == '\0')
			TRY(wanted(&computed, x, before, group[i]));
	}
	for (size_t i = 0; i < n && i < 12; i++) {
		one = group[i]->printed;
		TRY(arena_printf(x->arena, &stated, "%s%s%s", stated, i > 0 ? ", " : "", one));
	}
	audit_say(&d, msg_text(MSG_AUDIT_R_NUMBERING), stated, computed);
	return audit_end(&d,
	                 faults & FAULT_TWICE  ? MSG_AUDIT_NUMBER_TWICE
	                 : faults & FAULT_BACK ? MSG_AUDIT_NUMBER_BACK
	                 : faults & FAULT_GAP  ? MSG_AUDIT_NUMBER_GAP
	                                       : MSG_AUDIT_NUMBER_START,
	                 stated);
}

static enum err check_group(struct audit *x, struct item *const *group, size_t n)
{
	unsigned faults = 0;
	size_t wrong = 0;
	bool headings = group[0]->heading;

	for (size_t i = 0; i < n; i++) {
		unsigned f = fault_of(i > 0 ? group[i - 1] : NULL, group[i]);

		faults |= f;
		wrong += (f & ~(unsigned)FAULT_TWICE) != 0;
		headings = headings && group[i]->heading;
	}
	if (n < 2)
		return ERR_OK;
	if (faults == 0) {
		audit_count(x);
		return ERR_OK;
	}
	if (wrong > 3 || (n > 4 && wrong * 2 > n))
		return ERR_OK;
	return say(x, group, n, faults, headings);
}

static enum err check_groups(struct audit *x, const struct items *items)
{
	size_t *starts;
	struct item **rows;

	TRY(arena_array(x->arena, &starts, items->n_groups + 2));
	TRY(arena_array(x->arena, &rows, items->n + 1));
	for (size_t i = 0; i < items->n; i++)
		starts[items->at[i].group + 2]++;
	for (size_t g = 0; g < items->n_groups; g++)
		starts[g + 2] += starts[g + 1];
	for (size_t i = 0; i < items->n; i++)
		rows[starts[items->at[i].group + 1]++] = &items->at[i];
	for (size_t g = 0; g < items->n_groups; g++)
		if (starts[g + 1] > starts[g])
			TRY(check_group(x, rows + starts[g], starts[g + 1] - starts[g]));
	return ERR_OK;
}

/* ---- headings and rows ---- */

/* Parts, chapters, ... count by themselves: "Phần II" goes on from "Phần I", whatever sections
 * stand between. */
static enum err kind_of(char *out, struct audit *x, const struct block *b)
{
	static const struct {
		const char *word;
		char kind;
	} words[] = { { "phần", 'P' }, { "chương", 'C' }, { "mục", 'M' }, { "điều", 'D' } };
	const char *lower;

	*out = 0;
	TRY(audit_lower(x->arena, &lower, b->text.text));
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_starts(lower, words[i].word))
			*out = words[i].kind;
	return ERR_OK;
}

enum err audit_heading_numbers(struct audit *x)
{
	const struct document *doc = x->document;
	struct items items = { 0 };
	struct stack s = { 0 };
	int annex = -1;

	for (size_t i = 0; i < doc->n_sections; i++) {
		const struct section *c = &doc->sections[i];
		const struct block *b = &doc->blocks[c->block];
		char kind;

		TRY(kind_of(&kind, x, b));
		if (c->annex != annex)
			s.n = 0;
		annex = c->annex;
		TRY(add(&items, x, &s,
		        (struct item){ .printed = c->number,
		                       .words = b->text.text,
		                       .line = joined_line(&b->text, 0),
		                       .kind = kind,
		                       .heading = b->kind == BLOCK_HEADING }));
	}
	return check_groups(x, &items);
}

static const char *row_words(const struct table *t, const struct table_row *r)
{
	for (size_t c = 0; c < t->n_columns; c++)
		if (t->columns[c].role != COLUMN_NUMBER && !str_blank(r->cells[c].text.text))
			return r->cells[c].text.text;
	return r->number;
}

/* A row that begins something of its own without a number: what is wrong with it is not that
 * the next one's number jumps. */
static bool is_unnumbered(const struct table *t, const struct table_row *r)
{
	int label = table_column_of(t, COLUMN_LABEL);

	return r->kind == ROW_BODY && r->number[0] == '\0' &&
	       (label < 0 || !str_blank(r->cells[label].text.text));
}

static enum err check_rows(struct audit *x, const struct table *t)
{
	struct items items = { 0 };
	struct stack s = { 0 };
	int hidden = 0;

	for (size_t r = 0; r < t->n_rows; r++) {
		const struct table_row *row = &t->rows[r];

		if (row->kind != ROW_HEADER && row->number[0] != '\0') {
			TRY(add(&items, x, &s,
			        (struct item){ .printed = row->number,
			                       .words = row_words(t, row),
			                       .line = row->line,
			                       .hidden = hidden }));
			hidden = 0;
		} else {
			hidden += is_unnumbered(t, row);
		}
	}
	return check_groups(x, &items);
}

enum err audit_row_numbers(struct audit *x)
{
	const struct document *doc = x->document;

	for (size_t i = 0; i < doc->n_tables; i++)
		if (table_column_of(&doc->tables[i], COLUMN_NUMBER) >= 0)
			TRY(check_rows(x, &doc->tables[i]));
	return ERR_OK;
}
