/* unit.c - codes, drafts and endings of units. */
#include "app/unit/unit.h"

#include <string.h>

#include "base/str.h"
#include "base/vntext.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* "000.05.50.H15": 0 stands for a digit, H for a letter. */
static bool has_qcvn_shape(const char *code)
{
	static const char shape[] = "000.00.00.H00";

	for (size_t i = 0; i < sizeof(shape) - 1; i++) {
		bool fits = shape[i] == '0'   ? is_digit(code[i])
		            : shape[i] == 'H' ? is_capital(code[i])
		                              : code[i] == shape[i];

		if (!fits)
			return false;
	}
	return code[sizeof(shape) - 1] == '\0';
}

/* Groups of digits and capitals, joined by single dots. */
static bool has_groups(const char *code)
{
	bool in_group = false;

	for (; *code; code++) {
		if (is_digit(*code) || is_capital(*code))
			in_group = true;
		else if (*code == '.' && in_group)
			in_group = false;
		else
			return false;
	}
	return in_group;
}

enum unit_code_style unit_code_parse(char out[UNIT_CODE_TEXT], const char *text)
{
	struct slice s;
	char code[UNIT_CODE_TEXT];

	if (!text)
		return UNIT_CODE_BAD;
	s = slice_trim(slice_of(text));
	if (s.len == 0 || s.len > UNIT_CODE_LONGEST)
		return UNIT_CODE_BAD;
	for (size_t i = 0; i < s.len; i++)
		code[i] = ascii_upper(s.at[i]);
	code[s.len] = '\0';
	if (!has_groups(code))
		return UNIT_CODE_BAD;
	memcpy(out, code, s.len + 1);
	return has_qcvn_shape(code) ? UNIT_CODE_QCVN : UNIT_CODE_2020;
}

static ERR_RESULT check_code(const char **code, struct problems *problems)
{
	char written[UNIT_CODE_TEXT];
	enum unit_code_style style;

	if (str_blank(*code))
		return problems_say(problems, "code", 0, MSG_UNIT_CODE_MISSING);
	style = unit_code_parse(written, *code);
	if (style == UNIT_CODE_BAD)
		return problems_say(problems, "code", 0, MSG_UNIT_CODE_BAD, *code);
	if (style == UNIT_CODE_QCVN)
		return problems_say(problems, "code", 0, MSG_UNIT_CODE_IS_QCVN, written);
	return arena_strdup(problems->arena, code, written);
}

static ERR_RESULT check_code_qcvn(const char **code, struct problems *problems)
{
	char written[UNIT_CODE_TEXT];

	if (str_blank(*code)) {
		*code = NULL;
		return ERR_OK;
	}
	if (unit_code_parse(written, *code) != UNIT_CODE_QCVN)
		return problems_say(problems, "code_qcvn", 0, MSG_UNIT_CODE_QCVN_BAD, *code);
	return arena_strdup(problems->arena, code, written);
}

static void fill_blanks(struct unit_draft *draft)
{
	const char **texts[] = { &draft->place, &draft->address, &draft->phone,
		                 &draft->source };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		if (!*texts[i])
			*texts[i] = "";
	if (str_blank(draft->letterhead_parent))
		draft->letterhead_parent = NULL;
	if (str_blank(draft->letterhead))
		draft->letterhead = draft->name;
}

ERR_RESULT unit_draft_check(struct unit_draft *draft, struct problems *problems)
{
	TRY(check_code(&draft->code, problems));
	TRY(check_code_qcvn(&draft->code_qcvn, problems));
	if (str_blank(draft->name))
		TRY(problems_say(problems, "name", 0, MSG_UNIT_NAME_MISSING));
	else if (text_length(draft->name) > UNIT_NAME_LONGEST)
		TRY(problems_say(problems, "name", 0, MSG_UNIT_NAME_TOO_LONG));
	if (str_blank(draft->level))
		TRY(problems_say(problems, "level", 0, MSG_UNIT_LEVEL_MISSING));
	if (date_is_none(draft->from_on))
		TRY(problems_say(problems, "from_on", 0, MSG_UNIT_DAY_MISSING));
	fill_blanks(draft);
	return ERR_OK;
}

static const struct {
	const char *word;
	enum msg label;
} endings[] = {
	[UNIT_MERGE] = { "merge", MSG_UNIT_ENDING_MERGE },
	[UNIT_SPLIT] = { "split", MSG_UNIT_ENDING_SPLIT },
	[UNIT_RENAME] = { "rename", MSG_UNIT_ENDING_RENAME },
	[UNIT_ABOLISH] = { "abolish", MSG_UNIT_ENDING_ABOLISH },
};
_Static_assert(ARRAY_LEN(endings) == UNIT_ENDING_COUNT_, "every ending has its word");

const char *unit_ending_word(enum unit_ending e)
{
	return endings[e].word;
}

const char *unit_ending_label(const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		if (str_eq(endings[i].word, word))
			return msg_text(endings[i].label);
	return "";
}

enum unit_ending unit_ending_for(size_t n_of_successors)
{
	return n_of_successors == 0   ? UNIT_ABOLISH
	       : n_of_successors == 1 ? UNIT_MERGE
	                              : UNIT_SPLIT;
}

static bool holds(const row_id *ids, size_t n, row_id id)
{
	for (size_t i = 0; i < n; i++)
		if (row_eq(ids[i], id))
			return true;
	return false;
}

static ERR_RESULT check_numbers(const struct unit_succession *s, struct problems *problems)
{
	if (s->n_old == 0)
		TRY(problems_say(problems, "old", 0, MSG_UNIT_ENDING_NONE));
	if (s->kind == UNIT_MERGE && s->n_successors != 1)
		TRY(problems_say(problems, "successor", 0, MSG_UNIT_MERGE_NEEDS_ONE));
	if (s->kind == UNIT_RENAME && (s->n_successors != 1 || s->n_old != 1))
		TRY(problems_say(problems, "successor", 0, MSG_UNIT_RENAME_NEEDS_ONE));
	if (s->kind == UNIT_SPLIT && (s->n_successors < 2 || s->n_old != 1))
		TRY(problems_say(problems, "successor", 0, MSG_UNIT_SPLIT_NEEDS_TWO));
	return ERR_OK;
}

ERR_RESULT unit_succession_check(const struct unit_succession *s, struct problems *problems)
{
	TRY(check_numbers(s, problems));
	if (date_is_none(s->on))
		TRY(problems_say(problems, "on", 0, MSG_UNIT_DAY_MISSING));
	if (s->orphans == UNIT_ORPHANS_MOVE && row_is_none(s->orphans_to))
		TRY(problems_say(problems, "orphans_to", 0, MSG_UNIT_ORPHANS_WHERE));
	for (size_t i = 0; i < s->n_old; i++) {
		if (holds(s->old, i, s->old[i]))
			return problems_say(problems, "old", 0, MSG_UNIT_ENDING_TWICE);
		if (holds(s->successors, s->n_successors, s->old[i]))
			return problems_say(problems, "successor", 0, MSG_UNIT_SUCCEEDS_ITSELF);
		if (row_eq(s->orphans_to, s->old[i]))
			return problems_say(problems, "orphans_to", 0, MSG_UNIT_ORPHANS_WHERE);
	}
	return ERR_OK;
}

bool unit_rank_fits(int64_t above, int64_t below, int64_t last_rank)
{
	return below > above || (below == above && below == last_rank);
}
