/* The draft of a report as the auditor reads it: the text, and the forms as tables. */
#include "app/report/report_text_page.h"

#include <string.h>

#include "text/document.h"

enum { LONGEST = 4 * 1024 * 1024 };

/* A rate with its parts, as offices print it: its denominator may be another than any row's. */
static void put_figure(struct str *s, const struct form_row *row, const struct rollup_value *v)
{
	char value[DEC_TEXT], over[DEC_TEXT], under[DEC_TEXT];

	str_put(s, dec_vn(v->value, -1, value));
	if (row->kind == FORM_RATIO && !dec_is_none(v->value) && !dec_is_none(v->numerator) &&
	    !dec_is_none(v->denominator))
		str_printf(s, "%% (%s/%s)", dec_vn(v->numerator, -1, over),
		           dec_vn(v->denominator, -1, under));
}

static void put_row(struct str *s, const struct form_row *row, const struct rollup_value *v)
{
	str_printf(s, "%s\t%s\t%s\t", row->code, row->label, row->unit);
	put_figure(s, row, v);
	str_printf(s, "\t%s\n", v->note ? v->note : "");
}

static enum err read_forms(struct text_file *out, struct arena *a,
                           const struct narrative_shown *shown)
{
	const struct form_set *set = shown->set;
	struct str s;

	str_init(&s, a, LONGEST);
	for (size_t i = 0; i < set->n_forms; i++) {
		const struct form *f = &set->forms[i];

		str_printf(&s, "%s %s\n%s\n%s\n", msg_text(MSG_REPORT_TEXT_FORM), f->code,
		           f->title, msg_text(MSG_REPORT_TEXT_COLUMNS));
		for (size_t k = 0; k < f->n_rows; k++)
			put_row(&s, &set->rows[(size_t)f->first + k],
			        &shown->sheet.values[(size_t)f->first + k]);
		str_put(&s, "\n");
	}
	TRY(str_check(&s));
	TRY(text_file_read(out, a, s.data ? s.data : "", s.len));
	out->name = set->title;
	return ERR_OK;
}

enum err report_text_audit(struct audit_result *out, struct arena *a,
                           const struct narrative_shown *shown)
{
	struct audit_options options = { .draft = true };
	struct document document;
	struct text_file files[2];
	const char *plain, *text;

	TRY(narrative_plain(&plain, a, &shown->text));
	TRY(arena_printf(a, &text, "%s\n%s", msg_text(MSG_REPORT_TEXT_TYPE), plain));
	TRY(text_file_read(&files[0], a, text, strlen(text)));
	TRY(read_forms(&files[1], a, shown));
	TRY(document_build(&document, a, files, 2));
	return audit_run(out, a, &document, &options);
}
