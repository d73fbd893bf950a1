/* Packages that come: judged, kept, taken in, in one transaction. */
#include <assert.h>
#include <string.h>

#include "app/exchange/exchange_row_store.h"
#include "app/exchange/exchange_store.sql.h"
#include "app/journal/journal_store.h"
#include "app/package/package_store.h"
#include "app/report/report_remote_store.h"
#include "app/unit/unit_store.h"
#include "base/secret.h"

/* ---- one package being judged ---- */

struct taking {
	struct db_write_context *w;
	const struct exchange_coming *x;
	row_id peer;
	const char *sha256;
	const struct package_file *file; /* NULL: it cannot be read */
	const char *trouble;             /* why not */
	struct exchange_arrival facts;
	struct exchange_inbox_row row; /* id ROW_NONE: it was not here */
	struct report report;          /* of the unit and period; id ROW_NONE: none */
	bool same; /* that report is this very document: it came by another way */
	enum exchange_finding finding;
};

/* What can be seen without the database. */
static ERR_RESULT open_package(struct taking *t, struct package_file *file, struct arena *a)
{
	enum package_fault fault = PACKAGE_CUT;
	struct problems problems;

	problems_init(&problems, a);
	TRY(package_zip_read(file, &fault, t->x->bytes, &problems));
	t->facts.whole = fault != PACKAGE_CUT;
	t->facts.unaltered = fault != PACKAGE_ALTERED;
	t->facts.format_known = fault != PACKAGE_NEWER;
	t->trouble = problems.first ? problems.first->message : NULL;
	t->sha256 = t->x->sha256;
	if (fault == PACKAGE_SOUND) {
		t->file = file;
		TRY(package_signature_is_sound(&t->facts.well_signed, file, a));
		t->facts.unaltered = !t->sha256 || str_eq(t->sha256, file->bytes.sha256);
		if (!t->sha256)
			t->sha256 = file->bytes.sha256;
	}
	return ERR_OK;
}

/* ---- facts ---- */

static ERR_RESULT find_report(struct report *out, const struct taking *t, row_id unit)
{
	const struct package_content *c = &t->file->content;
	struct report_of of = { ROW_NONE, unit, c->regime, c->period };

	return report_find_period(out, t->w->db, t->w->arena, &of,
	                          instant_day(t->w->change->at));
}

/* Opened now when nobody did before: the regime says who owes. */
static ERR_RESULT open_report(struct taking *t, row_id unit)
{
	const struct package_content *c = &t->file->content;
	struct report_opening opening = { c->regime, c->period, c->to_on, 0, 0, 0 };
	struct problems problems;
	enum err e = find_report(&t->report, t, unit);

	if (e != ERR_NOT_FOUND)
		return e;
	problems_init(&problems, t->w->arena);
	e = report_open_in(t->w, &opening, &problems);
	if (e == ERR_INPUT)
		return ERR_OK;
	TRY(e);
	e = find_report(&t->report, t, unit);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum exchange_standing standing_of(enum report_state s)
{
	switch (s) {
	case REPORT_COMPILING:
		return STANDING_OPEN;
	case REPORT_SENT:
		return STANDING_SENT;
	case REPORT_RETURNED:
		return STANDING_RETURNED;
	case REPORT_ACCEPTED:
		return STANDING_ACCEPTED;
	case REPORT_CHECKING:
	case REPORT_SUBMITTED:
	case REPORT_SIGNED:
	case REPORT_NUMBERED:
	case REPORT_EXEMPT:
	case REPORT_STATE_COUNT_:
		break;
	}
	return STANDING_WORKED_ON;
}

/* Whether the document that the package replaces is the one that stands here; whether that is
 * this one. */
static ERR_RESULT look_at_amended(struct taking *t)
{
	const struct report *r = &t->report;
	bool open = r->state == REPORT_COMPILING;
	struct package_frozen frozen;
	enum err e;

	t->facts.amends = t->file->content.amends != NULL;
	if (open && row_is_none(r->amends_report_id))
		return ERR_OK;
	e = package_find(&frozen, t->w->db, t->w->arena, open ? r->amends_report_id : r->id);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	t->facts.amends_known = str_eq(frozen.sha256, t->file->content.amends);
	t->same = !open && str_eq(frozen.sha256, t->file->bytes.sha256);
	return ERR_OK;
}

/* The office that adds it up has submitted its own report, and it is not open again. */
static ERR_RESULT look_at_period(struct taking *t)
{
	struct report above;
	enum err e;

	if (row_is_none(t->report.receiver_id))
		return ERR_OK;
	e = find_report(&above, t, t->report.receiver_id);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	t->facts.period_closed =
	        report_state_locks(above.state) && above.state != REPORT_RETURNED;
	return ERR_OK;
}

static struct report_arriving arriving_of(const struct taking *t)
{
	const struct package_header *h = &t->file->header;
	bool numbered = h->number > 0 && h->number <= REPORT_NUMBER_MOST && h->notation &&
	                strlen(h->notation) <= REPORT_NOTATION_LONGEST &&
	                !date_is_none(h->dated_on);

	return (struct report_arriving){ .report_id = t->report.id,
		                         .number = numbered ? h->number : 0,
		                         .notation = numbered ? h->notation : "",
		                         .dated_on = numbered ? h->dated_on : DATE_NONE,
		                         .signed_on = h->signed_on,
		                         .sha256 = t->file->bytes.sha256 };
}

static ERR_RESULT look_at_report(struct taking *t)
{
	const struct package_content *c = &t->file->content;
	struct report_arriving arriving;
	struct report *r = &t->report;

	t->facts.owed = !row_is_none(r->id) && r->state != REPORT_EXEMPT;
	if (!t->facts.owed)
		return ERR_OK;
	t->facts.same_forms = str_eq(r->set_code, c->set) &&
	                      date_cmp(r->from_on, c->from_on) == 0 &&
	                      date_cmp(r->to_on, c->to_on) == 0;
	t->facts.standing = standing_of(r->state);
	t->facts.told = t->row.told;
	TRY(look_at_amended(t));
	TRY(look_at_period(t));
	arriving = arriving_of(t);
	return report_number_is_taken(&t->facts.number_taken, t->w->db, t->w->arena, r,
	                              &arriving);
}

static ERR_RESULT look_at_unit(struct taking *t, row_id office)
{
	const struct package_content *c = &t->file->content;
	row_id unit;
	enum err e = unit_find_code(&unit, t->w->db, t->w->arena, c->unit.code);

	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	t->facts.unit_known = true;
	TRY(unit_is_below(&t->facts.unit_below, t->w->db, office, unit, c->to_on));
	if (!t->facts.unit_below)
		return ERR_OK;
	TRY(open_report(t, unit));
	return look_at_report(t);
}

/* A file that somebody brought belongs to the installation that sends for its unit, so that it
 * hears what is said, and one sent as well is known. */
static ERR_RESULT find_peer(struct taking *t)
{
	struct q_exchange_peer_of_unit_in in = { .on = DATE_NONE };
	struct q_exchange_peer_of_unit_row row;
	enum err e;

	t->peer = t->x->peer_id;
	if (!row_is_none(t->peer) || !t->file)
		return ERR_OK;
	in.on = t->file->content.to_on;
	e = unit_find_code(&in.unit_id, t->w->db, t->w->arena, t->file->content.unit.code);
	if (e == ERR_OK)
		e = q_exchange_peer_of_unit_one(t->w->db, t->w->arena, &in, &row);
	if (e == ERR_OK)
		t->peer = row.id;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* ---- what is kept ---- */

static ERR_RESULT reason_of(const char **out, const struct taking *t)
{
	char day[DATE_TEXT] = "";
	const char *unit = "";

	if (t->trouble && exchange_verdict(t->finding) == VERDICT_REFUSE) {
		*out = t->trouble;
		return ERR_OK;
	}
	if (t->file) {
		unit = t->file->content.unit.code;
		date_vn(t->file->content.to_on, day);
	}
	return msg_format(out, t->w->arena, exchange_finding_msg(t->finding), unit, day);
}

static const char *inbox_word(enum exchange_inbox s)
{
	return s == INBOX_TAKEN ? "taken" : s == INBOX_HELD ? "held" : "refused";
}

static ERR_RESULT note(const struct taking *t, bool fresh)
{
	struct journal_note n = journal_note(t->w, SUBJECT_PACKAGE, t->row.id,
	                                     fresh ? KIND_CREATE : KIND_UPDATE);

	journal_put(&n, FIELD_HASH, NULL, t->sha256);
	journal_put(&n, FIELD_STATE, NULL, inbox_word(t->row.state));
	journal_put(&n, FIELD_REASON, NULL, t->row.reason);
	return journal_write(&n);
}

static ERR_RESULT add_row(struct taking *t)
{
	const struct package_content *c = t->file ? &t->file->content : NULL;
	bool held = t->row.state == INBOX_HELD;
	struct q_exchange_in_add_in in = {
		.id = t->row.id,
		.peer_id = t->peer,
		.office_id = t->x->office_id,
		.sha256 = t->sha256,
		.unit_code = c ? c->unit.code : "",
		.unit_name = c ? c->unit.name : "",
		.period_name = c ? c->period_name : "",
		.state = inbox_word(t->row.state),
		.finding = exchange_finding_word(t->finding),
		.reason = t->row.reason,
		.amends = c ? c->amends : NULL,
		.next_at = held ? (instant_t){ t->w->change->at.us +
		                               exchange_wait(1, (uint64_t)t->row.id.value) }
		                : INSTANT_NONE,
		.came_at = t->w->change->at,
		.number = t->row.number > 0 ? t->row.number : INT_NONE,
		.report_id = t->row.report_id,
		.change_id = t->w->change->id,
	};

	return q_exchange_in_add_run(t->w->db, &in);
}

static ERR_RESULT change_row(struct taking *t)
{
	const struct package_content *c = t->file ? &t->file->content : NULL;
	bool held = t->row.state == INBOX_HELD;
	struct q_exchange_in_set_in in = {
		.id = t->row.id,
		.unit_code = c ? c->unit.code : "",
		.unit_name = c ? c->unit.name : "",
		.period_name = c ? c->period_name : "",
		.state = inbox_word(t->row.state),
		.finding = exchange_finding_word(t->finding),
		.reason = t->row.reason,
		.amends = c ? c->amends : NULL,
		.tries = t->row.tries,
		.next_at = held ? (instant_t){ t->w->change->at.us +
		                               exchange_wait(t->row.tries + 1,
		                                             (uint64_t)t->row.id.value) }
		                : INSTANT_NONE,
		.number = t->row.number > 0 ? t->row.number : INT_NONE,
		.report_id = t->row.report_id,
	};

	return q_exchange_in_set_run(t->w->db, &in);
}

/* The word comes after the row that it is about; the row then has its number. */
static ERR_RESULT say(struct taking *t)
{
	static const enum exchange_word said[] = { [INBOX_HELD] = SAID_HELD,
		                                   [INBOX_REFUSED] = SAID_REFUSED,
		                                   [INBOX_TAKEN] = SAID_TAKEN };
	struct exchange_saying x = { .peer_id = t->peer,
		                     .inbox_id = t->row.id,
		                     .word = said[t->row.state],
		                     .reason =
		                             t->row.state == INBOX_TAKEN ? "" : t->row.reason };

	if (row_is_none(t->peer))
		return ERR_OK;
	TRY(exchange_say_in(&t->row.number, t->w, &x));
	return change_row(t);
}

/* Bytes of what is held or taken are kept; what was refused is its sender's. */
static ERR_RESULT keep(struct taking *t)
{
	struct q_exchange_bytes_put_in bytes = {
		{ 0 }, { (const unsigned char *)t->x->bytes.at, t->x->bytes.len }
	};
	bool fresh = row_is_none(t->row.id);

	if (fresh) {
		t->row.id = db_new_id(t->w);
		TRY(add_row(t));
	} else {
		TRY(change_row(t));
	}
	bytes.item_id = t->row.id;
	if (t->row.state != INBOX_REFUSED)
		TRY(q_exchange_bytes_put_run(t->w->db, &bytes));
	TRY(say(t));
	return note(t, fresh);
}

/* ---- taking in ---- */

static ERR_RESULT take(struct taking *t)
{
	struct q_exchange_in_wake_in wake = { t->sha256, t->w->change->at };
	struct package_receiving receiving;
	struct report_arriving arriving;

	t->row.report_id = t->report.id;
	if (t->same)
		return ERR_OK;
	assert(t->file); /* what cannot be read is refused */
	receiving = (struct package_receiving){ .content = &t->file->content,
		                                .bytes = &t->file->bytes,
		                                .definitions = t->file->definitions,
		                                .n_definitions = t->file->n_definitions };
	if (t->facts.standing == STANDING_SENT || t->facts.standing == STANDING_RETURNED)
		TRY(report_replace_in(&t->report, t->w, t->report.id,
		                      msg_text(MSG_EXCHANGE_REPLACED)));
	arriving = arriving_of(t);
	TRY(report_arrive_in(&t->report, t->w, &arriving));
	receiving.report_id = t->report.id;
	TRY(package_store_received_in(t->w, &receiving));
	t->row.report_id = t->report.id;
	return q_exchange_in_wake_run(t->w->db, &wake);
}

static ERR_RESULT settle(struct taking *t)
{
	static const enum exchange_inbox kept_as[] = { [VERDICT_REFUSE] = INBOX_REFUSED,
		                                       [VERDICT_HOLD] = INBOX_HELD,
		                                       [VERDICT_TAKE] = INBOX_TAKEN };
	enum exchange_verdict v = exchange_verdict(t->finding);
	bool here = !row_is_none(t->row.id);

	if (here && (t->row.finding == t->finding || !exchange_replaces(t->row.state, v))) {
		journal_nothing(t->w);
		return ERR_OK;
	}
	TRY(reason_of(&t->row.reason, t));
	t->row.state = kept_as[v];
	t->row.finding = t->finding;
	if (v == VERDICT_TAKE)
		TRY(take(t));
	return keep(t);
}

static ERR_RESULT find_row(struct taking *t)
{
	enum err e = exchange_inbox_of(&t->row, t->w->db, t->w->arena, t->peer, t->sha256);

	if (e == ERR_NOT_FOUND) {
		t->row = (struct exchange_inbox_row){ .id = ROW_NONE };
		return ERR_OK;
	}
	return e;
}

static void answer(struct exchange_receipt *out, const struct taking *t)
{
	static const enum exchange_word said[] = { [INBOX_HELD] = SAID_HELD,
		                                   [INBOX_REFUSED] = SAID_REFUSED,
		                                   [INBOX_TAKEN] = SAID_TAKEN };

	*out = (struct exchange_receipt){ .inbox_id = t->row.id,
		                          .report_id = t->row.report_id,
		                          .finding = t->row.finding,
		                          .said = { .number = t->row.number,
		                                    .sha256 = t->sha256,
		                                    .word = said[t->row.state],
		                                    .reason = t->row.reason } };
}

struct receive_call {
	struct exchange_receipt receipt;
	struct arena *arena; /* of who waits for the receipt */
	const struct exchange_coming *x;
	struct taking seen; /* without the database */
};

static enum err run_receive(struct db_write_context *w, void *arg)
{
	struct receive_call *c = arg;
	struct taking t = c->seen;

	t.w = w;
	TRY(find_peer(&t));
	TRY(find_row(&t));
	if (!row_is_none(t.row.id))
		TRY(q_exchange_in_came_again_run(
		        w->db, &(struct q_exchange_in_came_again_in){ t.row.id }));
	if (t.file && t.facts.unaltered && t.row.state != INBOX_TAKEN)
		TRY(look_at_unit(&t, t.x->office_id));
	bool taken = !row_is_none(t.row.id) && t.row.state == INBOX_TAKEN;
	t.finding = taken || t.same ? FOUND_SOUND : exchange_judge(&t.facts);
	TRY(settle(&t));
	answer(&c->receipt, &t);
	w->change->result = t.row.id;
	return arena_strdup(c->arena, &c->receipt.said.reason, t.row.reason);
}

/* What cannot be read and has no name of its own goes by the hash of its bytes. */
static ERR_RESULT name_it(struct taking *t, struct arena *a)
{
	char sha256[SECRET_HEX];

	if (t->sha256)
		return ERR_OK;
	secret_digest_hex(sha256, t->x->bytes.at, t->x->bytes.len);
	return arena_strdup(a, &t->sha256, sha256);
}

ERR_RESULT exchange_take_in(struct exchange_receipt *out, struct arena *a,
                            struct db_writer *writer, struct change *change,
                            const struct exchange_coming *x)
{
	struct receive_call c = { .arena = a, .x = x, .seen = { .x = x } };
	struct package_file file = { 0 };

	TRY(open_package(&c.seen, &file, a));
	TRY(name_it(&c.seen, a));
	TRY(db_write(writer, change, run_receive, &c));
	*out = c.receipt;
	return ERR_OK;
}
