/* power_vfs.h - files of SQLite on a disk whose power may fail.
 *
 * What was written since the last sync of a file is kept apart.  When the power fails, each of
 * those writes may be there, or not, or only some of its sectors, and an older one may be there
 * over a newer; a file that was made or removed without a sync of its folder may be so or not.
 * Syncs reach no real disk, so that hundreds of failures take seconds.
 */
#ifndef TESTS_POWER_VFS_H
#define TESTS_POWER_VFS_H

#include <stdbool.h>
#include <stdint.h>

/* From here on SQLite's files go through the disk; `seed` decides what survives. */
void power_start(uint64_t seed);

/* The power fails at the n-th write, sync, truncation or removal from now on; everything that
 * is done to files afterwards fails.  0: it does not fail. */
void power_fail_after(long n);
bool power_failed(void);

/* Every connection is closed: puts on the real disk what survived.  If the power did not fail,
 * it does now. */
void power_back(void);

/* Nothing is open: the disk is empty, for another database. */
void power_forget(void);

struct power_counts {
	long writes, syncs, survived, torn, lost; /* of writes at failures */
};
struct power_counts power_counts(void);

#endif
