#include "app/rollup/rollup_list.h"

#include <string.h>

enum { FIRST_ROOM = 256 };

enum err rollup_lists_init(struct rollup_lists *lists, struct rollup_codes *codes)
{
	*lists = (struct rollup_lists){ .codes = codes, .room = FIRST_ROOM };
	return arena_array(codes->arena, &lists->slots, FIRST_ROOM);
}

static uint64_t hash_of(const char *text, size_t n)
{
	uint64_t h = UINT64_C(1469598103934665603), word;
	size_t i = 0;

	for (; i + sizeof(word) <= n; i += sizeof(word)) {
		memcpy(&word, text + i, sizeof(word));
		h = (h ^ word) * UINT64_C(1099511628211);
		h ^= h >> 32;
	}
	for (; i < n; i++)
		h = (h ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
	return h;
}

static struct rollup_list *slot_of(struct rollup_list *slots, size_t room, const char *text,
                                   uint64_t hash)
{
	size_t at = (size_t)(hash ^ hash >> 29) & (room - 1);

	while (slots[at].text && (slots[at].hash != hash || strcmp(slots[at].text, text) != 0))
		at = (at + 1) & (room - 1);
	return &slots[at];
}

static enum err grow(struct rollup_lists *lists)
{
	struct rollup_list *more;

	TRY(arena_array(lists->codes->arena, &more, lists->room * 2));
	for (size_t i = 0; i < lists->room; i++)
		if (lists->slots[i].text)
			*slot_of(more, lists->room * 2, lists->slots[i].text,
			         lists->slots[i].hash) = lists->slots[i];
	lists->slots = more;
	lists->room *= 2;
	return ERR_OK;
}

/* ---- one line ---- */

/* What stands before the next tab or end of line; a tab is passed over. */
static struct slice take_part(const char **text)
{
	const char *at = *text, *end = at;

	while (*end != '\t' && *end != '\n' && *end)
		end++;
	*text = end + (*end == '\t');
	return (struct slice){ at, (size_t)(end - at) };
}

static bool find_tier(enum form_tier *out, struct slice word)
{
	*out = FORM_PROVINCE; /* of a row that counts dossiers, whatever the level */
	if (word.len == 0)
		return true;
	for (enum form_tier tier = 0; tier < FORM_TIERS; tier++)
		if (slice_eq(word, form_tier_word(tier))) {
			*out = tier;
			return true;
		}
	return false;
}

static bool read_amount(dec_t *out, struct slice text)
{
	char copy[DEC_TEXT];

	*out = DEC_NONE;
	if (text.len == 0)
		return true;
	if (text.len >= sizeof(copy))
		return false;
	memcpy(copy, text.at, text.len);
	copy[text.len] = '\0';
	return dec_parse(out, copy);
}

/* *code: of the line before, then of this one. */
static enum err read_line(const struct rollup_code **code, dec_t *amount,
                          struct rollup_lists *lists, const char **text)
{
	struct slice procedure = take_part(text), tier = take_part(text),
	             field = take_part(text), stated = take_part(text);
	struct rollup_code_text found = { procedure, field, FORM_PROVINCE };

	if (procedure.len == 0 || (**text && **text != '\n') || !find_tier(&found.tier, tier) ||
	    !read_amount(amount, stated))
		return err_set(ERR_INPUT, "a list of codes has a line that is none");
	*text += **text == '\n';
	return rollup_code_next(code, lists->codes, &found);
}

static size_t count_lines(const char *text)
{
	size_t n = 1;

	for (; (text = strchr(text, '\n')); text++)
		n++;
	return n;
}

/* Amounts stand behind all codes of a list or behind none. */
static enum err parse(struct rollup_list *list, struct rollup_lists *lists, const char *text)
{
	struct arena *a = lists->codes->arena;
	const struct rollup_code **codes, *code = NULL;
	size_t most = count_lines(text);
	dec_t *amounts = NULL, amount;

	TRY(arena_array(a, &codes, most));
	while (*text) {
		TRY(read_line(&code, &amount, lists, &text));
		codes[list->n] = code;
		if (list->n == 0 && !dec_is_none(amount))
			TRY(arena_array(a, &amounts, most));
		if (amounts)
			amounts[list->n] = dec_is_none(amount) ? dec_from_int(0) : amount;
		list->n++;
	}
	list->codes = codes;
	list->amounts = amounts;
	return ERR_OK;
}

enum err rollup_list_read(const struct rollup_list **out, struct rollup_lists *lists,
                          const char *text)
{
	uint64_t hash = hash_of(text, strlen(text));
	struct rollup_list made = { .hash = hash };

	if (2 * (lists->n + 1) > lists->room)
		TRY(grow(lists));
	struct rollup_list *slot = slot_of(lists->slots, lists->room, text, hash);
	if (!slot->text) {
		TRY(arena_strdup(lists->codes->arena, &made.text, text));
		TRY(parse(&made, lists, made.text));
		*slot = made;
		lists->n++;
	}
	*out = slot;
	return ERR_OK;
}
