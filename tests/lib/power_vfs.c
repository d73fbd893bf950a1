#include "lib/power_vfs.h"

#include <assert.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_FILES = 8, MOST_OPEN = 64, N_STYLES = 2, PATH_SIZE = 200 };

/* Written but not synced; size only: a truncation. */
struct unsynced {
	sqlite3_int64 at;
	size_t n;
	unsigned char *bytes;
	bool truncates;
};

struct disk_file {
	char path[PATH_SIZE];
	bool there, known; /* after a failure; known: since power_back() or its first opening */
	bool removed;      /* but it is still there until the folder is synced */
	unsigned char *bytes;
	size_t n, room;
	struct unsynced *waiting;
	size_t n_waiting, room_waiting;
};

struct open_file {
	sqlite3_file *file;
	struct disk_file *disk;
};

static struct {
	pthread_mutex_t lock;
	uint64_t random;
	long left;
	bool failed;
	struct disk_file files[MOST_FILES];
	struct open_file open[MOST_OPEN];
	struct power_counts counts;
} disk = { .lock = PTHREAD_MUTEX_INITIALIZER };

static sqlite3_vfs vfs, *system_vfs;
static sqlite3_io_methods methods[N_STYLES];
static const sqlite3_io_methods *style[N_STYLES];

static uint64_t draw(uint64_t below)
{
	disk.random ^= disk.random << 13;
	disk.random ^= disk.random >> 7;
	disk.random ^= disk.random << 17;
	return disk.random % below;
}

static void *grown(void *p, size_t bytes)
{
	p = realloc(p, bytes ? bytes : 1);
	if (!p)
		abort();
	return p;
}

/* ---- what is on the disk ---- */

static void set_size(struct disk_file *f, size_t n)
{
	if (n > f->room) {
		f->room = n * 2;
		f->bytes = grown(f->bytes, f->room);
	}
	if (n > f->n)
		memset(f->bytes + f->n, 0, n - f->n);
	f->n = n;
}

static void put(struct disk_file *f, sqlite3_int64 at, const unsigned char *bytes, size_t n)
{
	if ((size_t)at + n > f->n)
		set_size(f, (size_t)at + n);
	memcpy(f->bytes + at, bytes, n);
	f->there = true;
}

static void put_whole(struct disk_file *f, const struct unsynced *w)
{
	if (w->truncates)
		set_size(f, (size_t)w->at);
	else
		put(f, w->at, w->bytes, w->n);
}

/* Each sector for itself. */
static void put_torn(struct disk_file *f, const struct unsynced *w, size_t sector)
{
	for (size_t from = 0; from < w->n; from += sector)
		if (draw(2))
			put(f, w->at + (sqlite3_int64)from, w->bytes + from,
			    w->n - from < sector ? w->n - from : sector);
}

static void forget_waiting(struct disk_file *f)
{
	for (size_t i = 0; i < f->n_waiting; i++)
		free(f->waiting[i].bytes);
	f->n_waiting = 0;
}

static void wait_for_sync(struct disk_file *f, struct unsynced w, const void *bytes)
{
	if (f->n_waiting == f->room_waiting) {
		f->room_waiting = f->room_waiting ? f->room_waiting * 2 : 64;
		f->waiting = grown(f->waiting, f->room_waiting * sizeof(*f->waiting));
	}
	if (w.n) {
		w.bytes = grown(NULL, w.n);
		memcpy(w.bytes, bytes, w.n);
	}
	f->waiting[f->n_waiting++] = w;
}

static void lose(struct disk_file *f)
{
	forget_waiting(f);
	f->there = f->removed = false;
	f->n = 0;
}

static void sync_folder(void)
{
	for (int i = 0; i < MOST_FILES; i++)
		if (disk.files[i].removed)
			lose(&disk.files[i]);
}

/* The first sync of a new file is one of its folder too, as SQLite's own VFS does it. */
static void sync_all(struct disk_file *f)
{
	if (!f->there)
		sync_folder();
	for (size_t i = 0; i < f->n_waiting; i++)
		put_whole(f, &f->waiting[i]);
	forget_waiting(f);
	f->there = true;
}

static void read_real(struct disk_file *f)
{
	FILE *in = fopen(f->path, "rb");
	unsigned char piece[4096];
	size_t n;

	f->known = true;
	f->removed = false;
	f->n = 0;
	f->there = in != NULL;
	while (in && (n = fread(piece, 1, sizeof(piece), in)) > 0)
		put(f, (sqlite3_int64)f->n, piece, n);
	if (in)
		fclose(in);
}

static void write_real(const struct disk_file *f)
{
	unlink(f->path);
	if (!f->there)
		return;
	FILE *out = fopen(f->path, "wb");
	if (!out || fwrite(f->bytes, 1, f->n, out) != f->n || fclose(out) != 0)
		abort();
}

/* ---- the failure ---- */

enum fate { ALL, NONE, FIRST_ONES, ANY, TORN, SHUFFLED, N_FATES };

static void shuffle(struct unsynced *w, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = draw(i);
		struct unsynced other = w[i - 1];

		w[i - 1] = w[k];
		w[k] = other;
	}
}

static bool survives_whole(enum fate fate, size_t i, size_t first)
{
	switch (fate) {
	case ALL:
		return true;
	case FIRST_ONES:
		return i < first;
	case ANY:
	case SHUFFLED:
		return draw(2) != 0;
	case NONE:
	case TORN:
	case N_FATES:
		break;
	}
	return false;
}

static void survive(struct disk_file *f)
{
	enum fate fate = (enum fate)draw(N_FATES);
	size_t first = f->n_waiting ? draw(f->n_waiting + 1) : 0;
	size_t sector = draw(2) ? 512 : 4096;

	if (fate == SHUFFLED)
		shuffle(f->waiting, f->n_waiting);
	for (size_t i = 0; i < f->n_waiting; i++) {
		bool torn = fate == TORN || (fate == FIRST_ONES && i == first);
		bool whole = !torn && survives_whole(fate, i, first);

		if (torn && !f->waiting[i].truncates)
			put_torn(f, &f->waiting[i], sector);
		else if (whole)
			put_whole(f, &f->waiting[i]);
		disk.counts.torn += torn;
		disk.counts.survived += whole;
		disk.counts.lost += !torn && !whole;
	}
	forget_waiting(f);
}

void power_back(void)
{
	char shared[PATH_SIZE + 8];

	pthread_mutex_lock(&disk.lock);
	for (int i = 0; i < MOST_FILES && *disk.files[i].path; i++) {
		struct disk_file *f = &disk.files[i];

		if (f->removed && draw(2))
			lose(f);
		survive(f);
		write_real(f);
		f->known = false;
		snprintf(shared, sizeof(shared), "%s-shm", f->path);
		unlink(shared);
	}
	disk.failed = false;
	disk.left = 0;
	pthread_mutex_unlock(&disk.lock);
}

void power_fail_after(long n)
{
	pthread_mutex_lock(&disk.lock);
	disk.left = n;
	pthread_mutex_unlock(&disk.lock);
}

bool power_failed(void)
{
	pthread_mutex_lock(&disk.lock);
	bool failed = disk.failed;
	pthread_mutex_unlock(&disk.lock);
	return failed;
}

void power_forget(void)
{
	for (int i = 0; i < MOST_FILES; i++) {
		forget_waiting(&disk.files[i]);
		free(disk.files[i].waiting);
		free(disk.files[i].bytes);
		disk.files[i] = (struct disk_file){ .there = false };
	}
	disk.counts = (struct power_counts){ 0 };
}

struct power_counts power_counts(void)
{
	return disk.counts;
}

/* The lock is held.  False: there is no power. */
static bool powered(void)
{
	if (disk.left > 0 && --disk.left == 0)
		disk.failed = true;
	return !disk.failed;
}

/* ---- SQLite's side ---- */

static struct disk_file *find_disk(const char *path)
{
	for (int i = 0; i < MOST_FILES; i++) {
		struct disk_file *f = &disk.files[i];

		if (!*f->path)
			snprintf(f->path, sizeof(f->path), "%s", path);
		if (strcmp(f->path, path) != 0)
			continue;
		if (!f->known)
			read_real(f);
		return f;
	}
	abort();
}

static struct disk_file *disk_of(const sqlite3_file *file)
{
	for (int i = 0; i < MOST_OPEN; i++)
		if (disk.open[i].file == file)
			return disk.open[i].disk;
	abort();
}

/* Any of the two: their functions for reading and writing are the same. */
static const sqlite3_io_methods *system_methods(void)
{
	return style[0] ? style[0] : style[1];
}

static int file_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
	pthread_mutex_lock(&disk.lock);
	bool on = powered();
	disk.counts.writes++;
	if (on)
		wait_for_sync(disk_of(file), (struct unsynced){ .at = at, .n = (size_t)n },
		              bytes);
	pthread_mutex_unlock(&disk.lock);
	return on ? system_methods()->xWrite(file, bytes, n, at) : SQLITE_IOERR_WRITE;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	pthread_mutex_lock(&disk.lock);
	bool on = powered();
	if (on)
		wait_for_sync(disk_of(file), (struct unsynced){ .at = size, .truncates = true },
		              NULL);
	pthread_mutex_unlock(&disk.lock);
	return on ? system_methods()->xTruncate(file, size) : SQLITE_IOERR_TRUNCATE;
}

static int file_sync(sqlite3_file *file, int flags)
{
	(void)flags;
	pthread_mutex_lock(&disk.lock);
	bool on = powered();
	disk.counts.syncs++;
	if (on)
		sync_all(disk_of(file));
	pthread_mutex_unlock(&disk.lock);
	return on ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

static int file_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
	return power_failed() ? SQLITE_IOERR_READ : system_methods()->xRead(file, to, n, at);
}

static int file_close(sqlite3_file *file)
{
	pthread_mutex_lock(&disk.lock);
	for (int i = 0; i < MOST_OPEN; i++)
		if (disk.open[i].file == file)
			disk.open[i].file = NULL;
	pthread_mutex_unlock(&disk.lock);
	return style[file->pMethods == &methods[0] ? 0 : 1]->xClose(file);
}

static void replace_methods(sqlite3_file *f, int i)
{
	if (!style[i]) {
		style[i] = f->pMethods;
		methods[i] = *f->pMethods;
		methods[i].xRead = file_read;
		methods[i].xWrite = file_write;
		methods[i].xTruncate = file_truncate;
		methods[i].xSync = file_sync;
		methods[i].xClose = file_close;
	}
	assert(f->pMethods == style[i]);
	f->pMethods = &methods[i];
}

static int open_file(sqlite3_vfs *ours, const char *name, sqlite3_file *f, int flags, int *out)
{
	int i = 0;

	(void)ours;
	f->pMethods = NULL;
	if (power_failed())
		return SQLITE_CANTOPEN;
	pthread_mutex_lock(&disk.lock);
	struct disk_file *d = find_disk(name);
	if (d->removed) /* the name is another file's now */
		lose(d);
	int code = system_vfs->xOpen(system_vfs, name, f, flags, out);
	if (code == SQLITE_OK && f->pMethods) {
		while (disk.open[i].file)
			i++;
		assert(i < MOST_OPEN - 1);
		disk.open[i] = (struct open_file){ f, d };
		replace_methods(f, (flags & SQLITE_OPEN_MAIN_DB) ? 0 : 1);
	}
	pthread_mutex_unlock(&disk.lock);
	return code;
}

/* Without a sync of the folder the file may be there again. */
static int remove_file(sqlite3_vfs *ours, const char *name, int synced)
{
	(void)ours;
	pthread_mutex_lock(&disk.lock);
	bool on = powered();
	struct disk_file *f = find_disk(name);
	if (on && f->there)
		f->removed = true;
	else if (on)
		lose(f);
	if (on && synced)
		sync_folder();
	pthread_mutex_unlock(&disk.lock);
	return on ? system_vfs->xDelete(system_vfs, name, synced) : SQLITE_IOERR_DELETE;
}

void power_start(uint64_t seed)
{
	disk.random = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15);
	system_vfs = sqlite3_vfs_find(NULL);
	vfs = *system_vfs;
	vfs.zName = "power";
	vfs.pNext = NULL;
	vfs.xOpen = open_file;
	vfs.xDelete = remove_file;
	sqlite3_vfs_register(&vfs, 1);
}
