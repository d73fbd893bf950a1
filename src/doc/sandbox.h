/* sandbox.h - runs another program over bytes from outside, so that what they do to it is its
 * death and never ours: limits on memory, time and output; no environment, no network, no
 * writing of files.
 *
 * The program reads the bytes from its standard input, a file that only it has.  Limits on
 * memory, processor time and files are always in force; no network and no writing as far as the
 * kernel lets us (seccomp, Landlock).
 */
#ifndef DOC_SANDBOX_H
#define DOC_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct sandbox_job {
	const char *const *argv; /* argv[0]: an absolute path; NULL at the end */
	const void *input;
	size_t n_input;
	size_t most_memory, most_output; /* bytes */
	int most_seconds;                /* of processor time, and twice that by the clock */
	/* Takes output as it comes; an error ends the program and is returned. */
	enum err (*sink)(void *arg, const char *bytes, size_t n);
	void *arg;
};

enum sandbox_end {
	SANDBOX_EXITED,  /* by itself: see `code` */
	SANDBOX_MISSING, /* there is no such program */
	SANDBOX_LIMIT /* it wanted more time, memory or output than it may have, or crashed */
};
struct sandbox_result {
	enum sandbox_end end;
	int code;
	char said[512]; /* the beginning of its error output */
};

/* ERR_IO when it could not be started. */
ERR_RESULT sandbox_run(struct sandbox_result *out, const struct sandbox_job *job);

#endif
