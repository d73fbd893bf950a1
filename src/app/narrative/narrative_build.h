/* narrative_build.h - blocks out of prose and runs, line by line; private to the renderer. */
#ifndef APP_NARRATIVE_NARRATIVE_BUILD_H
#define APP_NARRATIVE_NARRATIVE_BUILD_H

#include "app/narrative/narrative.h"
#include "base/str.h"

struct narrative_run_list {
	struct narrative_run *at;
	size_t n;
};

struct narrative_builder {
	struct arena *arena;
	struct narrative out;
	struct narrative_block *blocks;
	struct narrative_runs *notes;
	enum narrative_kind part;
	/* The line that is being read. */
	bool started;          /* something of it was seen */
	bool comment, in_cell; /* it is a comment; a row of a table */
	enum narrative_kind kind;
	int level, line;
	bool bold, italic;
	struct narrative_run_list runs;
	struct str words; /* prose not yet a run */
	bool after_blank;
	bool in_note;
	struct narrative_run_list outer; /* of the block, while a note is read */
	bool outer_bold, outer_italic;
	/* The table that is being read. */
	struct narrative_row *rows;
	size_t n_rows;
	struct narrative_runs *cells;
	size_t n_cells;
	int table_line;
	bool has_header;
	int repeating; /* inside that many loops */
};
void narrative_build_start(struct narrative_builder *b, struct arena *a);
/* Prose with its marks and line breaks; `line` is that of its first byte. */
ERR_RESULT narrative_build_text(struct narrative_builder *b, const char *text, int line);
ERR_RESULT narrative_build_run(struct narrative_builder *b, const struct narrative_run *run,
                               int line);
ERR_RESULT narrative_build_note_begin(struct narrative_builder *b, int line);
ERR_RESULT narrative_build_note_end(struct narrative_builder *b);
ERR_RESULT narrative_build_end(struct narrative *out, struct narrative_builder *b);

/* The kind that "@word" (to the end of the line) begins; false: there is none. */
bool narrative_part_of(enum narrative_kind *out, const char *line);
const char *narrative_part_word(enum narrative_kind kind); /* NULL: it has none */

#endif
