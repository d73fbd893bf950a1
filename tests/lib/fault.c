#include "lib/fault.h"

#include <assert.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "db/db.h"

/* A request's work is done by several threads, so these are of the process. */
enum which {
	MEMORY,
	SQLITE_MEMORY,
	READING,
	WRITING,
	FULL,
	SYNC,
	OPENING,
	CONNECTION,
	N_WHICH
};

static atomic_long left[N_WHICH];
static atomic_bool happened[N_WHICH];

static bool hit(enum which w)
{
	if (atomic_load_explicit(&left[w], memory_order_relaxed) <= 0)
		return false;
	if (atomic_fetch_sub(&left[w], 1) != 1)
		return false;
	atomic_store(&happened[w], true);
	return true;
}

static void set(enum which w, long n)
{
	if (n > 0)
		atomic_store(&happened[w], false);
	atomic_store(&left[w], n);
}

/* ---- memory of our own code (FAULT_LINK) ---- */

void *__real_malloc(size_t n) __attribute__((weak));
void *__real_calloc(size_t n, size_t each) __attribute__((weak));
void *__real_realloc(void *p, size_t n) __attribute__((weak));
char *__real_strdup(const char *text) __attribute__((weak));
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t each);
void *__wrap_realloc(void *p, size_t n);
char *__wrap_strdup(const char *text);

void *__wrap_malloc(size_t n)
{
	return hit(MEMORY) ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t each)
{
	return hit(MEMORY) ? NULL : __real_calloc(n, each);
}

void *__wrap_realloc(void *p, size_t n)
{
	return hit(MEMORY) ? NULL : __real_realloc(p, n);
}

char *__wrap_strdup(const char *text)
{
	return hit(MEMORY) ? NULL : __real_strdup(text);
}

/* ---- memory of SQLite ---- */

static sqlite3_mem_methods memory;

static void *sqlite_malloc(int n)
{
	return hit(SQLITE_MEMORY) ? NULL : memory.xMalloc(n);
}

static void *sqlite_realloc(void *p, int n)
{
	return hit(SQLITE_MEMORY) ? NULL : memory.xRealloc(p, n);
}

static void start_memory(void)
{
	sqlite3_mem_methods ours;

	sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory);
	ours = memory;
	ours.xMalloc = sqlite_malloc;
	ours.xRealloc = sqlite_realloc;
	sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
	/* Small pieces come from the heap too, so that each can fail. */
	sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
}

/* ---- files of SQLite: the system's own, with four functions replaced ---- */

enum { N_STYLES = 2 };

static sqlite3_vfs files, *system_files;
/* The database and its log are locked in different ways, and written in one. */
static sqlite3_io_methods methods[N_STYLES];
static const sqlite3_io_methods *system_methods, *style[N_STYLES];

static int file_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return hit(READING) ? SQLITE_IOERR_READ : system_methods->xRead(f, to, n, at);
}

/* Of a write that fails the first half has reached the file. */
static int file_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	bool full = hit(FULL);

	if (!full && !hit(WRITING))
		return system_methods->xWrite(f, from, n, at);
	(void)system_methods->xWrite(f, from, n / 2, at);
	return full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	return hit(WRITING) ? SQLITE_IOERR_TRUNCATE : system_methods->xTruncate(f, size);
}

static int file_sync(sqlite3_file *f, int flags)
{
	return hit(SYNC) ? SQLITE_IOERR_FSYNC : system_methods->xSync(f, flags);
}

static void replace_methods(sqlite3_file *f, int i)
{
	if (!style[i]) {
		style[i] = system_methods = f->pMethods;
		methods[i] = *f->pMethods;
		methods[i].xRead = file_read;
		methods[i].xWrite = file_write;
		methods[i].xTruncate = file_truncate;
		methods[i].xSync = file_sync;
	}
	assert(f->pMethods == style[i] && system_methods->xWrite == style[i]->xWrite);
	f->pMethods = &methods[i];
}

static int file_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
	(void)vfs;
	f->pMethods = NULL;
	if (hit(OPENING))
		return SQLITE_CANTOPEN;
	int code = system_files->xOpen(system_files, name, f, flags, out);
	if (code == SQLITE_OK && f->pMethods)
		replace_methods(f, (flags & SQLITE_OPEN_MAIN_DB) ? 0 : 1);
	return code;
}

void fault_start(void)
{
	start_memory();
	system_files = sqlite3_vfs_find(NULL);
	files = *system_files;
	files.zName = "faults";
	files.pNext = NULL;
	files.xOpen = file_open;
	sqlite3_vfs_register(&files, 1);
}

/* ---- connections of PostgreSQL (FAULT_LINK) ---- */

PGresult *__real_PQexec(PGconn *c, const char *text) __attribute__((weak));
PGresult *__real_PQexecPrepared(PGconn *c, const char *name, int n, const char *const *values,
                                const int *lengths, const int *formats, int format)
        __attribute__((weak));
int __real_PQsendQueryPrepared(PGconn *c, const char *name, int n, const char *const *values,
                               const int *lengths, const int *formats, int format)
        __attribute__((weak));
int __real_PQsendQueryParams(PGconn *c, const char *text, int n, const Oid *types,
                             const char *const *values, const int *lengths, const int *formats,
                             int format) __attribute__((weak));
PGresult *__wrap_PQexec(PGconn *c, const char *text);
PGresult *__wrap_PQexecPrepared(PGconn *c, const char *name, int n, const char *const *values,
                                const int *lengths, const int *formats, int format);
int __wrap_PQsendQueryPrepared(PGconn *c, const char *name, int n, const char *const *values,
                               const int *lengths, const int *formats, int format);
int __wrap_PQsendQueryParams(PGconn *c, const char *text, int n, const Oid *types,
                             const char *const *values, const int *lengths, const int *formats,
                             int format);

/* As when the server's machine went away: the statement is not sent, nothing is answered. */
static void cut(PGconn *c)
{
	if (hit(CONNECTION) && PQsocket(c) >= 0)
		shutdown(PQsocket(c), SHUT_RDWR);
}

PGresult *__wrap_PQexec(PGconn *c, const char *text)
{
	cut(c);
	return __real_PQexec(c, text);
}

PGresult *__wrap_PQexecPrepared(PGconn *c, const char *name, int n, const char *const *values,
                                const int *lengths, const int *formats, int format)
{
	cut(c);
	return __real_PQexecPrepared(c, name, n, values, lengths, formats, format);
}

int __wrap_PQsendQueryPrepared(PGconn *c, const char *name, int n, const char *const *values,
                               const int *lengths, const int *formats, int format)
{
	cut(c);
	return __real_PQsendQueryPrepared(c, name, n, values, lengths, formats, format);
}

int __wrap_PQsendQueryParams(PGconn *c, const char *text, int n, const Oid *types,
                             const char *const *values, const int *lengths, const int *formats,
                             int format)
{
	cut(c);
	return __real_PQsendQueryParams(c, text, n, types, values, lengths, formats, format);
}

/* ---- the table ---- */

static bool call_failed;

static void call_fail_after(long n)
{
	if (n == 0)
		call_failed = db_fail_left() == 0;
	db_fail_after(n);
}

static bool call_happened(void)
{
	return call_failed;
}

#define KIND(name, which)                                                                      \
	static void name##_fail_after(long n)                                                  \
	{                                                                                      \
		set(which, n);                                                                 \
	}                                                                                      \
	static bool name##_happened(void)                                                      \
	{                                                                                      \
		return atomic_load(&happened[which]);                                          \
	}
KIND(memory, MEMORY)
KIND(sqlite_memory, SQLITE_MEMORY)
KIND(reading, READING)
KIND(writing, WRITING)
KIND(full, FULL)
KIND(sync, SYNC)
KIND(opening, OPENING)
KIND(connection, CONNECTION)
#undef KIND

const struct fault_kind fault_kinds[] = {
	{ "database call", call_fail_after, call_happened, true, true, true },
	{ "write", writing_fail_after, writing_happened, true, false, true },
	{ "full disk", full_fail_after, full_happened, true, false, true },
	{ "sync", sync_fail_after, sync_happened, true, false, true },
	{ "read", reading_fail_after, reading_happened, true, false, false },
	{ "open", opening_fail_after, opening_happened, true, false, false },
	{ "connection", connection_fail_after, connection_happened, false, true, true },
	{ "memory", memory_fail_after, memory_happened, true, true, true },
	{ "SQLite's memory", sqlite_memory_fail_after, sqlite_memory_happened, true, false,
	  true },
	{ NULL, NULL, NULL, false, false, false },
};
