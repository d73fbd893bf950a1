/* One cell of another office's table as the figure of a row.  What can be read in one way only
 * is taken; what follows from the kind of the row is guessed and said; the rest is asked. */
#include <string.h>

#include "app/form_file/form_file_parts.h"
#include "base/str.h"

struct cell {
	struct arena *arena;
	const struct form_row *row;
	const char *text, *unit;
	struct file_value *out;
};

/* Reads another spelling of the cell; true when that is a figure of the row. */
static enum err read_as(bool *done, struct cell *c, const char *spelling)
{
	struct number_read n;
	const char *question;

	*done = false;
	TRY(number_read(&n, &question, c->arena, spelling, c->row->kind, c->row->unit));
	if (question || dec_is_none(n.value))
		return ERR_OK;
	c->out->number = n;
	*done = true;
	return ERR_OK;
}

static enum err guessed(struct cell *c, enum msg id)
{
	char value[DEC_TEXT];

	c->out->state = FORM_FILE_GUESSED;
	return msg_format(&c->out->say, c->arena, id, c->text,
	                  dec_vn(c->out->number.value, -1, value));
}

/* ---- codes ---- */

/* "Có = 1; Không = 0" printed as another legend than the form's. */
static enum err check_legend(bool *differs, struct cell *c)
{
	const char *plain, *choice, *joined;

	*differs = false;
	if (c->row->kind != FORM_ENUM || !strchr(c->unit, '='))
		return ERR_OK;
	TRY(text_plain(c->arena, &plain, c->unit, strlen(c->unit)));
	for (size_t i = 0; i < c->row->n_choices && !*differs; i++) {
		const struct form_choice *own = &c->row->choices[i];

		TRY(text_plain(c->arena, &choice, own->text, strlen(own->text)));
		TRY(arena_printf(c->arena, &joined, "%s %s", choice, own->word));
		if (!text_says(plain, choice) || text_says(plain, joined))
			continue;
		TRY(arena_printf(c->arena, &joined, "%s %s", own->word, choice));
		*differs = !text_says(plain, joined);
	}
	return ERR_OK;
}

static enum err ask_legend(struct cell *c)
{
	const char *own;
	struct str s;

	str_init(&s, c->arena, 2000);
	for (size_t i = 0; i < c->row->n_choices; i++)
		str_printf(&s, "%s%s = %s", i ? "; " : "", c->row->choices[i].word,
		           c->row->choices[i].text);
	TRY(str_finish(&s, &own));
	c->out->state = FORM_FILE_ASKED;
	return msg_format(&c->out->say, c->arena, MSG_FORM_FILE_LEGEND, c->unit, own);
}

/* The meaning of a code instead of the code: "Có". */
static enum err guess_word(bool *done, struct cell *c)
{
	const char *plain, *choice;

	*done = false;
	if (c->row->kind != FORM_ENUM)
		return ERR_OK;
	TRY(text_plain(c->arena, &plain, c->text, strlen(c->text)));
	for (size_t i = 0; i < c->row->n_choices && !*done; i++) {
		TRY(text_plain(c->arena, &choice, c->row->choices[i].text,
		               strlen(c->row->choices[i].text)));
		if (str_eq(plain, choice))
			TRY(read_as(done, c, c->row->choices[i].word));
	}
	return *done ? guessed(c, MSG_FORM_FILE_WORD) : ERR_OK;
}

/* ---- money in other units ---- */

/* How many zeros the unit adds to đồng; -1: no unit of money. */
static enum err zeros_of(int *out, struct arena *a, const char *unit)
{
	static const struct {
		const char *unit;
		int zeros;
	} units[] = { { "đồng", 0 },      { "vnđ", 0 },        { "nghìn đồng", 3 },
		      { "ngàn đồng", 3 }, { "triệu đồng", 6 }, { "tỷ đồng", 9 },
		      { "tỉ đồng", 9 } };
	const char *plain;

	*out = -1;
	TRY(text_plain(a, &plain, unit, strlen(unit)));
	for (size_t i = 0; i < ARRAY_LEN(units); i++)
		if (str_eq(plain, units[i].unit))
			*out = units[i].zeros;
	return ERR_OK;
}

/* An amount in đồng in the unit of the row. */
static dec_t in_unit(struct number dong, int zeros)
{
	enum { MOST_PLACES = 6 };

	dong.places += zeros;
	while (dong.places > MOST_PLACES && dong.digits % 10 == 0) {
		dong.digits /= 10;
		dong.places--;
	}
	return dong.places > MOST_PLACES ? DEC_NONE : number_dec(dong);
}

/* The cell, or the column of units, counts in another unit than the row. */
static enum err convert(bool *done, struct cell *c)
{
	int own, printed;
	char value[DEC_TEXT];
	struct figure f;
	dec_t amount;

	*done = false;
	TRY(zeros_of(&own, c->arena, c->row->unit));
	TRY(zeros_of(&printed, c->arena, c->unit));
	if (c->row->kind != FORM_MONEY || own < 0)
		return ERR_OK;
	if (!reading_of_cell(&f, c->text, c->unit) || f.unit != FIGURE_DONG ||
	    f.bound != FIGURE_EXACT || !number_is_none(f.to) ||
	    (f.marks & (FIGURE_COMMA_THREE | FIGURE_LABEL | FIGURE_BROKEN_GROUPS)))
		return ERR_OK;
	amount = in_unit(f.value, own);
	if (dec_is_none(amount))
		return ERR_OK;
	*done = true;
	c->out->number = (struct number_read){ amount, DEC_NONE, DEC_NONE };
	c->out->state = FORM_FILE_GUESSED;
	return msg_format(&c->out->say, c->arena, MSG_FORM_FILE_CONVERTED, c->text, c->unit,
	                  dec_vn(amount, -1, value), c->row->unit);
}

static enum err ask_unit(struct cell *c)
{
	const char *printed;

	TRY(arena_printf(c->arena, &printed, "%s %s", c->text, c->unit));
	c->out->state = FORM_FILE_ASKED;
	return msg_format(&c->out->say, c->arena, MSG_NUMBER_UNIT, printed, c->row->unit);
}

/* ---- marks and blanks ---- */

static enum err swap_mark(const char **out, struct arena *a, const char *text, char from,
                          char to)
{
	struct str s;

	str_init(&s, a, strlen(text) + 1);
	for (; *text; text++) {
		char c = *text;

		if (c == from)
			c = to;
		str_put_char(&s, c);
	}
	return str_finish(&s, out);
}

/* "1,788" can only be 1.788 of something that is counted; "36.842" only 36,842 percent. */
static enum err guess_marks(bool *done, struct cell *c)
{
	bool count = c->row->kind == FORM_COUNT;
	const char *spelling;

	*done = false;
	if (count && !strchr(c->text, '.')) {
		TRY(swap_mark(&spelling, c->arena, c->text, ',', '.'));
	} else if (c->row->kind == FORM_RATIO && !c->row->any_range && !strchr(c->text, ',')) {
		TRY(swap_mark(&spelling, c->arena, c->text, '.', ','));
	} else {
		return ERR_OK;
	}
	TRY(read_as(done, c, spelling));
	if (*done && !count && dec_cmp(c->out->number.value, dec_from_int(100)) > 0)
		*done = false;
	if (!*done)
		return ERR_OK;
	return guessed(c, count ? MSG_FORM_FILE_WHOLE : MSG_FORM_FILE_PERCENT);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "1 788", "2 5" of a scanned page. */
static enum err guess_blanks(bool *done, struct cell *c)
{
	const char *spelling;
	bool any = false;
	struct str s;

	*done = false;
	str_init(&s, c->arena, strlen(c->text) + 1);
	for (const char *at = c->text; *at; at++) {
		bool between =
		        *at == ' ' && at > c->text && is_digit(at[-1]) && is_digit(at[1]);

		any |= between;
		if (!between)
			str_put_char(&s, *at);
	}
	TRY(str_finish(&s, &spelling));
	if (!any)
		return ERR_OK;
	TRY(read_as(done, c, spelling));
	return *done ? guessed(c, MSG_FORM_FILE_BLANKS) : ERR_OK;
}

/* "12 văn bản (02 chỉ thị)": a count at the beginning, the whole goes into the note. */
static enum err guess_words(bool *done, struct cell *c)
{
	const char *spelling, *after;
	size_t n = 0;

	*done = false;
	while (is_digit(c->text[n]) || (n > 0 && strchr(".", c->text[n]) && c->text[n]))
		n++;
	after = c->text + n;
	if (c->row->kind != FORM_COUNT || n == 0 || *after != ' ' || strchr(after, '%') ||
	    strchr(after, '/'))
		return ERR_OK;
	TRY(arena_strndup(c->arena, &spelling, c->text, n));
	TRY(read_as(done, c, spelling));
	if (!*done)
		return ERR_OK;
	c->out->rest = c->text;
	return guessed(c, MSG_FORM_FILE_WORDS);
}

/* ---- the cell ---- */

static enum err guess(struct cell *c, const char *question)
{
	static enum err (*const ways[])(bool *done,
	                                struct cell *c) = { guess_word, convert, guess_marks,
		                                            guess_blanks, guess_words };
	bool done = false;

	for (size_t i = 0; i < ARRAY_LEN(ways) && !done; i++)
		TRY(ways[i](&done, c));
	if (done)
		return ERR_OK;
	c->out->number = (struct number_read){ DEC_NONE, DEC_NONE, DEC_NONE };
	c->out->state = FORM_FILE_ASKED;
	c->out->say = question;
	return ERR_OK;
}

enum err file_value(struct file_value *out, struct arena *a, const struct form_row *row,
                    const char *text, const char *unit)
{
	struct cell c = { a, row, text, unit, out };
	const char *question = NULL;
	int own, printed;
	bool done;

	*out = (struct file_value){ .state = FORM_FILE_BLANK,
		                    .number = { DEC_NONE, DEC_NONE, DEC_NONE } };
	if (str_blank(text))
		return ERR_OK;
	TRY(check_legend(&done, &c));
	if (done)
		return ask_legend(&c);
	TRY(zeros_of(&own, a, row->unit));
	TRY(zeros_of(&printed, a, unit));
	if (own >= 0 && printed >= 0 && own != printed) {
		TRY(convert(&done, &c));
		return done ? ERR_OK : ask_unit(&c);
	}
	TRY(number_read(&out->number, &question, a, text, row->kind, row->unit));
	if (question)
		return guess(&c, question);
	out->state = FORM_FILE_SURE;
	return ERR_OK;
}

/* What the unit of a row may be called. */
enum err file_other_unit(bool *out, struct arena *a, const struct form_row *row,
                         const char *unit)
{
	const char *printed, *own;

	*out = false;
	if (row->kind == FORM_ENUM || row->kind == FORM_GROUP || str_blank(unit))
		return ERR_OK;
	if (strchr(unit, '%') || strchr(row->unit, '%')) {
		*out = !strchr(unit, '%') != !strchr(row->unit, '%');
		return ERR_OK;
	}
	TRY(text_plain(a, &printed, unit, strlen(unit)));
	TRY(text_plain(a, &own, row->unit, strlen(row->unit)));
	*out = !str_eq(printed, own);
	return ERR_OK;
}
