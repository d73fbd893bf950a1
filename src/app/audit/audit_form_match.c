/* Which table is which known form: rows are aligned by their labels, in the order of the form.
 */
#include "app/audit/audit_form.h"

#include <ctype.h>
#include <string.h>

#include "app/form/form_shipped.h"
#include "base/str.h"
#include "base/vec.h"

enum {
	MOST_WORDS = 64,
	MOST_TABLE_ROWS = 300, /* of a table that may be a form */
	MOST_FORM_ROWS = 200,
	ALIKE = 70, /* percent of words in common: the same label */
	FEWEST_ROWS = 4
};

/* ---- labels as sets of words ---- */

struct label {
	uint64_t words[MOST_WORDS]; /* sorted, each once */
	size_t n;
	uint64_t deciding; /* of the words that make another indicator of a label */
};

static uint64_t hash(const char *word, size_t n)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)word[i]) * UINT64_C(1099511628211);
	return h;
}

static const struct {
	const char *is, *means;
} abbreviations[] = {
	{ "tthc", "thủ tục hành chính" },
	{ "cchc", "cải cách hành chính" },
	{ "vbqppl", "văn bản quy phạm pháp luật" },
	{ "qppl", "quy phạm pháp luật" },
	{ "dvc", "dịch vụ công" },
	{ "dvctt", "dịch vụ công trực tuyến" },
	{ "pakn", "phản ánh kiến nghị" },
	{ "ubnd", "ủy ban nhân dân" },
	{ "đvsn", "đơn vị sự nghiệp" },
	{ "đvsncl", "đơn vị sự nghiệp công lập" },
	{ "đvsnncl", "đơn vị sự nghiệp công lập" },
	{ "sncl", "sự nghiệp công lập" },
	{ "nsnn", "ngân sách nhà nước" },
	{ "ttgcp", "thủ tướng chính phủ" },
	{ "tỉ", "tỷ" },
	{ "thông", "thống" }, /* "thông kê", a slip of old forms */
};

/* These tell indicators apart that are else the same: level, order of time, not. */
static bool decides(const char *word, size_t n)
{
	static const char *const words[] = { "tỷ",   "đúng",  "quá",  "trễ",   "trước",
		                             "chưa", "không", "tỉnh", "huyện", "xã",
		                             "mới",  "bãi",   "giảm", "sở",    NULL };

	if (isdigit((unsigned char)word[0]))
		return n < 4; /* years change with the office */
	for (size_t i = 0; words[i]; i++)
		if (strlen(words[i]) == n && memcmp(words[i], word, n) == 0)
			return true;
	return false;
}

static void add_word(struct label *l, const char *word, size_t n)
{
	uint64_t h = hash(word, n);
	size_t at = l->n;

	if (l->n == MOST_WORDS)
		return;
	while (at > 0 && l->words[at - 1] > h)
		at--;
	if (at > 0 && l->words[at - 1] == h)
		return;
	memmove(&l->words[at + 1], &l->words[at], (l->n - at) * sizeof(*l->words));
	l->words[at] = h;
	l->n++;
	if (decides(word, n))
		l->deciding += h;
}

/* Levels of online services under their old names and their new ones. */
static const struct {
	const char *is, *means;
} levels[] = { { "mức", "" }, { "độ", "" }, { "3", "một phần" }, { "4", "toàn trình" } };

/* What a word stands for: "tthc" for four words; NULL: for itself. */
static const char *meaning_of(const char *word, size_t n, bool of_level)
{
	for (size_t i = 0; of_level && i < sizeof(levels) / sizeof(*levels); i++)
		if (strlen(levels[i].is) == n && memcmp(levels[i].is, word, n) == 0)
			return levels[i].means;
	for (size_t i = 0; i < sizeof(abbreviations) / sizeof(*abbreviations); i++)
		if (strlen(abbreviations[i].is) == n &&
		    memcmp(abbreviations[i].is, word, n) == 0)
			return abbreviations[i].means;
	return NULL;
}

static void add_words(struct label *l, const char *plain)
{
	bool of_level = label_says(plain, "mức độ");

	while (*plain) {
		size_t n = strcspn(plain, " ");
		const char *means = meaning_of(plain, n, of_level);

		if (!means)
			add_word(l, plain, n);
		for (size_t w; means && *means; means += w + (means[w] == ' ')) {
			w = strcspn(means, " ");
			add_word(l, means, w);
		}
		plain += n + (plain[n] == ' ');
	}
}

/* What stands in brackets explains; offices shorten it. */
static enum err form_label_of(struct label *out, struct arena *a, const char *text)
{
	const char *plain;
	struct str bare;

	str_init(&bare, a, TEXT_MOST_BYTES);
	while (*text) {
		size_t n = strcspn(text, "(");

		str_put_n(&bare, text, n);
		str_put_char(&bare, ' ');
		text += n;
		text += strcspn(text, ")");
		text += *text == ')';
	}
	TRY(str_finish(&bare, &text));
	TRY(text_plain(a, &plain, text, strlen(text)));
	*out = (struct label){ .n = 0 };
	add_words(out, plain);
	return ERR_OK;
}

/* Words in common, in percent of those of both; 0 where a deciding word differs. */
static int likeness(const struct label *a, const struct label *b)
{
	size_t i = 0, j = 0, common = 0;

	if (a->deciding != b->deciding || a->n == 0 || b->n == 0)
		return 0;
	if (a->n * 3 < b->n || b->n * 3 < a->n)
		return 0;
	while (i < a->n && j < b->n) {
		if (a->words[i] == b->words[j]) {
			common++;
			i++;
			j++;
		} else if (a->words[i] < b->words[j]) {
			i++;
		} else {
			j++;
		}
	}
	return (int)(common * 200 / (a->n + b->n));
}

/* ---- one table against one form ---- */

struct alignment {
	const struct form *form;
	int *row_of; /* for each row of the grid: of the form, -1 */
	int score;
	size_t matched;
};

struct matcher {
	struct audit *x;
	const struct form_set *set;
	struct label *of_form;   /* one for each row of the set */
	struct label **of_grids; /* for each table, one for each row; NULL: no form */
	const struct label *of_grid;
	bool *taken; /* rows of the grid that another form has */
	int *best;   /* the table of the alignment */
};

static int pair_worth(const struct matcher *m, const struct grid *g, size_t row,
                      const struct form_row *f)
{
	enum { SAME_NUMBER = 10 };
	int alike = m->taken[row] ? 0 : likeness(&m->of_grid[row], &m->of_form[f->at]);

	if (alike < ALIKE)
		return 0;
	return alike - ALIKE / 2 +
	       (str_eq(g->t->rows[g->rows[row].at].number, f->code) ? SAME_NUMBER : 0);
}

/* What the rest of both is worth from row i of the table and row j of the form on. */
static void weigh_rest(const struct alignment *a, const struct matcher *m, const struct grid *g,
                       size_t i)
{
	size_t wide = a->form->n_rows + 1;
	const struct form_row *rows = &m->set->rows[a->form->first];
	int *here = &m->best[i * wide], *below = here + wide;

	for (size_t j = a->form->n_rows; j-- > 0;) {
		int pair = pair_worth(m, g, i, &rows[j]);

		here[j] = below[j] > here[j + 1] ? below[j] : here[j + 1];
		if (pair > 0 && pair + below[j + 1] >= here[j])
			here[j] = pair + below[j + 1];
	}
}

/* The best way to walk down both at once; rows of either may be passed over. */
static void align(struct alignment *a, const struct matcher *m, const struct grid *g)
{
	size_t wide = a->form->n_rows + 1;
	const struct form_row *rows = &m->set->rows[a->form->first];

	memset(m->best, 0, (g->n_rows + 1) * wide * sizeof(*m->best));
	for (size_t i = g->n_rows; i-- > 0;)
		weigh_rest(a, m, g, i);
	a->score = m->best[0];
	a->matched = 0;
	for (size_t i = 0, j = 0; i < g->n_rows;) {
		int here = j < a->form->n_rows ? m->best[i * wide + j] : 0;
		int pair = here ? pair_worth(m, g, i, &rows[j]) : 0;

		a->row_of[i] = -1;
		if (pair && here == pair + m->best[(i + 1) * wide + j + 1]) {
			a->row_of[i++] = (int)(j++);
			a->matched++;
		} else if (here && here == m->best[i * wide + j + 1]) {
			j++;
		} else {
			i++;
		}
	}
}

/* Enough rows of it, and little else between the first and the last of them: a sheet may hold
 * several forms one below the other. */
static bool is_form(const struct alignment *a, const struct matcher *m, size_t n_rows)
{
	size_t labels = 0, since_last = 0;

	for (size_t i = 0; i < n_rows; i++) {
		bool labelled = m->of_grid[i].n > 0 && !m->taken[i];

		since_last += labelled && labels > 0 ? 1 : 0;
		if (a->row_of[i] < 0)
			continue;
		labels = labels > 0 ? labels + since_last : 1;
		since_last = 0;
	}
	return a->matched >= FEWEST_ROWS && a->matched * 2 >= labels;
}

static enum err best_form(struct alignment *out, struct matcher *m, const struct grid *g)
{
	struct alignment tried = { .form = NULL };

	*out = (struct alignment){ .form = NULL };
	TRY(arena_array(m->x->arena, &tried.row_of, g->n_rows + 1));
	TRY(arena_array(m->x->arena, &out->row_of, g->n_rows + 1));
	for (size_t f = 0; f < m->set->n_forms; f++) {
		tried.form = &m->set->forms[f];
		if (tried.form->n_rows > MOST_FORM_ROWS)
			continue;
		align(&tried, m, g);
		if (!is_form(&tried, m, g->n_rows) || tried.score <= out->score)
			continue;
		int *spare = out->row_of;

		*out = tried;
		tried.row_of = spare;
	}
	return ERR_OK;
}

/* ---- the tables of the document ---- */

/* Every form has a column of units. */
static bool may_be_form(const struct grid *g)
{
	return g->unit >= 0 && g->label >= 0 && g->n_rows >= FEWEST_ROWS &&
	       g->n_rows <= MOST_TABLE_ROWS;
}

/* Free for these rows, and they come after those that it has of this form. */
static bool takes(const struct form_sheet *sheet, const struct alignment *a, size_t n_rows)
{
	bool begun = false;

	for (size_t j = a->form->n_rows; j-- > 0 && !begun;) {
		begun = sheet->places[a->form->first + (int)j].grid;
		for (size_t i = 0; begun && i < n_rows; i++)
			if (a->row_of[i] >= 0 && a->row_of[i] <= (int)j)
				return false;
	}
	return true;
}

static enum err put(struct form_sheets *s, struct audit *x, struct grid *g,
                    const struct alignment *a)
{
	size_t at = 0;

	while (at < s->n && !takes(&s->sheets[at], a, g->n_rows))
		at++;
	if (at == s->n) {
		TRY(vec_room(x->arena, s->sheets, s->n));
		TRY(arena_array(x->arena, &s->sheets[at].places, s->set->n_rows));
		s->n++;
	}
	for (size_t i = 0; i < g->n_rows; i++)
		if (a->row_of[i] >= 0)
			s->sheets[at].places[a->form->first + a->row_of[i]] =
			        (struct form_place){ g, i };
	return ERR_OK;
}

/* False when too few rows are left for another form. */
static bool take(struct matcher *m, const struct alignment *a, size_t n_rows)
{
	size_t left = 0;

	for (size_t i = 0; i < n_rows; i++) {
		m->taken[i] |= a->row_of[i] >= 0;
		left += !m->taken[i] && m->of_grid[i].n > 0;
	}
	return left >= FEWEST_ROWS;
}

static enum err match_set(struct form_sheets *out, int *score, struct matcher *m,
                          struct grid *grids, size_t n)
{
	struct form_sheets s = { .set = m->set };

	*score = 0;
	TRY(arena_array(m->x->arena, &m->of_form, m->set->n_rows + 1));
	for (size_t i = 0; i < m->set->n_rows; i++)
		TRY(form_label_of(&m->of_form[i], m->x->arena, m->set->rows[i].label));
	for (size_t i = 0; i < n; i++) {
		struct alignment a;

		m->of_grid = m->of_grids[i];
		if (!m->of_grid)
			continue;
		memset(m->taken, 0, grids[i].n_rows * sizeof(*m->taken));
		for (size_t f = 0; f < m->set->n_forms; f++) {
			TRY(best_form(&a, m, &grids[i]));
			if (!a.form)
				break;
			*score += a.score;
			TRY(put(&s, m->x, &grids[i], &a));
			if (!take(m, &a, grids[i].n_rows))
				break;
		}
	}
	*out = s;
	return ERR_OK;
}

/* The labels of the tables that may be forms; *rows: of the longest. */
static enum err label_tables(struct matcher *m, size_t *rows, const struct grid *grids,
                             size_t n)
{
	TRY(arena_array(m->x->arena, &m->of_grids, n + 1));
	for (size_t i = 0; i < n; i++) {
		if (!may_be_form(&grids[i]))
			continue;
		TRY(arena_array(m->x->arena, &m->of_grids[i], grids[i].n_rows));
		for (size_t r = 0; r < grids[i].n_rows; r++)
			TRY(form_label_of(&m->of_grids[i][r], m->x->arena,
			                  grids[i].rows[r].label));
		if (grids[i].n_rows > *rows)
			*rows = grids[i].n_rows;
	}
	return ERR_OK;
}

enum err form_sheets_of(struct form_sheets *out, struct audit *x, struct grid *grids, size_t n)
{
	struct form_shipped_codes codes;
	struct form_sheets best = { .n = 0 };
	struct matcher m = { .x = x };
	int best_score = 0;
	size_t rows = 0;

	*out = best;
	TRY(label_tables(&m, &rows, grids, n));
	if (rows == 0)
		return ERR_OK;
	TRY(form_shipped_codes(&codes, x->arena));
	TRY(arena_array(x->arena, &m.taken, rows + 1));
	TRY(arena_array(x->arena, &m.best, (rows + 1) * (MOST_FORM_ROWS + 1)));
	for (size_t i = 0; i < codes.n; i++) {
		struct form_shipped shipped;
		struct form_sheets s;
		int score;

		TRY(form_shipped_load(&shipped, x->arena, codes.at[i]));
		m.set = shipped.set;
		TRY(match_set(&s, &score, &m, grids, n));
		if (score > best_score) {
			best = s;
			best_score = score;
		}
	}
	*out = best;
	return ERR_OK;
}
