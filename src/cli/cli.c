#include "cli/cli.h"

#include <string.h>

#include "base/str.h"
#include "db/migrate.h"

const char *cli_option(const struct cli *cli, const char *name)
{
	const char *value = NULL;

	for (int i = 0; i + 1 < cli->argc; i++)
		if (str_eq(cli->argv[i], name))
			value = cli->argv[i + 1];
	return value;
}

bool cli_flag(const struct cli *cli, const char *name)
{
	for (int i = 0; i < cli->argc; i++)
		if (str_eq(cli->argv[i], name))
			return true;
	return false;
}

/* Whether `word` is one of the words of `list`. */
static bool in_list(const char *word, const char *list)
{
	struct slice rest = slice_of(list), part;

	while (slice_cut(&rest, ' ', &part))
		if (slice_eq(part, word))
			return true;
	return false;
}

const char *cli_argument(const struct cli *cli, size_t i, const char *flags)
{
	for (int at = 0; at < cli->argc; at++) {
		const char *word = cli->argv[at];

		if (str_starts(word, "--"))
			at += !in_list(word, flags);
		else if (i-- == 0)
			return word;
	}
	return NULL;
}

int cli_refuse(struct cli *cli, const char *message)
{
	fprintf(cli->err, "cchc: %s\n", message);
	return 2;
}

/* What the user can do about an error; the English detail follows for the engineer. */
static const struct {
	enum err code;
	enum msg message;
} explanations[] = {
	{ ERR_NOT_FOUND, MSG_CLI_NOT_FOUND },
	{ ERR_NO_MEMORY, MSG_NO_MEMORY },
	{ ERR_DB_NEWER, MSG_CLI_DB_NEWER },
	{ ERR_DB_OLDER, MSG_CLI_DB_OLDER },
	{ ERR_READ_ONLY, MSG_CLI_READ_ONLY },
	{ ERR_DB, MSG_CLI_DB },
	{ ERR_BUSY, MSG_CLI_DB },
	{ ERR_DB_GONE, MSG_CLI_DB_GONE },
	{ ERR_IO, MSG_CLI_IO },
};

static enum msg explanation(enum err e)
{
	for (size_t i = 0; i < ARRAY_LEN(explanations); i++)
		if (explanations[i].code == e)
			return explanations[i].message;
	return MSG_CLI_FAILED;
}

int cli_fail(struct cli *cli, enum err e)
{
	fprintf(cli->err, "cchc: %s\n", msg_text(explanation(e)));
	if (*err_message())
		fprintf(cli->err, "      (%s: %s)\n", err_name(e), err_message());
	return 2;
}

enum err cli_open_db(struct cli *cli, struct db **out)
{
	const char *where = cli_option(cli, "--db");
	struct db *db;

	if (!where)
		return err_set(ERR_INPUT, "%s", msg_text(MSG_CLI_NO_DB));
	TRY(db_open(&db, where, DB_WRITE));
	enum err e = db_migrate_new(db);
	if (e != ERR_OK) {
		db_close(db);
		return e;
	}
	*out = db;
	return ERR_OK;
}

enum err cli_open_writer(struct cli *cli, struct db_writer **out)
{
	const char *where = cli_option(cli, "--db");

	if (!where)
		return err_set(ERR_INPUT, "%s", msg_text(MSG_CLI_NO_DB));
	return db_writer_start(out, where, cli->clock, &cli->ids);
}

struct change cli_change(const char *action)
{
	return (struct change){ .at = INSTANT_NONE, .origin = "cli", .action = action };
}

static enum err read_pieces(struct str *bytes, FILE *f)
{
	char piece[1 << 16];
	size_t got;

	while ((got = fread(piece, 1, sizeof(piece), f)) > 0 && !bytes->failed)
		str_put_n(bytes, piece, got);
	if (bytes->too_long)
		return err_set(ERR_TOO_LARGE, "more than %zu bytes", bytes->max);
	return ferror(f) ? err_set(ERR_IO, "cannot read") : str_check(bytes);
}

enum err cli_read_file(struct slice *out, struct arena *a, const char *path, size_t most)
{
	FILE *f = fopen(path, "rb");
	struct str bytes;
	const char *text;
	enum err e;

	if (!f)
		return err_set(ERR_IO, "cannot open %s", path);
	str_init(&bytes, a, most);
	e = read_pieces(&bytes, f);
	fclose(f);
	if (e == ERR_IO)
		return err_set(ERR_IO, "cannot read %s", path);
	TRY(e);
	TRY(str_finish(&bytes, &text));
	*out = (struct slice){ text, bytes.len };
	return ERR_OK;
}
