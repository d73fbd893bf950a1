#include <stdlib.h>
#include <string.h>

#include "app/audit/fact.h"
#include "base/str.h"
#include "base/vec.h"

enum { MOST_LINES = 8 /* of one finding */ };

/* One walk over the pairs: which of them contradict, and which belong to one mistake. */
struct same {
	struct audit *audit;
	const struct fact_list *list;
	size_t *first;  /* of each fact: its first pair in `at`; one more at the end */
	size_t *at;     /* indexes of pairs, grouped by fact */
	int *group;     /* of each fact, as a forest */
	bool *reported; /* of each pair */
};

static bool is_table(const struct fact *f)
{
	return f->table >= 0;
}

static enum audit_kind kind_of(const struct fact *a, const struct fact *b)
{
	if (is_table(a) && is_table(b))
		return AUDIT_CROSS_FORM;
	if (!is_table(a) && !is_table(b))
		return AUDIT_TEXT_TEXT;
	return a->is_goal ? AUDIT_GOAL_TABLE : AUDIT_TEXT_TABLE;
}

/* ---- which pairs contradict ---- */

static enum err index_pairs(struct same *s)
{
	const struct fact_list *list = s->list;
	size_t sum = 0, *filled;

	TRY(arena_array(s->audit->arena, &s->first, list->n_facts + 1));
	TRY(arena_array(s->audit->arena, &filled, list->n_facts + 1));
	TRY(arena_array(s->audit->arena, &s->at, list->n_pairs * 2 + 1));
	for (size_t i = 0; i < list->n_pairs; i++) {
		filled[list->pairs[i].a]++;
		filled[list->pairs[i].b]++;
	}
	for (size_t i = 0; i < list->n_facts; i++) {
		s->first[i] = sum;
		sum += filled[i];
		filled[i] = s->first[i];
	}
	s->first[list->n_facts] = sum;
	for (size_t i = 0; i < list->n_pairs; i++) {
		s->at[filled[list->pairs[i].a]++] = i;
		s->at[filled[list->pairs[i].b]++] = i;
	}
	return ERR_OK;
}

static int other_of(const struct fact_pair *pair, int fact)
{
	return pair->a == fact ? pair->b : pair->a;
}

static const struct fact_pair *pair_of(const struct same *s, int a, int b)
{
	for (size_t i = s->first[a]; i < s->first[a + 1]; i++)
		if (other_of(&s->list->pairs[s->at[i]], a) == b)
			return &s->list->pairs[s->at[i]];
	return NULL;
}

/* Whether `fact` has a better partner than `with`: one on the same side that counts the same
 * thing at least as surely and agrees, and that is not itself the same as `with`. */
static bool has_better(const struct same *s, int fact, int with, enum fact_match match)
{
	const struct fact_list *list = s->list;

	for (size_t i = s->first[fact]; i < s->first[fact + 1]; i++) {
		const struct fact_pair *pair = &list->pairs[s->at[i]];
		int other = other_of(pair, fact);
		const struct fact_pair *third;

		if (other == with || !pair->agree || pair->match < match ||
		    is_table(&list->facts[other]) != is_table(&list->facts[with]))
			continue;
		third = pair_of(s, other, with);
		if (!third || third->match < match)
			return true;
	}
	return false;
}

/* Whether `fact` contradicts two of one side that differ between themselves: nobody can tell
 * which of them it means. */
static bool is_torn(const struct same *s, int fact, int with, enum fact_match match)
{
	const struct fact_list *list = s->list;

	for (size_t i = s->first[fact]; i < s->first[fact + 1]; i++) {
		const struct fact_pair *pair = &list->pairs[s->at[i]];
		int other = other_of(pair, fact);

		if (other != with && !pair->agree && pair->match >= match &&
		    is_table(&list->facts[other]) == is_table(&list->facts[with]) &&
		    is_table(&list->facts[fact]) != is_table(&list->facts[with]) &&
		    !fact_agree(&list->facts[other], &list->facts[with]))
			return true;
	}
	return false;
}

static bool agrees_somewhere(const struct same *s, int fact, int with)
{
	const struct fact_list *list = s->list;

	for (size_t i = s->first[fact]; i < s->first[fact + 1]; i++) {
		const struct fact_pair *pair = &list->pairs[s->at[i]];
		int other = other_of(pair, fact);

		if (other != with && pair->agree &&
		    is_table(&list->facts[other]) == is_table(&list->facts[with]))
			return true;
	}
	return false;
}

static enum audit_verdict verdict_of(const struct same *s, const struct fact_pair *pair)
{
	if (pair->agree)
		return AUDIT_HOLDS;
	if (has_better(s, pair->a, pair->b, pair->match) ||
	    has_better(s, pair->b, pair->a, pair->match) ||
	    is_torn(s, pair->a, pair->b, pair->match) ||
	    is_torn(s, pair->b, pair->a, pair->match))
		return AUDIT_HOLDS;
	if (pair->match == FACT_LIKELY || agrees_somewhere(s, pair->a, pair->b) ||
	    agrees_somewhere(s, pair->b, pair->a))
		return AUDIT_SUSPECT;
	return AUDIT_FAIL;
}

/* ---- one mistake, one finding ---- */

static int root_of(struct same *s, int fact)
{
	while (s->group[fact] != fact) {
		s->group[fact] = s->group[s->group[fact]];
		fact = s->group[fact];
	}
	return fact;
}

static void join(struct same *s, int a, int b)
{
	a = root_of(s, a);
	b = root_of(s, b);
	s->group[a > b ? a : b] = a < b ? a : b;
}

/* "91 + 5 = 96", "35%", "1.302.826.000 đồng". */
static enum err value_text(const struct same *s, const struct fact *f, const char **out)
{
	struct arena *a = s->audit->arena;
	char text[NUMBER_TEXT], one[NUMBER_TEXT], two[NUMBER_TEXT];
	const char *unit = f->figure.unit == FIGURE_PERCENT ? "%"
	                   : f->figure.unit == FIGURE_DONG  ? " đồng"
	                                                    : "";

	if (f->is_none)
		return msg_format(out, a, MSG_AUDIT_NONE_STATED);
	number_vn(f->figure.value, text);
	if (f->sum_of[0] < 0)
		return arena_printf(a, out, "%s%s", text, unit);
	number_vn(s->list->facts[f->sum_of[0]].figure.value, one);
	number_vn(s->list->facts[f->sum_of[1]].figure.value, two);
	return arena_printf(a, out, "%s + %s = %s%s", one, two, text, unit);
}

/* "bảng, hàng 3.3.1", "lời văn mục 2". */
static enum err place_text(const struct same *s, const struct fact *f, const char **out)
{
	const struct document *d = s->audit->document;
	struct arena *a = s->audit->arena;
	const char *number;
	int section;

	if (is_table(f)) {
		number = d->tables[f->table].rows[f->row].number;
		return *number ? msg_format(out, a, MSG_AUDIT_PLACE_ROW, number)
		               : msg_format(out, a, MSG_AUDIT_PLACE_TABLE);
	}
	section = d->blocks[f->block].section;
	number = section < 0 ? "" : d->sections[section].number;
	return *number ? msg_format(out, a, MSG_AUDIT_PLACE_SECTION, number)
	               : msg_format(out, a, MSG_AUDIT_PLACE_TEXT);
}

static void show(struct audit_draft *d, const struct same *s, const struct fact *f)
{
	const struct document *document = s->audit->document;

	if (f->sum_of[0] >= 0) {
		show(d, s, &s->list->facts[f->sum_of[0]]);
		show(d, s, &s->list->facts[f->sum_of[1]]);
	} else if (is_table(f) && !f->in_words) {
		audit_at_row(d, &document->tables[f->table], (size_t)f->row, true);
	} else {
		audit_at(d, f->text, f->start, f->end, true);
	}
}

static enum err say(struct same *s, struct audit_draft *d, const struct fact *a,
                    const struct fact *b, const char *args[5])
{
	const char *relation;

	TRY(place_text(s, a, &args[0]));
	TRY(value_text(s, a, &args[1]));
	TRY(place_text(s, b, &args[2]));
	TRY(value_text(s, b, &args[3]));
	args[4] = NULL;
	TRY(arena_printf(s->audit->arena, &relation, "%s = %s", args[0], args[2]));
	audit_say(d, relation, args[1], args[3]);
	return ERR_OK;
}

static enum err report_holds(struct same *s, const struct fact_pair *pair)
{
	const struct fact *a = &s->list->facts[pair->a], *b = &s->list->facts[pair->b];
	struct audit_draft d;
	const char *args[5];

	if (!s->audit->options->all) {
		audit_count(s->audit);
		return ERR_OK;
	}
	audit_begin(&d, s->audit, kind_of(a, b), AUDIT_HOLDS);
	show(&d, s, a);
	show(&d, s, b);
	TRY(say(s, &d, a, b, args));
	return audit_end_holds(&d);
}

/* The surest pair of a group speaks for it; the others lend their places. */
struct mistake {
	const struct fact_pair *pair;
	enum audit_verdict verdict;
	size_t *members; /* facts */
	size_t n_members;
};

static enum err report(struct same *s, const struct mistake *m)
{
	const struct fact *a = &s->list->facts[m->pair->a], *b = &s->list->facts[m->pair->b];
	const struct fact *swap = a;
	struct audit_draft d;
	const char *args[5];

	if (is_table(a) && !is_table(b)) { /* the text first */
		a = b;
		b = swap;
	}
	audit_begin(&d, s->audit, kind_of(a, b), m->verdict);
	show(&d, s, a);
	show(&d, s, b);
	for (size_t i = 0; i < m->n_members && d.n_places < MOST_LINES; i++)
		show(&d, s, &s->list->facts[m->members[i]]);
	TRY(say(s, &d, a, b, args));
	return audit_end_with(&d,
	                      m->verdict == AUDIT_FAIL ? MSG_AUDIT_SAME_DIFFERS
	                                               : MSG_AUDIT_SAME_MAY_DIFFER,
	                      args);
}

/* Gathers the contradicting pairs by the facts they share. */
static enum err gather(struct same *s, struct mistake *mistakes)
{
	const struct fact_list *list = s->list;

	for (size_t i = 0; i < list->n_pairs; i++) {
		const struct fact_pair *pair = &list->pairs[i];
		enum audit_verdict verdict = verdict_of(s, pair);

		if (verdict == AUDIT_HOLDS) {
			if (pair->agree)
				TRY(report_holds(s, pair));
			continue;
		}
		s->reported[i] = true;
		join(s, pair->a, pair->b);
	}
	for (size_t i = 0; i < list->n_pairs; i++) {
		const struct fact_pair *pair = &list->pairs[i];
		struct mistake *m;
		enum audit_verdict verdict;

		if (!s->reported[i])
			continue;
		m = &mistakes[root_of(s, pair->a)];
		verdict = verdict_of(s, pair);
		if (verdict <= m->verdict && m->pair)
			continue;
		m->pair = pair;
		m->verdict = verdict;
	}
	return ERR_OK;
}

static enum err add_members(struct same *s, struct mistake *mistakes)
{
	const struct fact_list *list = s->list;

	for (size_t i = 0; i < list->n_facts; i++) {
		struct mistake *m = &mistakes[root_of(s, (int)i)];

		if (!m->pair)
			continue;
		TRY(vec_room(s->audit->arena, m->members, m->n_members));
		m->members[m->n_members++] = i;
	}
	return ERR_OK;
}

enum err audit_same(struct audit *x)
{
	struct same s = { .audit = x, .list = x->facts };
	struct mistake *mistakes;
	size_t n = x->facts->n_facts;

	if (n == 0)
		return ERR_OK;
	TRY(index_pairs(&s));
	TRY(arena_array(x->arena, &s.group, n));
	TRY(arena_array(x->arena, &s.reported, x->facts->n_pairs + 1));
	TRY(arena_array(x->arena, &mistakes, n));
	for (size_t i = 0; i < n; i++)
		s.group[i] = (int)i;
	TRY(gather(&s, mistakes));
	TRY(add_members(&s, mistakes));
	for (size_t i = 0; i < n; i++)
		if (mistakes[i].pair)
			TRY(report(&s, &mistakes[i]));
	return ERR_OK;
}
