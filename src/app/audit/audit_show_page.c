#include "app/audit/audit_show_page.h"

#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "base/vec.h"

enum { SHOWN_AT_ONCE = 3 /* passages of a finding; the others unfold */ };

/* A passage of a finding that is to be marked. */
struct mark {
	struct doc_line line;
	const struct audit_place *place;
	int note;
	const char *tone;
};

struct show {
	struct arena *arena;
	const struct document *document;
	struct audit_view *v;
	struct mark *marks; /* in the order of the document */
	size_t n_marks, next_note;
};

static int compare_marks(const void *left, const void *right)
{
	const struct mark *a = left, *b = right;
	int order = doc_line_compare(a->line, b->line);

	return order != 0 ? order : (a->note > b->note) - (a->note < b->note);
}

/* Lines of the first file are "d41"; of the second "d41-2". */
static enum err anchor_of(const char **out, struct show *s, struct doc_line line)
{
	if (line.file == 0)
		return arena_printf(s->arena, out, "d%d", line.line);
	return arena_printf(s->arena, out, "d%d-%d", line.line, line.file + 1);
}

static enum err line_words(const char **out, struct show *s, struct doc_line line)
{
	const char *number;

	TRY(arena_printf(s->arena, &number, "%d", line.line));
	if (s->document->n_files == 1)
		return msg_format(out, s->arena, MSG_AUDIT_LINE_NUMBER, number);
	return msg_format(out, s->arena, MSG_AUDIT_FILE_LINE,
	                  s->document->files[line.file].name, number);
}

/* ---- the findings ---- */

static enum err fill_note(struct audit_note *note, struct show *s,
                          const struct audit_finding *f, int number)
{
	bool fails = f->verdict == AUDIT_FAIL;
	struct audit_note_place *places;

	*note = (struct audit_note){
		.finding = f,
		.number = number,
		.tone = fails ? "late" : "soon",
		.badge =
		        badge(fails ? TONE_LATE : TONE_SOON,
		              msg_text(fails ? MSG_AUDIT_SHOWN_FAIL : MSG_AUDIT_SHOWN_SUSPECT)),
		.n_places = f->n_places,
		.n_first = f->n_places <= SHOWN_AT_ONCE + 1 ? f->n_places : SHOWN_AT_ONCE,
		.place = "",
	};
	TRY(arena_array(s->arena, &places, f->n_places));
	for (size_t i = 0; i < f->n_places; i++) {
		const struct audit_place *p = &f->places[i];

		TRY(anchor_of(&places[i].anchor, s, p->line));
		TRY(line_words(&places[i].line, s, p->line));
		places[i].quote = p->quote;
		TRY(vec_room(s->arena, s->marks, s->n_marks));
		s->marks[s->n_marks++] = (struct mark){ p->line, p, number, note->tone };
	}
	note->places = places;
	if (f->n_places > 0)
		note->place = places[0].anchor;
	return ERR_OK;
}

static enum err fill_notes(struct show *s, const struct audit_result *result)
{
	struct audit_note *notes;

	TRY(arena_array(s->arena, &notes, result->n_findings));
	for (size_t i = 0; i < result->n_findings; i++) {
		TRY(fill_note(&notes[i], s, &result->findings[i], (int)i + 1));
		if (result->findings[i].verdict == AUDIT_FAIL)
			s->v->n_fail++;
		else
			s->v->n_suspect++;
	}
	s->v->notes = notes;
	s->v->n_notes = result->n_findings;
	if (s->n_marks > 0)
		qsort(s->marks, s->n_marks, sizeof(*s->marks), compare_marks);
	return ERR_OK;
}

/* ---- marked texts ---- */

/* The first mark on `from` or later. */
static size_t first_mark(const struct show *s, struct doc_line from)
{
	size_t low = 0, high = s->n_marks;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (doc_line_compare(s->marks[middle].line, from) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct range {
	size_t start, end;
	const struct mark *mark;
};

/* Where the passage of a mark stands in the text; false when it is not there. */
static bool find_range(struct range *out, const char *text, const struct mark *m)
{
	const struct audit_place *p = m->place;
	const char *at = *p->quote ? strstr(text, p->quote) : NULL;

	if (!at)
		return false;
	out->start = (size_t)(at - text) + p->at;
	out->end = p->n > 0 ? out->start + p->n : out->start + strlen(p->quote);
	out->mark = m;
	return true;
}

static int compare_ranges(const void *left, const void *right)
{
	const struct range *a = left, *b = right;

	return (a->start > b->start) - (a->start < b->start);
}

struct pieces {
	struct show *s;
	struct audit_piece *at;
	size_t n;
	const char *text;
};

static enum err put_piece(struct pieces *p, size_t start, size_t end, const struct mark *m)
{
	struct audit_piece piece = { .note = m ? m->note : 0, .tone = m ? m->tone : "" };

	if (end <= start)
		return ERR_OK;
	TRY(arena_strndup(p->s->arena, &piece.text, p->text + start, end - start));
	TRY(vec_room(p->s->arena, p->at, p->n));
	p->at[p->n++] = piece;
	return ERR_OK;
}

/* The text in pieces, with the marks on lines `from` to `to`. */
static enum err mark_text(struct audit_pieces *out, struct show *s, const char *text,
                          struct doc_line from, struct doc_line to)
{
	struct pieces p = { .s = s, .text = text };
	struct range *ranges = NULL;
	size_t n = 0, done = 0;

	for (size_t i = first_mark(s, from);
	     i < s->n_marks && doc_line_compare(s->marks[i].line, to) <= 0; i++) {
		TRY(vec_room(s->arena, ranges, n));
		n += find_range(&ranges[n], text, &s->marks[i]);
	}
	if (n > 0)
		qsort(ranges, n, sizeof(*ranges), compare_ranges);
	for (size_t i = 0; i < n; i++) {
		if (ranges[i].start < done)
			continue;
		TRY(put_piece(&p, done, ranges[i].start, NULL));
		TRY(put_piece(&p, ranges[i].start, ranges[i].end, ranges[i].mark));
		done = ranges[i].end;
	}
	TRY(put_piece(&p, done, strlen(text), NULL));
	*out = (struct audit_pieces){ p.at, p.n };
	return ERR_OK;
}

/* ---- the parts of the document ---- */

/* The notes that begin on a line up to `to`; parts come in the order of the document. */
static void take_notes(struct audit_shown *part, struct show *s, struct doc_line to)
{
	size_t first = s->next_note;

	while (s->next_note < s->v->n_notes) {
		const struct audit_finding *f = s->v->notes[s->next_note].finding;

		if (f->n_places > 0 && doc_line_compare(f->places[0].line, to) > 0)
			break;
		s->next_note++;
	}
	part->notes = s->v->notes + first;
	part->n_notes = s->next_note - first;
}

/* The tone of a finding about the whole row: one that quotes no single cell of it. */
static const char *row_tone(const struct show *s, const struct table_row *row)
{
	const char *tone = "";

	for (size_t i = first_mark(s, row->line);
	     i < s->n_marks && doc_line_compare(s->marks[i].line, row->last_line) <= 0; i++)
		if (s->marks[i].place->n == 0 && strcmp(tone, "late") != 0)
			tone = s->marks[i].tone;
	return tone;
}

static enum err show_row(struct audit_shown_row *out, struct show *s, const struct table *t,
                         size_t i)
{
	const struct table_row *row = &t->rows[i];
	struct audit_pieces *cells;

	TRY(arena_array(s->arena, &cells, t->n_columns));
	for (size_t c = 0; c < t->n_columns; c++)
		TRY(mark_text(&cells[c], s, row->cells[c].text.text, row->line,
		              row->last_line));
	*out = (struct audit_shown_row){ .tone = row_tone(s, row),
		                         .header = row->kind == ROW_HEADER,
		                         .cells = cells,
		                         .n_cells = t->n_columns };
	return anchor_of(&out->anchor, s, row->line);
}

static enum err show_table(struct audit_shown *part, struct show *s, const struct table *t)
{
	struct audit_shown_row *rows;

	TRY(arena_array(s->arena, &rows, t->n_rows));
	for (size_t i = 0; i < t->n_rows; i++)
		TRY(show_row(&rows[i], s, t, i));
	part->is_table = true;
	part->rows = rows;
	part->n_rows = t->n_rows;
	if (t->n_rows > 0) {
		TRY(arena_printf(s->arena, &part->anchor, "t%s", rows[0].anchor));
		take_notes(part, s, t->rows[t->n_rows - 1].last_line);
	}
	return ERR_OK;
}

static enum err show_paragraph(struct audit_shown *part, struct show *s,
                               const struct block *block)
{
	struct doc_line first = joined_line(&block->text, 0);
	struct doc_line last = joined_line(&block->text, strlen(block->text.text));

	part->heading = block->kind == BLOCK_HEADING;
	TRY(anchor_of(&part->anchor, s, first));
	TRY(arena_printf(s->arena, &part->line, "%d", first.line));
	TRY(mark_text(&part->text, s, block->text.text, first, last));
	take_notes(part, s, last);
	return ERR_OK;
}

enum err audit_show_document(struct audit_view *v, struct arena *a,
                             const struct document *document, const struct audit_result *result)
{
	struct show s = { .arena = a, .document = document, .v = v };
	struct audit_shown *shown;

	v->n_relations = result->n_relations;
	TRY(fill_notes(&s, result));
	TRY(arena_array(a, &shown, document->n_blocks));
	for (size_t i = 0; i < document->n_blocks; i++) {
		const struct block *block = &document->blocks[i];

		shown[i].anchor = "";
		if (block->kind == BLOCK_TABLE)
			TRY(show_table(&shown[i], &s, &document->tables[block->table]));
		else
			TRY(show_paragraph(&shown[i], &s, block));
	}
	v->shown = shown;
	v->n_shown = document->n_blocks;
	if (v->n_shown > 0) /* what begins after the last part: nothing may be lost */
		shown[v->n_shown - 1].n_notes += v->n_notes - s.next_note;
	return ERR_OK;
}
