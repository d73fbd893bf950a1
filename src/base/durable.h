/* durable.h - files that are there as a whole or not at all, also after the power failed: they
 * are written under another name, synced, and only then get their own.
 */
#ifndef BASE_DURABLE_H
#define BASE_DURABLE_H

#include <stdio.h>

#include "base/arena.h"

struct durable_file {
	const char *path, *temporary;
	FILE *file; /* NULL: closed */
};

/* Creates a file beside `path`, readable by its owner only.  ERR_CONFLICT when `path` is
 * there already; ERR_IO, ERR_READ_ONLY, ERR_DISK_FULL. */
ERR_RESULT durable_create(struct durable_file *f, struct arena *a, const char *path);
/* Gives it its name; from then on it stays. */
ERR_RESULT durable_keep(struct durable_file *f);
void durable_close(struct durable_file *f); /* removes what was not kept */
#define DURABLE_FILE __attribute__((cleanup(durable_close))) struct durable_file

/* The same for a file that somebody else wrote under the name `temporary`. */
ERR_RESULT durable_rename(const char *temporary, const char *path);

/* What errno says about a file. */
ERR_RESULT durable_error(const char *path);

#endif
