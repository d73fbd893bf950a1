#include "app/narrative/narrative_build.h"

#include <string.h>

#include "base/vec.h"

#define PART(kind, word) { NARRATIVE_##kind, word },
static const struct {
	enum narrative_kind kind;
	const char *word;
} parts[] = {
#include "app/narrative/narrative_words.def"
};

const char *narrative_part_word(enum narrative_kind kind)
{
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (parts[i].kind == kind)
			return parts[i].word;
	return NULL;
}

bool narrative_part_of(enum narrative_kind *out, const char *line)
{
	struct slice word = { line + 1, strcspn(line + 1, "\n") };

	word = slice_trim(word);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (slice_eq(word, parts[i].word)) {
			*out = parts[i].kind;
			return true;
		}
	return false;
}

void narrative_build_start(struct narrative_builder *b, struct arena *a)
{
	*b = (struct narrative_builder){ .arena = a, .part = NARRATIVE_PARAGRAPH };
	str_init(&b->words, a, NARRATIVE_LONGEST);
}

/* ---- runs ---- */

static enum err push_run(struct narrative_builder *b, const struct narrative_run *run)
{
	TRY(vec_room(b->arena, b->runs.at, b->runs.n));
	b->runs.at[b->runs.n] = *run;
	b->runs.at[b->runs.n].bold |= b->bold;
	b->runs.at[b->runs.n].italic |= b->italic;
	b->runs.n++;
	return ERR_OK;
}

/* What was read of prose becomes a run. */
static enum err flush(struct narrative_builder *b)
{
	struct narrative_run run = { .kind = NARRATIVE_WORDS, .value = DEC_NONE };

	if (b->words.len == 0)
		return ERR_OK;
	TRY(str_check(&b->words));
	TRY(arena_strndup(b->arena, &run.text, b->words.data, b->words.len));
	str_clear(&b->words);
	return push_run(b, &run);
}

/* The end of a block has no blank; a run that was nothing else goes. */
static enum err trim_end(struct narrative_builder *b)
{
	struct narrative_run *last;
	size_t n;

	TRY(flush(b));
	if (b->runs.n == 0)
		return ERR_OK;
	last = &b->runs.at[b->runs.n - 1];
	n = strlen(last->text);
	if (last->kind != NARRATIVE_WORDS || last->marker || n == 0 || last->text[n - 1] != ' ')
		return ERR_OK;
	if (n == 1)
		b->runs.n--;
	else
		TRY(arena_strndup(b->arena, &last->text, last->text, n - 1));
	return ERR_OK;
}

static enum err take_runs(struct narrative_runs *out, struct narrative_builder *b)
{
	TRY(trim_end(b));
	*out = (struct narrative_runs){ b->runs.at, b->runs.n };
	b->runs = (struct narrative_run_list){ .at = NULL };
	b->after_blank = true;
	return ERR_OK;
}

static void put_char(struct narrative_builder *b, char c)
{
	if (c == '\t')
		c = ' ';
	if (c == ' ' && b->after_blank)
		return;
	str_put_char(&b->words, c);
	b->after_blank = c == ' ';
}

/* ---- blocks ---- */

static enum err push_block(struct narrative_builder *b, const struct narrative_block *block)
{
	if (b->out.n == NARRATIVE_MOST_BLOCKS)
		return err_set(ERR_TOO_LARGE, "more than %d blocks", NARRATIVE_MOST_BLOCKS);
	TRY(vec_room(b->arena, b->blocks, b->out.n));
	b->blocks[b->out.n] = *block;
	b->blocks[b->out.n].repeated = b->repeating > 0;
	b->out.n++;
	return ERR_OK;
}

static size_t widest(const struct narrative_builder *b, const size_t *widths)
{
	size_t most = 0;

	for (size_t i = 0; i < b->n_rows; i++)
		most = widths[i] > most ? widths[i] : most;
	return most;
}

/* Rows of one width: short ones get empty cells. */
static enum err even_rows(size_t *columns, struct narrative_builder *b)
{
	size_t *widths;

	TRY(arena_array(b->arena, &widths, b->n_rows));
	for (size_t i = 0; i < b->n_rows; i++)
		while (widths[i] < NARRATIVE_MOST_COLUMNS && b->rows[i].cells[widths[i]].at)
			widths[i]++;
	*columns = widest(b, widths);
	return ERR_OK;
}

static enum err end_table(struct narrative_builder *b)
{
	struct narrative_block block = { .kind = NARRATIVE_TABLE, .line = b->table_line };

	if (b->n_rows == 0)
		return ERR_OK;
	TRY(even_rows(&block.columns, b));
	block.rows = b->rows;
	block.n_rows = b->n_rows;
	block.has_header = b->has_header;
	b->rows = NULL;
	b->n_rows = 0;
	b->has_header = false;
	return push_block(b, &block);
}

static enum err end_cell(struct narrative_builder *b)
{
	static const struct narrative_run empty;
	struct narrative_runs runs;

	TRY(take_runs(&runs, b));
	if (b->n_cells == NARRATIVE_MOST_COLUMNS)
		return ERR_OK;
	if (!runs.at)
		runs.at = &empty; /* a cell that is there, with nothing in it */
	b->cells[b->n_cells++] = runs;
	return ERR_OK;
}

static enum err end_row(struct narrative_builder *b)
{
	TRY(trim_end(b));
	if (b->runs.n > 0)
		TRY(end_cell(b));
	b->in_cell = false;
	if (b->n_cells == 0)
		return ERR_OK;
	TRY(vec_room(b->arena, b->rows, b->n_rows));
	b->rows[b->n_rows++] = (struct narrative_row){ b->cells };
	return ERR_OK;
}

static enum err end_line(struct narrative_builder *b)
{
	struct narrative_block block = { .kind = b->kind, .level = b->level, .line = b->line };

	if (b->in_cell)
		TRY(end_row(b));
	else if (b->started && !b->comment)
		TRY(take_runs(&block.runs, b));
	if (block.runs.n > 0)
		TRY(push_block(b, &block));
	b->started = b->comment = b->bold = b->italic = false;
	b->after_blank = true;
	return ERR_OK;
}

/* ---- lines ---- */

static enum err start_row(struct narrative_builder *b)
{
	if (b->n_rows == 0)
		b->table_line = b->line;
	b->in_cell = true;
	b->n_cells = 0;
	/* One more than there may be, always empty: it ends the row. */
	return arena_array(b->arena, &b->cells, NARRATIVE_MOST_COLUMNS + 1);
}

static enum err start_line(struct narrative_builder *b, enum narrative_kind kind, int level)
{
	b->started = true;
	b->kind = kind;
	b->level = level;
	b->after_blank = true;
	if (kind == NARRATIVE_TABLE)
		return start_row(b);
	return end_table(b);
}

static size_t heading_marks(const char *text)
{
	size_t n = strspn(text, "#");

	return n <= NARRATIVE_DEEPEST_HEADING && text[n] == ' ' ? n : 0;
}

/* "|---|:--|" below the first row of a table. */
static bool is_rule(const char *text)
{
	size_t n = strspn(text, "|-: \t");

	return *text == '|' && strstr(text, "---") && strstr(text, "---") < text + n &&
	       (text[n] == '\n' || text[n] == '\0');
}

/* What the line is, by how it begins; *skip: bytes that only say so. */
static enum err begin_line(struct narrative_builder *b, const char *text, size_t *skip)
{
	size_t marks = heading_marks(text);

	*skip = 0;
	if (str_starts(text, "//")) {
		b->started = b->comment = true;
		return ERR_OK;
	}
	if (*text == '@' && narrative_part_of(&b->part, text)) {
		b->started = b->comment = true;
		return end_table(b);
	}
	if (b->part == NARRATIVE_PARAGRAPH && is_rule(text)) {
		b->started = b->comment = true;
		b->has_header = b->n_rows == 1;
		return ERR_OK;
	}
	*skip = 2;
	if (b->part == NARRATIVE_PARAGRAPH && *text == '|') {
		*skip = 1;
		return start_line(b, NARRATIVE_TABLE, 0);
	}
	if (str_starts(text, "- ") || str_starts(text, "+ "))
		return b->part == NARRATIVE_PARAGRAPH
		               ? start_line(b, NARRATIVE_ITEM, *text == '-' ? 1 : 2)
		               : start_line(b, b->part, 0);
	*skip = marks;
	if (b->part == NARRATIVE_PARAGRAPH && marks > 0)
		return start_line(b, NARRATIVE_HEADING, (int)marks);
	*skip = 0;
	return start_line(b, b->part, 0);
}

/* One character of prose, or two; *n: bytes that were used. */
static enum err read_char(struct narrative_builder *b, const char *at, size_t *n)
{
	*n = 1;
	if (*at == '\\' && at[1] && at[1] != '\n') {
		*n = 2;
		put_char(b, at[1]);
	} else if (*at == '*') {
		*n = at[1] == '*' ? 2 : 1;
		TRY(flush(b));
		if (*n == 2)
			b->bold = !b->bold;
		else
			b->italic = !b->italic;
	} else if (*at == '|' && b->in_cell && !b->in_note) {
		return end_cell(b);
	} else {
		put_char(b, *at);
	}
	return ERR_OK;
}

enum err narrative_build_text(struct narrative_builder *b, const char *text, int line)
{
	size_t n;

	for (; *text; text += n) {
		n = 1;
		if (*text == '\n' && b->in_note) {
			put_char(b, ' ');
		} else if (*text == '\n') {
			if (!b->started)
				TRY(end_table(b));
			TRY(end_line(b));
			line++;
		} else if (b->comment || (!b->started && (*text == ' ' || *text == '\t'))) {
			continue;
		} else if (b->started) {
			TRY(read_char(b, text, &n));
		} else {
			b->line = line;
			TRY(begin_line(b, text, &n));
			if (n == 0 && !b->comment)
				TRY(read_char(b, text, &n));
			n += n == 0;
		}
	}
	return ERR_OK;
}

enum err narrative_build_run(struct narrative_builder *b, const struct narrative_run *run,
                             int line)
{
	size_t n = strlen(run->text);

	if (b->comment || n == 0)
		return ERR_OK;
	if (!b->started) {
		b->line = line;
		TRY(start_line(b, b->part, 0));
	}
	TRY(flush(b));
	b->after_blank = run->text[n - 1] == ' ';
	return push_run(b, run);
}

/* ---- footnotes ---- */

enum err narrative_build_note_begin(struct narrative_builder *b, int line)
{
	struct narrative_run mark = { .kind = NARRATIVE_NOTE_MARK,
		                      .value = DEC_NONE,
		                      .note = b->out.n_notes };

	TRY(arena_printf(b->arena, &mark.text, "%zu", b->out.n_notes + 1));
	TRY(narrative_build_run(b, &mark, line));
	TRY(vec_room(b->arena, b->notes, b->out.n_notes));
	b->notes[b->out.n_notes++] = (struct narrative_runs){ .at = NULL };
	b->outer = b->runs;
	b->outer_bold = b->bold;
	b->outer_italic = b->italic;
	b->runs = (struct narrative_run_list){ .at = NULL };
	b->in_note = b->after_blank = true;
	b->bold = b->italic = false;
	return ERR_OK;
}

enum err narrative_build_note_end(struct narrative_builder *b)
{
	size_t note = b->out.n_notes - 1;

	TRY(take_runs(&b->notes[note], b));
	b->runs = b->outer;
	b->bold = b->outer_bold;
	b->italic = b->outer_italic;
	b->in_note = b->after_blank = false;
	return ERR_OK;
}

static void count(struct narrative *out, const struct narrative_runs *runs)
{
	for (size_t i = 0; i < runs->n; i++) {
		const struct narrative_run *r = &runs->at[i];
		bool figure = r->kind == NARRATIVE_FIGURE || r->kind == NARRATIVE_CHANGE;

		out->n_figures += figure;
		out->n_blank += figure && str_eq(r->text, NARRATIVE_BLANK_TEXT);
		out->n_stated += r->kind == NARRATIVE_STATED;
	}
}

enum err narrative_build_end(struct narrative *out, struct narrative_builder *b)
{
	TRY(end_line(b));
	TRY(end_table(b));
	b->out.blocks = b->blocks;
	b->out.notes = b->notes;
	for (size_t i = 0; i < b->out.n; i++) {
		const struct narrative_block *block = &b->blocks[i];

		count(&b->out, &block->runs);
		for (size_t r = 0; r < block->n_rows; r++)
			for (size_t c = 0; c < block->columns; c++)
				count(&b->out, &block->rows[r].cells[c]);
	}
	for (size_t i = 0; i < b->out.n_notes; i++)
		count(&b->out, &b->notes[i]);
	*out = b->out;
	return ERR_OK;
}
