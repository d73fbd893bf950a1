/* What one row says by itself: a code outside its legend, a unit that is not the label's, a
 * rate with its own operands "100% (18/18)". */
#include <ctype.h>
#include <string.h>

#include "app/audit/audit_table.h"
#include "base/str.h"

/* ---- codes ---- */

enum { MOST_CODES = 12 };

struct legend {
	const char *text;
	int codes[MOST_CODES];
	const char *meanings[MOST_CODES];
	size_t n;
};

/* "Chưa có = 0 2 cấp = 1 3 cấp = 2": a meaning may begin with a digit, so each pair ends with
 * the digits after its equals sign. */
static enum err read_legend(struct legend *out, struct arena *a, const char *text)
{
	const char *from = text;

	*out = (struct legend){ .text = text };
	for (const char *at = text; (at = strchr(at, '=')) && out->n < MOST_CODES; at++) {
		const char *digit = at + 1;
		int code = 0;

		while (*digit == ' ')
			digit++;
		if (!isdigit((unsigned char)*digit))
			continue;
		for (; isdigit((unsigned char)*digit) && code < 1000; digit++)
			code = code * 10 + (*digit - '0');
		TRY(text_plain(a, &out->meanings[out->n], from, (size_t)(at - from)));
		out->codes[out->n++] = code;
		from = digit;
	}
	return ERR_OK;
}

static bool has_code(const struct legend *l, struct number value)
{
	for (size_t i = 0; i < l->n; i++)
		if (number_eq(value, number_int(l->codes[i])))
			return true;
	return false;
}

/* The value is what a meaning begins with: who wrote 3 for "3 cấp" meant its code. */
static int meant_code(const struct legend *l, const char *value)
{
	for (size_t i = 0; i < l->n; i++)
		if (label_starts(l->meanings[i], value))
			return l->codes[i];
	return -1;
}

static enum err say_code(const struct grid *g, size_t row, size_t column,
                         const struct legend *legend)
{
	const char *name, *value = grid_vn(g, grid_at(g, row, column)->value);
	bool holds = has_code(legend, grid_at(g, row, column)->value);
	int meant = meant_code(legend, value);
	struct audit_draft d;

	TRY(grid_name(&name, g, row));
	audit_begin(&d, g->x, AUDIT_ENUM, holds ? AUDIT_HOLDS : AUDIT_FAIL);
	grid_place(&d, g, row, column);
	audit_say(&d, legend->text, value, legend->text);
	if (holds)
		return audit_end_holds(&d);
	if (meant >= 0) {
		const char *code;

		TRY(arena_printf(g->x->arena, &code, "%d", meant));
		audit_correct(&d, code);
	}
	return audit_end(&d, MSG_AUDIT_TABLE_CODE, name, value, legend->text);
}

static enum err check_codes(const struct grid *g, size_t row)
{
	const struct grid_row *r = &g->rows[row];
	const char *unit = g->unit >= 0 ? grid_text(g, row, (size_t)g->unit) : "";
	struct legend legend;

	TRY(read_legend(&legend, g->x->arena, unit));
	if (legend.n < 2)
		TRY(read_legend(&legend, g->x->arena, r->label));
	if (legend.n < 2)
		return ERR_OK;
	for (size_t c = 0; c < g->n_columns; c++)
		if (g->columns[c].kind == GRID_AMOUNT && grid_has(g, row, c))
			TRY(say_code(g, row, c, &legend));
	return ERR_OK;
}

/* ---- units ---- */

static enum err say_unit(const struct grid *g, size_t row, enum audit_verdict verdict,
                         enum msg id)
{
	const char *unit = grid_text(g, row, (size_t)g->unit), *name;
	struct audit_draft d;

	TRY(grid_name(&name, g, row));
	audit_begin(&d, g->x, AUDIT_UNIT, verdict);
	audit_at_row(&d, g->t, g->rows[row].at, false);
	audit_say(&d, g->rows[row].label, unit,
	          msg_text(id == MSG_AUDIT_TABLE_COUNT_UNIT ? MSG_AUDIT_TABLE_A_COUNT
	                                                    : MSG_AUDIT_TABLE_A_RATE));
	return audit_end(&d, id, name, unit);
}

static bool says_rate(const struct grid_row *r)
{
	return text_says(r->plain, "tỷ lệ") || text_says(r->plain, "tỉ lệ") ||
	       text_says(r->plain, "phần trăm") || strchr(r->label, '%');
}

/* "Số cơ quan ..." is a count, "Tỷ lệ ..." a rate; the unit beside it must agree. */
static enum err check_unit(const struct grid *g, size_t row)
{
	const struct grid_row *r = &g->rows[row];
	const char *unit = g->unit >= 0 ? grid_text(g, row, (size_t)g->unit) : "";
	bool digital = label_starts(r->plain, "số hóa") || label_starts(r->plain, "số hoá");
	bool count =
	        !digital && (label_starts(r->plain, "số") || label_starts(r->plain, "tổng số"));
	bool rate = label_starts(r->plain, "tỷ lệ") || label_starts(r->plain, "tỉ lệ");
	bool percent = strchr(unit, '%');

	if (str_blank(unit) || (!count && !rate))
		return ERR_OK;
	if (count && percent && !says_rate(r))
		return say_unit(g, row, AUDIT_FAIL, MSG_AUDIT_TABLE_COUNT_UNIT);
	if (rate && unit_is_counted(r->unit))
		return say_unit(g, row, AUDIT_FAIL, MSG_AUDIT_TABLE_RATE_UNIT);
	if (percent == rate)
		audit_count(g->x);
	return ERR_OK;
}

/* ---- "100% (18/18)", "27/27" ---- */

static enum err say_own(const struct grid *g, size_t row, size_t column,
                        const struct figure *rate, const struct figure *fraction)
{
	enum number_fit fit =
	        number_fits_percent(rate->value, fraction->value, fraction->out_of);
	struct number right =
	        number_percent(fraction->value, fraction->out_of, rate->value.places);
	const char *computed, *name, *stated;
	struct audit_draft d;

	grid_rounds(g, fit, rate->value, fraction->value, fraction->out_of);
	if (g->habit->counting || fit == NUMBER_NO_RATE ||
	    (fit == NUMBER_TRUNCATED && !grid_cut_matters(g)))
		return ERR_OK;
	audit_begin(&d, g->x, AUDIT_RATIO,
	            fit == NUMBER_FITS      ? AUDIT_HOLDS
	            : fit == NUMBER_DIFFERS ? AUDIT_FAIL
	                                    : AUDIT_SUSPECT);
	TRY(grid_name(&name, g, row));
	TRY(arena_printf(g->x->arena, &stated, "%s%%", grid_vn(g, rate->value)));
	TRY(arena_printf(g->x->arena, &computed, "%s / %s = %s%%", grid_vn(g, fraction->value),
	                 grid_vn(g, fraction->out_of), grid_vn(g, right)));
	grid_place(&d, g, row, column);
	audit_say(&d, name, stated, computed);
	if (fit == NUMBER_FITS)
		return audit_end_holds(&d);
	audit_correct(&d, grid_vn(g, right));
	return audit_end(&d, MSG_AUDIT_TABLE_RATE, name, stated, computed);
}

static enum err say_fraction(const struct grid *g, size_t row, size_t column,
                             const struct figure *f)
{
	bool holds = number_cmp(f->value, f->out_of) <= 0;
	const char *name, *stated = grid_vn(g, f->value), *whole = grid_vn(g, f->out_of);
	struct audit_draft d;

	if (g->habit->counting)
		return ERR_OK;
	TRY(grid_name(&name, g, row));
	audit_begin(&d, g->x, AUDIT_SUBSET, holds ? AUDIT_HOLDS : AUDIT_FAIL);
	grid_place(&d, g, row, column);
	audit_say(&d, name, stated, whole);
	if (holds)
		return audit_end_holds(&d);
	return audit_end(&d, MSG_AUDIT_TABLE_FRACTION, name, stated, whole);
}

static enum err check_own_operands(const struct grid *g, size_t row, size_t column)
{
	const struct reading *r = &g->t->rows[g->rows[row].at].cells[column].text.reading;
	const struct figure *rate = NULL, *fraction = NULL;

	for (size_t i = 0; i < r->n_figures; i++) {
		const struct figure *f = &r->figures[i];

		if (f->marks & (FIGURE_RANK | FIGURE_LABEL))
			continue;
		if (f->unit == FIGURE_PERCENT && number_is_none(f->out_of))
			rate = f;
		else if (!number_is_none(f->out_of))
			fraction = f;
	}
	if (!fraction || number_is_none(fraction->value))
		return ERR_OK;
	if (rate && r->n_figures == 2)
		return say_own(g, row, column, rate, fraction);
	return r->n_figures == 1 ? say_fraction(g, row, column, fraction) : ERR_OK;
}

enum err table_check_cells(const struct grid *g)
{
	for (size_t row = 0; row < g->n_rows; row++) {
		if (!g->habit->counting) {
			TRY(check_codes(g, row));
			TRY(check_unit(g, row));
		}
		for (size_t c = 0; c < g->n_columns; c++)
			if ((int)c != g->number && (int)c != g->label && (int)c != g->unit &&
			    g->t->columns[c].role != COLUMN_NOTE)
				TRY(check_own_operands(g, row, c));
	}
	return ERR_OK;
}
