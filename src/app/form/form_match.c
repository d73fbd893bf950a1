#include "app/form/form_match.h"

#include <string.h>

#include "base/str.h"
#include "base/vec.h"

enum { MOST_FORM_ROWS = 200 };

/* One set against the tables. */
struct matching {
	const struct form_matcher *m;
	const struct form_set *set;
	const struct form_printed *table;
	const struct form_label *labels; /* of the table */
	struct form_label *of_set;
	short *worth; /* of each row of the table as each row of the set; 0: another one */
	bool *taken;  /* rows of the table that another form has */
	int *best;    /* the table of the alignment */
};

struct alignment {
	const struct form *form;
	int *row_of; /* for each row of the table: of the form, -1 */
	int score;
	size_t matched;
};

static int pair_worth(const struct matching *x, size_t row, const struct form_row *f)
{
	enum { SAME_NUMBER = 10 };
	int alike = form_label_likeness(&x->labels[row], &x->of_set[f->at]);

	if (alike < FORM_LABELS_ALIKE)
		return 0;
	return alike - FORM_LABELS_ALIKE / 2 +
	       (str_eq(x->table->rows[row].number, f->code) ? SAME_NUMBER : 0);
}

static void weigh_pairs(struct matching *x)
{
	for (size_t i = 0; i < x->table->n; i++)
		for (size_t f = 0; f < x->set->n_rows; f++)
			x->worth[i * x->set->n_rows + f] =
			        (short)pair_worth(x, i, &x->set->rows[f]);
}

/* Of row i of the table as row j of the form. */
static int worth_of(const struct matching *x, const struct form *form, size_t i, size_t j)
{
	return x->taken[i] ? 0 : x->worth[i * x->set->n_rows + (size_t)form->first + j];
}

/* What the rest of both is worth from row i of the table and row j of the form on. */
static void weigh_rest(const struct matching *x, const struct form *form, size_t i)
{
	size_t wide = form->n_rows + 1;
	int *here = &x->best[i * wide], *below = here + wide;

	for (size_t j = form->n_rows; j-- > 0;) {
		int pair = worth_of(x, form, i, j);

		here[j] = below[j] > here[j + 1] ? below[j] : here[j + 1];
		if (pair > 0 && pair + below[j + 1] >= here[j])
			here[j] = pair + below[j + 1];
	}
}

/* The best way to walk down both at once; rows of either may be passed over. */
static void align(struct alignment *a, const struct matching *x)
{
	size_t wide = a->form->n_rows + 1;

	memset(x->best, 0, (x->table->n + 1) * wide * sizeof(*x->best));
	for (size_t i = x->table->n; i-- > 0;)
		weigh_rest(x, a->form, i);
	a->score = x->best[0];
	a->matched = 0;
	for (size_t i = 0, j = 0; i < x->table->n;) {
		int here = j < a->form->n_rows ? x->best[i * wide + j] : 0;
		int pair = here ? worth_of(x, a->form, i, j) : 0;

		a->row_of[i] = -1;
		if (pair && here == pair + x->best[(i + 1) * wide + j + 1]) {
			a->row_of[i++] = (int)(j++);
			a->matched++;
		} else if (here && here == x->best[i * wide + j + 1]) {
			j++;
		} else {
			i++;
		}
	}
}

/* Enough rows of it, and little else between the first and the last of them: a sheet may hold
 * several forms one below the other. */
static bool is_form(const struct alignment *a, const struct matching *x)
{
	size_t labels = 0, since_last = 0;

	for (size_t i = 0; i < x->table->n; i++) {
		bool labelled = x->labels[i].n > 0 && !x->taken[i];

		since_last += labelled && labels > 0 ? 1 : 0;
		if (a->row_of[i] < 0)
			continue;
		labels = labels > 0 ? labels + since_last : 1;
		since_last = 0;
	}
	return a->matched >= FORM_MATCH_FEWEST && a->matched * 2 >= labels;
}

/* Rows of the table that look like a row of the form; too few of them are no form. */
static bool may_fit(const struct matching *x, const struct form *form)
{
	size_t n = 0;

	for (size_t i = 0; i < x->table->n && n < FORM_MATCH_FEWEST; i++)
		for (size_t j = 0; j < form->n_rows; j++)
			if (worth_of(x, form, i, j) > 0) {
				n++;
				break;
			}
	return n == FORM_MATCH_FEWEST;
}

static enum err best_form(struct alignment *out, const struct matching *x)
{
	struct alignment tried = { .form = NULL };

	*out = (struct alignment){ .form = NULL };
	TRY(arena_array(x->m->arena, &tried.row_of, x->table->n + 1));
	TRY(arena_array(x->m->arena, &out->row_of, x->table->n + 1));
	for (size_t f = 0; f < x->set->n_forms; f++) {
		tried.form = &x->set->forms[f];
		if (tried.form->n_rows > MOST_FORM_ROWS || !may_fit(x, tried.form))
			continue;
		align(&tried, x);
		if (!is_form(&tried, x) || tried.score <= out->score)
			continue;
		int *spare = out->row_of;

		*out = tried;
		tried.row_of = spare;
	}
	return ERR_OK;
}

/* False when too few rows are left for another form. */
static bool take(const struct matching *x, const struct alignment *a)
{
	size_t left = 0;

	for (size_t i = 0; i < x->table->n; i++) {
		x->taken[i] |= a->row_of[i] >= 0;
		left += !x->taken[i] && x->labels[i].n > 0;
	}
	return left >= FORM_MATCH_FEWEST;
}

static enum err match_table(struct form_match *out, struct matching *x, size_t table)
{
	struct alignment a;

	x->table = &x->m->tables[table];
	x->labels = x->m->labels[table];
	memset(x->taken, 0, x->table->n * sizeof(*x->taken));
	weigh_pairs(x);
	for (size_t f = 0; f < x->set->n_forms; f++) {
		TRY(best_form(&a, x));
		if (!a.form)
			break;
		TRY(vec_room(x->m->arena, out->found, out->n));
		out->found[out->n++] = (struct form_found){ table, a.form, a.row_of, a.score };
		out->score += a.score;
		if (!take(x, &a))
			break;
	}
	return ERR_OK;
}

enum err form_match(struct form_match *out, const struct form_matcher *matcher,
                    const struct form_set *set)
{
	struct matching x = { .m = matcher, .set = set };
	struct arena *a = matcher->arena;

	*out = (struct form_match){ .set = set };
	if (matcher->longest == 0)
		return ERR_OK;
	TRY(arena_array(a, &x.of_set, set->n_rows + 1));
	TRY(arena_array(a, &x.worth, matcher->longest * set->n_rows + 1));
	TRY(arena_array(a, &x.taken, matcher->longest + 1));
	TRY(arena_array(a, &x.best, (matcher->longest + 1) * (MOST_FORM_ROWS + 1)));
	for (size_t i = 0; i < set->n_rows; i++)
		TRY(form_label_of(&x.of_set[i], a, set->rows[i].label));
	for (size_t i = 0; i < matcher->n; i++)
		if (matcher->labels[i])
			TRY(match_table(out, &x, i));
	return ERR_OK;
}

enum err form_matcher_init(struct form_matcher *out, struct arena *a,
                           const struct form_printed *tables, size_t n)
{
	struct form_matcher m = { .arena = a, .tables = tables, .n = n };

	TRY(arena_array(a, &m.labels, n + 1));
	for (size_t i = 0; i < n; i++) {
		if (tables[i].n < FORM_MATCH_FEWEST || tables[i].n > FORM_MATCH_ROWS)
			continue;
		TRY(arena_array(a, &m.labels[i], tables[i].n));
		for (size_t r = 0; r < tables[i].n; r++)
			TRY(form_label_of(&m.labels[i][r], a, tables[i].rows[r].label));
		if (tables[i].n > m.longest)
			m.longest = tables[i].n;
	}
	*out = m;
	return ERR_OK;
}
