/* procedure_draft.c - whether a version can be what somebody proposes. */
#include <stdio.h>
#include <string.h>

#include "app/account/account.h"
#include "app/deadline/term.h"
#include "app/procedure/procedure.h"
#include "base/str.h"
#include "base/vntext.h"

enum { HOURS_A_DAY = 8, FIELD_NAME = 32 };

void procedure_draft_init(struct procedure_draft *draft)
{
	*draft = (struct procedure_draft){ .fee = MONEY_NONE,
		                           .simplified_on = DATE_NONE,
		                           .decision_on = DATE_NONE,
		                           .valid_from = DATE_NONE };
}

struct check {
	struct procedure_draft *draft;
	int line;
	struct problems *problems;
};

#define SAY(c, field, ...) problems_say((c)->problems, (field), (c)->line, __VA_ARGS__)

static ERR_RESULT trim(const struct check *c, const char **text)
{
	struct slice s = slice_trim(slice_of(*text ? *text : ""));

	return arena_strndup(c->problems->arena, text, s.at, s.len);
}

static ERR_RESULT trim_all(const struct check *c)
{
	struct procedure_draft *d = c->draft;
	const char **texts[] = { &d->name,           &d->field,
		                 &d->statutory_term, &d->statutory_basis,
		                 &d->shortened_term, &d->shortened_basis,
		                 &d->fee_note,       &d->result_name,
		                 &d->decision,       &d->note };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		TRY(trim(c, texts[i]));
	if (str_blank(d->linked))
		d->linked = "none";
	if (str_blank(d->supplement_rule))
		d->supplement_rule = NULL;
	if (str_blank(d->decision_kind))
		d->decision_kind = NULL;
	return ERR_OK;
}

static ERR_RESULT check_names(const struct check *c)
{
	char code[PROCEDURE_CODE_TEXT];
	struct procedure_draft *d = c->draft;

	if (str_blank(d->code))
		TRY(SAY(c, "code", MSG_PROCEDURE_CODE_MISSING));
	else if (!procedure_code_parse(code, d->code))
		TRY(SAY(c, "code", MSG_PROCEDURE_CODE_BAD, d->code));
	else
		TRY(arena_strdup(c->problems->arena, &d->code, code));
	if (!d->name[0])
		TRY(SAY(c, "name", MSG_PROCEDURE_NAME_MISSING));
	else if (text_length(d->name) > PROCEDURE_NAME_LONGEST)
		TRY(SAY(c, "name", MSG_PROCEDURE_NAME_TOO_LONG));
	if (!d->field[0])
		TRY(SAY(c, "field", MSG_PROCEDURE_FIELD_MISSING));
	if (d->n_levels == 0)
		TRY(SAY(c, "levels", MSG_PROCEDURE_LEVEL_MISSING));
	return ERR_OK;
}

static ERR_RESULT check_word(const struct check *c, const struct procedure_terms *terms,
                             const char *word, const char *field)
{
	if (word && !procedure_term_known(terms, word))
		return SAY(c, field, MSG_PROCEDURE_CHOICE_UNKNOWN, word);
	return ERR_OK;
}

static ERR_RESULT check_words(const struct check *c)
{
	struct procedure_draft *d = c->draft;

	if (str_blank(d->service_level))
		TRY(SAY(c, "service_level", MSG_PROCEDURE_SERVICE_MISSING));
	else
		TRY(check_word(c, &procedure_service_levels, d->service_level,
		               "service_level"));
	TRY(check_word(c, &procedure_links, d->linked, "linked"));
	TRY(check_word(c, &procedure_supplements, d->supplement_rule, "supplement_rule"));
	TRY(check_word(c, &procedure_decisions, d->decision_kind, "decision_kind"));
	if (d->old_level != 0 && (d->old_level < 2 || d->old_level > 4))
		TRY(SAY(c, "old_level", MSG_PROCEDURE_OLD_LEVEL_BAD));
	if (!(d->fee.dong == MONEY_NONE.dong || d->fee.dong >= 0))
		TRY(SAY(c, "fee", MSG_PROCEDURE_FEE_NEGATIVE));
	return ERR_OK;
}

/* Reads a term; *hours is its working hours (hundredths), -1 when it has none. */
static ERR_RESULT check_term(const struct check *c, const char *text, const char *field,
                             long *centi_hours)
{
	struct term term;
	enum term_fault fault;
	const char *message;

	*centi_hours = -1;
	if (str_blank(text))
		return ERR_OK;
	fault = term_parse(&term, text);
	if (fault != TERM_OK) {
		TRY(term_fault_message(&message, c->problems->arena, fault, text));
		return problems_add(c->problems, field, c->line, message);
	}
	if (term.unit == TERM_WORKING_HOURS)
		*centi_hours = term.centi;
	if (term.unit == TERM_WORKING_DAYS)
		*centi_hours = (long)term.centi * HOURS_A_DAY;
	return ERR_OK;
}

/* The name of a field in a list, in the arena: "part_name_3". */
static ERR_RESULT list_field(const struct check *c, const char **out, const char *base,
                             size_t i)
{
	return arena_printf(c->problems->arena, out, "%s_%zu", base, i);
}

static ERR_RESULT check_parts(const struct check *c)
{
	struct procedure_draft *d = c->draft;

	for (size_t i = 0; i < d->n_parts; i++) {
		struct procedure_part *part = &d->parts[i];
		const char *field;

		TRY(trim(c, &part->name));
		if (str_blank(part->form))
			part->form = "original";
		if (part->copies == 0)
			part->copies = 1;
		TRY(list_field(c, &field, "part_name", i));
		if (!part->name[0])
			TRY(SAY(c, field, MSG_PROCEDURE_PART_NAME_MISSING));
		TRY(list_field(c, &field, "part_form", i));
		TRY(check_word(c, &procedure_part_forms, part->form, field));
		TRY(list_field(c, &field, "part_copies", i));
		if (part->copies < 1 || part->copies > 99)
			TRY(SAY(c, field, MSG_PROCEDURE_PART_COPIES));
	}
	return ERR_OK;
}

/* *sum is the hours of all steps, -1 when one of them states none. */
static ERR_RESULT check_steps(const struct check *c, long *sum)
{
	struct procedure_draft *d = c->draft;

	*sum = d->n_steps > 0 ? 0 : -1;
	for (size_t i = 0; i < d->n_steps; i++) {
		struct procedure_step *step = &d->steps[i];
		const char *field;
		enum role role;
		long hours;

		TRY(trim(c, &step->name));
		TRY(trim(c, &step->budget));
		TRY(list_field(c, &field, "step_name", i));
		if (!step->name[0])
			TRY(SAY(c, field, MSG_PROCEDURE_STEP_NAME_MISSING));
		TRY(list_field(c, &field, "step_role", i));
		if (!role_parse(&role, step->role))
			TRY(SAY(c, field, MSG_PROCEDURE_STEP_ROLE));
		TRY(list_field(c, &field, "step_budget", i));
		TRY(check_term(c, step->budget, field, &hours));
		*sum = hours < 0 || *sum < 0 ? -1 : *sum + hours;
	}
	return ERR_OK;
}

static ERR_RESULT check_terms(const struct check *c)
{
	struct procedure_draft *d = c->draft;
	long statutory, shortened, steps, driving;

	TRY(check_term(c, d->statutory_term, "statutory_term", &statutory));
	TRY(check_term(c, d->shortened_term, "shortened_term", &shortened));
	TRY(check_steps(c, &steps));
	if (statutory >= 0 && shortened > statutory)
		TRY(SAY(c, "shortened_term", MSG_PROCEDURE_SHORTENED_LONGER));
	driving = d->shortened_term[0] ? shortened : statutory;
	if (driving >= 0 && steps > driving)
		TRY(SAY(c, "step_budget_0", MSG_PROCEDURE_STEPS_TOO_LONG));
	return ERR_OK;
}

static ERR_RESULT check_decision(const struct check *c)
{
	struct procedure_draft *d = c->draft;

	if (!d->decision[0])
		TRY(SAY(c, "decision", MSG_PROCEDURE_DECISION_MISSING));
	if (date_is_none(d->decision_on))
		TRY(SAY(c, "decision_on", MSG_PROCEDURE_DAY_MISSING));
	if (date_is_none(d->valid_from))
		TRY(SAY(c, "valid_from", MSG_PROCEDURE_DAY_MISSING));
	return ERR_OK;
}

ERR_RESULT procedure_draft_check(struct procedure_draft *draft, int line,
                                 struct problems *problems)
{
	struct check c = { draft, line, problems };

	TRY(trim_all(&c));
	TRY(check_names(&c));
	TRY(check_words(&c));
	TRY(check_terms(&c));
	TRY(check_parts(&c));
	return check_decision(&c);
}
