/* Walks every route x every role x an actor whose unit is the object's own, a child, a sibling
 * or the parent of it; and every route as a stranger, without token, from another site, and
 * after an expired session. */
#include "lib/samples.h"

#include "app/account/account.h"
#include "web/route.h"

enum position { OWN, CHILD, SIBLING, PARENT, POSITIONS };
static const char *const position_names[] = { "own", "child", "sibling", "parent" };

struct walk {
	struct page_test t;
	row_id units[POSITIONS];
	struct actor actors[ROLE_COUNT_][POSITIONS];
	int failures;
};

static int setup(void **state)
{
	static struct walk w;

	w = (struct walk){ .failures = 0 };
	page_start(&w.t);
	health_ask(&w.t.app.health); /* as the server does before its first request */
	w.units[PARENT] = page_unit(&w.t, "H15", ROW_NONE);
	w.units[OWN] = page_unit(&w.t, "H15.50", w.units[PARENT]);
	w.units[SIBLING] = page_unit(&w.t, "H15.51", w.units[PARENT]);
	w.units[CHILD] = page_unit(&w.t, "H15.50.1", w.units[OWN]);
	for (int r = 0; r < ROLE_COUNT_; r++)
		for (int p = 0; p < POSITIONS; p++) {
			page_as(&w.t, w.units[p], role_name((enum role)r));
			w.actors[r][p] = w.t.actor;
		}
	*state = &w;
	return 0;
}

static int teardown(void **state)
{
	struct walk *w = *state;

	page_stop(&w->t);
	return 0;
}

/* All mistakes are listed before the test fails. */
static void complain(struct walk *w, const struct route *r, const char *who, int status)
{
	print_error("%s %s as %s: %d\n", r->method == GET ? "GET" : "POST", r->path, who,
	            status);
	w->failures++;
}

static const char *path_of(struct walk *w, const struct route *r, enum reach *reach)
{
	struct str path;
	const char *text;

	str_init(&path, &w->t.kept, 2000);
	if (!samples_path(&w->t, w->units[OWN], &path, r->path, reach)) {
		print_error("%s has a capture without a row in tests/lib/samples.c\n", r->path);
		w->failures++;
		return NULL;
	}
	assert_ok(str_finish(&path, &text));
	return text;
}

static int ask(struct walk *w, const struct route *r, const char *path)
{
	return r->method == GET ? page_get(&w->t, path) : page_post_empty(&w->t, path);
}

static int64_t changes(struct walk *w)
{
	return test_db_int(w->t.db.db, "select count(*) from change_log");
}

static bool reaches(enum position p, enum reach reach)
{
	return reach == FROM_ANYWHERE || p == OWN || (p == PARENT && reach == FROM_ABOVE);
}

static bool permitted(const struct route *r, enum role role)
{
	return (r->who & (ANYBODY | LOGGED_IN)) || (r->who & role_permissions(role));
}

/* Without the permission: 403.  With it, but from elsewhere: the object does not exist.  From
 * its own unit or above: anything but a closed door or a fault. */
static bool right(const struct route *r, enum role role, enum position p, enum reach reach,
                  int status)
{
	if (!permitted(r, role))
		return status == 403;
	if (!reaches(p, reach))
		return status == 404;
	/* An empty form may name no row where the page wants one. */
	if (r->method == POST && status == 404)
		return true;
	return status != 403 && status != 404 && status < 500;
}

static void every_role_in_every_place(void **state)
{
	struct walk *w = *state;
	char who[100];
	enum reach reach;

	for (const struct route *r = routes; r->path; r++) {
		const char *path = path_of(w, r, &reach);

		for (int i = 0; path && i < ROLE_COUNT_ * POSITIONS; i++) {
			if (r->method == POST && i > 0)
				path = path_of(w, r, &reach);
			enum role role = (enum role)(i / POSITIONS);
			enum position p = (enum position)(i % POSITIONS);
			int64_t before = changes(w);

			w->t.actor = w->actors[role][p];
			int status = ask(w, r, path);
			bool untouched = status == 303 || status == 200 || changes(w) == before;
			snprintf(who, sizeof(who), "%s at %s", role_name(role),
			         position_names[p]);
			if (!right(r, role, p, reach, status) || !untouched)
				complain(w, r, who, status);
		}
	}
	assert_int_equal(w->failures, 0);
}

static void strangers_are_asked_to_log_in(void **state)
{
	struct walk *w = *state;
	enum reach reach;

	page_as_nobody(&w->t);
	for (const struct route *r = routes; r->path; r++) {
		const char *path = path_of(w, r, &reach);
		int64_t before = changes(w);

		if (!path || r->who & ANYBODY)
			continue;
		int status = ask(w, r, path);
		bool asked =
		        r->who == MONITOR || r->who == PEER ? status == 403
		        : r->method == GET
		                ? status == 303 && str_starts(page_header(&w->t, "Location"),
		                                              "/login?next=")
		                : status == 200 && page_has(&w->t, "name=\"carried_to\"");
		if (!asked || changes(w) != before)
			complain(w, r, "a stranger", status);
	}
	assert_int_equal(w->failures, 0);
}

static void forms_without_token_are_refused(void **state)
{
	static const char *const wrong[][5] = {
		{ NULL },
		{ "csrf", "x", NULL },
		{ "csrf", "", "request_id", "", NULL },
		{ "csrf", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "request_id",
		  "AAAAAAAAAAAAAAAAAAAAAA-1", NULL },
	};
	struct walk *w = *state;
	enum reach reach;

	for (const struct route *r = routes; r->path; r++) {
		const char *path = r->method == POST ? path_of(w, r, &reach) : NULL;

		for (size_t i = 0; path && i < ARRAY_LEN(wrong); i++)
			for (int role = 0; role < ROLE_COUNT_; role++) {
				int64_t before = changes(w);

				w->t.actor = w->actors[role][OWN];
				int status = page_post_bare(&w->t, path, wrong[i]);
				if (status != 403 || changes(w) != before)
					complain(w, r, "a form without token", status);
			}
	}
	assert_int_equal(w->failures, 0);
}

/* What was typed comes back; nothing is written until it is sent again. */
static void forms_after_an_expired_session_write_nothing(void **state)
{
	struct walk *w = *state;
	enum reach reach;

	w->t.refill = true;
	for (const struct route *r = routes; r->path; r++) {
		const char *path = r->method == POST ? path_of(w, r, &reach) : NULL;

		for (int role = 0; path && role < ROLE_COUNT_; role++) {
			int64_t before = changes(w);

			w->t.actor = w->actors[role][OWN];
			int status = page_post_empty(&w->t, path);
			if (status >= 500 || changes(w) != before)
				complain(w, r, "a form after an expired session", status);
		}
	}
	w->t.refill = false;
	assert_int_equal(w->failures, 0);
}

/* Everybody has a first page, and every item of their menu opens. */
static void every_role_has_a_way_in(void **state)
{
	struct walk *w = *state;

	for (int role = 0; role < ROLE_COUNT_; role++) {
		char first[URL_MAX];

		w->t.actor = w->actors[role][OWN];
		assert_int_equal(page_get(&w->t, "/"), 303);
		snprintf(first, sizeof(first), "%s", page_header(&w->t, "Location"));
		assert_int_equal(page_get(&w->t, first), 200);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_role_in_every_place, setup, teardown),
		cmocka_unit_test_setup_teardown(strangers_are_asked_to_log_in, setup, teardown),
		cmocka_unit_test_setup_teardown(forms_without_token_are_refused, setup,
		                                teardown),
		cmocka_unit_test_setup_teardown(forms_after_an_expired_session_write_nothing,
		                                setup, teardown),
		cmocka_unit_test_setup_teardown(every_role_has_a_way_in, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
