#include "app/slip/slip_frame_pdf.h"

#include <stdio.h>

/* Nghị định 30/2020/NĐ-CP, Phụ lục I: margins 20-25, 20-25, 30-35, 15-20 mm; sizes 12-14. */
static const double TOP = 20, BOTTOM = 20, LEFT = 30, RIGHT = 15;
static const double HEAD_LEFT = 66, HEAD_RIGHT = 96; /* of 165 */
static const double SIGN_SPACE = 20;                 /* for the signature, mm */

static const struct pdf_style head_plain = { .size = 12, .align = PDF_CENTRE };
static const struct pdf_style head_bold = {
	.size = 12, .align = PDF_CENTRE, .weight = PDF_BOLD, .balanced = true
};
static const struct pdf_style motto = { .size = 13, .align = PDF_CENTRE, .weight = PDF_BOLD };
static const struct pdf_style number_line = { .size = 13, .align = PDF_CENTRE };
static const struct pdf_style date_line = { .size = 13,
	                                    .align = PDF_CENTRE,
	                                    .weight = PDF_ITALIC };
static const struct pdf_style small = { .size = 10, .align = PDF_LEFT, .weight = PDF_ITALIC };
static const struct pdf_style small_right = { .size = 10,
	                                      .align = PDF_RIGHT,
	                                      .weight = PDF_ITALIC };
static const struct pdf_style sign_role = { .size = 13,
	                                    .align = PDF_CENTRE,
	                                    .weight = PDF_BOLD };
static const struct pdf_style sign_how = { .size = 12,
	                                   .align = PDF_CENTRE,
	                                   .weight = PDF_ITALIC };
static const struct pdf_style sent_to = { .size = 12, .weight = PDF_BOLD | PDF_ITALIC };
static const struct pdf_style sent_list = { .size = 11 };
const struct pdf_style slip_style_text = {
	.size = 13, .align = PDF_JUSTIFY, .indent = 10, .after = 4, .spacing = 1.05
};
const struct pdf_style slip_style_field = { .size = 13, .after = 3, .spacing = 1.05 };
const struct pdf_style slip_style_title = { .size = 14,
	                                    .align = PDF_CENTRE,
	                                    .weight = PDF_BOLD };

/* Dates.  Nghị định 30/2020: days below 10 and the months 1 and 2 get a leading zero. */
struct day_texts {
	char day[12], month[12], year[12];
};

static struct day_texts split_day(date_t on)
{
	struct day_texts t;
	int year, month, day;

	date_split(on, &year, &month, &day);
	snprintf(t.day, sizeof(t.day), "%02d", day);
	snprintf(t.month, sizeof(t.month), month < 3 ? "%02d" : "%d", month);
	snprintf(t.year, sizeof(t.year), "%d", year);
	return t;
}

ERR_RESULT slip_day(const char **out, struct arena *a, enum msg words, date_t on)
{
	struct day_texts t;

	if (date_is_none(on)) {
		*out = NULL;
		return ERR_OK;
	}
	t = split_day(on);
	return msg_format(out, a, words, t.day, t.month, t.year);
}

ERR_RESULT slip_moment(const char **out, struct arena *a, instant_t at)
{
	struct day_texts t;
	char hour[12], minute[12];

	if (instant_is_none(at)) {
		*out = NULL;
		return ERR_OK;
	}
	t = split_day(instant_day(at));
	snprintf(hour, sizeof(hour), "%02d", instant_minute(at) / 60);
	snprintf(minute, sizeof(minute), "%02d", instant_minute(at) % 60);
	return msg_format(out, a, MSG_SLIP_MOMENT, hour, minute, t.day, t.month, t.year);
}

/* The head. */

static enum err place_date(const char **out, struct arena *a, const struct slip_head *head)
{
	const char *place = head->office->place;
	struct day_texts t = split_day(head->on);

	if (str_blank(place))
		place = msg_text(MSG_SLIP_PLACE_BLANK);
	return msg_format(out, a, MSG_SLIP_PLACE_DATE, place, t.day, t.month, t.year);
}

static enum err number_text(const char **out, struct arena *a, const struct slip_head *head)
{
	const char *notation = head->form->notation;

	if (str_blank(head->number))
		return msg_format(out, a, MSG_SLIP_NUMBER_BLANK, notation);
	return msg_format(out, a, MSG_SLIP_NUMBER, head->number, notation);
}

static double put_office(struct pdf *pdf, const struct slip_letterhead *l, double width)
{
	double longest;

	pdf_area(pdf, 0, width);
	if (l->above)
		pdf_text(pdf, &head_plain, l->above);
	pdf_text(pdf, &head_bold, l->first);
	if (l->second)
		pdf_text(pdf, &head_bold, l->second);
	longest = pdf_text_width(pdf, &head_bold, l->second ? l->second : l->first);
	pdf_rule(pdf, (longest < width ? longest : width) * 0.4);
	return pdf_y(pdf);
}

static double put_state(struct pdf *pdf, double x, double width)
{
	pdf_area(pdf, x, width);
	pdf_text(pdf, &head_bold, msg_text(MSG_SLIP_STATE));
	pdf_text(pdf, &motto, msg_text(MSG_SLIP_MOTTO));
	pdf_rule(pdf, pdf_text_width(pdf, &motto, msg_text(MSG_SLIP_MOTTO)));
	return pdf_y(pdf);
}

ERR_RESULT slip_put_head(struct pdf *pdf, struct arena *a, const struct slip_head *head)
{
	/* On a wide page both blocks keep their width and stand over the page's halves. */
	double share = pdf_width(pdf) / (HEAD_LEFT + HEAD_RIGHT + 3);
	double left = HEAD_LEFT * share, x = pdf_width(pdf) - HEAD_RIGHT * share;
	double top = pdf_y(pdf), left_end, right_end;
	struct slip_letterhead letterhead;
	const char *text;

	TRY(slip_letterhead_of(&letterhead, a, head->office, head->form->by_desk, head->on));
	left_end = put_office(pdf, &letterhead, left);
	pdf_move(pdf, top);
	right_end = put_state(pdf, x, HEAD_RIGHT * share);
	pdf_move(pdf, (left_end > right_end ? left_end : right_end) + 1);
	top = pdf_y(pdf);
	if (head->form->notation) {
		TRY(number_text(&text, a, head));
		pdf_area(pdf, 0, left);
		pdf_text(pdf, &number_line, text);
		pdf_move(pdf, top);
	}
	TRY(place_date(&text, a, head));
	pdf_area(pdf, x, HEAD_RIGHT * share);
	pdf_text(pdf, &date_line, text);
	pdf_area(pdf, 0, 0);
	return ERR_OK;
}

static const char *copy_text(const struct slip_template *form, int copy)
{
	if (form->by_desk)
		return msg_text(copy == 0 ? MSG_SLIP_COPY_APPLICANT : MSG_SLIP_COPY_KEPT);
	return msg_text(copy == 0 ? MSG_SLIP_COPY_APPLICANT_LETTER : MSG_SLIP_COPY_KEPT_LETTER);
}

/* The line above everything: which form this is, and which copy. */
static enum err put_form_line(struct slip_frame *f, int copy)
{
	const char *text;

	TRY(msg_format(&text, f->arena, MSG_SLIP_FORM_LINE, f->form->number, f->form->basis));
	pdf_move(f->pdf, TOP - 8);
	pdf_text(f->pdf, &small, text);
	if (f->form->copies > 1) {
		pdf_move(f->pdf, TOP - 8);
		pdf_text(f->pdf, &small_right, copy_text(f->form, copy));
	}
	pdf_move(f->pdf, TOP);
	return ERR_OK;
}

static enum err put_copy(struct slip_frame *f, const struct slip_job *job, int copy)
{
	const struct slip_head head = { &f->dossier->office, f->form, f->dossier->number,
		                        f->dossier->issued_on };

	if (copy > 0) {
		pdf_restart_numbers(f->pdf);
		pdf_new_page(f->pdf);
	}
	TRY(put_form_line(f, copy));
	TRY(slip_put_head(f->pdf, f->arena, &head));
	pdf_skip(f->pdf, 5);
	pdf_text(f->pdf, &slip_style_title, f->form->title);
	return job->body(f, job->slip);
}

static enum err frame_texts(struct slip_frame *f)
{
	const struct slip_office *office = &f->dossier->office;

	TRY(slip_office_short(&f->office, f->arena, office->name));
	f->desk =
	        str_blank(office->desk) ? slip_desk_name(f->dossier->issued_on) : office->desk;
	return ERR_OK;
}

ERR_RESULT slip_draw(struct str *to, struct arena *a, const struct slip_job *job)
{
	PDF_CLEANUP struct pdf *pdf = NULL;
	struct slip_frame f = { .arena = a, .dossier = job->dossier };
	struct pdf_setup setup = { .created = job->created,
		                   .top = TOP,
		                   .bottom = BOTTOM,
		                   .left = LEFT,
		                   .right = RIGHT,
		                   .page_numbers = true };

	f.form = slip_template_on(job->kind, job->dossier->issued_on);
	TRY(frame_texts(&f));
	TRY(arena_printf(a, &setup.title, "%s %s", f.form->title, job->dossier->code));
	setup.author = f.office;
	setup.subject = job->dossier->procedure;
	TRY(pdf_new(&pdf, to, &setup));
	f.pdf = pdf;
	for (int copy = 0; copy < f.form->copies; copy++)
		TRY(put_copy(&f, job, copy));
	return pdf_finish(pdf);
}

/* Fields. */

static void put_runs(struct slip_frame *f, enum msg label, const char *value, unsigned weight)
{
	const struct pdf_run runs[] = { { msg_text(label), 0 },
		                        { str_blank(value) ? NULL : value, weight } };

	pdf_paragraph(f->pdf, &slip_style_field, runs, ARRAY_LEN(runs));
}

void slip_put_field(struct slip_frame *f, enum msg label, const char *value)
{
	put_runs(f, label, value, 0);
}

void slip_put_strong(struct slip_frame *f, enum msg label, const char *value)
{
	put_runs(f, label, value, PDF_BOLD);
}

void slip_put_pair(struct slip_frame *f, const enum msg labels[2], const char *const values[2])
{
	double half = pdf_width(f->pdf) / 2, top, left;

	pdf_need(f->pdf, 8);
	top = pdf_y(f->pdf);
	pdf_area(f->pdf, 0, half - 2);
	slip_put_field(f, labels[0], values[0]);
	left = pdf_y(f->pdf);
	pdf_move(f->pdf, top);
	pdf_area(f->pdf, half, half);
	slip_put_field(f, labels[1], values[1]);
	if (left > pdf_y(f->pdf))
		pdf_move(f->pdf, left);
	pdf_area(f->pdf, 0, 0);
}

void slip_put_person(struct slip_frame *f, bool identity)
{
	static const enum msg labels[] = { MSG_SLIP_PHONE, MSG_SLIP_EMAIL };
	const struct slip_person *p = &f->dossier->person;
	const char *const values[] = { p->phone, p->email };

	if (identity)
		slip_put_field(f, MSG_SLIP_IDENTITY, p->identity);
	slip_put_field(f, MSG_SLIP_ADDRESS, p->address);
	slip_put_pair(f, labels, values);
}

void slip_put_text(struct slip_frame *f, const char *text)
{
	pdf_text(f->pdf, &slip_style_text, text);
}

/* Signatures. */

static double put_signature(struct slip_frame *f, double x, const struct slip_signature *s)
{
	pdf_area(f->pdf, x, pdf_width(f->pdf) / 2);
	pdf_text(f->pdf, &sign_role, s->role);
	pdf_text(f->pdf, &sign_how, msg_text(MSG_SLIP_SIGN_HOW));
	pdf_skip(f->pdf, SIGN_SPACE);
	if (!str_blank(s->name))
		pdf_text(f->pdf, &sign_role, s->name);
	return pdf_y(f->pdf);
}

void slip_put_signatures(struct slip_frame *f, struct slip_signature left,
                         struct slip_signature right)
{
	double top, left_end, right_end;

	pdf_need(f->pdf, SIGN_SPACE + 25);
	pdf_skip(f->pdf, 3);
	top = pdf_y(f->pdf);
	left_end = put_signature(f, 0, &left);
	pdf_move(f->pdf, top);
	right_end = put_signature(f, pdf_width(f->pdf) / 2, &right);
	pdf_move(f->pdf, left_end > right_end ? left_end : right_end);
	pdf_area(f->pdf, 0, 0);
}

ERR_RESULT slip_put_office_end(struct slip_frame *f)
{
	const struct slip_signer *signer = &f->dossier->signer;
	double half = pdf_width(f->pdf) / 2, top;
	const char *list;

	TRY(msg_format(&list, f->arena, MSG_SLIP_SENT_LIST, f->desk, f->dossier->code));
	pdf_need(f->pdf, SIGN_SPACE + 35);
	pdf_skip(f->pdf, 4);
	top = pdf_y(f->pdf);
	pdf_area(f->pdf, 0, half);
	pdf_text(f->pdf, &sent_to, msg_text(MSG_SLIP_SENT_TO));
	pdf_text(f->pdf, &sent_list, list);
	pdf_move(f->pdf, top);
	pdf_area(f->pdf, half, half);
	if (!str_blank(signer->authority))
		pdf_text(f->pdf, &sign_role, signer->authority);
	if (!str_blank(signer->position))
		pdf_text(f->pdf, &sign_role, signer->position);
	pdf_skip(f->pdf, SIGN_SPACE + 4);
	if (!str_blank(signer->name))
		pdf_text(f->pdf, &sign_role, signer->name);
	pdf_area(f->pdf, 0, 0);
	return ERR_OK;
}
