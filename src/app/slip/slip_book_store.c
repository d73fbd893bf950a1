#include "app/slip/slip_store.h"

#include "app/dossier/applicant.h"
#include "app/dossier/dossier.h"
#include "app/slip/slip_store.sql.h"
#include "base/messages.h"
#include "base/str.h"

static enum err contact_text(const char **out, struct arena *a, bool unmasked,
                             const struct q_slip_follow_up_row *row)
{
	const char *phone = row->phone;

	if (!unmasked)
		TRY(mask_number(&phone, a, phone));
	if (str_blank(phone))
		return arena_strdup(a, out, row->address ? row->address : "");
	if (str_blank(row->address))
		return arena_strdup(a, out, phone);
	return msg_format(out, a, MSG_SLIP_CONTACT, row->address, phone);
}

/* What became of a dossier that brought no result. */
static const char *ending_text(int64_t state)
{
	const struct dossier d = { .state = (enum dossier_state)state };

	return dossier_group(&d) == GROUP_CLOSED ? dossier_state_text(d.state) : "";
}

static enum err fill_line(struct slip_follow_up_line *line, struct arena *a,
                          const struct slip_book_ask *ask, struct q_slip_follow_up_row *row)
{
	enum dossier_choice delivery = DELIVERY_COUNTER;

	TRY(db_keep_row(a, &query_slip_follow_up, row));
	*line = (struct slip_follow_up_line){ .code = row->code,
		                              .procedure = row->procedure_name,
		                              .person = row->applicant,
		                              .sets = (int)row->quantity,
		                              .received_at = row->received_at,
		                              .due_at = row->original_due_at,
		                              .returned_at = row->returned_at,
		                              .note = ending_text(row->state) };
	if (!instant_is_none(row->returned_at) &&
	    choice_parse(&delivery, LIST_DELIVERY, row->delivery))
		line->return_channel = choice_text(delivery);
	TRY(slip_office_short(&line->agency, a, row->agency));
	return contact_text(&line->contact, a, ask->unmasked, row);
}

static enum err load_lines(struct slip_follow_up *out, struct db *db, struct arena *a,
                           const struct slip_book_ask *ask)
{
	const struct q_slip_follow_up_in in = { .scope = ask->unit,
		                                .today = ask->today,
		                                .from_on = ask->from,
		                                .to_on = ask->to,
		                                .most = SLIP_MOST_BOOK_LINES + 1 };
	struct slip_follow_up_line *lines;
	struct q_slip_follow_up_row row;
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &lines, SLIP_MOST_BOOK_LINES));
	TRY(q_slip_follow_up_open(&rows, db, &in));
	while (q_slip_follow_up_next(&rows, &row)) {
		if (out->n_lines == SLIP_MOST_BOOK_LINES)
			return err_set(ERR_TOO_LARGE, "a book of more than %d lines",
			               SLIP_MOST_BOOK_LINES);
		TRY(fill_line(&lines[out->n_lines++], a, ask, &row));
	}
	out->lines = lines;
	return db_rows_status(&rows);
}

ERR_RESULT slip_follow_up_load(struct slip_follow_up *out, struct db *db, struct arena *a,
                               const struct slip_book_ask *ask)
{
	struct slip_follow_up book = { .from = ask->from,
		                       .to = ask->to,
		                       .printed_on = ask->today };
	struct q_slip_office_row row;

	TRY(q_slip_office_one(db, a, &(struct q_slip_office_in){ ask->unit }, &row));
	book.office = (struct slip_office){ .name = row.name,
		                            .parent = row.letterhead_parent,
		                            .letterhead = row.letterhead,
		                            .place = row.place };
	TRY(load_lines(&book, db, a, ask));
	*out = book;
	return ERR_OK;
}
