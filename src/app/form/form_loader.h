/* form_loader.h - what the steps of loading a form set share; private to the loader. */
#ifndef APP_FORM_FORM_LOADER_H
#define APP_FORM_FORM_LOADER_H

#include "app/form/form_lines.h"
#include "app/form/form_load.h"

/* A formula as it stands in a file, to be resolved once every row is known. */
struct loader_formula {
	const struct calc *calc;
	const struct form_line *line;
	const char *file;
	int row;
	bool is_value; /* takes part in the search for circles */
};

struct loader_file {
	const char *name;
	struct form_lines lines;
};

struct loader {
	struct arena *arena;
	struct problems *problems;
	const char *file; /* the one being read */
	struct form_set *set;
	struct calc_schema schema; /* with the names of this set */
	struct loader_file *files;
	size_t n_files;
	struct form *forms;
	struct form_row *rows;
	struct form_setting *settings;
	struct form_condition *conditions;
	struct loader_formula *formulas;
	size_t n_formulas, most_formulas;
	enum err status; /* what loader_split could not say */
};

/* Adds a problem at a line; column 0: the line as a whole. */
#define loader_say(l, line, column, ...) LOADER_SAY_(l, line, column, __VA_ARGS__, NULL)
#define LOADER_SAY_(l, line, column, id, ...)                                                  \
	loader_say_args((l), (line), (column), (id), (const char *const[]){ __VA_ARGS__ })
ERR_RESULT loader_say_args(struct loader *l, int line, int column, enum msg id,
                           const char *const *args);
/* What calc found wrong in the formula of this line. */
ERR_RESULT loader_say_formula(struct loader *l, const struct form_line *line,
                              const struct calc_error *error);

/* The lines of one block ("row 2.1" and what is indented below it) and who reads them. */
struct attribute {
	const char *key;
	enum err (*read)(struct loader *l, void *subject, const struct form_line *line);
	bool many, required;
};
/* Reads the indented lines after lines->items[*at] into `subject`; *at moves to the last of
 * them.  Unknown, doubled and missing keys become problems. */
ERR_RESULT loader_read_block(struct loader *l, const struct form_lines *lines, size_t *at,
                             const struct attribute *attributes, size_t n, void *subject);

/* The place of `word` in words; -1 and a problem that lists them. */
ERR_RESULT loader_word(int *out, struct loader *l, const struct form_line *line,
                       const char *const *words, size_t n);
/* Parses a formula of the line; *out NULL when it was wrong (and is a problem now). */
ERR_RESULT loader_formula(const struct calc **out, struct loader *l,
                          const struct form_line *line, const char *text, bool check, int row);
/* Cuts "WORD SIGN rest" at the first `sign`; false when there is none (or no memory:
 * then l->status says so, before any problem is made of it). */
bool loader_split(const char **left, const char **right, struct loader *l, const char *text,
                  const char *sign);

/* The steps, in this order. */
ERR_RESULT load_set_header(struct loader *l, const struct loader_file *file);
ERR_RESULT load_form(struct loader *l, const struct loader_file *file, struct form *form);
ERR_RESULT load_resolve(struct loader *l);
ERR_RESULT load_examples(struct loader *l, const struct loader_file *file, struct form *form);

/* "2.1", "4/1.4" to a row of the set; -1 when there is none. */
int loader_find(const struct loader *l, const struct form *form, const char *code);

#endif
