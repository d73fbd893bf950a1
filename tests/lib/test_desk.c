#include "lib/test_desk.h"

#include "app/dossier/dossier_clock_store.h"

struct test_desk desk;

instant_t desk_at(int month, int day, int hour, int minute)
{
	return instant_local(date_make(2024, month, day), hour * 60 + minute);
}

int desk_open(void **state)
{
	(void)state;
	memset(&desk, 0, sizeof(desk));
	arena_init(&desk.a, 64 << 20);
	test_db_open(&desk.t);
	test_office(desk.t.db);
	desk.now = desk_at(3, 4, 8, 0); /* a Monday */
	assert_ok(db_writer_start(&desk.writer, desk.t.where, CLOCK_SYSTEM, &desk.ids));
	problems_init(&desk.problems, &desk.a);
	return 0;
}

int desk_close(void **state)
{
	(void)state;
	db_writer_stop(desk.writer);
	test_db_close(&desk.t);
	arena_release(&desk.a);
	return 0;
}

struct change desk_change(int account, int unit)
{
	return (struct change){ .account_id = id_of(account),
		                .unit_id = id_of(unit),
		                .at = desk.now,
		                .origin = "test",
		                .action = "test" };
}

struct dossier_intake desk_intake(int unit)
{
	return (struct dossier_intake){
		.action = ACTION_RECEIVE,
		.receiving_unit_id = id_of(unit),
		.applicant = { .kind = APPLICANT_PERSON,
		               .name = "Nguyễn Văn Đạt",
		               .identity_number = "079 123 456 789",
		               .phone = "0912.345.678",
		               .address = "Thôn 1" },
		.quantity = 1,
		.channel = CHANNEL_COUNTER,
		.delivery = DELIVERY_COUNTER,
		.fee = MONEY_NONE,
		.received_at = INSTANT_NONE,
	};
}

struct dossier_kit desk_kit(int unit, int procedure)
{
	struct dossier_kit kit;

	assert_ok(dossier_kit_load(&kit, desk.t.db, &desk.a, NULL,
	                           &(struct dossier_kit_wish){ id_of(unit), id_of(procedure),
	                                                       instant_day(desk.now) }));
	return kit;
}

row_id desk_receive(struct dossier_intake intake, int procedure)
{
	struct dossier_kit kit = desk_kit((int)intake.receiving_unit_id.value, procedure);
	struct change change =
	        desk_change(OFFICE_INTAKE_A, (int)intake.receiving_unit_id.value);

	assert_ok(dossier_receive(desk.writer, &change, &kit, &intake, &desk.problems));
	assert_int_equal(desk.problems.n, 0);
	return change.result;
}

struct dossier desk_find(row_id id)
{
	struct dossier d;

	assert_ok(dossier_find(&d, desk.t.db, &desk.a, id, ROW_NONE, instant_day(desk.now)));
	return d;
}

enum err desk_try(row_id id, struct dossier_doing doing)
{
	struct dossier_clock clock;
	struct change change = desk_change(OFFICE_SPECIALIST_A, OFFICE_A);

	assert_ok(dossier_clock_load(&clock, desk.t.db, &desk.a, NULL, id_of(OFFICE_A),
	                             instant_day(desk.now)));
	doing.dossier_id = id;
	if (doing.revision == 0)
		doing.revision = desk_find(id).revision;
	doing.at = INSTANT_NONE;
	return dossier_do(desk.writer, &change, &clock, &doing, &desk.problems);
}

struct dossier desk_do(row_id id, struct dossier_doing doing, instant_t when)
{
	desk.now = when;
	assert_ok(desk_try(id, doing));
	return desk_find(id);
}

void assert_at(instant_t found, instant_t expected)
{
	char a[INSTANT_TEXT], b[INSTANT_TEXT];

	assert_string_equal(instant_iso(found, a), instant_iso(expected, b));
}

int64_t desk_count(const char *select)
{
	return test_db_int(desk.t.db, select);
}
