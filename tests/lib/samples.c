#include "lib/samples.h"

static const char *text_of(struct page_test *t, row_id id)
{
	const char *text;

	assert_ok(arena_printf(&t->kept, &text, "%lld", (long long)id.value));
	return text;
}

static const char *sample_unit(struct page_test *t, row_id unit)
{
	return text_of(t, unit);
}

static const char *sample_account(struct page_test *t, row_id unit)
{
	return text_of(t, page_account(t, "mau", unit, "INTAKE"));
}

/* Longer paths first: the first row that fits is taken. */
static const struct sample samples[] = {
	{ "/units/:id", true, sample_unit },
	{ "/accounts/:id", true, sample_account },
};

/* The row for a route's path up to a capture, "/units/:id". */
static size_t find(struct slice path)
{
	size_t i = 0;

	while (i < ARRAY_LEN(samples) && !slice_eq(path, samples[i].path))
		i++;
	return i;
}

bool samples_path(struct sample_set *set, struct str *out, const char *route_path,
                  bool *unit_owned)
{
	struct slice rest = slice_of(route_path + 1), segment;

	*unit_owned = false;
	while (slice_cut(&rest, '/', &segment)) {
		str_put_char(out, '/');
		if (segment.len == 0 || segment.at[0] != ':') {
			str_put_n(out, segment.at, segment.len);
			continue;
		}
		struct slice so_far = { route_path,
			                (size_t)(segment.at + segment.len - route_path) };
		size_t i = find(so_far);
		if (i == ARRAY_LEN(samples))
			return false;
		if (!set->made[i])
			set->made[i] = samples[i].make(set->t, set->unit);
		str_put(out, set->made[i]);
		*unit_owned = *unit_owned || samples[i].unit_owned;
	}
	return true;
}
