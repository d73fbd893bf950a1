#include "doc/paper_parts.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/messages.h"
#include "base/vec.h"

enum { LINE_MOST = 4000 }; /* bytes of a line that is made here */

int paper_table_size(const struct paper_table *t)
{
	return t->n_columns <= 8 ? 12 : t->n_columns <= 14 ? 11 : 10;
}

void paper_columns(int out[PAPER_MOST_COLUMNS + 1], const struct paper_table *t, int width)
{
	int64_t all = 0, before = 0;

	for (size_t i = 0; i < t->n_columns; i++)
		all += t->columns[i].width;
	assert(all > 0);
	for (size_t i = 0; i <= t->n_columns; i++) {
		out[i] = (int)(before * width / all);
		before += i < t->n_columns ? t->columns[i].width : 0;
	}
}

bool paper_block_keeps(const struct paper_block *b)
{
	return b->kind == PAPER_HEADING || b->kind == PAPER_LINE ||
	       (b->kind == PAPER_NOTE && (b->weight & PAPER_BOLD));
}

bool paper_row_keeps(const struct paper_table *t, size_t row)
{
	const struct paper_cell *cells = &t->cells[row * t->n_columns];
	bool any = false;

	for (size_t i = 0; i < t->n_columns; i++) {
		if (str_blank(cells[i].text))
			continue;
		if (!(cells[i].weight & PAPER_BOLD))
			return false;
		any = true;
	}
	return any && row + 1 < t->n_rows;
}

/* ---- lines made of fields ---- */

static const char ROOM[] = "       "; /* to write a number or a day by hand */

static const char *or_room(const char *text)
{
	return str_blank(text) ? ROOM : text;
}

/* Day below 10 and month below 3 with a zero before them. */
static enum err day_text(const char **out, struct arena *a, const struct paper_letterhead *h)
{
	int year = h->year, month, day;
	char days[12] = "", months[12] = "", years[12] = "";

	if (!date_is_none(h->dated)) {
		date_split(h->dated, &year, &month, &day);
		snprintf(days, sizeof(days), "%02d", day);
		snprintf(months, sizeof(months), "%0*d", month < 3 ? 2 : 1, month);
	}
	if (year > 0)
		snprintf(years, sizeof(years), "%d", year);
	return msg_format(out, a, MSG_PAPER_DAY, or_room(days), or_room(months),
	                  or_room(years));
}

static enum err number_line(const char **out, struct arena *a, const struct paper *p)
{
	return msg_format(out, a, MSG_PAPER_NUMBER, or_room(p->head.number),
	                  p->head.notation ? p->head.notation : "");
}

static enum err date_line(const char **out, struct arena *a, const struct paper *p)
{
	TRY(day_text(out, a, &p->head));
	if (str_blank(p->head.place))
		return ERR_OK;
	return msg_format(out, a, MSG_PAPER_PLACE_DAY, p->head.place, *out);
}

static enum err attached_line(const char **out, struct arena *a, const struct paper *p)
{
	const char *day;

	TRY(day_text(&day, a, &p->head));
	return msg_format(out, a, MSG_PAPER_ATTACHED, p->kind_name ? p->kind_name : "",
	                  or_room(p->head.number), p->head.notation ? p->head.notation : "",
	                  day, p->issuer_name ? p->issuer_name : "");
}

/* "- Như trên;" and the last one "- Lưu: VT.", whatever marks the text came with. */
static enum err list_lines(const char ***out, struct arena *a, const char *const *at, size_t n)
{
	const char **lines;

	TRY(arena_array(a, &lines, n + 1));
	for (size_t i = 0; i < n; i++) {
		struct slice s = slice_trim(slice_of(at[i]));
		struct str line;

		while (s.len > 0 && strchr("-+ ", s.at[0])) {
			s.at++;
			s.len--;
		}
		while (s.len > 0 && strchr(" ;.,", s.at[s.len - 1]))
			s.len--;
		str_init(&line, a, LINE_MOST);
		str_put(&line, "- ");
		str_put_n(&line, s.at, s.len);
		str_put_char(&line, i + 1 < n ? ';' : '.');
		TRY(str_finish(&line, &lines[i]));
	}
	*out = lines;
	return ERR_OK;
}

/* ---- "./." ---- */

static const char END[] = "./.";

static bool is_prose(const struct paper_block *b)
{
	return (b->kind == PAPER_PARAGRAPH || b->kind == PAPER_ITEM ||
	        b->kind == PAPER_BASIS) &&
	       b->text.n > 0;
}

/* The paragraph with its full stop made to "./.". */
static enum err end_text(struct paper_text *out, struct arena *a, const struct paper_text *text)
{
	struct paper_run *runs, *last;
	struct slice s;

	TRY(arena_array(a, &runs, text->n + 1));
	for (size_t i = 0; i < text->n; i++)
		runs[i] = text->runs[i];
	last = &runs[text->n - 1];
	s = slice_of(last->text ? last->text : "");
	if (str_ends(last->text ? last->text : "", END)) {
		*out = *text;
		return ERR_OK;
	}
	while (s.len > 0 && strchr(" .;,\n", s.at[s.len - 1]))
		s.len--;
	TRY(arena_strndup(a, &last->text, s.at, s.len));
	runs[text->n] = (struct paper_run){ .text = END };
	*out = (struct paper_text){ runs, text->n + 1 };
	return ERR_OK;
}

static enum err end_body(struct paper_block *blocks, size_t n, struct arena *a,
                         const char **alone)
{
	*alone = END;
	if (n == 0 || !is_prose(&blocks[n - 1]))
		return ERR_OK;
	*alone = NULL;
	return end_text(&blocks[n - 1].text, a, &blocks[n - 1].text);
}

/* ---- parts ---- */

static bool stands_apart(const struct paper_block *b, bool landscape)
{
	return b->kind == PAPER_TABLE && b->table->landscape && !landscape;
}

/* What a line before and notes behind a turned table belong to is the table's page. */
static bool goes_along(const struct paper_block *at, size_t n, size_t i, bool landscape)
{
	if (at[i].kind == PAPER_LINE)
		return i + 1 < n && stands_apart(&at[i + 1], landscape);
	if (at[i].kind != PAPER_NOTE)
		return false;
	while (i > 0 && at[i].kind == PAPER_NOTE)
		i--;
	return stands_apart(&at[i], landscape);
}

static bool turns(struct paper_blocks b, size_t i, bool landscape)
{
	return stands_apart(&b.at[i], landscape) || goes_along(b.at, b.n, i, landscape);
}

static enum err add_part(struct paper_plan *plan, struct arena *a, struct paper_part part)
{
	TRY(vec_room(a, plan->parts, plan->n_parts));
	plan->parts[plan->n_parts++] = part;
	return ERR_OK;
}

/* Cuts blocks where the pages turn; at least one part. */
static enum err add_parts(struct paper_plan *plan, struct arena *a, struct paper_blocks b,
                          bool landscape)
{
	size_t from = 0, to = 0;

	do {
		bool turned = from < b.n && turns(b, from, landscape);

		while (to < b.n && turns(b, to, landscape) == turned)
			to++;
		TRY(add_part(plan, a,
		             (struct paper_part){ .landscape = landscape || turned,
		                                  .at = b.at + from,
		                                  .n = to - from }));
		from = to;
	} while (from < b.n);
	return ERR_OK;
}

/* Letterhead and signature stand on upright pages. */
static enum err add_body(struct paper_plan *plan, struct arena *a)
{
	struct paper_blocks b = plan->paper->body;
	struct paper_block *blocks;

	TRY(arena_array(a, &blocks, b.n + 1));
	for (size_t i = 0; i < b.n; i++)
		blocks[i] = b.at[i];
	TRY(end_body(blocks, b.n, a, &plan->end));
	b.at = blocks;
	if (b.n > 0 && turns(b, 0, false))
		TRY(add_part(plan, a, (struct paper_part){ .at = blocks }));
	TRY(add_parts(plan, a, b, false));
	if (plan->parts[plan->n_parts - 1].landscape)
		TRY(add_part(plan, a, (struct paper_part){ .at = blocks + b.n }));
	plan->parts[0].first = plan->parts[0].restarts = true;
	plan->parts[plan->n_parts - 1].ends_body = true;
	return ERR_OK;
}

static enum err roman(const char **out, struct arena *a, size_t n)
{
	static const struct {
		size_t value;
		const char *sign;
	} signs[] = { { 100, "C" }, { 90, "XC" }, { 50, "L" }, { 40, "XL" }, { 10, "X" },
		      { 9, "IX" },  { 5, "V" },   { 4, "IV" }, { 1, "I" } };
	struct str s;

	str_init(&s, a, LINE_MOST);
	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		for (; n >= signs[i].value; n -= signs[i].value)
			str_put(&s, signs[i].sign);
	}
	return str_finish(&s, out);
}

static enum err appendix_label(const char **out, struct arena *a, const struct paper *p,
                               size_t i)
{
	const char *numeral;

	*out = p->appendices[i].label;
	if (!str_blank(*out))
		return ERR_OK;
	*out = msg_text(MSG_PAPER_APPENDIX);
	if (p->n_appendices < 2)
		return ERR_OK;
	TRY(roman(&numeral, a, i + 1));
	return msg_format(out, a, MSG_PAPER_APPENDIX_NUMBER, numeral);
}

static enum err add_appendices(struct paper_plan *plan, struct arena *a)
{
	const struct paper *p = plan->paper;
	struct paper_appendix_head *heads;
	const char *attached;

	TRY(arena_array(a, &heads, p->n_appendices + 1));
	TRY(attached_line(&attached, a, p));
	for (size_t i = 0; i < p->n_appendices; i++) {
		size_t at = plan->n_parts;

		heads[i].title = p->appendices[i].title;
		heads[i].attached = attached;
		TRY(appendix_label(&heads[i].label, a, p, i));
		TRY(add_parts(plan, a, p->appendices[i].body, p->appendices[i].landscape));
		plan->parts[at].appendix = &heads[i];
		plan->parts[at].restarts = true;
	}
	return ERR_OK;
}

ERR_RESULT paper_plan(struct paper_plan *out, struct arena *a, const struct paper *p)
{
	struct paper_plan plan = { .paper = p };

	TRY(paper_check(p));
	TRY(number_line(&plan.number, a, p));
	TRY(date_line(&plan.dated, a, p));
	TRY(list_lines(&plan.addressees, a, p->addressees, p->n_addressees));
	TRY(list_lines(&plan.recipients, a, p->recipients, p->n_recipients));
	TRY(add_body(&plan, a));
	TRY(add_appendices(&plan, a));
	*out = plan;
	return ERR_OK;
}
