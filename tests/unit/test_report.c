/* Who may do what with a report in which state, written down a second time; regimes. */
#include "lib/test.h"

#include "app/report/report.h"
#include "app/report/report_regime.h"
#include "base/str.h"

enum { COMMUNE = 2, PROVINCE = 1, SISTER = 3, COMPILER = 11, SIGNER = 13, OTHER = 15 };

static row_id id_of(int n)
{
	return (row_id){ n };
}

static struct report sample(enum report_state s)
{
	return (struct report){ .id = id_of(90),
		                .unit_id = id_of(COMMUNE),
		                .receiver_id = id_of(PROVINCE),
		                .unit_now = id_of(COMMUNE),
		                .receiver_now = id_of(PROVINCE),
		                .receiver_name = "UBND tỉnh Demo",
		                .signer_name = "Phạm Thị Lãnh",
		                .period_name = "quý I năm 2024",
		                .state = s,
		                .compiler_id = id_of(COMPILER),
		                .signer_id = id_of(SIGNER),
		                .number = REPORT_NO_NUMBER,
		                .notation = "",
		                .dated_on = DATE_NONE,
		                .signed_on = DATE_NONE,
		                .sent_on = DATE_NONE,
		                .first_sent_on = DATE_NONE };
}

/* A line for each action: its word; who: O own, A above; c compile, s sign, n number, r
 * receive; ! not the compiler, = the signer; then the state it leads to from each state of the
 * table in its order, "." where it cannot be done and "=" where the state stays. */
static const struct expected {
	const char *word, *who, *to[REPORT_STATE_COUNT_];
} table[] = {
	/*            compiling checking submitted signed numbered sent accepted returned exempt
	 */
	{ "to-check", "Oc", { "checking", ".", ".", ".", ".", ".", ".", ".", "." } },
	{ "submit", "Oc", { ".", "submitted", ".", ".", ".", ".", ".", ".", "." } },
	{ "give-back", "Ocs", { ".", "compiling", "compiling", ".", ".", ".", ".", ".", "." } },
	{ "sign", "Os!", { ".", ".", "signed", ".", ".", ".", ".", ".", "." } },
	{ "reopen", "Os=", { ".", ".", ".", "compiling", "compiling", ".", ".", ".", "." } },
	{ "number", "On", { ".", ".", ".", "numbered", ".", ".", ".", ".", "." } },
	{ "send", "On", { ".", ".", ".", ".", "sent", ".", ".", ".", "." } },
	{ "accept", "Ar", { ".", ".", ".", ".", ".", "accepted", ".", ".", "." } },
	{ "return", "Ar", { ".", ".", ".", ".", ".", "returned", ".", ".", "." } },
	{ "unlock", "Ar", { ".", ".", ".", ".", ".", ".", "returned", ".", "." } },
	{ "amend", "Oc", { ".", ".", ".", ".", ".", ".", ".", "=", "." } },
	{ "exempt", "Ar", { "exempt", "exempt", ".", ".", ".", ".", ".", ".", "." } },
	{ "ask-again", "Ar", { ".", ".", ".", ".", ".", ".", ".", ".", "compiling" } },
	{ "arrive", "", { "sent", ".", ".", ".", ".", ".", ".", ".", "." } },
};

static const struct {
	char letter;
	uint64_t permission;
} permissions[] = { { 'c', MAY(REPORT_COMPILE) },
	            { 's', MAY(REPORT_SIGN) },
	            { 'n', MAY(REPORT_NUMBER) },
	            { 'r', MAY(REPORT_RECEIVE) },
	            { '-', MAY(FORM_ENTER) | MAY(FORM_READ) } };

static bool expected(const struct expected *x, enum report_state s, int unit, char letter,
                     int account)
{
	bool own = strchr(x->who, 'O') != NULL;

	return !str_eq(x->to[s], ".") && unit == (own ? COMMUNE : PROVINCE) &&
	       strchr(x->who, letter) != NULL && account != 0 &&
	       !(strchr(x->who, '!') && account == COMPILER) &&
	       !(strchr(x->who, '=') && account != SIGNER);
}

static void check_people(const struct expected *x, enum report_action a, enum report_state s)
{
	static const int units[] = { COMMUNE, PROVINCE, SISTER, 0 };
	static const int accounts[] = { COMPILER, SIGNER, OTHER, 0 };
	struct report r = sample(s);

	for (size_t u = 0; u < ARRAY_LEN(units); u++)
		for (size_t p = 0; p < ARRAY_LEN(permissions); p++)
			for (size_t i = 0; i < ARRAY_LEN(accounts); i++) {
				struct report_actor who = { id_of(accounts[i]), id_of(units[u]),
					                    permissions[p].permission };
				const char *why_not = report_may(a, &who, &r);
				bool may = expected(x, s, units[u], permissions[p].letter,
				                    accounts[i]);

				if ((why_not == NULL) != may)
					fail_msg("%s from %s at %d with %c as %d: %s", x->word,
					         report_state_word(s), units[u],
					         permissions[p].letter, accounts[i],
					         why_not ? why_not : "allowed");
				assert_int_equal(report_actions_of(&who, &r) >> a & 1, may);
				if (why_not)
					assert_true(strlen(why_not) > 20);
			}
}

static void every_state_action_and_person(void **state)
{
	(void)state;
	assert_int_equal(ARRAY_LEN(table), REPORT_ACTION_COUNT_);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const struct report_action_rule *rule;
		enum report_action a;

		assert_true(report_action_parse(&a, table[i].word));
		assert_int_equal(a, i);
		rule = report_action_rule(a);
		assert_string_equal(rule->word, table[i].word);
		for (int s = 0; s < REPORT_STATE_COUNT_; s++) {
			const char *to = table[i].to[s];

			check_people(&table[i], a, (enum report_state)s);
			assert_int_equal(rule->from >> s & 1, !str_eq(to, "."));
			if (str_eq(to, "="))
				assert_int_equal(rule->to, REPORT_SAME);
			else if (!str_eq(to, "."))
				assert_string_equal(report_state_word(rule->to), to);
		}
	}
}

/* Who works on several units has several actors; a province's permission over a commune is no
 * right to do the commune's own work, and an office below has none over its parent. */
static void the_reason_names_what_is_missing(void **state)
{
	struct report r = sample(REPORT_SUBMITTED);
	struct report_actor compiler = { id_of(COMPILER), id_of(COMMUNE),
		                         MAY(REPORT_SIGN) | MAY(REPORT_COMPILE) };
	struct report_actor province = { id_of(OTHER), id_of(PROVINCE), MAY(REPORT_SIGN) };
	struct report_actor clerk = { id_of(OTHER), id_of(COMMUNE), MAY(REPORT_NUMBER) };

	(void)state;
	assert_non_null(strstr(report_may(REPORT_DO_SIGN, &compiler, &r), "Người lập"));
	assert_non_null(strstr(report_may(REPORT_DO_SIGN, &province, &r), "đơn vị lập"));
	assert_non_null(strstr(report_may(REPORT_DO_SIGN, &clerk, &r), "lãnh đạo"));
	assert_non_null(strstr(report_may(REPORT_DO_NUMBER, &clerk, &r), "trình ký"));
	r = sample(REPORT_NUMBERED);
	assert_non_null(strstr(report_may(REPORT_DO_REOPEN, &compiler, &r), "người đã ký"));
	r.amended_by_id = id_of(91);
	assert_non_null(strstr(report_may(REPORT_DO_SEND, &clerk, &r), "thay thế"));
}

/* The top of an installation notes what the office above did with its reports. */
static void an_office_without_one_above_is_both(void **state)
{
	struct report r = sample(REPORT_SENT);
	struct report_actor who = { id_of(OTHER), id_of(COMMUNE), MAY(REPORT_RECEIVE) };

	(void)state;
	assert_non_null(report_may(REPORT_DO_ACCEPT, &who, &r));
	r.receiver_id = r.receiver_now = ROW_NONE;
	assert_null(report_may(REPORT_DO_ACCEPT, &who, &r));
	who.unit_id = id_of(SISTER);
	assert_non_null(report_may(REPORT_DO_ACCEPT, &who, &r));
}

static void who_took_an_office_over_acts_for_it(void **state)
{
	struct report r = sample(REPORT_SUBMITTED);
	struct report_actor who = { id_of(OTHER), id_of(SISTER), MAY(REPORT_SIGN) };

	(void)state;
	r.unit_now = id_of(SISTER);
	assert_null(report_may(REPORT_DO_SIGN, &who, &r));
	who.unit_id = id_of(COMMUNE);
	assert_non_null(report_may(REPORT_DO_SIGN, &who, &r));
	r.unit_now = ROW_NONE; /* nobody did */
	who.unit_id = ROW_NONE;
	assert_non_null(report_may(REPORT_DO_SIGN, &who, &r));
}

static void words_lead_back(void **state)
{
	enum report_state s;
	enum report_action a;

	(void)state;
	for (int i = 0; i < REPORT_STATE_COUNT_; i++) {
		assert_true(report_state_parse(&s, report_state_word((enum report_state)i)));
		assert_int_equal(s, i);
	}
	assert_false(report_state_parse(&s, "lost"));
	assert_false(report_action_parse(&a, "open"));
}

/* ---- what is locked, and what is said about it ---- */

static void locks_from_submitting_on(void **state)
{
	static const char locked[] = "..######."; /* in the order of the states */
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 20);
	for (int s = 0; s < REPORT_STATE_COUNT_; s++) {
		struct report r = sample((enum report_state)s);
		const char *why = "";

		assert_int_equal(report_state_locks((enum report_state)s), locked[s] == '#');
		assert_int_equal(report_lock_why(&why, &arena, &r), ERR_OK);
		assert_int_equal(why != NULL, locked[s] == '#');
		if (why)
			assert_non_null(strstr(why, "quý I năm 2024"));
		if (s == REPORT_SIGNED || s == REPORT_NUMBERED)
			assert_non_null(strstr(why, "Phạm Thị Lãnh"));
		if (s == REPORT_SENT || s == REPORT_ACCEPTED)
			assert_non_null(strstr(why, "UBND tỉnh Demo"));
	}
	arena_release(&arena);
}

static void a_title_has_its_number(void **state)
{
	struct report r = sample(REPORT_NUMBERED);
	const char *title;
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 20);
	assert_int_equal(report_title(&title, &arena, &r), ERR_OK);
	assert_string_equal(title, "quý I năm 2024");
	r.number = 7;
	r.notation = "BC-UBND";
	r.dated_on = date_make(2024, 3, 18);
	assert_int_equal(report_title(&title, &arena, &r), ERR_OK);
	assert_string_equal(title, "quý I năm 2024 số 07/BC-UBND ngày 18/03/2024");
	arena_release(&arena);
}

/* ---- what is given ---- */

static struct problems given(struct arena *a, enum report_action action, struct report_given g)
{
	struct report r = sample(REPORT_SIGNED);
	struct problems problems;

	r.signed_on = date_make(2024, 3, 18);
	problems_init(&problems, a);
	assert_int_equal(report_given_check(&g, action, &r, date_make(2024, 3, 20), &problems),
	                 ERR_OK);
	return problems;
}

static void a_number_needs_its_notation_and_day(void **state)
{
	struct report_given good = { NULL, 15, "BC-UBND", date_make(2024, 3, 19) }, g;
	struct problems problems;
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	assert_int_equal(given(&a, REPORT_DO_NUMBER, good).n, 0);
	g = (struct report_given){ NULL, REPORT_NO_NUMBER, NULL, DATE_NONE };
	problems = given(&a, REPORT_DO_NUMBER, g);
	assert_int_equal(problems.n, 3);
	assert_non_null(problems_for(&problems, "number"));
	assert_non_null(problems_for(&problems, "notation"));
	assert_non_null(problems_for(&problems, "dated_on"));
	g = good;
	g.number = 100000;
	assert_int_equal(given(&a, REPORT_DO_NUMBER, g).n, 1);
	g = good;
	g.notation = "BC/UBND";
	assert_int_equal(given(&a, REPORT_DO_NUMBER, g).n, 1);
	g.notation = "BC-VP.HĐND";
	assert_int_equal(given(&a, REPORT_DO_NUMBER, g).n, 0);
	g = good;
	g.dated_on = date_make(2024, 3, 17); /* before it was signed */
	assert_int_equal(given(&a, REPORT_DO_NUMBER, g).n, 1);
	g.dated_on = date_make(2024, 3, 21); /* tomorrow */
	assert_int_equal(given(&a, REPORT_DO_NUMBER, g).n, 1);
	assert_int_equal(given(&a, REPORT_DO_SIGN, g).n, 0); /* not asked for */
	arena_release(&a);
}

static void reasons_are_asked_for(void **state)
{
	static const enum report_action asks[] = { REPORT_DO_GIVE_BACK, REPORT_DO_REOPEN,
		                                   REPORT_DO_RETURN,    REPORT_DO_UNLOCK,
		                                   REPORT_DO_EXEMPT,    REPORT_DO_ASK_AGAIN };
	struct report_given none = { "  ", REPORT_NO_NUMBER, NULL, DATE_NONE };
	struct report_given one = { "Số liệu biểu 3 chưa khớp", REPORT_NO_NUMBER, NULL,
		                    DATE_NONE };
	char text[REPORT_REASON_LONGEST + 2];
	struct report_given long_one = { text, REPORT_NO_NUMBER, NULL, DATE_NONE };
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	for (size_t i = 0; i < ARRAY_LEN(asks); i++) {
		assert_int_equal(given(&a, asks[i], none).n, 1);
		assert_int_equal(given(&a, asks[i], one).n, 0);
		assert_int_equal(given(&a, asks[i], long_one).n, 1);
	}
	assert_int_equal(given(&a, REPORT_DO_SEND, none).n, 0);
	arena_release(&a);
}

static void standing_follows_the_send_by_day(void **state)
{
	date_t by = date_make(2024, 3, 20), next = date_make(2024, 3, 21);

	(void)state;
	assert_int_equal(report_standing(REPORT_NUMBERED, by, DATE_NONE, by), REPORT_IN_TIME);
	assert_int_equal(report_standing(REPORT_NUMBERED, by, DATE_NONE, next), REPORT_OVERDUE);
	assert_int_equal(report_standing(REPORT_SENT, by, by, next), REPORT_SENT_IN_TIME);
	assert_int_equal(report_standing(REPORT_ACCEPTED, by, next, next), REPORT_SENT_LATE);
	assert_int_equal(report_standing(REPORT_RETURNED, by, by, next), REPORT_OVERDUE);
	assert_int_equal(report_standing(REPORT_EXEMPT, by, DATE_NONE, next), REPORT_NOT_OWED);
}

/* ---- regimes ---- */

static struct report_regime regime(void)
{
	return (struct report_regime){
		.code = "bnv-581",
		.title = "Báo cáo cải cách hành chính",
		.document = "Công văn số 581/BNV-CCHC",
		.issuer = "Bộ Nội vụ",
		.valid_from = date_make(2022, 2, 21),
		.valid_to = DATE_NONE,
		.periods = { { "Q1", "quý I năm {1}", 1, 12, 15, 3, 14, 3, 20, 14 },
		             { "H1", "6 tháng đầu năm {1}", 1, 12, 15, 6, 14, 6, 20, 14 },
		             { "Q3", "quý III năm {1}", 0, 6, 15, 9, 14, 9, 20, 14 },
		             { "Y", "năm {1}", 1, 12, 15, 12, 14, 12, 20, 14 } },
		.n_periods = 4,
		.levels = { { "commune", "xa-2024" }, { "province", "bnv-2022" } },
		.n_levels = 2,
	};
}

static void assert_span(const char *code, const char *days, const char *name)
{
	struct report_regime g = regime();
	char from[DATE_TEXT], to[DATE_TEXT], by[DATE_TEXT], found[60];
	struct report_span s;
	const char *text;
	struct arena a;

	arena_init(&a, 1 << 20);
	assert_true(report_span_parse(&s, &g, code));
	snprintf(found, sizeof(found), "%s %s %s", date_iso(s.from_on, from),
	         date_iso(s.to_on, to), date_iso(s.send_by_on, by));
	assert_string_equal(found, days);
	assert_int_equal(report_span_name(&text, &a, &s), ERR_OK);
	assert_string_equal(text, name);
	arena_release(&a);
}

/* The table of Công văn 581/BNV-CCHC. */
static void periods_have_their_cut_offs(void **state)
{
	struct report_regime g = regime();
	struct report_span s;

	(void)state;
	assert_span("2024-Q1", "2023-12-15 2024-03-14 2024-03-20", "quý I năm 2024");
	assert_span("2024-h1", "2023-12-15 2024-06-14 2024-06-20", "6 tháng đầu năm 2024");
	assert_span("2024-Q3", "2024-06-15 2024-09-14 2024-09-20", "quý III năm 2024");
	assert_span("2024-Y", "2023-12-15 2024-12-14 2024-12-20", "năm 2024");
	assert_false(report_span_parse(&s, &g, "2024-Q2"));
	assert_false(report_span_parse(&s, &g, "24-Q1"));
	assert_false(report_span_parse(&s, &g, "2024Q1"));
	assert_false(report_span_parse(&s, &g, ""));
	assert_false(report_span_parse(&s, &g, "9999-Q1"));
	g.periods[0].to_month = 2;
	g.periods[0].to_day = 29;
	assert_true(report_span_parse(&s, &g, "2023-Q1"));
	assert_int_equal(s.to_on.days, date_make(2023, 2, 28).days);
}

static void reports_are_open_around_the_cut_off(void **state)
{
	struct report_regime g = regime();
	struct report_span due[REGIME_MOST_PERIODS];

	(void)state;
	assert_int_equal(report_spans_due(due, &g, date_make(2024, 2, 28)), 0);
	assert_int_equal(report_spans_due(due, &g, date_make(2024, 2, 29)), 1);
	assert_string_equal(due[0].code, "2024-Q1");
	assert_int_equal(report_spans_due(due, &g, date_make(2024, 3, 20)), 1);
	assert_int_equal(report_spans_due(due, &g, date_make(2024, 3, 21)), 0);
	assert_int_equal(report_spans_due(due, &g, date_make(2024, 12, 15)), 1);
	assert_string_equal(due[0].code, "2024-Y");
	/* One that opens in the year before its own. */
	g.periods[0].opens_days = 100;
	assert_int_equal(report_spans_due(due, &g, date_make(2023, 12, 5)), 2);
	assert_string_equal(due[1].code, "2024-Q1");
}

static void periods_to_choose_from_come_latest_first(void **state)
{
	struct report_regime g = regime();
	struct report_span around[16];
	size_t n = report_spans_around(around, ARRAY_LEN(around), &g, date_make(2024, 3, 10));

	(void)state;
	assert_int_equal(n, 9);
	assert_string_equal(around[0].code, "2024-Q1");
	assert_string_equal(around[1].code, "2023-Y");
	assert_string_equal(around[8].code, "2022-Q1");
	assert_int_equal(report_spans_around(around, 3, &g, date_make(2024, 3, 10)), 3);
}

static size_t problems_of(const struct report_regime *g, const char *field)
{
	struct problems problems;
	struct arena a;
	size_t n = 0;

	arena_init(&a, 1 << 20);
	problems_init(&problems, &a);
	assert_int_equal(report_regime_check(g, &problems), ERR_OK);
	for (const struct problem *p = problems.first; p; p = p->next)
		n += str_eq(p->field, field);
	assert_int_equal(n, problems.n);
	arena_release(&a);
	return n;
}

static void a_regime_is_checked(void **state)
{
	struct report_regime g = regime();

	(void)state;
	assert_int_equal(problems_of(&g, ""), 0);
	assert_string_equal(report_regime_set(&g, "commune"), "xa-2024");
	assert_null(report_regime_set(&g, "office"));
	g.code = "BNV 581";
	assert_int_equal(problems_of(&g, "code"), 1);
	g = regime();
	g.valid_to = date_make(2021, 1, 1);
	assert_int_equal(problems_of(&g, "valid_from"), 1);
	g = regime();
	g.n_periods = 0;
	assert_int_equal(problems_of(&g, "periods"), 1);
	g = regime();
	g.periods[2].code = "Q1"; /* twice */
	assert_int_equal(problems_of(&g, "periods"), 1);
	g = regime();
	g.periods[1].name = "6 tháng đầu năm";
	g.periods[2].from_day = 31; /* of June */
	g.periods[3].to_month = 11;
	g.periods[3].years_before = 0; /* 15/12 to 14/11 of one year */
	assert_int_equal(problems_of(&g, "periods"), 3);
	g = regime();
	g.periods[0].send_month = 11; /* sent before it begins */
	g.periods[0].years_before = 0;
	g.periods[0].from_month = 12;
	g.periods[0].to_month = 12;
	g.periods[0].to_day = 31;
	g.periods[0].opens_days = 400;
	assert_int_equal(problems_of(&g, "periods"), 2);
	g = regime();
	g.levels[1].level = "commune";
	assert_int_equal(problems_of(&g, "levels"), 1);
	g.n_levels = 0;
	assert_int_equal(problems_of(&g, "levels"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_action_and_person),
		cmocka_unit_test(the_reason_names_what_is_missing),
		cmocka_unit_test(an_office_without_one_above_is_both),
		cmocka_unit_test(who_took_an_office_over_acts_for_it),
		cmocka_unit_test(words_lead_back),
		cmocka_unit_test(locks_from_submitting_on),
		cmocka_unit_test(a_title_has_its_number),
		cmocka_unit_test(a_number_needs_its_notation_and_day),
		cmocka_unit_test(reasons_are_asked_for),
		cmocka_unit_test(standing_follows_the_send_by_day),
		cmocka_unit_test(periods_have_their_cut_offs),
		cmocka_unit_test(reports_are_open_around_the_cut_off),
		cmocka_unit_test(periods_to_choose_from_come_latest_first),
		cmocka_unit_test(a_regime_is_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
