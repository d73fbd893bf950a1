#include "lib/samples.h"

#include "app/dossier/dossier_intake_store.h"

static const char *text_of(struct page_test *t, row_id id)
{
	const char *text;

	assert_ok(arena_printf(&t->kept, &text, "%lld", (long long)id.value));
	return text;
}

static const char *sample_unit(struct page_test *t, row_id unit)
{
	return text_of(t, unit);
}

static const char *sample_account(struct page_test *t, row_id unit)
{
	const char *login;

	assert_ok(arena_printf(&t->kept, &login, "mau%d", t->n_rows));
	return text_of(t, page_account(t, login, unit, "INTAKE"));
}

static const char *sample_calendar_exception(struct page_test *t, row_id unit)
{
	row_id id = page_next_id(t);
	const char *sql;

	assert_ok(
	        arena_printf(&t->kept, &sql,
	                     "insert into calendar_exception (id, unit_id, on_day, kind, name, "
	                     "source, change_id) values (%lld, %lld, 20600, 'off', 'Nghỉ', "
	                     "'Quyết định mẫu', 1)",
	                     (long long)id.value, (long long)unit.value));
	test_db_exec(t->db.db, sql);
	return text_of(t, id);
}

/* Procedures are everybody's; one is enough, for no page uses it up by an empty form. */
static const char *sample_procedure(struct page_test *t, row_id unit)
{
	(void)unit;
	test_db_exec(
	        t->db.db,
	        "insert into field (id, code, name, change_id)"
	        " values (901, 'MAU', 'Mẫu', 1) on conflict do nothing;"
	        "insert into procedure (id, code, change_id)"
	        " values (902, '9.000001', 1) on conflict do nothing;"
	        "insert into procedure_version (id, procedure_id, version, name,"
	        " field_id, service_level, statutory_term, decision_kind, decision_on,"
	        " valid_from, from_change) values (903, 902, 1, 'Thủ tục mẫu', 901, 'full',"
	        " '5 ngày làm việc', 'announced', 10000, 10000, 1) on conflict do nothing;");
	return "902";
}

/* A dossier taken in at the unit, of a procedure made for it. */
static const char *sample_dossier(struct page_test *t, row_id unit)
{
	struct dossier_intake intake = {
		.action = ACTION_RECEIVE,
		.receiving_unit_id = unit,
		.applicant = { .kind = APPLICANT_PERSON,
		               .name = "Người Mẫu",
		               .address = "Thôn 1" },
		.quantity = 1,
		.channel = CHANNEL_COUNTER,
		.delivery = DELIVERY_COUNTER,
		.fee = MONEY_NONE,
		.received_at = INSTANT_NONE,
	};
	struct change change = { .account_id = t->actor.account_id,
		                 .unit_id = unit,
		                 .at = clock_now(&t->app.clock),
		                 .origin = "test",
		                 .action = "test" };
	struct problems problems;
	struct dossier_kit kit;

	assert_ok(arena_printf(&t->kept, &intake.code, "H99-260302-%04d",
	                       (int)page_next_id(t).value));
	(void)sample_procedure(t, unit);
	problems_init(&problems, &t->kept);
	assert_ok(dossier_kit_load(
	        &kit, t->db.db, &t->kept, NULL,
	        &(struct dossier_kit_wish){ unit, { 902 }, clock_today(&t->app.clock) }));
	assert_ok(dossier_receive(t->app.writer, &change, &kit, &intake, &problems));
	return text_of(t, change.result);
}

static const char *sample_slip_kind(struct page_test *t, row_id unit)
{
	(void)t, (void)unit;
	return "receipt";
}

static const char *sample_action(struct page_test *t, row_id unit)
{
	(void)t, (void)unit;
	return "hand-over";
}

/* The sets that come with the program are installed when it starts. */
static const char *sample_form_set(struct page_test *t, row_id unit)
{
	(void)t, (void)unit;
	return "bnv-2022";
}

static const char *sample_form(struct page_test *t, row_id unit)
{
	(void)t, (void)unit;
	return "3";
}

static const char *sample_form_row(struct page_test *t, row_id unit)
{
	(void)t, (void)unit;
	return "3.3.1";
}

/* A report of a period of its own: a unit has one for each. */
static const char *sample_report(struct page_test *t, row_id unit)
{
	row_id id = page_next_id(t);
	const char *sql;

	assert_ok(arena_printf(
	        &t->kept, &sql,
	        "insert into report (id, unit_id, regime_id, regime_code, period, period_name,"
	        " from_on, to_on, send_by_on, set_code, state, revision, from_change)"
	        " values (%lld, %lld, 1, 'bnv-581', 'MAU-%lld', 'kỳ mẫu', 20000, 20090, 20096,"
	        " 'xa-2024', 'compiling', 1, 1)",
	        (long long)id.value, (long long)unit.value, (long long)id.value));
	test_db_exec(t->db.db, sql);
	return text_of(t, id);
}

static const char *sample_report_action(struct page_test *t, row_id unit)
{
	(void)t, (void)unit;
	return "to-check";
}

static const struct sample samples[] = {
	{ "/reports/:id", FROM_ABOVE, sample_report },
	{ "/reports/:id/do/:action", FROM_ABOVE, sample_report_action },
	{ "/forms/:set", FROM_ANYWHERE, sample_form_set },
	{ "/forms/:set/:form", FROM_ANYWHERE, sample_form },
	{ "/forms/:set/:form/rows/:code", FROM_ANYWHERE, sample_form_row },
	{ "/narratives/:set", FROM_ANYWHERE, sample_form_set },
	{ "/rollups/:set", FROM_ANYWHERE, sample_form_set },
	{ "/rollups/:set/:form", FROM_ANYWHERE, sample_form },
	{ "/rollups/:set/:form/rows/:code", FROM_ANYWHERE, sample_form_row },
	{ "/dossiers/:id", FROM_ABOVE, sample_dossier },
	{ "/dossiers/:id/do/:action", FROM_ABOVE, sample_action },
	{ "/dossiers/:id/slips/:kind", FROM_ABOVE, sample_slip_kind },
	{ "/procedures/:id", FROM_ANYWHERE, sample_procedure },
	{ "/units/:id", FROM_ABOVE, sample_unit },
	{ "/accounts/:id", FROM_ABOVE, sample_account },
	{ "/calendar/changes/:id", FROM_ITS_UNIT, sample_calendar_exception },
};

/* NULL: no such row. */
static const struct sample *find(struct slice path)
{
	for (size_t i = 0; i < ARRAY_LEN(samples); i++)
		if (slice_eq(path, samples[i].path))
			return &samples[i];
	return NULL;
}

bool samples_path(struct page_test *t, row_id unit, struct str *out, const char *route_path,
                  enum reach *reach)
{
	const struct sample *whole = find(slice_of(route_path)), *one;
	struct slice rest = slice_of(route_path + 1), segment;

	*reach = FROM_ANYWHERE;
	while (slice_cut(&rest, '/', &segment)) {
		str_put_char(out, '/');
		if (segment.len == 0 || segment.at[0] != ':') {
			str_put_n(out, segment.at, segment.len);
			continue;
		}
		one = find((struct slice){ route_path,
		                           (size_t)(segment.at + segment.len - route_path) });
		if (!one || !one->make)
			return false;
		str_put(out, one->make(t, unit));
		if (one->reach > *reach)
			*reach = one->reach;
	}
	if (whole)
		*reach = whole->reach;
	return true;
}
