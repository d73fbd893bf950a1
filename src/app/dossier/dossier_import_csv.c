#include "app/dossier/dossier_import_csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/dossier/dossier_code.h"
#include "base/str.h"
#include "base/vntext.h"
#include "doc/csv.h"
#include "doc/csv_pieces.h"
#include "doc/sheet_header.h"

#define COLUMN(name, word, label, titles) { titles },
static const struct sheet_column guessed[] = {
#include "app/dossier/dossier_import_columns.def"
};
#undef COLUMN

struct state_word {
	enum dossier_state state;
	const char *theirs;
};
#define STATE_WORD(state, theirs) { DOSSIER_##state, theirs },
#define CHANNEL_WORD(channel, theirs)
static const struct state_word states[] = {
#include "app/dossier/dossier_import_words.def"
};
#undef STATE_WORD
#undef CHANNEL_WORD

struct channel_word {
	enum dossier_choice channel;
	const char *theirs;
};
#define STATE_WORD(state, theirs)
#define CHANNEL_WORD(channel, theirs) { CHANNEL_##channel, theirs },
static const struct channel_word channels[] = {
#include "app/dossier/dossier_import_words.def"
};
#undef STATE_WORD
#undef CHANNEL_WORD

/* A day without an hour: received when the morning begins, everything else by its end. */
enum { MORNING = 7 * 60, EVENING = 17 * 60 };

struct reading {
	struct arena *arena;
	struct sheet sheet;
	struct sheet_header header;
	struct problems *problems;
	bool later; /* not the first part of its file */
};

static const char *cell(const struct reading *r, const struct sheet_row *row,
                        enum dossier_import_column column)
{
	return sheet_header_cell(&r->header, row, (size_t)column);
}

/* The first thing that is wrong with a line stays. */
static enum err refuse(struct dossier_import_row *to, struct reading *r, enum msg id,
                       const char *label, const char *text)
{
	if (to->message)
		return ERR_OK;
	to->fate = IMPORT_REFUSED;
	to->unreadable = true;
	return msg_format(&to->message, r->arena, id, label, text);
}

static bool holds(const char *folded, const char *theirs)
{
	struct slice rest = slice_of(theirs), word;

	while (slice_cut(&rest, '|', &word)) {
		if (memmem(folded, strlen(folded), word.at, word.len))
			return true;
	}
	return false;
}

/* ---- the cells of a line ---- */

static enum err read_code(struct dossier_import_row *to, struct reading *r,
                          const struct sheet_row *row)
{
	struct dossier_code code;
	char text[DOSSIER_CODE_TEXT];
	enum dossier_code_fault fault = dossier_code_parse(&code, cell(r, row, IMPORT_CODE));

	to->code = cell(r, row, IMPORT_CODE);
	if (fault == DOSSIER_CODE_OK)
		return arena_strdup(r->arena, &to->code, dossier_code_write(&code, text));
	return refuse(to, r, MSG_IMPORT_BAD_CODE, to->code, dossier_code_fault_text(fault));
}

/* Cuts ":33" off "15:20:33", which the program does not keep. */
static void cut_seconds(char *text)
{
	char *first = strchr(text, ':'), *second = first ? strchr(first + 1, ':') : NULL;
	size_t digits;

	if (!second)
		return;
	digits = strspn(second + 1, "0123456789.");
	memmove(second, second + 1 + digits, strlen(second + 1 + digits) + 1);
}

static enum err read_instant(instant_t *out, struct dossier_import_row *to, struct reading *r,
                             const struct sheet_row *row, enum dossier_import_column column)
{
	const char *typed = cell(r, row, column);
	int minute = column == IMPORT_RECEIVED ? MORNING : EVENING;
	char text[64];
	date_t day;

	*out = INSTANT_NONE;
	if (typed[0] == '\0')
		return ERR_OK;
	snprintf(text, sizeof(text), "%.*s", (int)sizeof(text) - 1, typed);
	cut_seconds(text);
	if (instant_parse_vn(out, text))
		return ERR_OK;
	if (date_parse_vn(&day, text)) {
		*out = instant_local(day, minute);
		return ERR_OK;
	}
	return refuse(to, r, MSG_IMPORT_BAD_DAY, dossier_import_label(column), typed);
}

static enum err read_instants(struct dossier_import_row *to, struct reading *r,
                              const struct sheet_row *row)
{
	TRY(read_instant(&to->received_at, to, r, row, IMPORT_RECEIVED));
	TRY(read_instant(&to->due_at, to, r, row, IMPORT_DUE));
	TRY(read_instant(&to->finished_at, to, r, row, IMPORT_FINISHED));
	TRY(read_instant(&to->returned_at, to, r, row, IMPORT_RETURNED));
	if (instant_is_none(to->received_at))
		return refuse(to, r, MSG_IMPORT_MISSING, dossier_import_label(IMPORT_RECEIVED),
		              "");
	return ERR_OK;
}

/* A result that was handed over existed by then. */
static void settle_instants(struct dossier_import_row *to)
{
	bool ended = to->state == DOSSIER_FINISHED || to->state == DOSSIER_RETURNED;

	if (ended && instant_is_none(to->finished_at))
		to->finished_at = to->returned_at;
	if (to->state == DOSSIER_RETURNED && instant_is_none(to->returned_at))
		to->returned_at = to->finished_at;
	if (to->state == DOSSIER_RETURNED && !instant_is_none(to->finished_at) &&
	    instant_cmp(to->returned_at, to->finished_at) < 0)
		to->returned_at = to->finished_at;
}

static enum err read_state(struct dossier_import_row *to, struct reading *r,
                           const struct sheet_row *row)
{
	const char *text = cell(r, row, IMPORT_STATE), *folded;

	to->state = DOSSIER_NONE;
	TRY(text_fold(r->arena, &folded, text));
	for (size_t i = 0; i < ARRAY_LEN(states) && to->state == DOSSIER_NONE; i++) {
		if (folded[0] && holds(folded, states[i].theirs))
			to->state = states[i].state;
	}
	if (folded[0] && to->state == DOSSIER_NONE)
		return refuse(to, r, MSG_IMPORT_BAD_WORD, dossier_import_label(IMPORT_STATE),
		              text);
	if (to->state == DOSSIER_NONE)
		to->state = !instant_is_none(to->returned_at)   ? DOSSIER_RETURNED
		            : !instant_is_none(to->finished_at) ? DOSSIER_FINISHED
		                                                : DOSSIER_IN_PROCESS;
	settle_instants(to);
	if (to->state >= DOSSIER_FINISHED && instant_is_none(to->finished_at))
		return refuse(to, r, MSG_IMPORT_MISSING, dossier_import_label(IMPORT_FINISHED),
		              "");
	return ERR_OK;
}

static enum err read_channel(struct dossier_import_row *to, struct reading *r,
                             const struct sheet_row *row)
{
	const char *text = cell(r, row, IMPORT_CHANNEL), *folded;

	to->channel = CHANNEL_COUNTER;
	if (text[0] == '\0')
		return ERR_OK;
	TRY(text_fold(r->arena, &folded, text));
	for (size_t i = 0; i < ARRAY_LEN(channels); i++) {
		if (holds(folded, channels[i].theirs)) {
			to->channel = channels[i].channel;
			return ERR_OK;
		}
	}
	return refuse(to, r, MSG_IMPORT_BAD_WORD, dossier_import_label(IMPORT_CHANNEL), text);
}

static enum err read_quantity(struct dossier_import_row *to, struct reading *r,
                              const struct sheet_row *row)
{
	const char *text = cell(r, row, IMPORT_QUANTITY);
	long long n = 1;

	if (text[0] && (!str_to_int(text, &n) || n < 1 || n > 9999))
		return refuse(to, r, MSG_IMPORT_BAD_WORD, dossier_import_label(IMPORT_QUANTITY),
		              text);
	to->quantity = (int)n;
	return ERR_OK;
}

static enum err read_row(struct dossier_import_row *to, struct reading *r,
                         const struct sheet_row *row)
{
	*to = (struct dossier_import_row){ .line = row->line, .fate = IMPORT_NEW };
	to->procedure_code = cell(r, row, IMPORT_PROCEDURE_CODE);
	to->procedure = cell(r, row, IMPORT_PROCEDURE);
	to->applicant = cell(r, row, IMPORT_APPLICANT);
	to->identity = cell(r, row, IMPORT_IDENTITY);
	to->phone = cell(r, row, IMPORT_PHONE);
	to->address = cell(r, row, IMPORT_ADDRESS);
	to->summary = cell(r, row, IMPORT_SUMMARY);
	TRY(read_code(to, r, row));
	if (to->applicant[0] == '\0')
		TRY(refuse(to, r, MSG_IMPORT_MISSING, dossier_import_label(IMPORT_APPLICANT),
		           ""));
	if (to->procedure_code[0] == '\0' && to->procedure[0] == '\0')
		TRY(refuse(to, r, MSG_IMPORT_MISSING,
		           dossier_import_label(IMPORT_PROCEDURE_CODE), ""));
	TRY(read_instants(to, r, row));
	TRY(read_state(to, r, row));
	TRY(read_channel(to, r, row));
	return read_quantity(to, r, row);
}

/* ---- the rows of the file ---- */

/* "(1) (2) (3)" under the header, and lines that hold one remark: no dossiers. */
static bool is_dossier(const struct reading *r, const struct sheet_row *row)
{
	size_t texts = 0;
	bool numbers = true;

	for (size_t c = 0; c < row->n; c++) {
		texts += row->cells[c][0] != '\0';
		numbers = numbers &&
		          strspn(row->cells[c], "()0123456789 ") == strlen(row->cells[c]);
	}
	return !numbers && (texts > 2 || cell(r, row, IMPORT_CODE)[0]);
}

static enum err read_rows(struct dossier_import_list *out, struct reading *r)
{
	size_t most = r->sheet.n_rows - r->header.row;

	TRY(arena_array(r->arena, &out->rows, most));
	for (size_t i = r->header.row + 1; i < r->sheet.n_rows; i++) {
		if (!is_dossier(r, &r->sheet.rows[i]))
			continue;
		if (out->n_rows == IMPORT_MOST_ROWS) {
			out->n_rows = 0;
			return problems_say(r->problems, "file", 0, MSG_IMPORT_TOO_MANY);
		}
		TRY(read_row(&out->rows[out->n_rows++], r, &r->sheet.rows[i]));
	}
	if (out->n_rows == 0 && !r->later)
		return problems_say(r->problems, "file", 0, MSG_IMPORT_NO_ROWS);
	return ERR_OK;
}

/* The same code on two lines: the later one says what holds now. */
struct coded {
	struct dossier_import_row *row;
};

static int by_code(const void *a, const void *b)
{
	const struct coded *x = a, *y = b;
	int order = strcmp(x->row->code, y->row->code);

	return order != 0 ? order
	                  : (x->row->line > y->row->line) - (x->row->line < y->row->line);
}

static enum err refuse_doubles(struct dossier_import_list *out, struct reading *r)
{
	struct coded *rows;
	char line[16];

	TRY(arena_array(r->arena, &rows, out->n_rows + 1));
	for (size_t i = 0; i < out->n_rows; i++)
		rows[i].row = &out->rows[i];
	qsort(rows, out->n_rows, sizeof(*rows), by_code);
	for (size_t i = 0; i + 1 < out->n_rows; i++) {
		struct dossier_import_row *row = rows[i].row;

		if (row->code[0] == '\0' || !str_eq(row->code, rows[i + 1].row->code))
			continue;
		snprintf(line, sizeof(line), "%d", rows[i + 1].row->line);
		TRY(refuse(row, r, MSG_IMPORT_TWICE, row->code, line));
	}
	return ERR_OK;
}

/* ---- which column is which ---- */

/* The given mapping as titles to look for. */
static enum err wanted_columns(struct sheet_column *out, struct arena *a,
                               const struct dossier_import_mapping *mapping)
{
	for (size_t c = 0; c < IMPORT_COLUMNS; c++) {
		out[c] = mapping ? (struct sheet_column){ "" } : guessed[c];
		if (mapping && !str_blank(mapping->titles[c]))
			TRY(text_fold(a, &out[c].titles, mapping->titles[c]));
	}
	return ERR_OK;
}

static enum err keep_titles(struct dossier_import_list *out, struct reading *r)
{
	const struct sheet_row *row = &r->sheet.rows[r->header.row];
	const char **titles;

	TRY(arena_array(r->arena, &titles, row->n + 1));
	for (size_t c = 0; c < row->n; c++) {
		if (row->cells[c][0])
			titles[out->n_titles++] = row->cells[c];
	}
	out->titles = titles;
	for (size_t c = 0; c < IMPORT_COLUMNS; c++) {
		int column = r->header.columns[c];

		out->mapping.titles[c] =
		        column == SHEET_NO_COLUMN ? NULL : sheet_cell(row, (size_t)column);
	}
	return ERR_OK;
}

static enum err find_header(struct dossier_import_list *out, struct reading *r,
                            const struct dossier_import_mapping *mapping)
{
	struct sheet_column wanted[IMPORT_COLUMNS];
	bool found;

	TRY(wanted_columns(wanted, r->arena, mapping));
	TRY(sheet_header_find(&found, &r->header, r->arena, &r->sheet, wanted, IMPORT_COLUMNS));
	if (!found)
		return problems_say(r->problems, "file", 0, MSG_IMPORT_NO_HEADER);
	TRY(keep_titles(out, r));
	for (size_t c = 0; c < IMPORT_COLUMNS; c++) {
		bool needed = c == IMPORT_CODE || c == IMPORT_APPLICANT || c == IMPORT_RECEIVED;

		if (needed && !out->mapping.titles[c])
			TRY(problems_say(r->problems,
			                 dossier_import_word((enum dossier_import_column)c), 0,
			                 MSG_IMPORT_COLUMN_NEEDED,
			                 dossier_import_label((enum dossier_import_column)c)));
	}
	return ERR_OK;
}

/* From the table of r->sheet. */
static enum err read_sheet(struct dossier_import_list *out, struct reading *r,
                           const struct dossier_import_mapping *mapping)
{
	size_t before = r->problems->n;

	TRY(find_header(out, r, mapping));
	if (r->problems->n > before)
		return ERR_OK;
	TRY(read_rows(out, r));
	return refuse_doubles(out, r);
}

ERR_RESULT dossier_import_read(struct dossier_import_list *out, struct arena *a,
                               const void *bytes, size_t n,
                               const struct dossier_import_mapping *mapping,
                               struct problems *problems)
{
	struct reading r = { .arena = a, .problems = problems };
	size_t before = problems->n;

	*out = (struct dossier_import_list){ 0 };
	TRY(sheet_read(&r.sheet, a, bytes, n, problems));
	if (problems->n > before)
		return ERR_OK;
	TRY(sheet_to_csv(&out->table, a, &r.sheet));
	return read_sheet(out, &r, mapping);
}

/* ---- a long file ---- */

struct dossier_import_file {
	struct csv_pieces pieces;
	struct arena arena;
	bool begun;
	/* Put before every part but the first: "sep=;" and the titles. */
	const char *head;
	int head_lines;
	struct dossier_import_mapping mapping;
};

enum { HEAD_MEMORY = 16 * 1024 * 1024 };

ERR_RESULT dossier_import_open(struct dossier_import_file **out, FILE *from)
{
	struct dossier_import_file *f = calloc(1, sizeof(*f));
	enum err e;

	if (!f)
		return err_set(ERR_NO_MEMORY, "a list");
	arena_init(&f->arena, HEAD_MEMORY);
	e = csv_pieces_open(&f->pieces, from);
	if (e != ERR_OK)
		dossier_import_close(f);
	else
		*out = f;
	return e;
}

void dossier_import_close(struct dossier_import_file *f)
{
	if (!f)
		return;
	csv_pieces_close(&f->pieces);
	arena_release(&f->arena);
	free(f);
}

/* Keeps the record of titles and which column is which. */
static enum err keep_head(struct dossier_import_file *f, const struct reading *r,
                          const struct dossier_import_list *list, struct slice text)
{
	int from = 1, line = 1, header = r->sheet.rows[r->header.row].line;
	size_t n = 0;

	do {
		text.at += n;
		text.len -= n;
		from = line;
		n = csv_record(text, f->pieces.separator, &line);
	} while (n > 0 && line <= header);
	n = n > 0 ? n : text.len;
	if (text.len >= 3 && memcmp(text.at, "\xef\xbb\xbf", 3) == 0) {
		text.at += 3;
		n -= 3;
	}
	f->head_lines = 1 + line - from;
	for (size_t c = 0; c < IMPORT_COLUMNS; c++) {
		if (list->mapping.titles[c])
			TRY(arena_strdup(&f->arena, &f->mapping.titles[c],
			                 list->mapping.titles[c]));
	}
	return arena_printf(&f->arena, &f->head, "sep=%c\n%.*s", f->pieces.separator, (int)n,
	                    text.at);
}

static enum err read_first(struct dossier_import_list *out, struct dossier_import_file *f,
                           struct reading *r, struct slice text,
                           const struct dossier_import_mapping *mapping)
{
	size_t before = r->problems->n;

	if (text.len >= 2 && memcmp(text.at, "PK", 2) == 0)
		return problems_say(r->problems, "file", 0, MSG_IMPORT_CSV_ONLY);
	TRY(csv_read_part(&r->sheet, r->arena, text, 1, r->problems));
	if (r->problems->n > before)
		return ERR_OK;
	TRY(read_sheet(out, r, mapping));
	if (r->problems->n > before && out->n_titles == 0 && mapping) {
		/* The source's columns have other titles now. */
		problems_init(r->problems, r->problems->arena);
		TRY(read_sheet(out, r, NULL));
	}
	f->begun = true;
	return r->problems->n > before ? ERR_OK : keep_head(f, r, out, text);
}

static enum err read_later(struct dossier_import_list *out, struct dossier_import_file *f,
                           struct reading *r, const struct csv_piece *piece)
{
	struct str text;
	size_t before = r->problems->n;

	str_init(&text, r->arena, (size_t)2 * CSV_PIECE_BYTES);
	str_put(&text, f->head);
	str_put_n(&text, piece->text.at, piece->text.len);
	TRY(str_check(&text));
	TRY(csv_read_part(&r->sheet, r->arena, (struct slice){ text.data, text.len },
	                  piece->line - f->head_lines, r->problems));
	if (r->problems->n > before)
		return ERR_OK;
	r->later = true;
	return read_sheet(out, r, &f->mapping);
}

ERR_RESULT dossier_import_next(struct dossier_import_list *out, struct dossier_import_file *f,
                               struct arena *a, const struct dossier_import_mapping *mapping,
                               struct problems *problems)
{
	struct reading r = { .arena = a, .problems = problems };
	struct csv_piece piece;

	*out = (struct dossier_import_list){ 0 };
	TRY(csv_pieces_next(&piece, &f->pieces));
	if (!f->begun)
		return read_first(out, f, &r, piece.text, mapping);
	return piece.text.len == 0 ? ERR_OK : read_later(out, f, &r, &piece);
}
