/* form_procedures_store.c - procedures counted once each, and dossiers of such procedures, from
 * counter_procedure.
 *
 * A few units are read whole.  Over many units a procedure is only looked for until the first
 * of its rows; dossiers of procedures that occur are then all dossiers less those of the
 * procedures that do not, which are few. */
#include <stdlib.h>
#include <string.h>

#include "app/counter/counter_store.sql.h"
#include "app/form/form_counted_store.h"

static bool same_asked(const struct counter_asked *a, const struct counter_asked *b)
{
	return a->whose == b->whose && date_cmp(a->from, b->from) == 0 &&
	       date_cmp(a->to, b->to) == 0;
}

/* Read before; what was read whole serves every channel. */
static const struct counter_versions *known(const struct form_versions *v,
                                            const struct counter_asked *asked)
{
	for (size_t i = 0; i < v->n; i++) {
		const struct counter_asked *of = &v->at[i].asked;

		if (same_asked(of, asked) &&
		    (v->at[i].found.counted ||
		     (of->accepted == asked->accepted && str_eq(of->channel, asked->channel))))
			return &v->at[i].found;
	}
	return NULL;
}

static enum err versions_of(const struct counter_versions **out, struct form_versions *v,
                            const struct form_counted *x, const char *channel, bool accepted)
{
	const struct form_asking *asking = v->asking;
	struct counter_asked asked = { .unit = asking->unit,
		                       .own = asking->own,
		                       .tree_on = asking->period.to,
		                       .from = x->from,
		                       .to = x->to,
		                       .whose = x->whose,
		                       .channel = channel,
		                       .accepted = accepted };
	struct counter_versions found;

	*out = known(v, &asked);
	if (*out)
		return ERR_OK;
	if (v->n == ARRAY_LEN(v->at))
		v->n = 0; /* reads again what was read first */
	TRY(counter_versions_of(&found, asking->db, asking->arena, &asked));
	v->at[v->n].asked = asked;
	v->at[v->n].found = found;
	*out = &v->at[v->n++].found;
	return ERR_OK;
}

/* ---- conditions ---- */

enum about { ABOUT_WAY = 1, ABOUT_VERSION = 2 }; /* channel and accepted; the version */

static bool meets(const struct form_counted *x, const struct counter_version *of,
                  unsigned about)
{
	for (size_t i = 0; i < x->total.n_conditions; i++) {
		const struct select_condition *c = &x->total.conditions[i];
		const char *name = c->field->name, *text = NULL;
		bool way = str_eq(name, "channel") || str_eq(name, "accepted");
		int64_t number = INT_NONE;

		if (str_eq(name, "channel"))
			text = of->channel;
		else if (str_eq(name, "accepted"))
			number = of->accepted;
		else if (str_eq(name, "service_level"))
			text = of->service_level;
		else
			number = str_eq(name, "old_level") ? of->old_level : of->online_offered;
		if ((about & (way ? ABOUT_WAY : ABOUT_VERSION)) &&
		    !form_condition_holds(c, text, number))
			return false;
	}
	return true;
}

/* ---- procedures that occur ---- */

struct procedures {
	row_id *at;
	size_t n, most;
	bool counted; /* few units: the versions were read whole */
};

static enum err add_procedures(struct procedures *p, struct arena *a,
                               const struct form_counted *x, const struct counter_versions *v)
{
	row_id *all;

	TRY(arena_array(a, &all, p->n + v->n + 1));
	for (size_t i = 0; i < p->n; i++)
		all[i] = p->at[i];
	p->at = all;
	for (size_t i = 0; i < v->n; i++)
		if (v->at[i].n != 0 && meets(x, &v->at[i], ABOUT_WAY | ABOUT_VERSION))
			p->at[p->n++] = v->at[i].procedure_id;
	p->counted = v->counted;
	return ERR_OK;
}

static int by_id(const void *a, const void *b)
{
	const row_id *x = a, *y = b;

	return (x->value > y->value) - (x->value < y->value);
}

/* Sorted, each once. */
static void settle(struct procedures *p)
{
	size_t n = 0;

	if (p->n > 0)
		qsort(p->at, p->n, sizeof(*p->at), by_id);
	for (size_t i = 0; i < p->n; i++)
		if (n == 0 || !row_eq(p->at[n - 1], p->at[i]))
			p->at[n++] = p->at[i];
	p->n = n;
}

static bool has(const struct procedures *p, row_id id)
{
	return p->n > 0 && bsearch(&id, p->at, p->n, sizeof(*p->at), by_id);
}

static const char *const channels[] = { "counter", "online", "post", "phone" };
enum { WAYS = 2 * ARRAY_LEN(channels) };

/* A way in which a dossier comes: a channel, accepted or not. */
static struct counter_version way_of(size_t i)
{
	return (struct counter_version){ .channel = channels[i / 2], .accepted = i % 2 == 0 };
}

/* The ways that the conditions allow are read one after another. */
static enum err procedures_of(struct procedures *out, struct form_versions *v,
                              const struct form_counted *x)
{
	struct procedures p = { 0 };

	for (size_t i = 0; i < WAYS && !p.counted; i++) {
		struct counter_version way = way_of(i);
		const struct counter_versions *found;

		if (!meets(x, &way, ABOUT_WAY))
			continue;
		TRY(versions_of(&found, v, x, way.channel, way.accepted));
		TRY(add_procedures(&p, v->asking->arena, x, found));
	}
	settle(&p);
	*out = p;
	return ERR_OK;
}

enum err form_count_procedures(dec_t *out, struct form_versions *v,
                               const struct form_counted *x)
{
	struct procedures p;

	TRY(procedures_of(&p, v, x));
	*out = dec_from_int((int64_t)p.n);
	return ERR_OK;
}

/* ---- dossiers of procedures that occur ---- */

static int64_t sum_of(const struct form_counted *x, const struct counter_versions *v,
                      const struct procedures *p)
{
	int64_t sum = 0;

	for (size_t i = 0; i < v->n; i++)
		if (has(p, v->at[i].procedure_id) &&
		    meets(x, &v->at[i], ABOUT_WAY | ABOUT_VERSION))
			sum += v->at[i].n;
	return sum;
}

static void put(struct select *s, const char *name, enum select_op op, struct select_value v)
{
	const struct recordset_field *field = recordset_field(s->set, name);

	v.type = field->type;
	s->conditions[s->n_conditions++] = (struct select_condition){ field, op, v };
}

/* The ways in which a dossier comes that the conditions allow, as lists, so that the index of
 * versions serves them: channels and acceptances are independent of each other. */
static enum err put_ways(struct select *s, bool *any, struct arena *a,
                         const struct form_counted *x)
{
	struct str in_channels, in_accepted;
	const char *text;
	bool seen[2] = { false, false };

	str_init(&in_channels, a, 64);
	str_init(&in_accepted, a, 8);
	for (size_t i = 0; i < WAYS; i++) {
		struct counter_version way = way_of(i);

		if (!meets(x, &way, ABOUT_WAY))
			continue;
		if (!seen[way.accepted])
			str_printf(&in_accepted, "%s%d", in_accepted.len ? "|" : "",
			           way.accepted);
		seen[way.accepted] = true;
		if (!strstr(in_channels.data ? in_channels.data : "", way.channel))
			str_printf(&in_channels, "%s%s", in_channels.len ? "|" : "",
			           way.channel);
	}
	*any = seen[0] || seen[1];
	if (!*any)
		return ERR_OK;
	TRY(str_finish(&in_channels, &text));
	put(s, "channel", SELECT_IN, (struct select_value){ .text = text });
	TRY(str_finish(&in_accepted, &text));
	put(s, "accepted", SELECT_IN, (struct select_value){ .text = text });
	return ERR_OK;
}

/* The dossiers that `x` counts of the versions of `list`. */
static enum err count_versions(dec_t *sum, const struct form_asking *asking,
                               const struct form_counted *x, struct str *list)
{
	struct select s = { .set = &recordset_counter_procedure,
		            .scope = asking->unit,
		            .own = asking->own,
		            .scope_on = asking->period.to };
	struct total n = { .kind = TOTAL_SUM, .field = recordset_field(s.set, "n") };
	const char *whose = x->whose == COUNTER_COMPETENT ? "0|2" : "0|1", *versions;
	dec_t found;
	bool any;

	TRY(str_finish(list, &versions));
	put(&s, "version", SELECT_IN, (struct select_value){ .text = versions });
	put(&s, "on_day", SELECT_GE, (struct select_value){ .day = x->from });
	put(&s, "on_day", SELECT_LE, (struct select_value){ .day = x->to });
	put(&s, "whose", SELECT_IN, (struct select_value){ .text = whose });
	TRY(put_ways(&s, &any, asking->arena, x));
	if (!any)
		return ERR_OK;
	TRY(select_totals(&found, asking->db, &s, &n, 1));
	*sum = dec_add(*sum, found);
	return ERR_OK;
}

enum { MOST_IN_LIST = 60, LIST_LENGTH = MOST_IN_LIST * 22 }; /* SELECT_MOST_IN ids */

/* The dossiers of the versions that `x` counts but whose procedures are not among `p`. */
static enum err count_others(dec_t *out, struct form_versions *v, const struct form_counted *x,
                             const struct procedures *p)
{
	const struct counter_versions *versions;
	struct str list;
	dec_t sum = dec_from_int(0);
	int n = 0;

	TRY(versions_of(&versions, v, x, "online", true));
	str_init(&list, v->asking->arena, LIST_LENGTH);
	for (size_t i = 0; i < versions->n; i++) {
		const struct counter_version *of = &versions->at[i];

		if (!meets(x, of, ABOUT_VERSION) || has(p, of->procedure_id))
			continue;
		str_printf(&list, "%s%lld", n ? "|" : "", (long long)of->version_id.value);
		if (++n < MOST_IN_LIST)
			continue;
		TRY(count_versions(&sum, v->asking, x, &list));
		str_init(&list, v->asking->arena, LIST_LENGTH);
		n = 0;
	}
	if (n > 0)
		TRY(count_versions(&sum, v->asking, x, &list));
	*out = sum;
	return ERR_OK;
}

enum err form_count_among(dec_t *out, bool *all, bool *can, struct form_versions *v,
                          const struct form_counted *x)
{
	struct form_counted inner;
	const struct counter_versions *versions;
	struct procedures p;

	TRY(form_counted_of(&inner, can, v->asking, x->among));
	if (!*can)
		return ERR_OK;
	TRY(procedures_of(&p, v, &inner));
	TRY(versions_of(&versions, v, x, "online", true));
	*all = versions->counted;
	if (!*all)
		return count_others(out, v, x, &p);
	*out = dec_from_int(sum_of(x, versions, &p));
	return ERR_OK;
}
