#include "lib/page.h"

#include <ctype.h>
#include <strings.h>

#include "app/account/account.h"
#include "base/secret.h"
#include "web/router.h"

enum { MOST_FIELDS = 200, REQUEST_MEMORY = 96 * 1024 * 1024 };

static const char form_key[] = "the-secret-of-the-session-in-tests-00000000";

/* Reports of the day are opened already, so that housekeeping has nothing to write but what a
 * test is about. */
static void open_app(struct page_test *t, const struct settings *settings, struct clock clock)
{
	assert_ok(app_open(&t->app, settings, clock));
	t->app.reports_on = clock_today(&clock);
}

void page_start(struct page_test *t)
{
	struct settings settings = settings_default();
	struct clock clock = { instant_local(date_make(2026, 3, 2), 8 * 60) };

	*t = (struct page_test){ .n_rows = 0 };
	test_db_open(&t->db);
	arena_init(&t->kept, REQUEST_MEMORY);
	arena_init(&t->arena, REQUEST_MEMORY);
	settings.database = t->db.where;
	open_app(t, &settings, clock);
}

void page_restart(struct page_test *t)
{
	struct settings settings = t->app.settings;
	struct clock clock = t->app.clock;

	app_close(&t->app);
	open_app(t, &settings, clock);
}

void page_stop(struct page_test *t)
{
	app_close(&t->app);
	arena_release(&t->arena);
	arena_release(&t->kept);
	test_db_close(&t->db);
}

row_id page_next_id(struct page_test *t)
{
	return (row_id){ 1000 + ++t->n_rows };
}

static void run_sql(struct page_test *t, const char *sql)
{
	test_db_exec(t->db.db, sql);
}

row_id page_unit(struct page_test *t, const char *code, row_id parent)
{
	row_id id = page_next_id(t);
	long long n = id.value;
	const char *sql;

	assert_ok(arena_printf(
	        &t->kept, &sql,
	        "insert into unit (id, code, name, level, letterhead, valid_from, from_change) "
	        "values (%lld, '%s', 'Đơn vị %s', 'commune', 'ĐƠN VỊ %s', 10000, 1);"
	        "insert into unit_closure (ancestor_id, unit_id, depth, from_on) "
	        "values (%lld, %lld, 0, 10000);"
	        "insert into unit_closure (ancestor_id, unit_id, depth, from_on) "
	        "select ancestor_id, %lld, depth + 1, 10000 from unit_closure where unit_id = "
	        "%lld;",
	        n, code, code, code, n, n, n, (long long)parent.value));
	run_sql(t, sql);
	if (row_is_none(parent))
		return id;
	assert_ok(arena_printf(&t->kept, &sql,
	                       "insert into unit_parent (id, unit_id, parent_id, from_on, "
	                       "change_id) values (%lld, %lld, %lld, 10000, 1);",
	                       (long long)page_next_id(t).value, n, (long long)parent.value));
	run_sql(t, sql);
	return id;
}

row_id page_account(struct page_test *t, const char *login, row_id unit, const char *role)
{
	row_id id = page_next_id(t);
	const char *sql;

	assert_ok(arena_printf(
	        &t->kept, &sql,
	        "insert into account (id, login, name, unit_id, password_hash, from_change) "
	        "values (%lld, '%s', 'Người %s', %lld, '', 1);",
	        (long long)id.value, login, login, (long long)unit.value));
	run_sql(t, sql);
	if (role)
		page_role(t, id, unit, role);
	return id;
}

void page_role(struct page_test *t, row_id account, row_id unit, const char *role)
{
	const char *sql;

	assert_ok(arena_printf(
	        &t->kept, &sql,
	        "insert into account_role (id, account_id, role, unit_id, from_on, "
	        "change_id) values (%lld, %lld, '%s', %lld, 10000, 1);",
	        (long long)page_next_id(t).value, (long long)account.value, role,
	        (long long)unit.value));
	run_sql(t, sql);
}

void page_as(struct page_test *t, row_id unit, const char *role)
{
	const char *login;

	assert_ok(arena_printf(&t->kept, &login, "tester%d", t->n_rows));
	row_id account = page_account(t, login, unit, role);
	t->actor = (struct actor){ .account_id = account,
		                   .session_id = { 1 },
		                   .unit_id = unit,
		                   .name = login,
		                   .unit_name = "Đơn vị thử",
		                   .permissions = role_permissions_of(role) };
}

void page_as_nobody(struct page_test *t)
{
	t->actor = (struct actor){ .name = NULL };
}

/* ---- requests ---- */

static struct params params_of(struct page_test *t, const char *const *fields)
{
	struct param *items;
	size_t n = 0;

	assert_ok(arena_array(&t->arena, &items, MOST_FIELDS));
	for (; fields && fields[2 * n]; n++) {
		assert_true(n < MOST_FIELDS);
		assert_non_null(fields[2 * n + 1]);
		assert_ok(arena_strdup(&t->arena, &items[n].name, fields[2 * n]));
		assert_ok(arena_strdup(&t->arena, &items[n].value, fields[2 * n + 1]));
	}
	return (struct params){ items, n };
}

static int hex(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : toupper((unsigned char)c) - 'A' + 10;
}

static const char *decoded(struct page_test *t, struct slice s)
{
	struct str out;
	const char *text;

	str_init(&out, &t->arena, 10000);
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] == '%' && i + 2 < s.len) {
			str_put_char(&out, (char)(hex(s.at[i + 1]) * 16 + hex(s.at[i + 2])));
			i += 2;
		} else {
			str_put_char(&out, s.at[i] == '+' ? ' ' : s.at[i]);
		}
	assert_ok(str_finish(&out, &text));
	return text;
}

static struct params query_of(struct page_test *t, struct slice rest)
{
	struct param *items;
	struct slice pair, name;
	size_t n = 0;

	assert_ok(arena_array(&t->arena, &items, MOST_FIELDS));
	while (slice_cut(&rest, '&', &pair)) {
		assert_true(n < MOST_FIELDS && slice_cut(&pair, '=', &name));
		items[n].name = decoded(t, name);
		items[n++].value = pair.at ? decoded(t, pair) : "";
	}
	return (struct params){ items, n };
}

static struct req request(struct page_test *t, enum http_method method, const char *target)
{
	struct slice rest, path;
	struct req req = { .method = method, .client = "192.0.2.7" };

	arena_reset(&t->arena);
	assert_ok(arena_strdup(&t->arena, &req.target, target));
	req.arena = &t->arena;
	rest = slice_of(req.target);
	assert_true(slice_cut(&rest, '?', &path));
	req.path = decoded(t, path);
	if (rest.at)
		req.query = query_of(t, rest);
	req.refill = t->refill && method == POST;
	return req;
}

static int run(struct page_test *t, struct req *req)
{
	static struct actor copy;

	copy = t->actor;
	if (t->fail_after)
		t->fail_after(t->fail_at);
	router_dispatch_as(&t->app, req, &t->resp, &copy, form_key);
	if (t->fail_after)
		t->fail_after(0);
	return t->resp.status;
}

int page_get(struct page_test *t, const char *target)
{
	struct req req = request(t, GET, target);

	return run(t, &req);
}

/* What a browser sends after it loaded a page with a form. */
static void add_tokens(struct page_test *t, struct params *form)
{
	char page_id[SECRET_SHORT], csrf[SECRET_TOKEN];
	struct param *items;

	if (t->page_id)
		snprintf(page_id, sizeof(page_id), "%s", t->page_id);
	else
		secret_short(page_id);
	secret_derive(csrf, form_key, page_id);
	assert_ok(arena_array(&t->arena, &items, form->n + 2));
	memcpy(items, form->items, form->n * sizeof(*items));
	items[form->n].name = "csrf";
	assert_ok(arena_strdup(&t->arena, &items[form->n].value, csrf));
	items[form->n + 1].name = "request_id";
	assert_ok(arena_printf(&t->arena, &items[form->n + 1].value, "%s-1", page_id));
	*form = (struct params){ items, form->n + 2 };
}

int page_post_fields(struct page_test *t, const char *path, const char *const *fields)
{
	struct req req = request(t, POST, path);

	req.form = params_of(t, fields);
	add_tokens(t, &req.form);
	return run(t, &req);
}

int page_post_bare(struct page_test *t, const char *path, const char *const *fields)
{
	struct req req = request(t, POST, path);

	req.form = params_of(t, fields);
	return run(t, &req);
}

int page_upload(struct page_test *t, const char *path, const struct upload *upload,
                const char *const *fields)
{
	struct req req = request(t, POST, path);

	req.form = params_of(t, fields);
	add_tokens(t, &req.form);
	req.uploads = upload;
	req.n_uploads = 1;
	return run(t, &req);
}

int page_send(struct page_test *t, enum http_method method, const char *target,
              const char *const *cookies, const char *const *form)
{
	const char *kept[64];
	size_t n = 0;

	for (; form && form[n]; n++) { /* they may live in the last answer */
		assert_true(n < ARRAY_LEN(kept) - 1);
		assert_ok(arena_strdup(&t->kept, &kept[n], form[n]));
	}
	kept[n] = NULL;
	struct req req = request(t, method, target);
	req.cookies = params_of(t, cookies);
	req.form = params_of(t, kept);
	router_dispatch(&t->app, &req, &t->resp);
	return t->resp.status;
}

/* ---- answers ---- */

const char *page_body(const struct page_test *t)
{
	return t->resp.body.data ? t->resp.body.data : "";
}

bool page_has(const struct page_test *t, const char *text)
{
	return strstr(page_body(t), text) != NULL;
}

const char *page_header(const struct page_test *t, const char *name)
{
	for (size_t i = 0; i < t->resp.n_headers; i++)
		if (strcasecmp(t->resp.headers[i].name, name) == 0)
			return t->resp.headers[i].value;
	return NULL;
}

const char *page_input(struct page_test *t, const char *name)
{
	const char *mark, *value;

	assert_ok(arena_printf(&t->arena, &mark, "name=\"%s\"", name));
	const char *at = strstr(page_body(t), mark);
	if (!at)
		return NULL;
	const char *end = strchr(at, '>');
	at = strstr(at, "value=\"");
	if (!at || !end || at > end)
		return NULL;
	at += strlen("value=\"");
	assert_ok(arena_strndup(&t->kept, &value, at, strcspn(at, "\"")));
	return value;
}

const char *page_cookie(struct page_test *t, const char *name)
{
	size_t n = strlen(name);
	const char *value = NULL;

	for (size_t i = 0; i < t->resp.n_headers; i++) {
		const char *text = t->resp.headers[i].value;

		if (strcasecmp(t->resp.headers[i].name, "Set-Cookie") == 0 &&
		    strncmp(text, name, n) == 0 && text[n] == '=')
			assert_ok(arena_strndup(&t->kept, &value, text + n + 1,
			                        strcspn(text + n + 1, ";")));
	}
	return value;
}
