#include "app/dossier/dossier_intake.h"

#include <string.h>

#include "app/dossier/dossier_code.h"
#include "base/str.h"
#include "base/vntext.h"

enum {
	MOST_NAME = 200,
	MOST_ADDRESS = 300,
	MOST_TEXT = 1000,
	MOST_EMAIL = 120,
	LONGEST_WORD = 40,
};

static ERR_RESULT check_length(struct problems *problems, const char *field, const char *text,
                               size_t most)
{
	if (text != NULL && text_length(text) > most)
		return problems_say(problems, field, 0, MSG_INTAKE_TOO_LONG);
	return ERR_OK;
}

static ERR_RESULT check_identity(struct applicant *p, struct arena *a,
                                 struct problems *problems)
{
	char out[IDENTITY_TEXT];

	if (str_blank(p->identity_number)) {
		p->identity_number = NULL;
		return ERR_OK;
	}
	if (!identity_normalise(out, p->identity_number))
		return problems_say(problems, "identity_number", 0, MSG_INTAKE_IDENTITY);
	return arena_strdup(a, &p->identity_number, out);
}

static ERR_RESULT check_phone(struct applicant *p, struct arena *a, struct problems *problems)
{
	char out[PHONE_TEXT];

	if (str_blank(p->phone)) {
		p->phone = NULL;
		return ERR_OK;
	}
	if (!phone_normalise(out, p->phone))
		return problems_say(problems, "phone", 0, MSG_INTAKE_PHONE);
	return arena_strdup(a, &p->phone, out);
}

ERR_RESULT applicant_check(struct applicant *p, struct arena *a, struct problems *problems)
{
	if (str_blank(p->name))
		TRY(problems_say(problems, "name", 0, MSG_INTAKE_NAME));
	TRY(check_length(problems, "name", p->name, MOST_NAME));
	TRY(check_identity(p, a, problems));
	TRY(check_phone(p, a, problems));
	if (str_blank(p->email))
		p->email = NULL;
	else if (strchr(p->email, '@') == NULL || strchr(p->email, ' ') != NULL)
		TRY(problems_say(problems, "email", 0, MSG_INTAKE_EMAIL));
	TRY(check_length(problems, "email", p->email, MOST_EMAIL));
	if (p->address == NULL)
		p->address = "";
	return check_length(problems, "address", p->address, MOST_ADDRESS);
}

static ERR_RESULT check_code(struct dossier_intake *intake, struct arena *a,
                             struct problems *problems)
{
	struct dossier_code code;
	enum dossier_code_fault fault;
	char out[DOSSIER_CODE_TEXT];

	if (intake->code == NULL)
		return ERR_OK;
	fault = dossier_code_parse(&code, intake->code);
	if (fault != DOSSIER_CODE_OK)
		return problems_add(problems, "code", 0, dossier_code_fault_text(fault));
	return arena_strdup(a, &intake->code, dossier_code_write(&code, out));
}

ERR_RESULT dossier_intake_check(struct dossier_intake *intake, struct arena *a,
                                struct problems *problems, instant_t now)
{
	TRY(applicant_check(&intake->applicant, a, problems));
	TRY(check_code(intake, a, problems));
	if (intake->quantity < 1 || intake->quantity > INTAKE_MOST_QUANTITY)
		TRY(problems_say(problems, "quantity", 0, MSG_INTAKE_QUANTITY));
	if (!instant_is_none(intake->received_at) && instant_cmp(intake->received_at, now) > 0)
		TRY(problems_say(problems, "received_at", 0, MSG_INTAKE_FUTURE));
	if (intake->action == ACTION_NOT_ACCEPT && str_blank(intake->reason))
		TRY(problems_say(problems, "reason", 0, MSG_DOSSIER_REASON));
	if (intake->fee.dong != MONEY_NONE.dong && intake->fee.dong < 0)
		TRY(problems_say(problems, "fee", 0, MSG_INTAKE_FEE));
	TRY(check_length(problems, "reason", intake->reason, MOST_TEXT));
	TRY(check_length(problems, "book", intake->book, MOST_EMAIL));
	return check_length(problems, "summary", intake->summary, MOST_TEXT);
}

static money_t fee_of(const struct dossier_intake *intake, const struct dossier_procedure *p)
{
	if (intake->fee.dong != MONEY_NONE.dong)
		return intake->fee;
	return p->fee.dong == MONEY_NONE.dong ? (money_t){ 0 } : p->fee;
}

struct dossier dossier_begin(const struct dossier_intake *intake,
                             const struct dossier_procedure *procedure, instant_t now)
{
	bool competent_is_other = !row_is_none(intake->competent_unit_id);

	return (struct dossier){
		.code = "",
		.receiving_unit_id = intake->receiving_unit_id,
		.competent_unit_id = competent_is_other ? intake->competent_unit_id
		                                        : intake->receiving_unit_id,
		.procedure_version_id = procedure->version_id,
		.procedure_id = procedure->procedure_id,
		.field_id = procedure->field_id,
		.applicant_name = intake->applicant.name,
		.summary = intake->summary ? intake->summary : "",
		.quantity = intake->quantity,
		.channel = intake->channel,
		.state = DOSSIER_NONE,
		.payment_state = PAYMENT_STATE_NONE,
		.fee = fee_of(intake, procedure),
		.delivery = intake->delivery,
		.delivery_state = DELIVERY_STATE_NONE,
		.received_at = instant_is_none(intake->received_at) ? now : intake->received_at,
		.term = procedure->term,
		.rule_set = "",
		.supplement_rule = procedure->supplement_rule,
		.original_due_at = INSTANT_NONE,
		.due_at = INSTANT_NONE,
		.extended_due_at = INSTANT_NONE,
		.source_due_at = INSTANT_NONE,
		.paused_at = INSTANT_NONE,
		.finished_at = INSTANT_NONE,
		.closed_on = DATE_NONE,
		.returned_at = INSTANT_NONE,
		.holder_id = intake->holder_id,
		.book = intake->book ? intake->book : "",
		.revision = 1,
	};
}

/* ---- search words ---- */

static bool has_word(const struct dossier_words *words, const char *word)
{
	for (size_t i = 0; i < words->n; i++) {
		if (str_eq(words->at[i], word))
			return true;
	}
	return false;
}

static ERR_RESULT add_word(struct dossier_words *words, struct arena *a, struct slice part)
{
	const char *word;

	if (part.len == 0 || part.len > LONGEST_WORD || words->n == DOSSIER_MOST_WORDS)
		return ERR_OK;
	TRY(arena_strndup(a, &word, part.at, part.len));
	if (!has_word(words, word))
		words->at[words->n++] = word;
	return ERR_OK;
}

static ERR_RESULT add_text(struct dossier_words *words, struct arena *a, const char *text)
{
	const char *folded;
	struct slice rest, part;

	if (str_blank(text))
		return ERR_OK;
	TRY(text_fold(a, &folded, text));
	rest = slice_of(folded);
	while (slice_cut(&rest, ' ', &part))
		TRY(add_word(words, a, part));
	return ERR_OK;
}

/* Of the code only the day and the number: its unit is the same for all. */
static ERR_RESULT add_code(struct dossier_words *words, struct arena *a, const char *code)
{
	const char *tail = strrchr(code, '-'), *day = tail;

	if (tail == NULL)
		return add_text(words, a, code);
	while (day > code && day[-1] != '-')
		day--;
	return add_text(words, a, day);
}

ERR_RESULT dossier_words(struct dossier_words *out, struct arena *a, const struct dossier *d,
                         const struct applicant *applicant)
{
	struct dossier_words words = { 0 };

	TRY(add_text(&words, a, applicant->name));
	TRY(add_code(&words, a, d->code));
	TRY(add_text(&words, a, applicant->identity_number));
	TRY(add_text(&words, a, applicant->phone));
	TRY(add_text(&words, a, d->summary));
	*out = words;
	return ERR_OK;
}
