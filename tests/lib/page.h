/* page.h - runs pages in a test, through the router, without sockets.
 *
 *	struct page_test t;
 *	page_start(&t);                                  migrated database, 08:00 on 02/03/2026
 *	row_id unit = page_unit(&t, "H15.50", ROW_NONE);
 *	page_as(&t, unit, "INTAKE");                     an account with that role there
 *	assert_int_equal(page_get(&t, "/dossiers?state=open"), 200);
 *	assert_true(page_has(&t, "Chưa có hồ sơ"));
 *	assert_int_equal(page_post(&t, "/units", "name", "Xã A", "level", "commune"), 303);
 *	assert_string_equal(page_header(&t, "Location"), "/units/7");
 *	page_stop(&t);
 *
 * Answers live until the next request.  Rows that several pages need are best made by the
 * subject's own store functions through t.app.writer.
 */
#ifndef TESTS_PAGE_H
#define TESTS_PAGE_H

#include "lib/test.h"

#include "app/account/actor.h"
#include "http/http.h"
#include "lib/test_db.h"
#include "web/app.h"

struct page_test {
	struct test_db db;
	struct app app;
	struct arena arena; /* of the last request */
	struct arena kept;  /* of the whole test */
	struct actor actor; /* who asks; nobody at first */
	struct resp resp;   /* the last answer */
	bool refill;        /* send the next POSTs as after an expired session */
	/* The call that fails in the next requests, by db_fail_after or arena_fail_after. */
	void (*fail_after)(long n);
	long fail_at;
	const char *page_id; /* of the forms that are sent; NULL: another one each time */
	int n_rows;          /* made by this file, for their ids */
};

void page_start(struct page_test *t);
void page_stop(struct page_test *t);
/* The program stops and starts again on the same database, at the same time of day. */
void page_restart(struct page_test *t);

/* For rows that a test inserts itself. */
row_id page_next_id(struct page_test *t);

/* A unit below `parent` (ROW_NONE: a root); an account; a role over a unit for ever. */
row_id page_unit(struct page_test *t, const char *code, row_id parent);
row_id page_account(struct page_test *t, const char *login, row_id unit, const char *role);
void page_role(struct page_test *t, row_id account, row_id unit, const char *role);

/* From now on the requests come from a new account with that role over `unit`, working there.
 */
void page_as(struct page_test *t, row_id unit, const char *role);
void page_as_nobody(struct page_test *t);

/* The status of the answer. */
int page_get(struct page_test *t, const char *target);
/* page_post(t, path, name, value, ...): the tokens are added. */
#define page_post(t, path, ...)                                                                \
	page_post_fields((t), (path), (const char *const[]){ __VA_ARGS__, NULL })
#define page_post_empty(t, path) page_post_fields((t), (path), (const char *const[]){ NULL })
int page_post_fields(struct page_test *t, const char *path, const char *const *fields);
/* As it is: no token is added. */
int page_post_bare(struct page_test *t, const char *path, const char *const *fields);
/* A form with one file beside its fields. */
int page_upload(struct page_test *t, const char *path, const struct upload *upload,
                const char *const *fields);
/* Through the session of its cookies, not as t->actor.  form may hold no tokens. */
int page_send(struct page_test *t, enum http_method method, const char *target,
              const char *const *cookies, const char *const *form);

const char *page_body(const struct page_test *t);
bool page_has(const struct page_test *t, const char *text);
const char *page_header(const struct page_test *t, const char *name); /* NULL: absent */
/* The value of the first hidden or text input of that name; NULL: absent. */
const char *page_input(struct page_test *t, const char *name);
/* The value that the last answer gave to a cookie; NULL: none. */
const char *page_cookie(struct page_test *t, const char *name);

#endif
