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
	return text_of(t, page_account(t, "mau", unit, "INTAKE"));
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
		.code = "H99-260302-0001",
	};
	struct change change = { .account_id = t->actor.account_id,
		                 .unit_id = unit,
		                 .at = clock_now(&t->app.clock),
		                 .origin = "test",
		                 .action = "test" };
	struct problems problems;
	struct dossier_kit kit;

	test_db_exec(
	        t->db.db,
	        "insert into field (id, code, name, change_id) values (901, 'MAU', 'Mẫu', 1);"
	        "insert into procedure (id, code, change_id) values (902, '9.000001', 1);"
	        "insert into procedure_version (id, procedure_id, version, name, field_id,"
	        " service_level, statutory_term, decision_kind, decision_on, valid_from,"
	        " from_change) values (903, 902, 1, 'Thủ tục mẫu', 901, 'full',"
	        " '5 ngày làm việc', 'announced', 10000, 10000, 1);");
	problems_init(&problems, &t->kept);
	assert_ok(dossier_kit_load(&kit, t->db.db, &t->kept, unit, (row_id){ 902 },
	                           clock_today(&t->app.clock)));
	assert_ok(dossier_receive(t->app.writer, &change, &kit, &intake, &problems));
	return text_of(t, change.result);
}

static const char *sample_slip_kind(struct page_test *t, row_id unit)
{
	(void)t, (void)unit;
	return "receipt";
}

/* Longer paths first: the first row that fits is taken. */
static const struct sample samples[] = {
	{ "/dossiers/:id/slips/:kind", true, sample_slip_kind },
	{ "/dossiers/:id", true, sample_dossier },
	{ "/units/:id", true, sample_unit },
	{ "/accounts/:id", true, sample_account },
};

/* The row for a route's path up to a capture, "/units/:id". */
static size_t find(struct slice path)
{
	size_t i = 0;

	while (i < ARRAY_LEN(samples) && !slice_eq(path, samples[i].path))
		i++;
	return i;
}

bool samples_path(struct sample_set *set, struct str *out, const char *route_path,
                  bool *unit_owned)
{
	struct slice rest = slice_of(route_path + 1), segment;

	*unit_owned = false;
	while (slice_cut(&rest, '/', &segment)) {
		str_put_char(out, '/');
		if (segment.len == 0 || segment.at[0] != ':') {
			str_put_n(out, segment.at, segment.len);
			continue;
		}
		struct slice so_far = { route_path,
			                (size_t)(segment.at + segment.len - route_path) };
		size_t i = find(so_far);
		if (i == ARRAY_LEN(samples))
			return false;
		if (!set->made[i])
			set->made[i] = samples[i].make(set->t, set->unit);
		str_put(out, set->made[i]);
		*unit_owned = *unit_owned || samples[i].unit_owned;
	}
	return true;
}
