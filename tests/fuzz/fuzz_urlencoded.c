#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/vntext.h"
#include "http/guard.h"
#include "http/parse.h"
#include "http/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *text)
{
	if (!text_is_valid(text, strlen(text)))
		__builtin_trap();
}

static void check(const struct params *p)
{
	for (size_t i = 0; i < p->n; i++) {
		check_text(p->items[i].name);
		check_text(p->items[i].value);
	}
}

/* Target, cookies and form, one a line: the texts that reach a page are texts. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = { (const char *)data, size }, target, cookie;
	struct received r = { .method = POST,
		              .content_type = "application/x-www-form-urlencoded" };
	struct arena arena;
	struct guard guard;
	struct req req = { .arena = &arena };

	arena_init(&arena, 64 << 20);
	if (slice_cut(&rest, '\n', &target) && slice_cut(&rest, '\n', &cookie) && rest.at &&
	    arena_strndup(&arena, &r.target, target.at, target.len) == ERR_OK &&
	    arena_strndup(&arena, &r.cookie, cookie.at, cookie.len) == ERR_OK) {
		guard_init(&guard);
		guard_target(&guard, r.target);
		guard_header(&guard, target, cookie);
		r.body = rest;
		if (request_make(&req, &r) == ERR_OK) {
			check_text(req.path);
			check(&req.query);
			check(&req.form);
			check(&req.cookies);
			if (req.path[0] != '/')
				__builtin_trap();
		}
	}
	arena_release(&arena);
	return 0;
}
