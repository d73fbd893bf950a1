#include "doc/pdf_text.h"

#include <string.h>

#include "doc/pdf_layout.h"
#include "doc/sandbox.h"

static enum err make_lines(struct text_file *out, struct arena *a, struct pdf_words *words)
{
	struct line_builder lines = { .arena = a };
	struct pdf_layout layout;

	TRY(pdf_layout_build(&layout, a, words));
	TRY(pdf_layout_text(&lines, &layout));
	*out = lines_finish(&lines);
	return ERR_OK;
}

ERR_RESULT pdf_text_from_words(struct text_file *out, struct arena *a, const char *xhtml,
                               size_t n)
{
	struct pdf_words words;
	struct pdf_bbox *bbox;
	enum err e;

	*out = (struct text_file){ .name = "" };
	TRY(pdf_bbox_new(&bbox, a, &words));
	e = pdf_bbox_feed(bbox, xhtml, n);
	if (e == ERR_OK)
		e = pdf_bbox_end(bbox);
	pdf_bbox_free(bbox);
	TRY(e);
	return make_lines(out, a, &words);
}

static enum err take(void *arg, const char *bytes, size_t n)
{
	return pdf_bbox_feed(arg, bytes, n);
}

/* What a person should know; MSG_COUNT_: there is nothing wrong. */
static enum msg trouble(const struct sandbox_result *result, const struct pdf_words *words)
{
	if (result->end == SANDBOX_MISSING)
		return MSG_PDF_NO_READER;
	if (result->end == SANDBOX_LIMIT)
		return MSG_PDF_TOO_MUCH;
	if (strstr(result->said, "password") || result->code == 3)
		return MSG_PDF_ENCRYPTED;
	if (result->code != 0 || words->n_pages == 0)
		return MSG_PDF_BROKEN;
	return MSG_COUNT_;
}

/* Pictures of pages, with no more words than a stamp has. */
static bool is_scanned(const struct pdf_words *words)
{
	enum { STAMP = 20 };
	size_t empty = 0;

	for (size_t i = 0; i < words->n_pages; i++)
		empty += words->pages[i].end == words->pages[i].first;
	return words->n_words == 0 ||
	       (2 * empty > words->n_pages && words->n_words < STAMP * words->n_pages);
}

static enum err run(struct sandbox_result *result, struct pdf_bbox *bbox, const void *bytes,
                    size_t n)
{
	static const char *const argv[] = {
		"/usr/bin/pdftotext", "-bbox", "-enc", "UTF-8", "-", "-", NULL
	};
	const struct sandbox_job job = { .argv = argv,
		                         .input = bytes,
		                         .n_input = n,
		                         .most_memory = PDF_MOST_MEMORY,
		                         .most_output = PDF_MOST_OUTPUT,
		                         .most_seconds = PDF_MOST_SECONDS,
		                         .sink = take,
		                         .arg = bbox };

	return sandbox_run(result, &job);
}

ERR_RESULT pdf_text_read(struct text_file *out, struct arena *a, const void *bytes, size_t n,
                         struct problems *problems)
{
	struct sandbox_result result;
	struct pdf_words words;
	struct pdf_bbox *bbox;
	enum msg id;
	enum err e, end = ERR_OK;

	*out = (struct text_file){ .name = "" };
	TRY(pdf_bbox_new(&bbox, a, &words));
	e = run(&result, bbox, bytes, n);
	if (e == ERR_OK)
		end = pdf_bbox_end(bbox);
	pdf_bbox_free(bbox);
	if (e == ERR_INPUT)
		return problems_say(problems, "file", 0, MSG_PDF_BROKEN);
	if (e == ERR_TOO_LARGE)
		return problems_say(problems, "file", 0, MSG_PDF_TOO_MUCH);
	TRY(e);
	id = trouble(&result, &words);
	if (id == MSG_COUNT_ && end != ERR_OK)
		id = MSG_PDF_BROKEN;
	if (id == MSG_COUNT_ && is_scanned(&words))
		id = MSG_PDF_SCANNED;
	if (id != MSG_COUNT_)
		return problems_say(problems, "file", 0, id);
	e = make_lines(out, a, &words);
	return e == ERR_TOO_LARGE ? problems_say(problems, "file", 0, MSG_TEXT_TOO_LONG) : e;
}
