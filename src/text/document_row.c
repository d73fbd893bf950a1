/* document_row.c - numbers of rows, which row stands under which, and headings among rows. */
#include <string.h>

#include "text/document_table.h"

enum { DEEPEST = 32 };

/* Rows above the one in hand that may be its parent, the outermost first. */
struct level {
	int row;
	enum marker_class class;
	struct marker marker;
	bool incl;  /* "Trong đó" */
	bool loose; /* a row without a number: dashes stand under it, nothing else */
};
struct levels {
	struct level at[DEEPEST];
	int n;
};

static bool has_prefix(const struct marker *child, const struct marker *parent)
{
	if (parent->class != MARK_ARABIC || parent->n_parts >= child->n_parts)
		return false;
	for (int i = 0; i < parent->n_parts; i++)
		if (parent->parts[i] != child->parts[i])
			return false;
	return true;
}

static int find_class(const struct levels *s, enum marker_class class)
{
	for (int i = s->n; i-- > 0;)
		if (s->at[i].class == class && !s->at[i].loose)
			return i;
	return -1;
}

/* How many levels stay above "2.1.3": those down to the row whose number begins it, or the
 * place of its equal before it. */
static int keep_for_parts(const struct levels *s, const struct marker *m)
{
	for (int i = s->n; i-- > 0;)
		if (has_prefix(m, &s->at[i].marker))
			return i + 1;
	for (int i = s->n; i-- > 0;)
		if (s->at[i].class == MARK_ARABIC && s->at[i].marker.n_parts >= m->n_parts)
			return i;
	return s->n;
}

/* The first of its kind stays under Romans, capitals and headings. */
static int keep_for_first(const struct levels *s, const struct marker *m)
{
	for (int i = 0; i < s->n && m->class == MARK_ARABIC; i++)
		if (s->at[i].class >= MARK_ARABIC)
			return i;
	return s->n;
}

/* "1", "2": the next of a row above it; a "1" that starts again is a child of the row above. */
static int keep_for_single(const struct levels *s, const struct marker *m)
{
	int outermost = -1, number = m->parts[0];

	for (int i = s->n; i-- > 0;) {
		const struct marker *up = &s->at[i].marker;

		if (s->at[i].class != m->class || up->n_parts != 1)
			continue;
		outermost = i;
		if (up->parts[0] + 1 == number)
			return i;
		/* Printed twice; a "1" below deeper rows begins anew. */
		if (up->parts[0] == number && (number != 1 || i == s->n - 1))
			return i;
	}
	if (outermost < 0)
		return keep_for_first(s, m);
	return number == 1 ? s->n : outermost;
}

/* Romans stand under capitals only, letters and dashes under whatever is above them. */
static int keep_for_other(const struct levels *s, enum marker_class class)
{
	int at = find_class(s, class);

	if (at >= 0)
		return at;
	if (class == MARK_PART || class == MARK_UPPER)
		return 0;
	if (class != MARK_ROMAN)
		return s->n;
	return s->n > 0 && (s->at[0].class == MARK_PART || s->at[0].class == MARK_UPPER) ? 1
	                                                                                 : 0;
}

static int keep_for(struct levels *s, const struct marker *m)
{
	while (m->class < MARK_DASH && s->n > 0 && s->at[s->n - 1].loose)
		s->n--;
	if (m->class == MARK_ARABIC && m->n_parts > 1)
		return keep_for_parts(s, m);
	if (m->class == MARK_ARABIC || m->class == MARK_PAREN)
		return keep_for_single(s, m);
	return keep_for_other(s, m->class);
}

static void put_level(struct table_making *t, struct levels *s, size_t row, struct level level,
                      int keep)
{
	struct table_row *r = &t->rows[row];

	s->n = keep;
	r->parent = keep > 0 ? s->at[keep - 1].row : -1;
	r->depth = keep;
	if (s->n < DEEPEST) {
		level.row = (int)row;
		s->at[s->n++] = level;
	}
}

static bool is_total(const char *label)
{
	static const char *const words[] = { "tổng cộng", "tổng",       "cộng",
		                             "toàn xã",   "toàn huyện", "toàn tỉnh" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (words_start(label, words[i]))
			return true;
	return false;
}

/* A row without a number: under the numbered row above it, or under its "Trong đó". */
static void put_unnumbered(struct table_making *t, struct levels *s, size_t row,
                           const char *label)
{
	int keep = s->n;

	if (t->rows[row].kind == ROW_GROUP) {
		int at = find_class(s, MARK_NONE);

		for (keep = 0; at < 0 && keep < s->n && s->at[keep].class <= MARK_ROMAN; keep++)
			;
		put_level(t, s, row, (struct level){ .class = MARK_NONE }, at >= 0 ? at : keep);
		return;
	}
	while (keep > 0 && !s->at[keep - 1].incl &&
	       (s->at[keep - 1].class >= MARK_DASH || s->at[keep - 1].loose))
		keep--;
	if (is_total(label))
		keep = 0;
	put_level(t, s, row, (struct level){ .class = MARK_NONE, .loose = true }, keep);
}

static const char *cell_text(const struct table_making *t, size_t row, int column)
{
	return column >= 0 ? t->cells[row][column].text.text : "";
}

static bool is_inclusion(const char *text)
{
	return words_start(text, "trong đó") || words_start(text, "bao gồm");
}

static enum err put_number(struct table_making *t, size_t row, const char *text,
                           const struct marker *m)
{
	return arena_strndup(t->arena, &t->rows[row].number, text + m->start,
	                     m->end - m->start);
}

static enum err skip_words(struct table_making *t, struct joined *text, size_t n)
{
	struct joint *joints;

	TRY(arena_array(t->arena, &joints, text->n_joints));
	for (size_t i = 0; i < text->n_joints; i++) {
		joints[i] = text->joints[i];
		joints[i].at -= joints[i].at > n ? n : joints[i].at;
	}
	text->joints = joints;
	text->text += n;
	return ERR_OK;
}

/* A spreadsheet takes "2.1" for a number and shows it with a comma. */
static enum err point_of_number(struct table_making *t, const char **text)
{
	static const char digits[] = "0123456789";
	size_t whole = strspn(*text, digits), rest;

	if (whole == 0 || (*text)[whole] != ',')
		return ERR_OK;
	rest = strspn(*text + whole + 1, digits);
	if (rest == 0 || (*text)[whole + 1 + rest] != '\0')
		return ERR_OK;
	return arena_printf(t->arena, text, "%.*s.%s", (int)whole, *text, *text + whole + 1);
}

/* Takes "1." off the label, or moves the words beside a number into the label's cell. */
static enum err read_number(struct table_making *t, size_t row, struct marker *m)
{
	struct table_cell *cells = t->cells[row];
	const char *text = cell_text(t, row, t->number);

	*m = (struct marker){ .class = MARK_NONE };
	t->rows[row].number = "";
	if (*text) {
		TRY(point_of_number(t, &text));
		*m = marker_of_cell(text);
		if (m->class == MARK_NONE && is_inclusion(text))
			t->rows[row].number = text;
		if (m->class == MARK_NONE)
			return ERR_OK;
		TRY(put_number(t, row, text, m));
		if (text[m->words] && t->label >= 0 && cell_text(t, row, t->label)[0] == '\0') {
			cells[t->label].text = cells[t->number].text;
			cells[t->number].text.text = t->rows[row].number;
			return skip_words(t, &cells[t->label].text, m->words);
		}
		return ERR_OK;
	}
	text = cell_text(t, row, t->label);
	*m = marker_of(text);
	if (!marker_is_number(m))
		return ERR_OK;
	TRY(put_number(t, row, text, m));
	return text[m->words] ? skip_words(t, &cells[t->label].text, m->words) : ERR_OK;
}

/* Whether the row says nothing but its number and label (and a note). */
static bool is_bare(const struct table_making *t, size_t row)
{
	for (size_t c = 0; c < t->n_columns; c++)
		if ((int)c != t->number && (int)c != t->label &&
		    t->cells[row][c].text.text[0] && t->columns[c].role != COLUMN_NOTE)
			return false;
	return t->n_columns > 1;
}

/* Headings: nothing in the columns of figures, and rows below that belong to it. */
static bool is_group(const struct table_making *t, size_t row, const struct marker *m)
{
	size_t filled = 0;

	if (!is_bare(t, row))
		return false;
	for (size_t c = 0; c < t->n_columns; c++)
		filled += t->cells[row][c].text.text[0] != '\0';
	if (m->class == MARK_ROMAN || m->class == MARK_UPPER || m->class == MARK_PART)
		return true;
	return m->class == MARK_NONE && filled == 1 && t->number >= 0 &&
	       cell_text(t, row, t->number)[0] == '\0' &&
	       !is_total(cell_text(t, row, t->label)) && row + 1 < t->n_rows &&
	       cell_text(t, row + 1, t->number)[0] != '\0';
}

static void put_row(struct table_making *t, struct levels *s, size_t row, struct marker *m)
{
	const char *label = cell_text(t, row, t->label);
	bool incl = is_inclusion(t->rows[row].number) ||
	            (m->class != MARK_ARABIC && is_inclusion(label + marker_of(label).words));

	if (is_group(t, row, m) || (incl && is_bare(t, row)))
		t->rows[row].kind = ROW_GROUP;
	if (m->class == MARK_NONE && !incl) {
		put_unnumbered(t, s, row, label);
		return;
	}
	if (m->class == MARK_NONE)
		m->class = MARK_DASH;
	put_level(t, s, row, (struct level){ .class = m->class, .marker = *m, .incl = incl },
	          keep_for(s, m));
}

/* A numbered row without values is a heading when rows stand under it. */
static void mark_groups(struct table_making *t)
{
	for (size_t i = 0; i < t->n_rows; i++) {
		int up = t->rows[i].parent;

		if (up >= 0 && t->rows[up].kind == ROW_BODY && is_bare(t, (size_t)up))
			t->rows[up].kind = ROW_GROUP;
	}
}

enum err table_numbers(struct table_making *t)
{
	struct levels s = { .n = 0 };

	for (size_t i = 0; i < t->n_rows; i++) {
		struct marker m;

		t->rows[i].parent = -1;
		t->rows[i].number = "";
		if (t->rows[i].kind == ROW_HEADER)
			continue;
		TRY(read_number(t, i, &m));
		put_row(t, &s, i, &m);
	}
	mark_groups(t);
	return ERR_OK;
}
