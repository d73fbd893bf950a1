/* http.h - a request and its answer, free of any HTTP library.  Pages see only this.
 *
 * Everything in a request lives in `arena`, which goes with the request.  Texts are valid
 * UTF-8 in NFC without control characters; a request that is not is refused before a page
 * sees it.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/problems.h"
#include "base/row_id.h"
#include "base/str.h"
#include "base/url.h"
#include "html/html.h"

enum http_method { GET, POST };

struct param {
	const char *name, *value;
};
struct params {
	const struct param *items;
	size_t n;
};
const char *params_get(const struct params *p, const char *name); /* NULL when absent */
/* The i-th value of that name, for lists of equal fields; NULL past the end. */
const char *params_nth(const struct params *p, const char *name, size_t i);
size_t params_count(const struct params *p, const char *name);
/* Absent, blank or malformed gives ROW_NONE / `otherwise`. */
row_id params_id(const struct params *p, const char *name);
long long params_int(const struct params *p, const char *name, long long otherwise);
date_t params_date(const struct params *p, const char *name); /* DATE_NONE */

struct upload {
	const char *field, *file_name;
	const unsigned char *bytes;
	size_t n;
};

struct app;   /* web/app.h: what the process owns */
struct actor; /* app/account/actor.h: who asks */
struct db;
struct db_writer;
struct gate;
struct settings;

struct req {
	enum http_method method;
	const char *path;    /* decoded, without query */
	const char *target;  /* as asked for: path and query, still percent-encoded */
	struct params query; /* ?a=b */
	struct params form;  /* body of a POST */
	struct params route; /* ":id" of routes.def */
	struct params cookies;
	const struct upload *uploads;
	size_t n_uploads;
	const char *client;   /* address, for the journal */
	bool direct;          /* from this machine, not through a proxy */
	const char *incident; /* names this request to a person and in the log; may be NULL */
	struct params
	        headers; /* those that http_guard.h lets through, names in small letters */
	struct arena *arena;
	struct app *app;
	const struct actor *actor; /* never NULL; nobody: actor_is_nobody() */
	row_id peer,
	        peer_office; /* another installation that asks, the office it answers for */
	struct db *db;       /* a connection for reading */
	struct db_writer *writer; /* the door for writing */
	const struct settings *settings;
	struct gate *passwords;    /* for password_hash and password_check */
	struct form_tokens tokens; /* what the forms of this page carry */
	const char *form_key;      /* the secret behind their csrf */
	const char *request_id;    /* of a POST, already checked to be new */
	bool refill; /* the session had expired: show the filled form again, write nothing */
	bool files_lost; /* ... and its files were not kept */
	struct clock clock;
};

/* What a page may add, and places that web keeps for the headers of every answer. */
enum { RESP_MOST_HEADERS = 12, RESP_OWN_HEADERS = 8 };
struct header {
	const char *name, *value;
};

struct resp {
	int status;               /* 200 unless set */
	const char *content_type; /* HTML unless set */
	const char *route;        /* "/units/:id": what may stand in a log; NULL: none */
	struct str body;
	/* A file of the program, instead of the body: it is not copied. */
	const unsigned char *file;
	size_t n_file;
	/* A file on disk that has no name, instead of both: the server sends and closes it. */
	struct resp_disk_file {
		bool open;
		int descriptor;
		uint64_t n; /* bytes, from its beginning */
	} disk;
	const char *encoding; /* "gzip" when `file` is packed; NULL: not packed yet */
	struct header headers[RESP_MOST_HEADERS + RESP_OWN_HEADERS];
	size_t n_headers;
	/* A page: web wraps the body in the layout. */
	const char *title;   /* NULL: the body is the whole answer */
	struct html_out out; /* writes into body */
	bool behind;         /* read from a replica, */
	int64_t behind_s;    /* at most so many seconds late */
	/* Login only: answer this request next, as the one who has just logged in. */
	struct req *resume;
};
ERR_RESULT resp_header(struct resp *resp, const char *name, const char *value);
/* 303 to `to`: the answer to a successful POST. */
ERR_RESULT resp_redirect(struct resp *resp, struct url to);
/* A file: inline or as a download, name in ASCII. */
ERR_RESULT resp_file(struct resp *resp, const char *content_type, const char *file_name,
                     bool download);

/* Answers with what was written to `file`, which stays the caller's. */
ERR_RESULT resp_disk_file(struct resp *resp, FILE *file);
void resp_drop_disk_file(struct resp *resp); /* closes it, if there is one */

/* How every POST handler starts: an empty list, or after a fresh login the one problem "log in
 * was needed again, check and send", so that the handler shows its form filled as it was. */
ERR_RESULT req_problems(struct req *req, struct problems *problems);

typedef enum err page_fn(struct req *req, struct resp *resp);

#endif
