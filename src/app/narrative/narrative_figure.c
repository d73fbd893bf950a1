/* Figures in words of an administrative text. */
#include <string.h>

#include "app/narrative/narrative_render.h"
#include "base/vntext.h"

dec_t narrative_sum_value(const struct narrative_input *input, const struct narrative_sum *sum,
                          enum narrative_when when)
{
	const struct narrative_cell *cells = input->cells[when];
	dec_t total = dec_from_int(0);

	for (size_t i = 0; i < sum->n; i++) {
		const struct narrative_term *t = &sum->terms[i];
		dec_t value = t->number;

		if (t->row >= 0)
			value = cells ? cells[t->row].value : DEC_NONE;
		total = t->minus ? dec_sub(total, value) : dec_add(total, value);
	}
	return sum->n > 0 ? total : DEC_NONE;
}

/* "Hồ sơ" -> "hồ sơ"; "PAKN" stays. */
static enum err lower_first(const char **out, struct arena *a, const char *text)
{
	const char *upper, *first, *lower;
	size_t n = 1;

	while (((unsigned char)text[n] & 0xc0) == 0x80)
		n++;
	TRY(arena_strndup(a, &first, text, n));
	TRY(text_upper(a, &upper, text));
	if (str_eq(upper, text) || *text == '\0') {
		*out = text;
		return ERR_OK;
	}
	TRY(text_lower(a, &lower, first));
	return arena_printf(a, out, "%s%s", lower, text + n);
}

static enum err noun_of(const char **out, struct arena *a, const struct form_row *row,
                        const struct narrative_style *style)
{
	*out = style->noun;
	if (style->noun)
		return ERR_OK;
	return lower_first(out, a, row->kind == FORM_ENUM ? "" : row->unit);
}

/* "05", "1.234", "36,84%". */
static enum err number_words(const char **out, struct arena *a, dec_t value, bool ratio,
                             const struct narrative_style *style)
{
	char text[DEC_TEXT];
	bool pad = !ratio && !style->unpadded && style->places < 0 && dec_is_int(value) &&
	           value.micro >= 0 && value.micro < 10 * DEC_ONE;

	if (style->places >= 0)
		value = dec_round(value, style->places);
	dec_vn(value, style->places, text);
	return arena_printf(a, out, "%s%s%s", pad ? "0" : "", text, ratio ? "%" : "");
}

static enum err choice_words(const char **out, struct arena *a, dec_t value,
                             const struct form_row *row)
{
	char code[DEC_TEXT];

	dec_text(value, code);
	for (size_t i = 0; i < row->n_choices; i++)
		if (str_eq(row->choices[i].word, code))
			return lower_first(out, a, row->choices[i].text);
	return arena_strdup(a, out, code);
}

enum err narrative_figure_text(const char **out, struct arena *a, dec_t value,
                               const struct form_row *row, const struct narrative_style *style)
{
	bool ratio = row->kind == FORM_RATIO && !style->part;
	const char *number, *noun;

	if (row->kind == FORM_ENUM)
		return choice_words(out, a, value, row);
	TRY(number_words(&number, a, value, ratio, style));
	*out = number;
	if (!style->with_unit || ratio)
		return ERR_OK;
	TRY(noun_of(&noun, a, row, style));
	return arena_printf(a, out, "%s %s", number, noun);
}

/* "12 hồ sơ (3,4%)". */
static enum err amount_words(const char **out, struct arena *a, dec_t amount,
                             const struct narrative_two *two, const struct form_row *row,
                             const struct narrative_style *style)
{
	struct narrative_style plain = *style;
	dec_t percent = dec_percent(amount, two->then, style->places < 0 ? 1 : style->places);
	char text[DEC_TEXT];
	const char *number;

	plain.places = -1;
	plain.with_unit = true;
	TRY(narrative_figure_text(&number, a, amount, row, &plain));
	if (dec_is_none(percent) || two->then.micro < 0) {
		*out = number;
		return ERR_OK;
	}
	return arena_printf(a, out, "%s (%s%%)", number, dec_vn(percent, -1, text));
}

enum err narrative_change_text(const char **out, struct arena *a,
                               const struct narrative_two *two, const struct form_row *row,
                               const struct narrative_style *style)
{
	dec_t change = dec_sub(two->now, two->then);
	dec_t amount = change.micro < 0 ? dec_sub(two->then, two->now) : change;
	enum msg way = change.micro < 0 ? MSG_NARRATIVE_DOWN : MSG_NARRATIVE_UP;
	const char *words;
	char text[DEC_TEXT];

	if (change.micro == 0)
		return arena_strdup(a, out, msg_text(MSG_NARRATIVE_SAME));
	if (row->kind == FORM_RATIO) {
		if (style->places >= 0)
			amount = dec_round(amount, style->places);
		TRY(msg_format(&words, a, MSG_NARRATIVE_POINTS,
		               dec_vn(amount, style->places, text)));
	} else {
		TRY(amount_words(&words, a, amount, two, row, style));
	}
	return msg_format(out, a, way, words);
}
