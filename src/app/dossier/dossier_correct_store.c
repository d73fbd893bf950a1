/* Correcting what was typed at the intake; the history says what changed. */
#include <string.h>

#include "app/dossier/dossier_act_store.h"
#include "app/dossier/dossier_note_store.h"
#include "app/dossier/dossier_row_store.h"
#include "app/dossier/dossier_store.h"
#include "app/dossier/dossier_store.sql.h"
#include "app/journal/journal_store.h"
#include "base/str.h"

enum { MOST_NOTE = 1000, MOST_TEXT = 1000, MOST_BOOK = 120 };

/* ---- the note: "Họ tên; Kênh" ----
 * Values stand in the journal alone, where personal ones can be erased. */

static void put_difference(struct str *note, enum msg label, const char *before,
                           const char *after)
{
	if (!str_eq(before ? before : "", after ? after : ""))
		str_printf(note, "%s%s", note->len > 0 ? "; " : "", msg_text(label));
}

static void note_applicant(struct str *note, const struct applicant *before,
                           const struct applicant *after)
{
	put_difference(note, MSG_CORRECT_NAME, before->name, after->name);
	put_difference(note, MSG_CORRECT_KIND, choice_text(before->kind),
	               choice_text(after->kind));
	put_difference(note, MSG_CORRECT_IDENTITY, before->identity_number,
	               after->identity_number);
	put_difference(note, MSG_CORRECT_PHONE, before->phone, after->phone);
	put_difference(note, MSG_CORRECT_EMAIL, before->email, after->email);
	put_difference(note, MSG_CORRECT_ADDRESS, before->address, after->address);
}

static void note_dossier(struct str *note, const struct dossier *before,
                         const struct dossier *after)
{
	char old[DEC_TEXT], new[DEC_TEXT];

	put_difference(note, MSG_CORRECT_CHANNEL, choice_text(before->channel),
	               choice_text(after->channel));
	put_difference(note, MSG_CORRECT_DELIVERY, choice_text(before->delivery),
	               choice_text(after->delivery));
	put_difference(note, MSG_CORRECT_SUMMARY, before->summary, after->summary);
	put_difference(note, MSG_CORRECT_BOOK, before->book, after->book);
	put_difference(note, MSG_CORRECT_FEE, money_vn(before->fee, old),
	               money_vn(after->fee, new));
	put_difference(note, MSG_CORRECT_QUANTITY,
	               dec_vn(dec_from_int(before->quantity), 0, old),
	               dec_vn(dec_from_int(after->quantity), 0, new));
}

/* ---- the write ---- */

struct correcting {
	struct db_write_context *w;
	struct dossier before, after;
	struct applicant known, wanted;
};

static ERR_RESULT check(struct correcting *g, struct dossier_correction *c,
                        struct problems *problems)
{
	TRY(applicant_check(&g->wanted, g->w->arena, problems));
	if (c->quantity < 1 || c->quantity > INTAKE_MOST_QUANTITY)
		TRY(problems_say(problems, "quantity", 0, MSG_INTAKE_QUANTITY));
	if (c->fee.dong < 0)
		TRY(problems_say(problems, "fee", 0, MSG_INTAKE_FEE));
	if (strlen(c->summary) > MOST_TEXT)
		TRY(problems_say(problems, "summary", 0, MSG_INTAKE_TOO_LONG));
	if (strlen(c->book) > MOST_BOOK)
		TRY(problems_say(problems, "book", 0, MSG_INTAKE_TOO_LONG));
	return problems->n > 0 ? ERR_INPUT : ERR_OK;
}

static ERR_RESULT write_applicant(struct correcting *g)
{
	struct applicant *p = &g->wanted;
	struct q_applicant_update_in in = {
		.id = g->known.id,
		.scope = g->before.receiving_unit_id,
		.kind = choice_word(p->kind),
		.name = p->name,
		.identity_number = p->identity_number,
		.phone = p->phone,
		.email = p->email,
		.address = p->address,
		.from_change = g->w->change->id,
	};

	TRY(q_applicant_update_run(g->w->db, &in));
	return applicant_note_changed(g->w, &g->known, p);
}

static ERR_RESULT load(struct correcting *g, const struct dossier_correction *c)
{
	struct db_write_context *w = g->w;
	struct dossier_names names;

	TRY(dossier_load(&g->before, w->db, w->arena, c->dossier_id, w->change->unit_id,
	                 instant_day(w->change->at)));
	if (g->before.revision != c->revision)
		return err_set(ERR_CONFLICT, "dossier %s is at revision %lld, not %lld",
		               g->before.code, (long long)g->before.revision,
		               (long long)c->revision);
	TRY(dossier_names_load(&names, w->db, w->arena, c->dossier_id));
	g->known = names.applicant;
	g->wanted = c->applicant;
	g->after = g->before;
	g->after.applicant_name = c->applicant.name;
	g->after.summary = c->summary;
	g->after.book = c->book;
	g->after.quantity = c->quantity;
	g->after.channel = c->channel;
	g->after.delivery = c->delivery;
	g->after.fee = c->fee;
	return ERR_OK;
}

ERR_RESULT dossier_correct_in(struct db_write_context *w, struct dossier_correction *c,
                              struct problems *problems)
{
	struct correcting g = { .w = w };
	struct dossier_happening e = { .kind = dossier_action_rule(ACTION_CORRECT)->word,
		                       .at = w->change->at };
	struct str note;

	TRY(load(&g, c));
	TRY(check(&g, c, problems));
	str_init(&note, w->arena, MOST_NOTE);
	note_applicant(&note, &g.known, &g.wanted);
	note_dossier(&note, &g.before, &g.after);
	TRY(str_finish(&note, &e.note));
	w->change->result = g.before.id;
	if (note.len == 0) {
		journal_nothing(w);
		return ERR_OK;
	}
	e.due_before = e.due_after = g.before.due_at;
	TRY(write_applicant(&g));
	TRY(dossier_reindex(w, &g.before, &g.known, &g.after, &g.wanted));
	TRY(dossier_update(w, &g.before, &g.after));
	return dossier_record(w, &g.after, &e, NULL);
}

struct correct_call {
	struct dossier_correction *correction;
	struct problems *problems;
};

static enum err run_correct(struct db_write_context *w, void *arg)
{
	const struct correct_call *c = arg;

	problems_init(c->problems, c->problems->arena);
	return dossier_correct_in(w, c->correction, c->problems);
}

ERR_RESULT dossier_correct(struct db_writer *writer, struct change *change,
                           struct dossier_correction *c, struct problems *problems)
{
	struct correct_call call = { c, problems };

	return db_write(writer, change, run_correct, &call);
}
