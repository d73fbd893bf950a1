/* fault.h - makes the n-th thing of a kind fail, once, anywhere in the process: memory, calls
 * of the database, reads and writes of its files, its connections.
 *
 * Memory of our own code is counted only in programs that the Makefile links with FAULT_LINK.
 */
#ifndef TESTS_FAULT_H
#define TESTS_FAULT_H

#include <stdbool.h>
#include <stddef.h>

struct fault_kind {
	const char *name;
	void (*fail_after)(long n); /* the n-th from now on; 0: none */
	bool (*happened)(void);     /* since the last fail_after(n) with n > 0 */
	bool on_sqlite, on_postgres;
	bool in_each_write; /* no operation that writes can do without */
};
extern const struct fault_kind fault_kinds[]; /* ends with a NULL name */

/* Before SQLite is used: its memory and its files go through here from then on. */
void fault_start(void);

#endif
