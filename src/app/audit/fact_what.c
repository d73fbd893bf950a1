#include "app/audit/fact_what.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

bool fact_object_is_counter(int object)
{
	return object == FACT_OBJECT_PERSON || object == FACT_OBJECT_UNIT ||
	       object == FACT_OBJECT_GROUP;
}

bool fact_object_is_vague(int object)
{
	return fact_object_is_counter(object) || object == FACT_OBJECT_DOCUMENT ||
	       object == FACT_OBJECT_PLAN || object == FACT_OBJECT_DECISION ||
	       object == FACT_OBJECT_CLASS || object == FACT_OBJECT_MEETING ||
	       object == FACT_OBJECT_FIELD || object == FACT_OBJECT_REPORT || object == 0;
}

bool fact_object_is_index(int object)
{
	return object == FACT_OBJECT_PAR_INDEX || object == FACT_OBJECT_SIPAS ||
	       object == FACT_OBJECT_PAPI || object == FACT_OBJECT_PCI ||
	       object == FACT_OBJECT_DTI;
}

/* Objects that stand beside another one without narrowing it: "hồ sơ TTHC", "TTHC, dịch vụ
 * công". */
static bool is_light(int object)
{
	return object == FACT_OBJECT_PROCEDURE || object == FACT_OBJECT_SERVICE ||
	       object == FACT_OBJECT_UNIT || object == FACT_OBJECT_PERSON ||
	       object == FACT_OBJECT_RESULT;
}

bool fact_items_say(const struct fact_item *items, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (items[i].kind <= FACT_KIND_WORD || items[i].kind == FACT_KIND_NOT)
			return true;
	return false;
}

/* Two values of one dimension in one clause. */
static int merged(int old, int value)
{
	static const struct {
		int a, b, both;
	} merges[] = {
		{ FACT_STATE_RECEIVED, FACT_STATE_RESOLVED, FACT_STATE_RESOLVED },
		{ FACT_STATE_BOTH, FACT_STATE_RESOLVED, FACT_STATE_RESOLVED },
		{ FACT_STATE_BOTH, FACT_STATE_RECEIVED, FACT_STATE_BOTH },
		{ FACT_STATE_RECEIVED, FACT_STATE_PENDING, FACT_STATE_PENDING },
		{ FACT_STATE_ASSIGNED, FACT_STATE_RESOLVED, FACT_STATE_RESOLVED },
		{ FACT_STATE_ASSIGNED, FACT_STATE_PENDING, FACT_STATE_PENDING },
		{ FACT_STATE_PLANNED, FACT_STATE_RESOLVED, FACT_STATE_RESOLVED },
		{ FACT_STATE_PLANNED, FACT_STATE_PENDING, FACT_STATE_PENDING },
		{ FACT_STATE_PLANNED, FACT_STATE_ASSIGNED, FACT_STATE_ASSIGNED },
		{ FACT_TIMELY_EARLY, FACT_TIMELY_ON_TIME, FACT_TIMELY_NOT_LATE },
		{ FACT_TIMELY_NOT_LATE, FACT_TIMELY_ON_TIME, FACT_TIMELY_NOT_LATE },
		{ FACT_LEVEL_PART, FACT_LEVEL_FULL, FACT_LEVEL_BOTH },
		{ FACT_LEVEL_PART, FACT_LEVEL_BOTH, FACT_LEVEL_BOTH },
		{ FACT_LEVEL_FULL, FACT_LEVEL_BOTH, FACT_LEVEL_BOTH },
		{ FACT_CHANNEL_ONLINE, FACT_CHANNEL_DIRECT, FACT_CHANNEL_ANY },
		{ FACT_CHANNEL_ONLINE, FACT_CHANNEL_ANY, FACT_CHANNEL_ANY },
		{ FACT_CHANNEL_DIRECT, FACT_CHANNEL_POST, FACT_CHANNEL_NOT_ONLINE },
		{ FACT_LINK_ANY, FACT_LINK_SAME, FACT_LINK_SAME },
		{ FACT_LINK_ANY, FACT_LINK_LEVELS, FACT_LINK_LEVELS },
	};

	if (old == 0 || old == value)
		return value;
	for (size_t i = 0; i < ARRAY_LEN(merges); i++)
		if ((merges[i].a == old && merges[i].b == value) ||
		    (merges[i].b == old && merges[i].a == value))
			return merges[i].both;
	return -1;
}

static void put_word(struct fact_maker *m, enum fact_layer layer, int id)
{
	if (layer == FACT_LAYER_LOOSE)
		layer = FACT_LAYER_NEAR;
	if (m->n_words[layer] < FACT_WHAT_WORDS)
		m->words[layer][m->n_words[layer]++] = id;
}

static void add_object(struct fact_maker *m, enum fact_layer layer, int id)
{
	if (layer == FACT_LAYER_OWN && !m->left_object)
		m->left_object = id;
	if ((layer == FACT_LAYER_CONTEXT || layer == FACT_LAYER_BEFORE) &&
	    (!m->context_object || m->context_object == FACT_OBJECT_PLAN))
		m->context_object = id;
	put_word(m, layer, id);
}

static void add(struct fact_maker *m, enum fact_layer layer, const struct fact_item *item)
{
	enum fact_kind kind = item->kind;
	bool own = layer == FACT_LAYER_OWN;

	if (kind < FACT_DIMENSIONS) {
		int *value = &m->dimensions[layer][kind];

		*value = merged(*value, item->id);
	}
	if (kind == FACT_KIND_OBJECT)
		add_object(m, layer, item->id);
	if (kind == FACT_KIND_WORD)
		put_word(m, layer, item->id);
	m->counted |= own && kind == FACT_KIND_FILLER && item->id == FACT_FILLER_NUMBERS;
	m->total |= own && kind == FACT_KIND_TOTAL;
	m->rate |= own && kind == FACT_KIND_RATIO;
	m->no |= own && kind == FACT_KIND_NOT;
	m->aim |= layer <= FACT_LAYER_NEAR && kind == FACT_KIND_AIM;
}

void fact_maker_add(struct fact_maker *m, enum fact_layer layer, const struct fact_item *items,
                    size_t n)
{
	for (size_t i = 0; i < n; i++)
		add(m, layer, &items[i]);
}

bool fact_maker_tells(const struct fact_maker *m)
{
	for (int d = 0; d < FACT_DIMENSIONS; d++)
		if (m->dimensions[FACT_LAYER_OWN][d])
			return true;
	for (size_t i = 0; i < m->n_words[FACT_LAYER_OWN]; i++)
		if (fact_term_kind(m->words[FACT_LAYER_OWN][i]) != FACT_KIND_OBJECT)
			return true;
	return m->total;
}

static void put_words(struct fact_maker *m, enum fact_layer layer, struct fact_set words)
{
	for (size_t i = 0; i < words.n; i++)
		put_word(m, layer, words.at[i]);
}

void fact_maker_inherit(struct fact_maker *m, const struct fact_what *from, bool as_part)
{
	bool own_state = m->dimensions[FACT_LAYER_OWN][FACT_KIND_STATE] != 0;

	if (!m->context_object)
		m->context_object = from->object;
	for (int d = 0; d < FACT_DIMENSIONS; d++) {
		bool narrows = d == FACT_KIND_LINK || d == FACT_KIND_OFFICE ||
		               d == FACT_KIND_SPAN || d == FACT_KIND_AREA ||
		               d == FACT_KIND_GIVER;
		int value = from->dimensions[d].value;

		if (value <= 0 || m->dimensions[FACT_LAYER_OWN][d])
			continue;
		if (narrows || (as_part && !own_state))
			m->dimensions[FACT_LAYER_OWN][d] = value;
		else if (as_part || d == FACT_KIND_AUTHORITY)
			m->dimensions[FACT_LAYER_LOOSE][d] = value;
	}
	put_words(m, FACT_LAYER_OWN, from->own);
	put_words(m, FACT_LAYER_CONTEXT, from->context);
	put_words(m, FACT_LAYER_BEFORE, from->before);
}

static int compare_ints(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

/* Words of a layer, each once; `object` and what stands lightly beside it say nothing more. */
static enum err set_of(struct fact_maker *m, enum fact_layer layer, int object,
                       struct fact_set *out, struct arena *a)
{
	int *words = m->words[layer], *copy;
	size_t n = 0, had = m->n_words[layer];

	*out = (struct fact_set){ 0 };
	if (had == 0)
		return ERR_OK;
	qsort(words, had, sizeof(*words), compare_ints);
	TRY(arena_array(a, &copy, had));
	for (size_t i = 0; i < had; i++)
		if (words[i] != object && !is_light(words[i]) &&
		    (n == 0 || copy[n - 1] != words[i]))
			copy[n++] = words[i];
	*out = (struct fact_set){ copy, n };
	return ERR_OK;
}

static struct fact_dimension dimension_of(const struct fact_maker *m, int d)
{
	int own = m->dimensions[FACT_LAYER_OWN][d], near = m->dimensions[FACT_LAYER_NEAR][d];
	int context = m->dimensions[FACT_LAYER_CONTEXT][d];
	int before = m->dimensions[FACT_LAYER_BEFORE][d];
	int loose = m->dimensions[FACT_LAYER_LOOSE][d];

	if (own || near == FACT_CHANNEL_ANY)
		return (struct fact_dimension){ own ? own : near, -1, false };
	if (near > 0)
		return (struct fact_dimension){ 0, near, false };
	/* Headings name states that the figure need not have; ways and fields they do. */
	if (context > 0)
		return (struct fact_dimension){ context, d == FACT_KIND_STATE ? 0 : -1, false };
	if (before > 0)
		return (struct fact_dimension){ before, 0, d != FACT_KIND_STATE };
	return (struct fact_dimension){ 0, loose > 0 ? loose : -1, false };
}

/* What one dimension says of another: one part (mức độ 3) is online, what is early is resolved.
 */
static void imply(struct fact_what *what)
{
	struct fact_dimension *at = what->dimensions;
	int level = at[FACT_KIND_LEVEL].value, timely = at[FACT_KIND_TIMELY].value;

	if (!at[FACT_KIND_CHANNEL].value &&
	    (level == FACT_LEVEL_PART || level == FACT_LEVEL_FULL || level == FACT_LEVEL_BOTH))
		at[FACT_KIND_CHANNEL] =
		        (struct fact_dimension){ FACT_CHANNEL_ONLINE, -1, false };
	if (at[FACT_KIND_CHANNEL].value == FACT_CHANNEL_ANY)
		at[FACT_KIND_CHANNEL].value = 0;
	if (what->object == FACT_OBJECT_PROCEDURE && timely)
		what->object = FACT_OBJECT_DOSSIER;
	if (at[FACT_KIND_STATE].value)
		return;
	if (at[FACT_KIND_CARRY].value == FACT_CARRY_FRESH)
		at[FACT_KIND_STATE] = (struct fact_dimension){ FACT_STATE_RECEIVED, -1, false };
	if (timely == FACT_TIMELY_EARLY || timely == FACT_TIMELY_ON_TIME ||
	    timely == FACT_TIMELY_NOT_LATE)
		at[FACT_KIND_STATE] = (struct fact_dimension){ FACT_STATE_RESOLVED, -1, false };
	if (timely == FACT_TIMELY_NOT_DUE)
		at[FACT_KIND_STATE] = (struct fact_dimension){ FACT_STATE_PENDING, -1, false };
}

/* Files that come through the portal come online. */
static void take_portal(struct fact_maker *m, int object)
{
	int *words = m->words[FACT_LAYER_OWN],
	    *channel = &m->dimensions[FACT_LAYER_OWN][FACT_KIND_CHANNEL];
	size_t n = 0;

	if (object != FACT_OBJECT_DOSSIER)
		return;
	for (size_t i = 0; i < m->n_words[FACT_LAYER_OWN]; i++) {
		if (words[i] != FACT_WORD_PORTAL)
			words[n++] = words[i];
		else if (!*channel)
			*channel = FACT_CHANNEL_ONLINE;
	}
	m->n_words[FACT_LAYER_OWN] = n;
}

/* Who is satisfied was asked; an index is told in points. */
static void drop_implied(struct fact_maker *m, int object)
{
	int *words = m->words[FACT_LAYER_OWN];
	int implied = object == FACT_OBJECT_SATISFACTION ? FACT_WORD_ASKED : FACT_WORD_POINTS;
	size_t n = 0;

	if (object != FACT_OBJECT_SATISFACTION && !fact_object_is_index(object))
		return;
	for (size_t i = 0; i < m->n_words[FACT_LAYER_OWN]; i++)
		if (words[i] != implied)
			words[n++] = words[i];
	m->n_words[FACT_LAYER_OWN] = n;
}

/* What an office gives is given: "UBND tỉnh giao 12 nhiệm vụ". */
static void take_giver(struct fact_maker *m)
{
	int *own = m->dimensions[FACT_LAYER_OWN];

	if (own[FACT_KIND_GIVER] && !own[FACT_KIND_STATE] && !own[FACT_KIND_TIMELY])
		own[FACT_KIND_STATE] = FACT_STATE_ASSIGNED;
}

enum err fact_maker_end(struct fact_maker *m, struct fact_what *out, struct arena *a)
{
	struct fact_what what = { .total = m->total,
		                  .rate = m->rate,
		                  .aim = m->aim,
		                  .no = m->no,
		                  .counted = m->counted };

	what.object = m->object;
	if (!what.object || (fact_object_is_counter(what.object) && m->left_object &&
	                     !fact_object_is_counter(m->left_object)))
		what.object = m->left_object ? m->left_object : what.object;
	if (!what.object || (fact_object_is_counter(what.object) && m->context_object &&
	                     m->left_object != what.object)) {
		what.object = m->context_object;
		what.guessed = true;
	}
	take_portal(m, what.object);
	take_giver(m);
	drop_implied(m, what.object);
	for (int d = 0; d < FACT_DIMENSIONS; d++)
		what.dimensions[d] = dimension_of(m, d);
	TRY(set_of(m, FACT_LAYER_OWN, what.object, &what.own, a));
	TRY(set_of(m, FACT_LAYER_NEAR, what.object, &what.near, a));
	TRY(set_of(m, FACT_LAYER_BEFORE, what.object, &what.before, a));
	TRY(set_of(m, FACT_LAYER_CONTEXT, what.object, &what.context, a));
	imply(&what);
	*out = what;
	return ERR_OK;
}

bool fact_set_has(struct fact_set set, int id)
{
	return set.n > 0 && bsearch(&id, set.at, set.n, sizeof(id), compare_ints) != NULL;
}
