/* test_exchange.h - two installations: commune A's below, the province's above, each with a
 * database of its own, and a line between them that can lose, repeat and alter.
 */
#ifndef TESTS_TEST_EXCHANGE_H
#define TESTS_TEST_EXCHANGE_H

#include "lib/test_report.h"

#include "app/exchange/exchange_desk_store.h"
#include "app/package/package_store.h"

/* What happens to the next message; each is used up once. */
struct exchange_mishap {
	bool lost, answer_lost, twice, altered, cut;
	bool killed; /* the sender dies before the answer */
	int status;  /* what stands in the way answers instead; 0: nothing does */
};
struct exchange_world {
	struct report_world *below, *above;
	row_id peer_below; /* commune A's installation, at the province's */
	struct exchange_mishap next;
	struct arena a;
	struct exchange_done done;
	int n_carried; /* packages that reached the province's */
};
struct exchange_world *exchange_world_start(void);
void exchange_world_stop(struct exchange_world *w);

/* The commune signs, numbers and sends its report. */
struct report exchange_sends_report(struct exchange_world *w);
/* One round of the commune's program; then one of the province's.  ERR_BUSY: it was killed. */
enum err exchange_go(struct exchange_world *w);
/* Both clocks, hours later. */
void exchange_later(struct exchange_world *w, int hours);
/* What stands in the outbox below and the inbox above. */
struct exchange_lists exchange_lists_of(struct exchange_world *w, bool above);
/* Brings bytes as a file to the province. */
struct exchange_receipt exchange_carry_file(struct exchange_world *w, struct slice bytes);

#endif
