#include "app/rollup/rollup_codes.h"

#include <string.h>

enum { FIRST_ROOM = 1024 }; /* powers of two, at most half full */

static size_t hash_of(const char *procedure, enum form_tier tier)
{
	uint64_t h = UINT64_C(1469598103934665603) ^ (uint64_t)tier;

	for (; *procedure; procedure++)
		h = (h ^ (unsigned char)*procedure) * UINT64_C(1099511628211);
	return (size_t)(h ^ h >> 29);
}

enum err rollup_codes_init(struct rollup_codes *codes, struct arena *a)
{
	*codes = (struct rollup_codes){ .arena = a, .room = FIRST_ROOM };
	return arena_array(a, &codes->slots, FIRST_ROOM);
}

static const struct rollup_code **slot_of(const struct rollup_codes *codes,
                                          const char *procedure, enum form_tier tier)
{
	size_t at = hash_of(procedure, tier) & (codes->room - 1);

	while (codes->slots[at] && (codes->slots[at]->tier != tier ||
	                            strcmp(codes->slots[at]->procedure, procedure) != 0))
		at = (at + 1) & (codes->room - 1);
	return &codes->slots[at];
}

static enum err grow(struct rollup_codes *codes)
{
	struct rollup_codes more = *codes;

	more.room = codes->room * 2;
	TRY(arena_array(codes->arena, &more.slots, more.room));
	for (size_t i = 0; i < codes->room; i++)
		if (codes->slots[i])
			*slot_of(&more, codes->slots[i]->procedure, codes->slots[i]->tier) =
			        codes->slots[i];
	*codes = more;
	return ERR_OK;
}

enum err rollup_code(const struct rollup_code **out, struct rollup_codes *codes,
                     const char *procedure, enum form_tier tier, const char *field)
{
	struct rollup_code *made;

	if (2 * (codes->n + 1) > codes->room)
		TRY(grow(codes));
	const struct rollup_code **slot = slot_of(codes, procedure, tier);
	if (!*slot) {
		TRY(arena_new(codes->arena, &made));
		*made = (struct rollup_code){ .tier = tier, .field = "", .number = codes->n };
		TRY(arena_strdup(codes->arena, &made->procedure, procedure));
		if (field && *field)
			TRY(arena_strdup(codes->arena, &made->field, field));
		*slot = made;
		codes->n++;
	}
	*out = *slot;
	return ERR_OK;
}

int rollup_code_order(const struct rollup_code *a, const struct rollup_code *b)
{
	int order = strcmp(a->procedure, b->procedure);

	return order ? order : (int)a->tier - (int)b->tier;
}
