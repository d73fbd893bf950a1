#include "app/deadline/deadline_store.h"

#include "app/deadline/deadline_store.sql.h"
#include "app/journal/journal_store.h"
#include "base/str.h"
#include "base/vec.h"

static ERR_RESULT read_set(struct rule_set *out, struct arena *a,
                           const struct q_rule_sets_row *r)
{
	struct rule_set s = {
		.from = r->from_on,
		.to = r->to_on,
		.same_day_cutoff = (int)r->same_day_cutoff_minute,
		.day_minutes = (int)r->day_minutes,
	};

	if (!start_rule_parse(&s.start, r->start_rule) ||
	    !supplement_rule_parse(&s.supplement, r->supplement_rule) ||
	    !rest_day_rule_parse(&s.rest_day, r->rest_day_rule) ||
	    !early_rule_parse(&s.early, r->early_rule))
		return err_set(ERR_DB, "rule_set %s holds an unknown rule", r->code);
	TRY(arena_strdup(a, &s.code, r->code));
	TRY(arena_strdup(a, &s.name, r->name));
	TRY(arena_strdup(a, &s.basis, r->basis));
	*out = s;
	return ERR_OK;
}

enum err rule_sets_load(struct rule_sets *out, struct db *db, struct arena *a)
{
	struct q_rule_sets_row row;
	struct rule_set *at = NULL;
	size_t n = 0, n_built_in;
	const struct rule_set *built_in = rule_set_built_in(&n_built_in);
	DB_ROWS rows = { 0 };

	while (n < n_built_in) {
		TRY(vec_room(a, at, n));
		at[n] = built_in[n];
		n++;
	}
	TRY(q_rule_sets_open(&rows, db));
	while (q_rule_sets_next(&rows, &row)) {
		TRY(vec_room(a, at, n));
		TRY(read_set(&at[n], a, &row));
		n++;
	}
	TRY(db_rows_status(&rows));
	*out = (struct rule_sets){ at, n };
	return ERR_OK;
}

const struct rule_set *rule_sets_by_code(const struct rule_sets *sets, const char *code)
{
	for (size_t i = 0; i < sets->n; i++)
		if (str_eq(sets->at[i].code, code))
			return &sets->at[i];
	return NULL;
}

struct add_call {
	const struct rule_set *set;
	struct problems *problems;
};

static enum err note_added(struct db_write_context *w, row_id id, const struct rule_set *s)
{
	struct journal_note n = journal_note(w, SUBJECT_RULE_SET, id, KIND_CREATE);

	journal_put(&n, FIELD_CODE, NULL, s->code);
	journal_put(&n, FIELD_NAME, NULL, s->name);
	journal_put(&n, FIELD_BASIS, NULL, s->basis);
	journal_put(&n, FIELD_VALID_FROM, DATE_NONE, s->from);
	journal_put(&n, FIELD_VALID_TO, DATE_NONE, s->to);
	journal_put(&n, FIELD_START_RULE, NULL, start_rule_word(s->start));
	journal_put(&n, FIELD_CUTOFF_MINUTE, INT_NONE, s->same_day_cutoff);
	journal_put(&n, FIELD_DAY_MINUTES, INT_NONE, s->day_minutes);
	journal_put(&n, FIELD_SUPPLEMENT_RULE, NULL, supplement_rule_word(s->supplement));
	journal_put(&n, FIELD_REST_DAY_RULE, NULL, rest_day_rule_word(s->rest_day));
	journal_put(&n, FIELD_EARLY_RULE, NULL, early_rule_word(s->early));
	return journal_write(&n);
}

static enum err run_add(struct db_write_context *w, void *arg)
{
	const struct add_call *c = arg;
	const struct rule_set *s = c->set;
	struct rule_sets sets;

	TRY(rule_sets_load(&sets, w->db, w->arena));
	if (rule_sets_by_code(&sets, s->code)) {
		TRY(problems_say(c->problems, "code", 0, MSG_RULE_SET_TAKEN, s->code));
		return err_set(ERR_INPUT, "rule set %s exists", s->code);
	}
	struct q_rule_set_insert_in in = {
		.id = db_new_id(w),
		.code = s->code,
		.name = s->name,
		.basis = s->basis,
		.from_on = s->from,
		.to_on = s->to,
		.start_rule = start_rule_word(s->start),
		.same_day_cutoff_minute = s->same_day_cutoff,
		.day_minutes = s->day_minutes,
		.supplement_rule = supplement_rule_word(s->supplement),
		.rest_day_rule = rest_day_rule_word(s->rest_day),
		.early_rule = early_rule_word(s->early),
		.change_id = w->change->id,
	};
	w->change->result = in.id;
	TRY(note_added(w, in.id, s));
	return q_rule_set_insert_run(w->db, &in);
}

enum err rule_set_add(struct db_writer *writer, struct change *change,
                      const struct rule_set *set, struct problems *problems)
{
	struct add_call c = { set, problems };

	return db_write(writer, change, run_add, &c);
}
