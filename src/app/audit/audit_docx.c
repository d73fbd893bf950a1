#include "app/audit/audit_docx.h"

#include "base/messages.h"
#include "base/vec.h"
#include "doc/docx_comment.h"
#include "doc/text_read.h"

enum err audit_read(struct text_file *out, struct arena *a, const void *bytes, size_t n,
                    const char *name, struct problems *problems)
{
	return text_read(out, a, bytes, n, name, problems);
}

bool audit_is_word(const void *bytes, size_t n)
{
	return text_source_kind(bytes, n) == TEXT_SOURCE_DOCX;
}

/* "Sai - Tỷ lệ", the sentence, what is stated and computed, the proposal: a paragraph each. */
static enum err comment_text(const char **out, struct arena *a, const struct audit_finding *f)
{
	struct str text;

	str_init(&text, a, TEXT_MOST_BYTES);
	str_printf(&text, "%s - %s\n%s\n%s %s\n%s %s",
	           msg_text(f->verdict == AUDIT_FAIL ? MSG_AUDIT_SHOWN_FAIL
	                                             : MSG_AUDIT_SHOWN_SUSPECT),
	           audit_kind_label(f->kind), f->message, msg_text(MSG_AUDIT_STATED), f->stated,
	           msg_text(MSG_AUDIT_COMPUTED), f->computed);
	if (f->correction)
		str_printf(&text, "\n%s %s", msg_text(MSG_AUDIT_CORRECTION), f->correction);
	return str_finish(&text, out);
}

static int place_of(const struct audit_copy *copy, struct doc_line line)
{
	const struct text_file *file = &copy->document->files[line.file];

	if (line.file != copy->file || line.line < 1 || (size_t)line.line > file->n_lines)
		return -1;
	return file->lines[line.line - 1].place;
}

/* A finding about a whole row quotes all its cells; no run of the row holds that. */
static const char *quote_of(struct arena *a, const struct audit_place *p)
{
	const char *quote = NULL;

	if (p->n == 0 || arena_strndup(a, &quote, p->quote + p->at, p->n) != ERR_OK)
		return NULL;
	return quote;
}

enum err audit_word_copy(struct str *to, struct arena *a, const struct audit_copy *copy,
                         struct problems *problems)
{
	struct docx_comment *comments = NULL;
	size_t n = 0;

	for (size_t i = 0; i < copy->result->n_findings; i++) {
		const struct audit_finding *f = &copy->result->findings[i];
		const char *text;

		TRY(comment_text(&text, a, f));
		for (size_t k = 0; k < f->n_places && n < DOCX_MOST_COMMENTS; k++) {
			int place = place_of(copy, f->places[k].line);

			if (place < 0)
				continue;
			TRY(vec_room(a, comments, n));
			comments[n++] =
			        (struct docx_comment){ .place = place,
				                       .quote = quote_of(a, &f->places[k]),
				                       .author = msg_text(MSG_AUDIT_AUTHOR),
				                       .text = text };
		}
	}
	return docx_comment(to, a, (struct slice){ copy->bytes, copy->n }, comments, n,
	                    problems);
}
