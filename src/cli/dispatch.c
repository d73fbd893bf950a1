#include "cli/dispatch.h"

#include <string.h>

#include "base/str.h"
#include "base/version.h"

enum { MOST_MEMORY = 1 << 30 };

struct command {
	const char *words;
	command_fn *run;
	const char *usage, *about;
};

#define COMMAND(words, handler, usage, about) { words, handler, usage, about },
static const struct command commands[] = {
#include "cli/commands.def"
};
#undef COMMAND

/* How many leading arguments the words of `c` take; 0 when they do not match. */
static int matches(const struct command *c, int argc, const char *const *argv)
{
	struct slice rest = slice_of(c->words), word;
	int n = 0;

	while (slice_cut(&rest, ' ', &word)) {
		if (n >= argc || !slice_eq(word, argv[n]))
			return 0;
		n++;
	}
	return n;
}

static const struct command *find(int argc, const char *const *argv, int *used)
{
	for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
		*used = matches(&commands[i], argc, argv);
		if (*used)
			return &commands[i];
	}
	return NULL;
}

static void print_list(FILE *to)
{
	fprintf(to, "%s\n\n", msg_text(MSG_CLI_USAGE));
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		fprintf(to, "  %-20s %s\n", commands[i].words, commands[i].about);
}

static void print_one(FILE *to, const struct command *c)
{
	fprintf(to, "cchc %s %s\n    %s\n", c->words, c->usage, c->about);
}

int help_cli(struct cli *cli)
{
	int used;
	const struct command *c = find(cli->argc, cli->argv, &used);

	if (c)
		print_one(cli->out, c);
	else
		print_list(cli->out);
	return 0;
}

int version_cli(struct cli *cli)
{
	fprintf(cli->out, "cchc %s\n", cchc_version);
	return 0;
}

static int unknown(int argc, const char *const *argv, FILE *err)
{
	if (argc > 0)
		fprintf(err, "cchc: %s \"%s\"\n\n", msg_text(MSG_CLI_UNKNOWN), argv[0]);
	print_list(err);
	return 2;
}

int cli_main(int argc, const char *const *argv, FILE *out, FILE *err)
{
	int used = 0;
	const struct command *c = find(argc, argv, &used);
	ARENA_CLEANUP struct arena arena;

	arena_init(&arena, MOST_MEMORY);
	if (!c)
		return unknown(argc, argv, err);
	struct cli cli = { .argc = argc - used,
		           .argv = argv + used,
		           .out = out,
		           .err = err,
		           .arena = &arena,
		           .clock = CLOCK_SYSTEM };

	if (cli_flag(&cli, "--help")) {
		print_one(out, c);
		return 0;
	}
	return c->run(&cli);
}
