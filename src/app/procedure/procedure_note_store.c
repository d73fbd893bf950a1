#include "app/procedure/procedure_note_store.h"

#include "app/journal/journal_store.h"

enum { MOST_LIST = 256 * 1024 };

static ERR_RESULT levels_text(const char **out, struct arena *a,
                              const struct procedure_draft *d)
{
	struct str text;

	str_init(&text, a, MOST_LIST);
	for (size_t i = 0; i < d->n_levels; i++)
		str_printf(&text, "%s%s", i ? ", " : "", d->levels[i]);
	return str_finish(&text, out);
}

static ERR_RESULT parts_text(const char **out, struct arena *a, const struct procedure_draft *d)
{
	struct str text;

	str_init(&text, a, MOST_LIST);
	for (size_t i = 0; i < d->n_parts; i++) {
		const struct procedure_part *p = &d->parts[i];

		str_printf(&text, "%s%zu. %s (%s, %d%s)", i ? "\n" : "", i + 1, p->name,
		           procedure_label(&procedure_part_forms, p->form), p->copies,
		           p->required ? "" : "?");
	}
	return str_finish(&text, out);
}

static ERR_RESULT steps_text(const char **out, struct arena *a, const struct procedure_draft *d)
{
	struct str text;

	str_init(&text, a, MOST_LIST);
	for (size_t i = 0; i < d->n_steps; i++) {
		const struct procedure_step *s = &d->steps[i];

		str_printf(&text, "%s%zu. %s: %s", i ? "\n" : "", i + 1, s->name,
		           s->budget ? s->budget : "");
	}
	return str_finish(&text, out);
}

static void put_words(struct journal_note *n, const struct procedure_draft *a,
                      const struct procedure_draft *b)
{
#define WORD(field, terms, member)                                                             \
	journal_put(n, field, procedure_label(&(terms), a->member),                            \
	            procedure_label(&(terms), b->member))
	WORD(FIELD_SERVICE_LEVEL, procedure_service_levels, service_level);
	WORD(FIELD_LINKED, procedure_links, linked);
	WORD(FIELD_SUPPLEMENT_RULE, procedure_supplements, supplement_rule);
	WORD(FIELD_DECISION_KIND, procedure_decisions, decision_kind);
#undef WORD
	journal_put(n, FIELD_OLD_LEVEL, a->old_level, b->old_level);
	journal_put(n, FIELD_ONLINE_OFFERED, a->online_offered, b->online_offered);
	journal_put(n, FIELD_ONLINE_PAYMENT, a->online_payment, b->online_payment);
	journal_put(n, FIELD_ON_PORTAL, a->on_national_portal, b->on_national_portal);
	journal_put(n, FIELD_ANY_PLACE, a->any_place, b->any_place);
}

static void put_facts(struct journal_note *n, const struct procedure_draft *a,
                      const struct procedure_draft *b)
{
	journal_put(n, FIELD_CODE, a->code, b->code);
	journal_put(n, FIELD_NAME, a->name, b->name);
	journal_put(n, FIELD_AREA, a->field, b->field);
	journal_put(n, FIELD_STATUTORY_TERM, a->statutory_term, b->statutory_term);
	journal_put(n, FIELD_STATUTORY_BASIS, a->statutory_basis, b->statutory_basis);
	journal_put(n, FIELD_SHORTENED_TERM, a->shortened_term, b->shortened_term);
	journal_put(n, FIELD_SHORTENED_BASIS, a->shortened_basis, b->shortened_basis);
	journal_put(n, FIELD_FEE, a->fee, b->fee);
	journal_put(n, FIELD_FEE_NOTE, a->fee_note, b->fee_note);
	journal_put(n, FIELD_RESULT_NAME, a->result_name, b->result_name);
	journal_put(n, FIELD_SIMPLIFIED_ON, a->simplified_on, b->simplified_on);
	journal_put(n, FIELD_DECISION, a->decision, b->decision);
	journal_put(n, FIELD_DECISION_ON, a->decision_on, b->decision_on);
	journal_put(n, FIELD_VALID_FROM, a->valid_from, b->valid_from);
	journal_put(n, FIELD_NOTE, a->note, b->note);
}

ERR_RESULT procedure_note(struct db_write_context *w, row_id procedure,
                          const struct procedure_draft *before,
                          const struct procedure_draft *after)
{
	struct journal_note n = journal_note(w, SUBJECT_PROCEDURE, procedure,
	                                     before ? KIND_UPDATE : KIND_CREATE);
	const struct procedure_draft *was = before ? before : after;
	const char *old, *new;

	put_facts(&n, was, after);
	put_words(&n, was, after);
	TRY(levels_text(&old, w->arena, was));
	TRY(levels_text(&new, w->arena, after));
	journal_put(&n, FIELD_LEVELS, old, new);
	TRY(parts_text(&old, w->arena, was));
	TRY(parts_text(&new, w->arena, after));
	journal_put(&n, FIELD_PARTS, old, new);
	TRY(steps_text(&old, w->arena, was));
	TRY(steps_text(&new, w->arena, after));
	journal_put(&n, FIELD_STEPS, old, new);
	return journal_write(&n);
}
