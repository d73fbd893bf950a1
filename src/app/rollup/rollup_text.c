/* rollup_text.c - what a roll-up hands up, and what it says of itself. */
#include "app/rollup/rollup_share.h"
#include "base/messages.h"

const char *rollup_adjustment_problem(const struct form_set *set,
                                      const struct rollup_adjustment *adjustment)
{
	bool parts =
	        !dec_is_none(adjustment->numerator) || !dec_is_none(adjustment->denominator);
	bool value = !dec_is_none(adjustment->value);

	if (adjustment->row < 0 || (size_t)adjustment->row >= set->n_rows)
		return msg_text(MSG_ROLLUP_ADJUST_NO_ROW);
	switch ((int)rollup_rule_of(&set->rows[adjustment->row])) {
	case RULE_SUM:
	case RULE_DISTINCT:
		if (!value || parts)
			return msg_text(MSG_ROLLUP_ADJUST_VALUE);
		break;
	case RULE_PARTS:
	case RULE_COUNT:
		if (value || !parts)
			return msg_text(MSG_ROLLUP_ADJUST_PARTS);
		break;
	case RULE_FORMULA:
		return msg_text(MSG_ROLLUP_ADJUST_FORMULA);
	default:
		return msg_text(MSG_ROLLUP_ADJUST_OWN);
	}
	return str_blank(adjustment->reason) ? msg_text(MSG_ROLLUP_ADJUST_REASON) : NULL;
}

struct rollup_cell rollup_cell_of(const struct rollup_figure *f)
{
	bool listed = f->listed && !f->adjustment;

	return (struct rollup_cell){ .value = f->value,
		                     .numerator = f->numerator,
		                     .denominator = f->denominator,
		                     .codes = listed ? f->codes : NULL,
		                     .n_codes = listed ? f->n_codes : 0,
		                     .listed = listed,
		                     .unlisted = f->blank == ROLLUP_NO_LISTS,
		                     .incomplete = f->incomplete };
}

enum err rollup_cells_of(const struct rollup_cell **out, struct arena *a,
                         const struct rollup *r)
{
	size_t n = r->input->set->n_rows;
	struct rollup_cell *cells;

	TRY(arena_array(a, &cells, n + 1));
	for (size_t i = 0; i < n; i++)
		cells[i] = rollup_cell_of(&r->figures[i]);
	*out = cells;
	return ERR_OK;
}

static enum err count_text(const char **out, struct arena *a, size_t n)
{
	char text[DEC_TEXT];

	return arena_strdup(a, out, dec_vn(dec_from_int((int64_t)n), 0, text));
}

enum err rollup_given_text(const char **out, struct arena *a, const struct rollup_figure *f)
{
	const char *given, *owed;

	*out = NULL;
	if (f->given == f->owed)
		return ERR_OK;
	TRY(count_text(&given, a, f->given));
	TRY(count_text(&owed, a, f->owed));
	return msg_format(out, a, MSG_ROLLUP_GIVEN, given, owed);
}

static bool is_blank(const struct rollup *r, int row)
{
	return r->plan[row].fills && dec_is_none(r->figures[row].value);
}

static enum err blank_part_text(const char **out, struct arena *a, const struct rollup *r,
                                const struct form_row *row)
{
	for (size_t i = 0; row->value && i < row->value->n_refs; i++) {
		int at = row->value->refs[i]->row;

		if (is_blank(r, at))
			return msg_format(out, a, MSG_ROLLUP_BLANK_PART,
			                  r->input->set->rows[at].code);
	}
	*out = msg_text(MSG_ROLLUP_BLANK_FORMULA);
	return ERR_OK;
}

enum err rollup_blank_text(const char **out, struct arena *a, const struct rollup *r, int row)
{
	const struct rollup_figure *f = &r->figures[row];
	const char *n;

	*out = NULL;
	switch ((int)f->blank) {
	case ROLLUP_CLOSED:
		*out = r->plan[row].why_not;
		return ERR_OK;
	case ROLLUP_NOTHING_GIVEN:
		*out = msg_text(f->how == ROLLUP_OWN_ONLY ? MSG_ROLLUP_BLANK_OWN
		                                          : MSG_ROLLUP_BLANK_ALL);
		return ERR_OK;
	case ROLLUP_NO_LISTS:
		TRY(count_text(&n, a, f->unlisted));
		return msg_format(out, a, MSG_ROLLUP_BLANK_LISTS, n);
	case ROLLUP_PARTS_BLANK:
		return blank_part_text(out, a, r, &r->input->set->rows[row]);
	case ROLLUP_ZERO:
		*out = msg_text(MSG_ROLLUP_BLANK_ZERO);
		return ERR_OK;
	case ROLLUP_TOO_LARGE:
		*out = msg_text(MSG_ROLLUP_BLANK_LARGE);
		return ERR_OK;
	default:
		return ERR_OK;
	}
}
