#include "app/rollup/rollup_codes.h"

#include <string.h>

enum { FIRST_ROOM = 1024 }; /* powers of two, at most half full */

static size_t hash_of(struct slice procedure, enum form_tier tier)
{
	uint64_t h = UINT64_C(1469598103934665603) ^ (uint64_t)tier, word;
	size_t i = 0;

	for (; i + sizeof(word) <= procedure.len; i += sizeof(word)) {
		memcpy(&word, procedure.at + i, sizeof(word));
		h = (h ^ word) * UINT64_C(1099511628211);
		h ^= h >> 32;
	}
	for (; i < procedure.len; i++)
		h = (h ^ (unsigned char)procedure.at[i]) * UINT64_C(1099511628211);
	h = (h ^ h >> 32) * UINT64_C(0x9e3779b97f4a7c15); /* the last characters differ most */
	return (size_t)(h >> 32);
}

enum err rollup_codes_init(struct rollup_codes *codes, struct arena *a)
{
	*codes = (struct rollup_codes){ .arena = a, .room = FIRST_ROOM };
	TRY(arena_array(a, &codes->next, FIRST_ROOM));
	return arena_array(a, &codes->slots, FIRST_ROOM);
}

static bool is_code(const struct rollup_code *code, struct slice procedure, enum form_tier tier)
{
	return code->tier == tier &&
	       strncmp(code->procedure, procedure.at, procedure.len) == 0 &&
	       code->procedure[procedure.len] == '\0';
}

static const struct rollup_code **slot_of(const struct rollup_codes *codes,
                                          struct slice procedure, enum form_tier tier)
{
	size_t at = hash_of(procedure, tier) & (codes->room - 1);

	while (codes->slots[at] && !is_code(codes->slots[at], procedure, tier))
		at = (at + 1) & (codes->room - 1);
	return &codes->slots[at];
}

static enum err grow(struct rollup_codes *codes)
{
	struct rollup_codes more = *codes;

	more.room = codes->room * 2;
	TRY(arena_array(codes->arena, &more.slots, more.room));
	TRY(arena_array(codes->arena, &more.next, more.room));
	memcpy(more.next, codes->next, codes->n * sizeof(*more.next));
	for (size_t i = 0; i < codes->room; i++)
		if (codes->slots[i])
			*slot_of(&more, slice_of(codes->slots[i]->procedure),
			         codes->slots[i]->tier) = codes->slots[i];
	*codes = more;
	return ERR_OK;
}

static enum err find_or_make(const struct rollup_code **out, struct rollup_codes *codes,
                             const struct rollup_code_text *text)
{
	struct rollup_code *made;

	if (2 * (codes->n + 1) > codes->room)
		TRY(grow(codes));
	const struct rollup_code **slot = slot_of(codes, text->procedure, text->tier);
	if (!*slot) {
		TRY(arena_new(codes->arena, &made));
		*made = (struct rollup_code){ .tier = text->tier,
			                      .field = "",
			                      .number = codes->n };
		TRY(arena_strndup(codes->arena, &made->procedure, text->procedure.at,
		                  text->procedure.len));
		if (text->field.len > 0)
			TRY(arena_strndup(codes->arena, &made->field, text->field.at,
			                  text->field.len));
		*slot = made;
		codes->n++;
	}
	*out = *slot;
	return ERR_OK;
}

enum err rollup_code_next(const struct rollup_code **at, struct rollup_codes *codes,
                          const struct rollup_code_text *text)
{
	const struct rollup_code *before = *at;
	const struct rollup_code *likely = before ? codes->next[before->number] : NULL;

	if (likely && is_code(likely, text->procedure, text->tier)) {
		*at = likely;
		return ERR_OK;
	}
	TRY(find_or_make(at, codes, text));
	if (before)
		codes->next[before->number] = *at;
	return ERR_OK;
}

enum err rollup_code(const struct rollup_code **out, struct rollup_codes *codes,
                     const char *procedure, enum form_tier tier, const char *field)
{
	struct rollup_code_text text = { slice_of(procedure), slice_of(field ? field : ""),
		                         tier };

	return find_or_make(out, codes, &text);
}

int rollup_code_order(const struct rollup_code *a, const struct rollup_code *b)
{
	int order = strcmp(a->procedure, b->procedure);

	return order ? order : (int)a->tier - (int)b->tier;
}
