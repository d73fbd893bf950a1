/* test_desk.h - an office (test_office.h) with a writer, and the few moves that tests of
 * dossiers repeat.  The clock is desk.now: Monday 04/03/2024, 08:00, until a test moves it.
 */
#ifndef TESTS_TEST_DESK_H
#define TESTS_TEST_DESK_H

#include "lib/test_office.h"

#include "app/dossier/dossier_act_store.h"
#include "app/dossier/dossier_intake_store.h"
#include "app/dossier/dossier_store.h"
#include "db/write.h"

struct test_desk {
	struct test_db t;
	struct arena a;
	struct id_source ids;
	struct db_writer *writer;
	struct problems problems;
	instant_t now;
};
extern struct test_desk desk;

int desk_open(void **state); /* setup and teardown of a cmocka test */
int desk_close(void **state);
#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, desk_open, desk_close)

instant_t desk_at(int month, int day, int hour, int minute); /* of 2024 */
struct change desk_change(int account, int unit);
struct dossier_intake desk_intake(int unit);
struct dossier_kit desk_kit(int unit, int procedure);
/* Takes it in as the intake officer of A; fails the test otherwise. */
row_id desk_receive(struct dossier_intake intake, int procedure);
struct dossier desk_find(row_id id);
/* Does it at desk.now as the specialist of A, at the present revision unless one is given. */
enum err desk_try(row_id id, struct dossier_doing doing);
/* The same at `when`, which must go well. */
struct dossier desk_do(row_id id, struct dossier_doing doing, instant_t when);
int64_t desk_count(const char *select);
void assert_at(instant_t found, instant_t expected);

#endif
