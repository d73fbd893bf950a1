#include "app/rollup/rollup_bridge.h"

#include <string.h>

#include "base/embedded.h"
#include "base/messages.h"
#include "base/vec.h"

/* ---- files ---- */

struct reading {
	struct rollup_mapping *mapping;
	struct problems *problems;
	struct arena *arena;
	const char *file, *from_set, *to_set;
	int line;
};

static enum err refuse(struct reading *r, enum msg message, const char *what)
{
	return problems_say(r->problems, r->file, r->line, message, what);
}

/* The next word of *text, which is moved behind it; "" at the end. */
static enum err next_word(const char **out, struct arena *a, const char **text)
{
	const char *at = *text + strspn(*text, " \t");
	size_t n = strcspn(at, " \t");

	*text = at + n;
	return arena_strndup(a, out, at, n);
}

/* map FROM to TO */
static enum err read_head(struct reading *r, const char *text)
{
	const char *map, *from, *to, *to_set, *rest;

	TRY(next_word(&map, r->arena, &text));
	TRY(next_word(&from, r->arena, &text));
	TRY(next_word(&to, r->arena, &text));
	TRY(next_word(&to_set, r->arena, &text));
	TRY(next_word(&rest, r->arena, &text));
	if (!str_eq(map, "map") || !str_eq(to, "to") || !*to_set || *rest) {
		r->from_set = NULL;
		return refuse(r, MSG_ROLLUP_MAP_HEAD, map);
	}
	r->from_set = from;
	r->to_set = to_set;
	return ERR_OK;
}

/* INDICATOR -> INDICATOR, or INDICATOR none because REASON */
static enum err read_line(struct reading *r, const char *text)
{
	struct rollup_mapping_line line = { r->from_set, r->to_set, NULL,   NULL,
		                            NULL,        r->file,   r->line };
	const char *how, *because, *rest;

	if (!r->from_set)
		return refuse(r, MSG_ROLLUP_MAP_NO_HEAD, text);
	TRY(next_word(&line.from, r->arena, &text));
	TRY(next_word(&how, r->arena, &text));
	if (str_eq(how, "->")) {
		TRY(next_word(&line.to, r->arena, &text));
		TRY(next_word(&rest, r->arena, &text));
		if (!*line.to || *rest)
			return refuse(r, MSG_ROLLUP_MAP_LINE, line.from);
	} else {
		TRY(next_word(&because, r->arena, &text));
		text += strspn(text, " \t");
		if (!str_eq(how, "none") || !str_eq(because, "because") || str_blank(text))
			return refuse(r, MSG_ROLLUP_MAP_LINE, line.from);
		TRY(arena_strdup(r->arena, &line.because, text));
	}
	TRY(vec_room(r->arena, r->mapping->at, r->mapping->n));
	r->mapping->at[r->mapping->n++] = line;
	return ERR_OK;
}

enum err rollup_mapping_read(struct rollup_mapping *mapping, struct problems *problems,
                             struct arena *a, const char *file, const char *text)
{
	struct reading r = { mapping, problems, a, file, NULL, NULL, 0 };

	while (*text) {
		size_t n = strcspn(text, "\n");
		const char *line;

		r.line++;
		TRY(arena_strndup(a, &line, text, n > 0 && text[n - 1] == '\r' ? n - 1 : n));
		text += n + (text[n] == '\n');
		if (str_blank(line) || line[strspn(line, " \t")] == '#')
			continue;
		TRY(*line == ' ' || *line == '\t' ? read_line(&r, line) : read_head(&r, line));
	}
	return ERR_OK;
}

enum err rollup_mapping_shipped(struct rollup_mapping *out, struct arena *a)
{
	struct rollup_mapping mapping = { 0 };
	struct problems problems;

	problems_init(&problems, a);
	for (size_t i = 0; i < embedded_count; i++)
		if (str_starts(embedded_files[i].path, "forms/mapping/"))
			TRY(rollup_mapping_read(&mapping, &problems, a, embedded_files[i].path,
			                        (const char *)embedded_files[i].bytes));
	if (problems.n > 0)
		return err_set(ERR_INTERNAL, "a shipped mapping of forms is faulty");
	*out = mapping;
	return ERR_OK;
}

/* ---- bridges ---- */

static struct rollup_bridge_slot *slot_of(const struct rollup_bridge *b, const char *id)
{
	uint64_t h = UINT64_C(1469598103934665603);

	for (const char *c = id; *c; c++)
		h = (h ^ (unsigned char)*c) * UINT64_C(1099511628211);
	size_t at = (size_t)(h ^ h >> 29) & (b->room - 1);
	while (b->slots[at].id && strcmp(b->slots[at].id, id) != 0)
		at = (at + 1) & (b->room - 1);
	return &b->slots[at];
}

static const struct form_row *row_of_id(const struct rollup_bridge *b, const char *id)
{
	return slot_of(b, id)->same;
}

/* 2: a map of just these two sets, 1: of all, 0: not of these. */
static int nearness(const struct rollup_bridge *b, const struct rollup_mapping_line *line)
{
	if (str_eq(line->from_set, b->from_set) && str_eq(line->to_set, b->to->code))
		return 2;
	bool any_from = str_eq(line->from_set, "*") || str_eq(line->from_set, b->from_set);
	bool any_to = str_eq(line->to_set, "*") || str_eq(line->to_set, b->to->code);
	return any_from && any_to ? 1 : 0;
}

/* A line of all sets whose row this set does not have says nothing about it. */
static void put_line(struct rollup_bridge *b, const struct rollup_mapping_line *line)
{
	struct rollup_bridge_slot *slot = slot_of(b, line->from);
	const struct form_row *to = line->to ? row_of_id(b, line->to) : NULL;
	int near = nearness(b, line);

	if (near == 0 || (near == 1 && line->to && !to))
		return;
	if (slot->line && near <= nearness(b, slot->line))
		return;
	slot->id = line->from;
	slot->row = to;
	slot->line = line;
}

enum err rollup_bridge_make(struct rollup_bridge *out, struct arena *a,
                            const struct rollup_mapping *mapping, const char *from_set,
                            const struct form_set *to)
{
	struct rollup_bridge b = { mapping, from_set, to, NULL, 64 };
	size_t n_lines = mapping && !str_eq(from_set, to->code) ? mapping->n : 0;

	while (b.room < 2 * (to->n_rows + n_lines))
		b.room *= 2;
	TRY(arena_array(a, &b.slots, b.room));
	for (size_t i = 0; i < to->n_rows; i++) {
		struct rollup_bridge_slot *slot = slot_of(&b, to->rows[i].id);

		if (!slot->id)
			*slot = (struct rollup_bridge_slot){ to->rows[i].id, &to->rows[i],
				                             &to->rows[i], NULL };
	}
	for (size_t i = 0; i < n_lines; i++)
		put_line(&b, &mapping->at[i]);
	*out = b;
	return ERR_OK;
}

const struct form_row *rollup_bridge_row(const struct rollup_bridge *b, const char *indicator,
                                         const struct rollup_mapping_line **line)
{
	const struct rollup_bridge_slot *slot = slot_of(b, indicator);

	if (line)
		*line = slot->line;
	return slot->row;
}

/* ---- what is left out ---- */

enum err rollup_bridge_gaps(struct rollup_bridge_gaps *out, struct arena *a,
                            const struct rollup_bridge *b, const struct form_set *from)
{
	struct rollup_bridge_gaps gaps = { 0 };
	bool *reached;

	TRY(arena_array(a, &reached, b->to->n_rows + 1));
	TRY(arena_array(a, &gaps.from, from->n_rows + 1));
	TRY(arena_array(a, &gaps.to, b->to->n_rows + 1));
	for (size_t i = 0; i < from->n_rows; i++) {
		const struct rollup_mapping_line *line;
		const struct form_row *row = rollup_bridge_row(b, from->rows[i].id, &line);

		if (row)
			reached[row->at] = true;
		else
			gaps.from[gaps.n_from++] =
			        (struct rollup_bridge_gap){ &from->rows[i],
				                            line ? line->because : NULL };
	}
	for (size_t i = 0; i < b->to->n_rows; i++)
		if (!reached[i])
			gaps.to[gaps.n_to++] =
			        (struct rollup_bridge_gap){ &b->to->rows[i], NULL };
	*out = gaps;
	return ERR_OK;
}

static bool has_row(const struct form_set *set, const char *id)
{
	for (size_t i = 0; i < set->n_rows; i++)
		if (str_eq(set->rows[i].id, id))
			return true;
	return false;
}

enum err rollup_bridge_check(struct problems *problems, const struct rollup_bridge *b,
                             const struct form_set *from)
{
	for (size_t i = 0; b->mapping && i < b->mapping->n; i++) {
		const struct rollup_mapping_line *line = &b->mapping->at[i];

		if (nearness(b, line) < 2)
			continue;
		if (!has_row(from, line->from))
			TRY(problems_say(problems, line->file, line->line,
			                 MSG_ROLLUP_MAP_NO_ROW, from->code, line->from));
		if (line->to && !row_of_id(b, line->to))
			TRY(problems_say(problems, line->file, line->line,
			                 MSG_ROLLUP_MAP_NO_ROW, b->to->code, line->to));
	}
	return ERR_OK;
}
