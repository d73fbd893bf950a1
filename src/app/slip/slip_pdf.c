#include "app/slip/slip_pdf.h"

#include <stdio.h>

#include "app/slip/slip_frame_pdf.h"
#include "doc/barcode.h"

/* The slips that the desk itself gives out: 01, 02, 03. */

static const struct pdf_style code_line = { .size = 13, .align = PDF_CENTRE };
static const struct pdf_style note = { .size = 11, .weight = PDF_ITALIC, .before = 6 };
static const struct pdf_style text_right = { .size = 13, .after = 4, .indent = 10 };

/* Code 128 and QR of the dossier's code beside each other, the code in words between. */
static enum err put_codes(struct slip_frame *f)
{
	const double bar_width = 72, bar_height = 10, qr = 20, gap = 14;
	double left = pdf_left(f->pdf) + (pdf_width(f->pdf) - bar_width - gap - qr) / 2;
	double top = pdf_y(f->pdf) + 2.5;
	const struct pdf_run runs[] = { { msg_text(MSG_SLIP_CODE), 0 },
		                        { f->dossier->code, PDF_BOLD } };

	TRY(barcode_code128(f->pdf,
	                    (struct barcode_place){ left, top + 2, bar_width, bar_height },
	                    f->dossier->code));
	TRY(barcode_qr(f->pdf, (struct barcode_place){ left + bar_width + gap, top, qr, qr },
	               f->dossier->code));
	pdf_move(f->pdf, top + bar_height + 3);
	pdf_area(f->pdf, left - pdf_left(f->pdf), bar_width);
	pdf_paragraph(f->pdf, &code_line, runs, ARRAY_LEN(runs));
	pdf_area(f->pdf, 0, 0);
	pdf_move(f->pdf, top + qr + 3);
	return ERR_OK;
}

static const char *two_digits(char out[16], int n)
{
	snprintf(out, 16, "%02d", n);
	return out;
}

/* 01 */

static void put_parts(struct slip_frame *f, const struct slip_part *parts, size_t n)
{
	static const struct pdf_column columns[] = {
		{ 12, PDF_CENTRE }, { 98, PDF_LEFT }, { 33, PDF_CENTRE }, { 22, PDF_CENTRE }
	};
	const struct pdf_head heads[] = { { msg_text(MSG_SLIP_C_NUMBER), 0, 0, 1, 1 },
		                          { msg_text(MSG_SLIP_C_PAPER), 0, 1, 1, 1 },
		                          { msg_text(MSG_SLIP_C_FORM), 0, 2, 1, 1 },
		                          { msg_text(MSG_SLIP_C_QUANTITY), 0, 3, 1, 1 } };
	const struct pdf_table table = { columns, ARRAY_LEN(columns),
		                         heads,   ARRAY_LEN(heads),
		                         1,       12 };

	pdf_table_start(f->pdf, &table);
	for (size_t i = 0; i < n; i++) {
		char number[16], quantity[16];
		const char *const cells[] = {
			two_digits(number, (int)i + 1), parts[i].name, parts[i].form,
			parts[i].quantity > 0 ? two_digits(quantity, parts[i].quantity) : NULL
		};

		pdf_table_row(f->pdf, cells);
	}
	pdf_table_end(f->pdf);
	pdf_skip(f->pdf, 1.5);
}

static enum err put_receipt_facts(struct slip_frame *f, const struct slip_receipt *r)
{
	static const enum msg book[] = { MSG_SLIP_R_BOOK, MSG_SLIP_R_LINE };
	const char *const lines[] = { r->book, r->line };
	const char *sets, *received, *due;
	char digits[16];

	TRY(msg_format(&sets, f->arena, MSG_SLIP_R_SETS_VALUE,
	               two_digits(digits, r->sets > 0 ? r->sets : 1)));
	TRY(slip_moment(&received, f->arena, f->dossier->received_at));
	TRY(slip_moment(&due, f->arena, f->dossier->due_at));
	slip_put_field(f, MSG_SLIP_R_SETS, sets);
	slip_put_field(f, MSG_SLIP_R_RECEIVED, received);
	slip_put_strong(f, MSG_SLIP_R_DUE, due);
	slip_put_field(f, MSG_SLIP_R_RETURN, r->return_at);
	slip_put_field(f, MSG_SLIP_R_FEE, r->fee);
	slip_put_pair(f, book, lines);
	return ERR_OK;
}

static enum err put_receipt_note(struct slip_frame *f)
{
	const char *phone = f->dossier->office.phone, *text = msg_text(MSG_SLIP_R_AT_DESK);

	if (!str_blank(phone))
		TRY(msg_format(&text, f->arena, MSG_SLIP_R_ASK, phone));
	pdf_text(f->pdf, &note, text);
	return ERR_OK;
}

static enum err put_desk_of(struct slip_frame *f)
{
	const char *text;

	TRY(msg_format(&text, f->arena, MSG_SLIP_RECEIVED_BY, f->desk, f->office));
	pdf_text(f->pdf, &text_right, text);
	return ERR_OK;
}

static enum err receipt_body(struct slip_frame *f, const void *slip)
{
	const struct slip_receipt *r = slip;

	TRY(put_codes(f));
	TRY(put_desk_of(f));
	slip_put_strong(f, MSG_SLIP_RECEIVED_OF, f->dossier->person.name);
	slip_put_person(f, true);
	slip_put_strong(f, MSG_SLIP_CONTENT, f->dossier->procedure);
	pdf_text(f->pdf, &slip_style_field, msg_text(MSG_SLIP_R_PARTS));
	put_parts(f, r->parts, r->n_parts);
	TRY(put_receipt_facts(f, r));
	slip_put_signatures(f,
	                    (struct slip_signature){ msg_text(MSG_SLIP_SIGN_APPLICANT), NULL },
	                    (struct slip_signature){ msg_text(MSG_SLIP_SIGN_OFFICER),
	                                             f->dossier->officer });
	return put_receipt_note(f);
}

ERR_RESULT slip_receipt_pdf(struct str *to, struct arena *a, const struct slip_receipt *slip,
                            instant_t created)
{
	return slip_draw(to, a,
	                 &(struct slip_job){ SLIP_RECEIPT, &slip->dossier, slip, receipt_body,
	                                     created });
}

/* 02 */

static enum err put_wanted(struct slip_frame *f, const struct slip_part *parts, size_t n)
{
	static const struct pdf_column columns[] = { { 12, PDF_CENTRE },
		                                     { 87, PDF_LEFT },
		                                     { 22, PDF_CENTRE },
		                                     { 22, PDF_CENTRE },
		                                     { 22, PDF_CENTRE } };
	const struct pdf_head heads[] = { { msg_text(MSG_SLIP_C_NUMBER), 0, 0, 2, 1 },
		                          { msg_text(MSG_SLIP_S_PAPER), 0, 1, 2, 1 },
		                          { msg_text(MSG_SLIP_C_QUANTITY), 0, 2, 1, 3 },
		                          { msg_text(MSG_SLIP_S_ORIGINAL), 1, 2, 1, 1 },
		                          { msg_text(MSG_SLIP_S_CERTIFIED), 1, 3, 1, 1 },
		                          { msg_text(MSG_SLIP_S_COPY), 1, 4, 1, 1 } };
	const struct pdf_table table = { columns, ARRAY_LEN(columns),
		                         heads,   ARRAY_LEN(heads),
		                         2,       12 };

	pdf_table_start(f->pdf, &table);
	for (size_t i = 0; i < n; i++) {
		char number[16], quantity[16];
		const char *cells[] = { two_digits(number, (int)i + 1), parts[i].name, NULL,
			                NULL, NULL };
		enum slip_part_kind kind;

		TRY(slip_part_kind_of(&kind, f->arena, parts[i].form));
		if (parts[i].quantity > 0)
			cells[2 + kind] = two_digits(quantity, parts[i].quantity);
		pdf_table_row(f->pdf, cells);
	}
	pdf_table_end(f->pdf);
	pdf_skip(f->pdf, 1.5);
	return ERR_OK;
}

static enum err put_help(struct slip_frame *f)
{
	const char *phone = f->dossier->office.phone, *text;

	if (str_blank(phone))
		TRY(msg_format(&text, f->arena, MSG_SLIP_S_HELP, f->desk));
	else
		TRY(msg_format(&text, f->arena, MSG_SLIP_S_HELP_PHONE, f->desk, phone));
	slip_put_text(f, text);
	return ERR_OK;
}

static enum err supplement_body(struct slip_frame *f, const void *slip)
{
	const struct slip_supplement *s = slip;
	const char *reply_by;

	pdf_skip(f->pdf, 4);
	slip_put_strong(f, MSG_SLIP_DOSSIER_OF, f->dossier->person.name);
	slip_put_person(f, false);
	slip_put_strong(f, MSG_SLIP_CONTENT, f->dossier->procedure);
	slip_put_field(f, MSG_SLIP_CODE, f->dossier->code);
	pdf_text(f->pdf, &slip_style_field, msg_text(MSG_SLIP_S_ASKS));
	TRY(put_wanted(f, s->parts, s->n_parts));
	slip_put_field(f, MSG_SLIP_REASON, s->reason);
	TRY(slip_day(&reply_by, f->arena, MSG_SLIP_DAY, s->reply_by));
	if (reply_by)
		slip_put_strong(f, MSG_SLIP_S_REPLY_BY, reply_by);
	TRY(put_help(f));
	slip_put_signatures(
	        f, (struct slip_signature){ msg_text(MSG_SLIP_SIGN_APPLICANT), NULL },
	        (struct slip_signature){ msg_text(MSG_SLIP_SIGN_GUIDE), f->dossier->officer });
	return ERR_OK;
}

ERR_RESULT slip_supplement_pdf(struct str *to, struct arena *a,
                               const struct slip_supplement *slip, instant_t created)
{
	return slip_draw(to, a,
	                 &(struct slip_job){ SLIP_SUPPLEMENT, &slip->dossier, slip,
	                                     supplement_body, created });
}

/* 03 */

static enum err refusal_body(struct slip_frame *f, const void *slip)
{
	const struct slip_refusal *r = slip;
	const char *text;

	pdf_skip(f->pdf, 4);
	TRY(put_desk_of(f));
	slip_put_strong(f, MSG_SLIP_RECEIVED_OF, f->dossier->person.name);
	slip_put_person(f, false);
	slip_put_strong(f, MSG_SLIP_CONTENT, f->dossier->procedure);
	if (!str_blank(f->dossier->code))
		slip_put_field(f, MSG_SLIP_CODE, f->dossier->code);
	TRY(msg_format(&text, f->arena, MSG_SLIP_N_TEXT, f->desk));
	slip_put_text(f, text);
	slip_put_text(f, r->reason);
	slip_put_text(f, msg_text(MSG_SLIP_N_END));
	slip_put_signatures(f,
	                    (struct slip_signature){ msg_text(MSG_SLIP_SIGN_APPLICANT), NULL },
	                    (struct slip_signature){ msg_text(MSG_SLIP_SIGN_OFFICER),
	                                             f->dossier->officer });
	return ERR_OK;
}

ERR_RESULT slip_refusal_pdf(struct str *to, struct arena *a, const struct slip_refusal *slip,
                            instant_t created)
{
	return slip_draw(to, a,
	                 &(struct slip_job){ SLIP_REFUSAL, &slip->dossier, slip, refusal_body,
	                                     created });
}

ERR_RESULT slip_any_pdf(struct str *to, struct arena *a, const struct slip_any *slip,
                        instant_t created)
{
	switch (slip->kind) {
	case SLIP_RECEIPT:
		return slip_receipt_pdf(to, a, &slip->receipt, created);
	case SLIP_SUPPLEMENT:
		return slip_supplement_pdf(to, a, &slip->supplement, created);
	case SLIP_REFUSAL:
		return slip_refusal_pdf(to, a, &slip->refusal, created);
	case SLIP_APOLOGY:
		return slip_apology_pdf(to, a, &slip->apology, created);
	case SLIP_STOP:
		return slip_stop_pdf(to, a, &slip->stop, created);
	case SLIP_CONTROL:
		return slip_control_pdf(to, a, &slip->control, created);
	case SLIP_FOLLOW_UP:
	case SLIP_KIND_COUNT:
		break;
	}
	return err_set(ERR_NOT_FOUND, "no slip of a dossier is of kind %d", (int)slip->kind);
}
