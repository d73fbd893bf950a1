/* form_files_cli.h - what the form commands share: files, options and who they name. */
#ifndef APP_FORM_FORM_FILES_CLI_H
#define APP_FORM_FORM_FILES_CLI_H

#include "app/form/form_store.h"
#include "cli/cli.h"

/* The whole file as a text; ERR_IO, ERR_TOO_LARGE, and ERR_INPUT when it holds a NUL. */
ERR_RESULT form_read_file(const char **out, struct arena *a, const char *path, size_t most);

/* The .form files of a folder, by name; ERR_NOT_FOUND when there is none. */
struct form_folder {
	struct form_text *files;
	size_t n;
};
ERR_RESULT form_read_folder(struct form_folder *out, struct arena *a, const char *path);

/* Prints each problem as "3.form:12: message"; the file `name` under the path that was given.
 */
ERR_RESULT form_print_problems(struct cli *cli, const struct problems *problems,
                               const char *name, const char *path);

/* The database of --db with the program's sets in it. */
struct form_place {
	struct db *db;
	struct db_writer *writer;
};
ERR_RESULT form_place_open(struct form_place *out, struct cli *cli);
void form_place_close(struct form_place *place);
#define FORM_PLACE __attribute__((cleanup(form_place_close))) struct form_place

/* What --unit, --form and --period name.  False: it was said what is wrong and what there is,
 * exit with code 2. */
struct form_named {
	const struct form_set *set;
	const struct form *form;
	row_id unit;
	struct period period;
};
bool form_named_read(struct form_named *out, struct cli *cli, struct form_place *place,
                     const char *command);

#endif
