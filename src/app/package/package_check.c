#include "app/package/package_check.h"

#include <string.h>

#include "app/form/form_eval.h"
#include "app/form/form_load.h"
#include "base/secret.h"
#include "base/str.h"

struct checking {
	const struct package_content *content;
	const struct form_set *set;
	struct problems *problems;
	struct package_checked checked;
	const struct package_cell **cells; /* one for each row of the set; NULL: none */
};

/* ---- definitions ---- */

static const char *text_of(const struct package_text *texts, size_t n, const char *form)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(texts[i].form, form))
			return texts[i].text;
	return NULL;
}

/* *sound: every text is there and has its hash. */
static ERR_RESULT check_hashes(bool *sound, const struct package_content *x,
                               const struct package_text *texts, size_t n,
                               struct problems *problems)
{
	*sound = true;
	for (size_t i = 0; i < x->n_definitions; i++) {
		const struct package_definition *d = &x->definitions[i];
		const char *text = text_of(texts, n, d->form);
		char sha256[SECRET_HEX] = "";

		if (text)
			secret_digest_hex(sha256, text, strlen(text));
		if (str_eq(sha256, d->sha256))
			continue;
		*sound = false;
		TRY(problems_say(problems, "definitions", 0, MSG_PACKAGE_DEFINITION_OTHER,
		                 d->form));
	}
	return ERR_OK;
}

static ERR_RESULT load_set(struct checking *c, const struct package_text *texts, size_t n)
{
	struct arena *a = c->problems->arena;
	struct problems faults;
	struct form_text *files;

	problems_init(&faults, a);
	TRY(arena_array(a, &files, n + 1));
	for (size_t i = 0; i < n; i++) {
		TRY(arena_printf(a, &files[i].name, "%s.form", texts[i].form));
		files[i].text = texts[i].text;
	}
	TRY(form_set_load(&c->set, &faults, a, files, n));
	if (!c->set)
		TRY(problems_say(c->problems, "definitions", 0, MSG_PACKAGE_DEFINITION_FAULTY,
		                 faults.first ? faults.first->message : ""));
	return ERR_OK;
}

/* ---- cells and their rows ---- */

static ERR_RESULT say(struct checking *c, enum msg id, const struct package_cell *cell,
                      dec_t stated, dec_t computed)
{
	char one[DEC_TEXT], two[DEC_TEXT];

	return problems_say(c->problems, "cells", 0, id, cell->form, cell->indicator,
	                    dec_vn(stated, -1, one), dec_vn(computed, -1, two));
}

static const struct form_row *row_of(const struct form_set *set,
                                     const struct package_cell *cell)
{
	for (size_t i = 0; i < set->n_rows; i++)
		if (str_eq(set->rows[i].id, cell->indicator) &&
		    str_eq(set->rows[i].form->code, cell->form))
			return &set->rows[i];
	return NULL;
}

static ERR_RESULT place_cells(struct checking *c)
{
	TRY(arena_array(c->problems->arena, &c->cells, c->set->n_rows + 1));
	for (size_t i = 0; i < c->content->n_cells; i++) {
		const struct package_cell *cell = &c->content->cells[i];
		const struct form_row *row = row_of(c->set, cell);

		if (row)
			c->cells[row->at] = cell;
		else
			TRY(say(c, MSG_PACKAGE_CELL_UNKNOWN, cell, cell->value, DEC_NONE));
	}
	return ERR_OK;
}

static bool overridden(const struct package_cell *cell)
{
	return str_eq(cell->source, "overridden") || str_eq(cell->source, "entered");
}

/* A formula over other rows alone: the package has all that it needs. */
static bool can_compute(const struct form_row *row, const struct package_cell *cell)
{
	return row->value && row->value->n_totals == 0 && cell && !overridden(cell);
}

/* ---- formulas ---- */

static const char *word_of(const struct package_content *x, const struct form_setting *s)
{
	for (size_t i = 0; i < x->n_settings; i++)
		if (str_eq(x->settings[i].name, s->name) &&
		    calc_word_among(s->words, x->settings[i].word))
			return x->settings[i].word;
	return s->choices[s->usual].word;
}

static enum form_tier tier_of(const char *word)
{
	for (enum form_tier tier = 0; tier < FORM_TIERS; tier++)
		if (str_eq(form_tier_word(tier), word))
			return tier;
	return FORM_COMMUNE;
}

/* Every other row stands as the package states it. */
static ERR_RESULT fill_input(struct form_input *input, struct checking *c)
{
	const struct form_set *set = c->set;
	struct form_stated *stated;
	const char **choices;

	TRY(arena_array(c->problems->arena, &stated, set->n_rows + 1));
	TRY(arena_array(c->problems->arena, &choices, set->n_settings + 1));
	for (size_t i = 0; i < set->n_settings; i++)
		choices[i] = word_of(c->content, &set->settings[i]);
	for (size_t i = 0; i < set->n_rows; i++) {
		const struct package_cell *cell = c->cells[i];

		stated[i] = FORM_NOTHING_STATED;
		if (!cell || can_compute(&set->rows[i], cell))
			continue;
		stated[i].value = cell->value;
		stated[i].numerator = cell->numerator;
		stated[i].denominator = cell->denominator;
		stated[i].blank = dec_is_none(cell->value);
	}
	*input = (struct form_input){ .set = set,
		                      .tier = tier_of(c->content->tier),
		                      .period = period_of_days(c->content->from_on,
		                                               c->content->to_on),
		                      .stated = stated,
		                      .choices = choices };
	return ERR_OK;
}

static ERR_RESULT check_formulas(struct checking *c)
{
	const struct form_cell *computed;
	struct form_input input;

	TRY(fill_input(&input, c));
	TRY(form_evaluate(&computed, c->problems->arena, &input));
	for (size_t i = 0; i < c->set->n_rows; i++) {
		const struct package_cell *cell = c->cells[i];

		if (!can_compute(&c->set->rows[i], cell) || dec_is_none(cell->value) ||
		    dec_is_none(computed[i].value))
			continue;
		c->checked.n_computed++;
		if (dec_cmp(computed[i].value, cell->value) != 0)
			TRY(say(c, MSG_PACKAGE_CELL_FORMULA, cell, cell->value,
			        computed[i].value));
	}
	return ERR_OK;
}

/* ---- rates, contributions, lists ---- */

static ERR_RESULT check_rate(struct checking *c, const struct form_row *row,
                             const struct package_cell *cell)
{
	dec_t rate = dec_percent(cell->numerator, cell->denominator, row->places);

	if (row->kind != FORM_RATIO || dec_is_none(cell->value) || dec_is_none(rate) ||
	    overridden(cell))
		return ERR_OK;
	c->checked.n_computed++;
	return dec_cmp(rate, cell->value) == 0
	               ? ERR_OK
	               : say(c, MSG_PACKAGE_CELL_RATE, cell, cell->value, rate);
}

struct sums {
	dec_t value, numerator, denominator;
	int64_t given;
};

static dec_t plus(dec_t sum, dec_t part)
{
	return dec_is_none(part) ? sum : dec_is_none(sum) ? part : dec_add(sum, part);
}

static struct sums add_shares(const struct package_cell *cell)
{
	struct sums s = { cell->adjusted, cell->adjusted_numerator, cell->adjusted_denominator,
		          0 };

	for (size_t i = 0; i < cell->n_shares; i++) {
		const struct package_share *x = &cell->shares[i];

		s.value = plus(s.value, x->value);
		s.numerator = plus(s.numerator, x->numerator);
		s.denominator = plus(s.denominator, x->denominator);
		s.given += x->child != PACKAGE_OWN && !x->giving;
	}
	return s;
}

static ERR_RESULT check_sum(struct checking *c, const struct package_cell *cell, dec_t stated,
                            dec_t sum)
{
	if (dec_is_none(stated) && dec_is_none(sum))
		return ERR_OK;
	c->checked.n_computed++;
	if (!dec_is_none(stated) && !dec_is_none(sum) && dec_cmp(stated, sum) == 0)
		return ERR_OK;
	return say(c, MSG_PACKAGE_CELL_SHARES, cell, stated, sum);
}

static ERR_RESULT check_shares(struct checking *c, const struct form_row *row,
                               const struct package_cell *cell)
{
	struct sums s = add_shares(cell);

	if (cell->n_shares == 0 || dec_is_none(cell->value))
		return ERR_OK;
	if (s.given != cell->given)
		TRY(say(c, MSG_PACKAGE_CELL_GIVEN, cell, dec_from_int(cell->given),
		        dec_from_int(s.given)));
	if (row->rollup == FORM_SUM)
		return check_sum(c, cell, cell->value, s.value);
	if (row->rollup == FORM_CATALOGUE)
		return ERR_OK; /* one procedure may be in the lists of many */
	TRY(check_sum(c, cell, cell->numerator, s.numerator));
	return check_sum(c, cell, cell->denominator, s.denominator);
}

static ERR_RESULT check_codes(struct checking *c, const struct form_row *row,
                              const struct package_cell *cell)
{
	dec_t n = dec_from_int((int64_t)cell->n_codes);

	if (row->rollup != FORM_CATALOGUE || !cell->listed || dec_is_none(cell->value) ||
	    overridden(cell) || !dec_is_none(cell->adjusted))
		return ERR_OK;
	c->checked.n_computed++;
	return dec_cmp(n, cell->value) == 0
	               ? ERR_OK
	               : say(c, MSG_PACKAGE_CELL_CODES, cell, cell->value, n);
}

static ERR_RESULT check_cells(struct checking *c)
{
	for (size_t i = 0; i < c->set->n_rows; i++) {
		const struct package_cell *cell = c->cells[i];

		if (!cell)
			continue;
		TRY(check_rate(c, &c->set->rows[i], cell));
		TRY(check_shares(c, &c->set->rows[i], cell));
		TRY(check_codes(c, &c->set->rows[i], cell));
	}
	return ERR_OK;
}

ERR_RESULT package_check(struct package_checked *out, const struct package_content *content,
                         const struct package_text *texts, size_t n_texts,
                         struct problems *problems)
{
	struct checking c = { .content = content,
		              .problems = problems,
		              .checked = { .n_cells = content->n_cells } };
	bool sound;

	*out = c.checked;
	TRY(check_hashes(&sound, content, texts, n_texts, problems));
	if (!sound || content->n_definitions == 0)
		return ERR_OK;
	TRY(load_set(&c, texts, n_texts));
	if (!c.set)
		return ERR_OK;
	TRY(place_cells(&c));
	TRY(check_formulas(&c));
	TRY(check_cells(&c));
	*out = c.checked;
	return ERR_OK;
}
