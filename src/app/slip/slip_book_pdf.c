#include <stdio.h>
#include <string.h>

#include "app/slip/slip_frame_pdf.h"
#include "app/slip/slip_pdf.h"

/* The tables: 06 control slip, 07 follow-up book. */

static const struct pdf_style period = { .size = 13,
	                                 .align = PDF_CENTRE,
	                                 .weight = PDF_ITALIC };
static const struct pdf_style count_line = { .size = 13, .before = 6 };
static const struct pdf_style small = { .size = 10, .weight = PDF_ITALIC };

/* 06 */

static const char *timing_text(enum slip_timing timing)
{
	switch (timing) {
	case SLIP_EARLY:
		return msg_text(MSG_SLIP_EARLY);
	case SLIP_ON_TIME:
		return msg_text(MSG_SLIP_ON_TIME);
	case SLIP_LATE:
		return msg_text(MSG_SLIP_LATE);
	case SLIP_TIMING_NONE:
		break;
	}
	return "";
}

static enum err result_text(const char **out, struct arena *a, const struct slip_step *step)
{
	char due[INSTANT_TEXT];
	const char *timing = timing_text(step->timing), *line;

	*out = timing;
	if (instant_is_none(step->due_at))
		return ERR_OK;
	TRY(msg_format(&line, a, MSG_SLIP_K_DUE, instant_vn(step->due_at, due)));
	return arena_printf(a, out, "%s%s%s", timing, timing[0] ? "\n" : "", line);
}

static enum err put_step(struct slip_frame *f, const struct slip_step *step)
{
	const char *places, *moment, *times, *result;

	TRY(msg_format(&places, f->arena, MSG_SLIP_K_GIVES, step->from ? step->from : "",
	               step->to ? step->to : "", step->name ? step->name : ""));
	TRY(slip_moment(&moment, f->arena, step->at));
	TRY(msg_format(&times, f->arena, MSG_SLIP_K_SIGNS, moment ? moment : ""));
	TRY(result_text(&result, f->arena, step));
	pdf_table_row(f->pdf, (const char *const[]){ places, times, result, step->note });
	return ERR_OK;
}

static enum err put_steps(struct slip_frame *f, const struct slip_control *c)
{
	static const struct pdf_column columns[] = {
		{ 55, PDF_LEFT }, { 55, PDF_LEFT }, { 30, PDF_CENTRE }, { 25, PDF_LEFT }
	};
	const struct pdf_head heads[] = { { msg_text(MSG_SLIP_K_PLACE), 0, 0, 1, 1 },
		                          { msg_text(MSG_SLIP_K_TIME), 0, 1, 1, 1 },
		                          { msg_text(MSG_SLIP_K_RESULT), 0, 2, 1, 1 },
		                          { msg_text(MSG_SLIP_K_NOTE), 0, 3, 1, 1 } };
	const struct pdf_table table = { columns, ARRAY_LEN(columns),
		                         heads,   ARRAY_LEN(heads),
		                         1,       12 };

	pdf_table_start(f->pdf, &table);
	for (size_t i = 0; i < c->n_steps; i++)
		TRY(put_step(f, &c->steps[i]));
	pdf_table_end(f->pdf);
	return ERR_OK;
}

static enum err control_body(struct slip_frame *f, const void *slip)
{
	const struct slip_dossier *d = f->dossier;
	const char *received, *due;

	pdf_skip(f->pdf, 4);
	slip_put_strong(f, MSG_SLIP_CODE, d->code);
	slip_put_field(f, MSG_SLIP_OWNER, d->person.name);
	slip_put_field(f, MSG_SLIP_PROCEDURE, d->procedure);
	TRY(slip_moment(&received, f->arena, d->received_at));
	TRY(slip_moment(&due, f->arena, d->due_at));
	slip_put_field(f, MSG_SLIP_RECEIVED_AT, received);
	slip_put_field(f, MSG_SLIP_DUE_AT, due);
	pdf_skip(f->pdf, 2);
	return put_steps(f, slip);
}

ERR_RESULT slip_control_pdf(struct str *to, struct arena *a, const struct slip_control *slip,
                            instant_t created)
{
	return slip_draw(to, a,
	                 &(struct slip_job){ SLIP_CONTROL, &slip->dossier, slip, control_body,
	                                     created });
}

/* 07 */

enum { BOOK_COLUMNS = 13 };

/* A code breaks behind its office, not within the day: "H57.50.05.13-" / "240207-0975". */
static enum err broken_code(const char **out, struct arena *a, const char *code)
{
	const char *dash = code ? strchr(code, '-') : NULL;

	if (!dash)
		return arena_strdup(a, out, code ? code : "");
	return arena_printf(a, out, "%.*s\n%s", (int)(dash - code) + 1, code, dash + 1);
}

static enum err put_line(struct pdf *pdf, struct arena *a, size_t i,
                         const struct slip_follow_up_line *line)
{
	char number[24], sets[16] = "", received[INSTANT_TEXT], due[INSTANT_TEXT];
	char returned[INSTANT_TEXT];
	const char *code;

	snprintf(number, sizeof(number), "%zu", i + 1);
	if (line->sets > 0)
		snprintf(sets, sizeof(sets), "%d", line->sets);
	TRY(broken_code(&code, a, line->code));
	pdf_table_row(pdf,
	              (const char *const[BOOK_COLUMNS]){
	                      number, code, line->procedure, sets, line->person, line->contact,
	                      line->agency, instant_vn(line->received_at, received),
	                      instant_vn(line->due_at, due),
	                      instant_vn(line->returned_at, returned), line->return_channel, "",
	                      line->note });
	return ERR_OK;
}

static enum err put_book(struct pdf *pdf, struct arena *a, const struct slip_follow_up *book)
{
	static const struct pdf_column columns[BOOK_COLUMNS] = {
		{ 9, PDF_CENTRE },  { 25, PDF_LEFT },   { 36, PDF_LEFT },   { 9, PDF_CENTRE },
		{ 25, PDF_LEFT },   { 30, PDF_LEFT },   { 21, PDF_LEFT },   { 20, PDF_CENTRE },
		{ 20, PDF_CENTRE }, { 20, PDF_CENTRE }, { 18, PDF_CENTRE }, { 13, PDF_CENTRE },
		{ 16, PDF_LEFT },
	};
	const struct pdf_head heads[] = {
		{ msg_text(MSG_SLIP_F_NUMBER), 0, 0, 2, 1 },
		{ msg_text(MSG_SLIP_F_CODE), 0, 1, 2, 1 },
		{ msg_text(MSG_SLIP_F_PROCEDURE), 0, 2, 2, 1 },
		{ msg_text(MSG_SLIP_F_SETS), 0, 3, 2, 1 },
		{ msg_text(MSG_SLIP_F_PERSON), 0, 4, 2, 1 },
		{ msg_text(MSG_SLIP_F_CONTACT), 0, 5, 2, 1 },
		{ msg_text(MSG_SLIP_F_AGENCY), 0, 6, 2, 1 },
		{ msg_text(MSG_SLIP_F_TIMES), 0, 7, 1, 5 },
		{ msg_text(MSG_SLIP_F_RECEIVED), 1, 7, 1, 1 },
		{ msg_text(MSG_SLIP_F_DUE), 1, 8, 1, 1 },
		{ msg_text(MSG_SLIP_F_RETURNED), 1, 9, 1, 1 },
		{ msg_text(MSG_SLIP_F_CHANNEL), 1, 10, 1, 1 },
		{ msg_text(MSG_SLIP_F_SIGN), 1, 11, 1, 1 },
		{ msg_text(MSG_SLIP_F_NOTE), 0, 12, 2, 1 },
	};
	const struct pdf_table table = {
		columns, BOOK_COLUMNS, heads, ARRAY_LEN(heads), 2, 10
	};

	pdf_table_start(pdf, &table);
	for (size_t i = 0; i < book->n_lines; i++)
		TRY(put_line(pdf, a, i, &book->lines[i]));
	pdf_table_end(pdf);
	return ERR_OK;
}

static enum err put_book_title(struct pdf *pdf, struct arena *a,
                               const struct slip_follow_up *book,
                               const struct slip_template *form)
{
	const struct slip_head head = { &book->office, form, NULL, book->printed_on };
	char from[DATE_TEXT], to[DATE_TEXT];
	const char *text;

	TRY(msg_format(&text, a, MSG_SLIP_FORM_LINE, form->number, form->basis));
	pdf_move(pdf, 12);
	pdf_text(pdf, &small, text);
	pdf_move(pdf, 20);
	TRY(slip_put_head(pdf, a, &head));
	pdf_skip(pdf, 4);
	pdf_text(pdf, &slip_style_title, form->title);
	TRY(msg_format(&text, a, MSG_SLIP_F_PERIOD, date_vn(book->from, from),
	               date_vn(book->to, to)));
	pdf_text(pdf, &period, text);
	pdf_skip(pdf, 3);
	return ERR_OK;
}

static enum err put_book_end(struct pdf *pdf, struct arena *a,
                             const struct slip_follow_up *book)
{
	const char *text = msg_text(MSG_SLIP_F_NONE);
	char count[24];

	snprintf(count, sizeof(count), "%02zu", book->n_lines);
	if (book->n_lines > 0)
		TRY(msg_format(&text, a, MSG_SLIP_F_COUNT, count));
	pdf_text(pdf, &count_line, text);
	return ERR_OK;
}

ERR_RESULT slip_follow_up_pdf(struct str *to, struct arena *a,
                              const struct slip_follow_up *slip, instant_t created)
{
	PDF_CLEANUP struct pdf *pdf = NULL;
	const struct slip_template *form = slip_template_on(SLIP_FOLLOW_UP, slip->printed_on);
	struct pdf_setup setup = { .title = form->title,
		                   .created = created,
		                   .landscape = true,
		                   .top = 20,
		                   .bottom = 15,
		                   .left = 20,
		                   .right = 15,
		                   .page_numbers = true };

	TRY(slip_office_short(&setup.author, a, slip->office.name));
	TRY(pdf_new(&pdf, to, &setup));
	TRY(put_book_title(pdf, a, slip, form));
	TRY(put_book(pdf, a, slip));
	TRY(put_book_end(pdf, a, slip));
	return pdf_finish(pdf);
}
