/* postgres_queue.c - statements that are sent one after another without waiting, since nobody
 * reads their results: the inserts of a write cost one round trip instead of twenty.  Their
 * answers are read together with the next one that somebody waits for. */
#include "db/postgres.h"

#include <stdlib.h>

enum err postgres_queue(struct db *db, const char *text)
{
	PGconn *c = db->connection;

	if (db->n_queued == DB_MOST_QUEUED)
		TRY(postgres_collect(db, NULL));
	if (!db->n_queued && !PQenterPipelineMode(c))
		return postgres_failed(db, NULL, text);
	db->queued[db->n_queued++] = text;
	return ERR_OK;
}

/* Of one statement: its result, then NULL. */
static PGresult *next_answer(PGconn *c)
{
	PGresult *r = PQgetResult(c);

	if (r)
		PQclear(PQgetResult(c));
	return r;
}

static bool is_good(const PGresult *r)
{
	ExecStatusType status = PQresultStatus(r);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* The answers of what is queued.  *bad: the first that is an error, and what it answers. */
static void read_answers(struct db *db, PGresult **bad, const char **what)
{
	PGresult *r = NULL;

	for (size_t i = 0; i < db->n_queued; i++) {
		r = next_answer(db->connection);
		if (!*what && !is_good(r)) {
			*bad = r;
			*what = db->queued[i];
			continue;
		}
		if (i + 1 == db->n_queued && is_good(r))
			db->changed = strtoll(PQcmdTuples(r), NULL, 10);
		PQclear(r);
	}
	db->n_queued = 0;
}

/* Behind the answers stands the end of the pipeline.  A connection that broke has none, and
 * stays as it is. */
static void leave(PGconn *c)
{
	PQclear(PQgetResult(c));
	PQexitPipelineMode(c);
}

enum err postgres_collect(struct db *db, PGresult **last)
{
	PGconn *c = db->connection;
	PGresult *bad = NULL, *result = NULL;
	const char *what = NULL;
	enum err e = ERR_OK;

	if (!db->n_queued)
		return ERR_OK;
	if (!PQpipelineSync(c)) {
		db->n_queued = 0;
		return postgres_failed(db, NULL, "sending");
	}
	read_answers(db, &bad, &what);
	if (last)
		result = next_answer(c);
	if (what)
		e = postgres_failed(db, bad, what);
	PQclear(bad);
	leave(c);
	if (e != ERR_OK)
		PQclear(result);
	else if (last)
		*last = result;
	return e;
}

void postgres_forget(struct db *db)
{
	PGresult *bad = NULL;
	const char *what = NULL;

	if (!db->n_queued)
		return;
	if (PQpipelineSync(db->connection))
		read_answers(db, &bad, &what);
	db->n_queued = 0;
	PQclear(bad);
	leave(db->connection);
}
