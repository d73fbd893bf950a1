#include <stdio.h>

#include "app/slip/slip_frame_pdf.h"
#include "app/slip/slip_pdf.h"

/* The letters that the office signs: 04 and 05. */

static const struct pdf_style to_whom = {
	.size = 13, .align = PDF_CENTRE, .before = 8, .after = 8
};

static void put_addressee(struct slip_frame *f)
{
	const struct slip_person *p = &f->dossier->person;
	const struct pdf_run runs[] = { { msg_text(MSG_SLIP_TO), 0 }, { p->name, PDF_BOLD } };

	pdf_paragraph(f->pdf, &to_whom, runs, ARRAY_LEN(runs));
	slip_put_field(f, MSG_SLIP_ADDRESS, p->address);
	slip_put_field(f, MSG_SLIP_PHONE, p->phone);
	slip_put_field(f, MSG_SLIP_FIELD, f->dossier->field);
}

static void put_emphasis(struct slip_frame *f, const char *text, const char *strong)
{
	const struct pdf_run runs[] = { { text, 0 }, { strong, PDF_BOLD }, { ".", 0 } };

	pdf_paragraph(f->pdf, &slip_style_text, runs, strong ? 3 : 2);
}

static void put_labelled(struct slip_frame *f, enum msg label, const char *text)
{
	const struct pdf_run runs[] = { { msg_text(label), PDF_BOLD },
		                        { str_blank(text) ? NULL : text, 0 } };

	pdf_paragraph(f->pdf, &slip_style_text, runs, ARRAY_LEN(runs));
}

static bool is_2018(const struct slip_frame *f)
{
	return f->form->to != 0;
}

static enum err put_new_due(struct slip_frame *f, const struct slip_apology *s)
{
	enum msg words = is_2018(f) ? MSG_SLIP_A_SORRY : MSG_SLIP_A_EXTEND;
	const char *text, *due;
	char times[16];

	TRY(msg_format(&text, f->arena, words, f->office));
	TRY(slip_moment(&due, f->arena, s->new_due_at));
	put_emphasis(f, text, due);
	if (s->times > 1) {
		snprintf(times, sizeof(times), "%d", s->times);
		TRY(msg_format(&text, f->arena, MSG_SLIP_A_TIMES, times));
		slip_put_text(f, text);
	}
	slip_put_text(f, msg_text(MSG_SLIP_A_END));
	return ERR_OK;
}

static enum err apology_body(struct slip_frame *f, const void *slip)
{
	const struct slip_apology *s = slip;
	const struct slip_dossier *d = f->dossier;
	const char *text, *day, *due;

	put_addressee(f);
	TRY(slip_day(&day, f->arena, MSG_SLIP_DAY_BEGINS, instant_day(d->received_at)));
	TRY(msg_format(&text, f->arena, MSG_SLIP_A_RECEIVED, day, f->office, d->procedure,
	               d->code));
	slip_put_text(f, text);
	TRY(slip_moment(&due, f->arena, d->due_at));
	TRY(msg_format(&text, f->arena, MSG_SLIP_A_DUE, due ? due : ""));
	slip_put_text(f, text);
	TRY(msg_format(&text, f->arena, MSG_SLIP_A_LATE, f->office));
	slip_put_text(f, text);
	put_labelled(f, MSG_SLIP_REASON, s->reason);
	TRY(put_new_due(f, s));
	return slip_put_office_end(f);
}

ERR_RESULT slip_apology_pdf(struct str *to, struct arena *a, const struct slip_apology *slip,
                            instant_t created)
{
	return slip_draw(to, a,
	                 &(struct slip_job){ SLIP_APOLOGY, &slip->dossier, slip, apology_body,
	                                     created });
}

static enum err stop_body(struct slip_frame *f, const void *slip)
{
	const struct slip_stop *s = slip;
	const struct slip_dossier *d = f->dossier;
	const char *text, *received, *stopped;

	put_addressee(f);
	TRY(slip_moment(&received, f->arena, d->received_at));
	TRY(msg_format(&text, f->arena, MSG_SLIP_T_TEXT, f->office, d->procedure, d->code,
	               received ? received : ""));
	slip_put_text(f, text);
	if (!str_blank(s->basis))
		put_labelled(f, MSG_SLIP_T_BASIS, s->basis);
	put_labelled(f, MSG_SLIP_REASON, s->reason);
	TRY(slip_moment(&stopped, f->arena, s->stopped_at));
	put_labelled(f, MSG_SLIP_T_FROM, stopped);
	TRY(msg_format(&text, f->arena, MSG_SLIP_T_END, f->office, f->desk));
	slip_put_text(f, text);
	return slip_put_office_end(f);
}

ERR_RESULT slip_stop_pdf(struct str *to, struct arena *a, const struct slip_stop *slip,
                         instant_t created)
{
	return slip_draw(
	        to, a,
	        &(struct slip_job){ SLIP_STOP, &slip->dossier, slip, stop_body, created });
}
