#include "app/form/number_read.h"

#include <stdio.h>
#include <string.h>

#include "base/messages.h"
#include "base/str.h"
#include "base/vntext.h"

struct reader {
	struct arena *arena;
	const char *text; /* the whole, for the question */
	enum form_kind kind;
	const char *unit;
	const char *question;
};

#define ask(r, ...) msg_format(&(r)->question, (r)->arena, __VA_ARGS__)

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Blank runs, also the no-break ones that come out of a word processor, become one blank. */
static enum err clean(const char **out, struct arena *a, const char *text)
{
	struct str s;

	str_init(&s, a, (size_t)4 * NUMBER_LONGEST);
	for (; *text; text++) {
		bool narrow = strncmp(text, "\u202f", 3) == 0;
		bool wide = strncmp(text, "\u00a0", 2) == 0;

		bool blank = narrow || wide || *text == '\t' || *text == '\r' || *text == '\n';

		if (narrow || wide)
			text += narrow ? 2 : 1;
		str_put_n(&s, blank ? " " : text, 1);
	}
	TRY(str_finish(&s, out));
	struct slice trimmed = slice_trim(slice_of(*out));
	return arena_strndup(a, out, trimmed.at, trimmed.len);
}

/* The marks of a number: where they are and what stands between them. */
struct marks {
	size_t n, dots, commas;
	size_t first;      /* digits before the first mark */
	size_t last;       /* digits after the last mark */
	char final;        /* the last mark */
	bool even_threes;  /* every group between marks has three digits */
	bool final_threes; /* so has the last one */
};

static struct marks count_marks(struct slice s)
{
	struct marks m = { .even_threes = true };
	size_t run = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (is_digit(s.at[i])) {
			run++;
			continue;
		}
		if (m.n == 0)
			m.first = run;
		else
			m.even_threes = m.even_threes && run == 3;
		m.n++;
		m.dots += s.at[i] == '.';
		m.commas += s.at[i] == ',';
		m.final = s.at[i];
		run = 0;
	}
	m.last = run;
	m.final_threes = run == 3;
	return m;
}

/* Digits with `decimal` as the decimal mark (0: none); the other marks are dropped. */
static bool value_of(dec_t *out, struct slice s, char decimal)
{
	char plain[NUMBER_LONGEST + 1];
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (is_digit(s.at[i]))
			plain[n++] = s.at[i];
		else if (s.at[i] == decimal)
			plain[n++] = '.';
	}
	plain[n] = '\0';
	return dec_parse(out, plain);
}

/* "3,887": asks which of the two readings is meant. */
static enum err ask_which(struct reader *r, struct slice s)
{
	char thousands[DEC_TEXT], decimal[DEC_TEXT + 2], plain[DEC_TEXT];
	dec_t whole, fraction;
	size_t n;

	if (!value_of(&whole, s, 0) || !value_of(&fraction, s, s.at[s.len - 4]))
		return ask(r, MSG_NUMBER_TOO_LARGE, r->text);
	dec_vn(whole, 0, thousands);
	dec_vn(fraction, 3, decimal);
	n = strlen(decimal);
	decimal[n] = '0'; /* a fourth digit makes it unambiguous */
	decimal[n + 1] = '\0';
	if (s.at[s.len - 4] == ',')
		return ask(r, MSG_NUMBER_AMBIGUOUS, r->text, thousands, decimal);
	return ask(r, MSG_NUMBER_AMBIGUOUS_DOT, r->text, thousands, decimal,
	           dec_text(whole, plain));
}

static enum err number(struct reader *r, dec_t *out, char decimal, struct slice s)
{
	if (!value_of(out, s, decimal))
		return ask(r, MSG_NUMBER_TOO_LARGE, r->text);
	return ERR_OK;
}

/* Marks of one kind only. */
static enum err read_one_kind(struct reader *r, dec_t *out, struct slice s, struct marks m)
{
	bool grouped = m.first >= 1 && m.first <= 3 && s.at[0] != '0' && m.final_threes &&
	               m.even_threes;

	if (m.n > 1)
		return grouped ? number(r, out, 0, s) : ask(r, MSG_NUMBER_MARKS, r->text);
	if (m.first == 0 || m.last == 0)
		return ask(r, MSG_NUMBER_MARKS, r->text);
	if (!grouped)
		return number(r, out, m.final, s);
	bool ratio = r->kind == FORM_RATIO;
	if (m.final == '.')
		return ratio ? ask_which(r, s) : number(r, out, 0, s);
	return ratio ? number(r, out, ',', s) : ask_which(r, s);
}

/* Digits and marks. */
static enum err read_marks(struct reader *r, dec_t *out, struct slice s)
{
	struct marks m = count_marks(s);

	if (m.n == 0)
		return number(r, out, 0, s);
	if (m.dots == 0 || m.commas == 0)
		return read_one_kind(r, out, s, m);
	/* Both: the last one is the decimal mark, the others stand between thousands. */
	size_t decimals = m.final == '.' ? m.dots : m.commas;
	if (decimals != 1 || !m.even_threes || m.first < 1 || m.first > 3 || m.last == 0)
		return ask(r, MSG_NUMBER_MARKS, r->text);
	return number(r, out, m.final, s);
}

/* Cuts the number at the start of `rest` off; a sign may stand before it. */
static enum err read_number(struct reader *r, dec_t *out, struct slice *rest)
{
	bool minus = rest->len > 0 && rest->at[0] == '-';
	size_t n = 0;

	if (minus) {
		rest->at++;
		rest->len--;
	}
	while (n < rest->len && (is_digit(rest->at[n]) || strchr(".,", rest->at[n])))
		n++;
	struct slice digits = { rest->at, n };
	if (n == 0 || !is_digit(digits.at[0]))
		return ask(r, MSG_NUMBER_NO_NUMBER, r->text);
	if (!is_digit(digits.at[n - 1]))
		return ask(r, MSG_NUMBER_MARKS, r->text);
	TRY(read_marks(r, out, digits));
	if (minus && !r->question)
		out->micro = -out->micro;
	*rest = slice_trim((struct slice){ rest->at + n, rest->len - n });
	return ERR_OK;
}

/* What follows the number: nothing, "%", or the row's unit. */
static enum err read_unit(struct reader *r, struct slice rest)
{
	const char *text, *written, *expected;

	if (rest.len == 0)
		return ERR_OK;
	if (slice_eq(rest, "%") && r->kind == FORM_RATIO)
		return ERR_OK;
	if (slice_eq(rest, "%"))
		return ask(r, MSG_NUMBER_PERCENT, r->text, r->unit);
	TRY(arena_strndup(r->arena, &text, rest.at, rest.len));
	TRY(text_fold(r->arena, &written, text));
	TRY(text_fold(r->arena, &expected, r->unit));
	if (*expected && str_eq(written, expected))
		return ERR_OK;
	return ask(r, MSG_NUMBER_UNIT, r->text, r->unit);
}

static enum err read_plain(struct reader *r, dec_t *out, struct slice s)
{
	TRY(read_number(r, out, &s));
	return r->question ? ERR_OK : read_unit(r, s);
}

/* "18/20": both whole, the part not above the whole. */
static enum err read_fraction(struct reader *r, struct number_read *n, struct slice s)
{
	struct reader whole = *r;
	struct slice part;

	whole.kind = FORM_COUNT;
	whole.unit = "";
	if (!slice_cut(&s, '/', &part))
		return ask(r, MSG_NUMBER_FRACTION, r->text);
	TRY(read_plain(&whole, &n->numerator, slice_trim(part)));
	if (!whole.question)
		TRY(read_plain(&whole, &n->denominator, slice_trim(s)));
	if (whole.question || !dec_is_int(n->numerator) || !dec_is_int(n->denominator))
		return ask(r, MSG_NUMBER_FRACTION, r->text);
	if (n->numerator.micro < 0 || dec_cmp(n->numerator, n->denominator) > 0)
		return ask(r, MSG_NUMBER_PART_GREATER, r->text);
	return ERR_OK;
}

/* The value that a fraction alone stands for. */
static enum err value_of_fraction(struct reader *r, struct number_read *n)
{
	if (r->kind == FORM_COUNT) {
		n->value = n->numerator;
		return ERR_OK;
	}
	if (r->kind != FORM_RATIO)
		return ask(r, MSG_NUMBER_ENUM_FRACTION, r->text);
	if (n->denominator.micro == 0)
		return ask(r, MSG_NUMBER_ZERO_WHOLE, r->text);
	n->value = dec_percent(n->numerator, n->denominator, 2);
	return ERR_OK;
}

/* "100% (18/18)", "18/18 (100%)" */
static enum err read_with_brackets(struct reader *r, struct number_read *n, struct slice s)
{
	struct slice before;

	slice_cut(&s, '(', &before);
	before = slice_trim(before);
	if (s.len == 0 || s.at[s.len - 1] != ')')
		return ask(r, MSG_NUMBER_FRACTION, r->text);
	struct slice inside = slice_trim((struct slice){ s.at, s.len - 1 });
	bool fraction_first = before.len > 0 && memchr(before.at, '/', before.len);
	struct slice fraction = fraction_first ? before : inside;
	struct slice plain = fraction_first ? inside : before;

	TRY(read_fraction(r, n, fraction));
	if (!r->question)
		TRY(value_of_fraction(r, n));
	if (r->question || plain.len == 0)
		return ERR_OK;
	dec_t part = n->value;
	TRY(read_plain(r, &n->value, plain));
	/* A count beside a fraction is its numerator; a rate is checked against it later. */
	if (!r->question && r->kind == FORM_COUNT && dec_cmp(part, n->value) != 0)
		return ask(r, MSG_NUMBER_FRACTION, r->text);
	return ERR_OK;
}

static enum err check_kind(struct reader *r, const struct number_read *n)
{
	if (r->kind != FORM_RATIO && n->value.micro < 0)
		return ask(r, MSG_NUMBER_NEGATIVE, r->text);
	bool whole = r->kind == FORM_COUNT || r->kind == FORM_ENUM;
	if (whole && !dec_is_int(n->value))
		return ask(r, MSG_NUMBER_NOT_WHOLE, r->text);
	return ERR_OK;
}

static enum err read_any(struct reader *r, struct number_read *n)
{
	struct slice s = slice_of(r->text);
	static const char *const dashes[] = { "-", "–", "—", "--" };

	for (size_t i = 0; i < ARRAY_LEN(dashes); i++)
		if (str_eq(r->text, dashes[i]))
			return ask(r, MSG_NUMBER_DASH, r->text);
	if (strchr(r->text, '('))
		TRY(read_with_brackets(r, n, s));
	else if (strchr(r->text, '/')) {
		TRY(read_fraction(r, n, s));
		if (!r->question)
			TRY(value_of_fraction(r, n));
	} else {
		TRY(read_plain(r, &n->value, s));
	}
	return r->question ? ERR_OK : check_kind(r, n);
}

enum err number_read(struct number_read *out, const char **question, struct arena *a,
                     const char *text, enum form_kind kind, const char *unit)
{
	struct number_read n = { DEC_NONE, DEC_NONE, DEC_NONE };
	struct reader r = { .arena = a, .kind = kind, .unit = unit ? unit : "" };
	char longest[16];

	*question = NULL;
	snprintf(longest, sizeof(longest), "%d", NUMBER_LONGEST);
	if (strlen(text) > NUMBER_LONGEST)
		return msg_format(question, a, MSG_NUMBER_TOO_LONG, longest);
	TRY(clean(&r.text, a, text));
	if (*r.text && kind == FORM_GROUP)
		return msg_format(question, a, MSG_NUMBER_GROUP);
	if (*r.text)
		TRY(read_any(&r, &n));
	*question = r.question;
	if (!r.question)
		*out = n;
	return ERR_OK;
}

/* Three digits after the comma would be asked about, and a rate of thousands too. */
static const char *plain_text(dec_t d, enum form_kind kind, char out[DEC_TEXT + 2])
{
	size_t n;
	const char *comma;

	if (kind == FORM_RATIO && dec_is_int(d))
		return dec_text(d, out);
	dec_vn(d, -1, out);
	comma = strchr(out, ',');
	n = strlen(out);
	if (kind != FORM_RATIO && comma && n - (size_t)(comma - out) == 4) {
		out[n] = '0';
		out[n + 1] = '\0';
	}
	return out;
}

enum err number_text(const char **out, struct arena *a, const struct number_read *n,
                     enum form_kind kind)
{
	char value[DEC_TEXT + 2], part[DEC_TEXT], whole[DEC_TEXT];
	bool parts = !dec_is_none(n->numerator) && !dec_is_none(n->denominator);

	*out = "";
	if (dec_is_none(n->value))
		return ERR_OK;
	plain_text(n->value, kind, value);
	if (!parts)
		return arena_strdup(a, out, value);
	dec_text(n->numerator, part);
	dec_text(n->denominator, whole);
	if (kind == FORM_COUNT)
		return arena_printf(a, out, "%s/%s", part, whole);
	return arena_printf(a, out, "%s (%s/%s)", value, part, whole);
}
