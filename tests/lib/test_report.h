/* test_report.h - an office with people who make, sign, number and receive reports, for tests
 * of reports: the shipped regime, commune A's report of the first quarter of 2024. */
#ifndef LIB_TEST_REPORT_H
#define LIB_TEST_REPORT_H

#include "lib/test_office.h"

#include "app/form/form_cell_store.h"
#include "app/form/form_lock_store.h"
#include "app/report/report_board_store.h"
#include "app/report/report_store.h"
#include "base/str.h"

enum { CLERK_A = 16, COMPILER_P = 17, MOST_ROWS = 50 };

struct report_world {
	struct test_db t;
	struct db_writer *writer;
	struct id_source ids;
	struct arena a;
	struct problems problems;
	instant_t now;
};

int report_world_start(void **state);
int report_world_stop(void **state);
struct change report_change_at(const struct report_world *w, const char *action);
date_t report_today(const struct report_world *w);
int64_t report_world_count(struct report_world *w, const char *select);
struct report_opening report_open_period(struct report_world *w, const char *period);
struct report report_current(struct report_world *w, int unit);
/* The people of commune A and of the province; anybody else is of commune B. */
struct report_actor report_person(int account);
struct report_doing report_doing_of(const struct report *r, enum report_action action,
                                    int account);
enum err report_try_doing(struct report_world *w, const struct report_doing *doing);
enum err report_try_do(struct report_world *w, enum report_action action, int account);
enum err report_try_number(struct report_world *w, int unit, int64_t number);
/* Commune A's report of the quarter, led to a state. */
struct report report_lead_to(struct report_world *w, enum report_state state);

#define REPORT_TEST(name)                                                                      \
	cmocka_unit_test_setup_teardown(name, report_world_start, report_world_stop)

#endif
