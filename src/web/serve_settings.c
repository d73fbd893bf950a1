#include "web/serve_settings.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST_CONFIG = 1024 * 1024 };

static enum err read_file(const char **out, struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	struct str text;
	char piece[4096];
	size_t n;

	if (!f)
		return err_set(ERR_IO, "%s: %s", path, strerror(errno));
	str_init(&text, a, LONGEST_CONFIG);
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
		str_put_n(&text, piece, n);
	bool failed = ferror(f) != 0;
	fclose(f);
	if (failed)
		return err_set(ERR_IO, "%s cannot be read", path);
	return str_finish(&text, out);
}

static enum err set_option(struct settings *s, struct problems *problems, struct cli *cli,
                           const char *option, const char *setting)
{
	const char *value = cli_option(cli, option);

	return value ? settings_set(s, problems, 0, setting, value) : ERR_OK;
}

enum err serve_settings(struct settings *s, struct problems *problems, struct cli *cli)
{
	const char *path = cli_option(cli, "--config"), *text = "";

	*s = settings_default();
	if (path) {
		TRY(read_file(&text, cli->arena, path));
		TRY(settings_parse(s, problems, text));
	}
	TRY(settings_from_environment(s, problems, environ));
	TRY(set_option(s, problems, cli, "--db", "database"));
	return set_option(s, problems, cli, "--listen", "listen");
}
