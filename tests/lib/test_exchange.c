#include "lib/test_exchange.h"

#include "base/secret.h"

static const char secret[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static row_id add_peer(struct report_world *w, const struct exchange_peer_draft *draft)
{
	struct change change = report_change_at(w, "exchange.connect");

	if (exchange_peer_add(w->writer, &change, draft, &w->problems) != ERR_OK)
		fail_msg("%s", w->problems.first ? w->problems.first->message : err_message());
	return change.result;
}

struct exchange_world *exchange_world_start(void)
{
	struct exchange_world *w = calloc(1, sizeof(*w));
	void *below, *above;

	assert_non_null(w);
	assert_int_equal(report_world_start(&below), 0);
	assert_int_equal(report_world_start(&above), 0);
	w->below = below;
	w->above = above;
	arena_init(&w->a, 1 << 30);
	add_peer(w->below, &(struct exchange_peer_draft){ .name = "Tỉnh",
	                                                  .above = true,
	                                                  .installation = 1,
	                                                  .unit_id = id_of(OFFICE_PROVINCE),
	                                                  .url = "https://tinh.example.vn",
	                                                  .token = secret });
	w->peer_below =
	        add_peer(w->above, &(struct exchange_peer_draft){ .name = "Xã A",
	                                                          .installation = 2,
	                                                          .unit_id = id_of(OFFICE_A),
	                                                          .token = secret });
	report_open_period(w->below, "2024-Q1");
	return w;
}

void exchange_world_stop(struct exchange_world *w)
{
	void *below = w->below, *above = w->above;

	report_world_stop(&below);
	report_world_stop(&above);
	arena_release(&w->a);
	free(w);
}

struct report exchange_sends_report(struct exchange_world *w)
{
	return report_lead_to(w->below, REPORT_SENT);
}

/* ---- the line ---- */

static struct exchange_mishap take_mishap(struct exchange_world *w)
{
	struct exchange_mishap m = w->next;

	w->next = (struct exchange_mishap){ 0 };
	return m;
}

static void nobody(struct exchange_reply *out)
{
	*out = (struct exchange_reply){ .trouble = "Không nối được." };
}

static void arrive(struct exchange_reply *out, struct exchange_world *w, struct arena *a,
                   const char *sha256, struct slice bytes)
{
	struct change change = { .at = w->above->now,
		                 .origin = "test",
		                 .action = "exchange.receive" };
	struct exchange_coming x = { .sha256 = sha256, .bytes = bytes };
	struct exchange_receipt receipt;
	const char *text;

	assert_ok(exchange_peer_of_token(&x.peer_id, &x.office_id, w->above->t.db, a, secret));
	assert_true(row_eq(x.peer_id, w->peer_below));
	assert_ok(exchange_take_in(&receipt, a, w->above->writer, &change, &x));
	assert_ok(exchange_receipt_write(&text, a, &receipt.said));
	*out = (struct exchange_reply){ .status = 200, .body = slice_of(text) };
	w->n_carried++;
}

static struct slice damage(struct arena *a, struct slice bytes, const struct exchange_mishap *m)
{
	char *copy = arena_alloc(a, bytes.len + 1);

	assert_non_null(copy);
	memcpy(copy, bytes.at, bytes.len);
	if (m->altered)
		copy[bytes.len / 3] ^= 1;
	return (struct slice){ copy, m->cut ? bytes.len / 2 : bytes.len };
}

static enum err carry(struct exchange_reply *out, struct arena *a, void *context,
                      const struct exchange_peer *to, const struct exchange_parcel *parcel)
{
	struct exchange_world *w = context;
	struct exchange_mishap m = take_mishap(w);
	struct slice bytes = damage(a, parcel->bytes, &m);

	assert_string_equal(to->secret, secret);
	nobody(out);
	if (m.status) {
		*out = (struct exchange_reply){ .status = m.status,
			                        .body = slice_of("<html>") };
		return ERR_OK;
	}
	if (m.lost)
		return m.killed ? ERR_BUSY : ERR_OK;
	arrive(out, w, a, parcel->sha256, bytes);
	if (m.twice)
		arrive(out, w, a, parcel->sha256, bytes);
	if (m.answer_lost)
		nobody(out);
	return m.killed ? ERR_BUSY : ERR_OK;
}

static enum err ask(struct exchange_reply *out, struct arena *a, void *context,
                    const struct exchange_peer *to, int64_t after)
{
	struct exchange_world *w = context;
	struct exchange_mishap m = take_mishap(w);
	struct exchange_words words;
	const char *text;

	assert_true(to->above);
	nobody(out);
	if (m.lost)
		return m.killed ? ERR_BUSY : ERR_OK;
	assert_ok(exchange_words_after(&words, w->above->t.db, a, w->peer_below, after));
	assert_ok(exchange_words_write(&text, a, &words));
	if (!m.answer_lost)
		*out = (struct exchange_reply){ .status = 200, .body = slice_of(text) };
	return m.killed ? ERR_BUSY : ERR_OK;
}

enum err exchange_go(struct exchange_world *w)
{
	const struct exchange_line line = { w, carry, ask };
	struct exchange_office below = {
		w->below->writer, w->below->t.db, { w->below->now }, 7
	};
	struct exchange_office above = {
		w->above->writer, w->above->t.db, { w->above->now }, 8
	};
	enum err e;

	e = exchange_round(&w->done, &w->a, &line, &below);
	assert_ok(exchange_look_again(&w->a, &above));
	return e;
}

/* The writers of report_world have a clock of their own. */
void exchange_later(struct exchange_world *w, int hours)
{
	w->below->now.us += hours * INT64_C(3600) * 1000000;
	w->above->now.us += hours * INT64_C(3600) * 1000000;
	for (int i = 0; i < 2; i++) {
		struct report_world *r = i ? w->above : w->below;

		db_writer_stop(r->writer);
		assert_ok(db_writer_inline(&r->writer, r->t.where, (struct clock){ r->now },
		                           &r->ids));
	}
}

struct exchange_lists exchange_lists_of(struct exchange_world *w, bool above)
{
	struct report_world *r = above ? w->above : w->below;
	struct exchange_lists lists;

	assert_ok(exchange_lists(&lists, r->t.db, &w->a, id_of(OFFICE_PROVINCE)));
	return lists;
}

struct exchange_receipt exchange_carry_file(struct exchange_world *w, struct slice bytes)
{
	struct change change = report_change_at(w->above, "exchange.bring");
	struct exchange_coming x = { .office_id = id_of(OFFICE_PROVINCE), .bytes = bytes };
	struct exchange_receipt receipt;

	change.unit_id = id_of(OFFICE_PROVINCE);
	assert_ok(exchange_take_in(&receipt, &w->a, w->above->writer, &change, &x));
	return receipt;
}
