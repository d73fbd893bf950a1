#include "app/rollup/rollup_list.h"

#include <string.h>

enum { FIRST_ROOM = 256, MOST_PART = 300 };

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

/* Copies what stands before the next `end`, which is passed over. */
static bool take_part(char out[MOST_PART], const char **text, const char *ends)
{
	size_t n = strcspn(*text, ends);

	if (n >= MOST_PART)
		return false;
	memcpy(out, *text, n);
	out[n] = '\0';
	*text += n;
	return true;
}

static bool find_tier(enum form_tier *out, const char *word)
{
	for (enum form_tier tier = 0; tier < FORM_TIERS; tier++)
		if (str_eq(form_tier_word(tier), word)) {
			*out = tier;
			return true;
		}
	*out = FORM_PROVINCE; /* of a row that counts dossiers, whatever the level */
	return *word == '\0';
}

static enum err read_line(const struct rollup_code **code, dec_t *amount,
                          struct rollup_lists *lists, const char **text)
{
	char parts[4][MOST_PART] = { "", "", "", "" };
	enum form_tier tier;

	for (size_t i = 0; i < 4; i++) {
		if (!take_part(parts[i], text, i < 3 ? "\t\n" : "\n"))
			return err_set(ERR_INPUT, "a list of codes has a line too long");
		if (**text != '\t')
			break;
		(*text)++;
	}
	*text += **text == '\n';
	*amount = DEC_NONE;
	if (!*parts[0] || !find_tier(&tier, parts[1]) ||
	    (*parts[3] && !dec_parse(amount, parts[3])))
		return err_set(ERR_INPUT, "a list of codes has a line that is none");
	return rollup_code(code, lists->codes, parts[0], tier, parts[2]);
}

static size_t count_lines(const char *text)
{
	size_t n = 1;

	for (; (text = strchr(text, '\n')); text++)
		n++;
	return n;
}

static enum err parse(struct rollup_list *list, struct rollup_lists *lists)
{
	struct arena *a = lists->codes->arena;
	const struct rollup_code **codes;
	const char *text = list->text;
	size_t most = count_lines(text);
	bool stated = false;
	dec_t *amounts;

	TRY(arena_array(a, &codes, most));
	TRY(arena_array(a, &amounts, most));
	while (*text) {
		TRY(read_line(&codes[list->n], &amounts[list->n], lists, &text));
		stated |= !dec_is_none(amounts[list->n]);
		list->n++;
	}
	for (size_t i = 0; stated && i < list->n; i++)
		if (dec_is_none(amounts[i]))
			amounts[i] = dec_from_int(0);
	list->codes = codes;
	list->amounts = stated ? amounts : NULL;
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
		TRY(parse(&made, lists));
		*slot = made;
		lists->n++;
	}
	*out = slot;
	return ERR_OK;
}
