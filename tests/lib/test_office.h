/* test_office.h - a small province for tests of dossiers: units, people, two procedures.
 *
 * Tỉnh Demo (unit 1) has three communes: A (2) and B (3) issue codes, C (4) does not; A has an
 * office (5).  Procedure 31 takes 5 working days over three steps, 32 is done in the day.
 */
#ifndef TESTS_TEST_OFFICE_H
#define TESTS_TEST_OFFICE_H

#include "lib/test_db.h"

#include "base/row_id.h"

enum {
	OFFICE_PROVINCE = 1,
	OFFICE_A,
	OFFICE_B,
	OFFICE_C,
	OFFICE_A_OFFICE,
	OFFICE_INTAKE_A = 11, /* accounts */
	OFFICE_SPECIALIST_A,
	OFFICE_LEADER_A,
	OFFICE_INTAKE_B,
	OFFICE_COMPILER_A,
	OFFICE_FIVE_DAYS = 31, /* procedures; their versions are 41, 42 */
	OFFICE_SAME_DAY,
	OFFICE_REPEALED,
};

void test_office(struct db *db);

static inline row_id id_of(int n)
{
	return (row_id){ n };
}

#endif
