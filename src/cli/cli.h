/* cli.h - one command line.  Commands are rows of commands.def; options are read by name.
 *
 * Exit codes: 0 done, 1 the answer is "no" (a check failed), 2 the call or its data is wrong.
 * Results go to `out`, messages to `err`, both in Vietnamese; --json is machine-readable.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/messages.h"
#include "base/str.h"
#include "db/write.h"

struct cli {
	int argc; /* after the command's own word(s) */
	const char *const *argv;
	FILE *out, *err;
	struct arena *arena;
	struct clock clock;
	struct id_source ids;
};

/* The value after `--name`; NULL when absent. A repeated option: the last one. */
const char *cli_option(const struct cli *cli, const char *name);
bool cli_flag(const struct cli *cli, const char *name);
/* The i-th argument that is no option and no option's value; NULL past the end.
 * `flags` lists the options that take no value, separated by blanks. */
const char *cli_argument(const struct cli *cli, size_t i, const char *flags);

/* Says `message` on cli->err and gives exit code 2. */
int cli_refuse(struct cli *cli, const char *message);
/* Says what an error means to the user; exit code 2. */
int cli_fail(struct cli *cli, enum err e);

/* A whole file, with a NUL behind it.  ERR_IO, ERR_TOO_LARGE above `most` bytes. */
ERR_RESULT cli_read_file(struct slice *out, struct arena *a, const char *path, size_t most);

/* Opens the database of --db and makes its tables when it is empty.  ERR_INPUT with a message
 * when the option is missing, ERR_DB_OLDER when the database wants `cchc migrate` first. */
ERR_RESULT cli_open_db(struct cli *cli, struct db **out);
/* A writer on the database of --db, and the change that a command carries. */
ERR_RESULT cli_open_writer(struct cli *cli, struct db_writer **out);
struct change cli_change(const char *action);

typedef int command_fn(struct cli *cli); /* the exit code */

#endif
