#include "app/journal/journal_digest_pdf.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/messages.h"
#include "doc/barcode.h"

enum { HASH = 32, GROUP = 2, GROUPS_A_LINE = 8 };

static const struct pdf_style title = {
	.size = 15, .align = PDF_CENTRE, .weight = PDF_BOLD, .after = 4
};
static const struct pdf_style centred = { .size = 13, .align = PDF_CENTRE, .after = 4 };
static const struct pdf_style text_style = {
	.size = 13, .align = PDF_JUSTIFY, .before = 4, .after = 4
};
static const struct pdf_style hash_style = {
	.size = 16, .align = PDF_CENTRE, .weight = PDF_BOLD, .spacing = 1.4
};

/* "9f2c 01ab ...", eight groups on a line, so that two papers can be compared by eye. */
static ERR_RESULT hash_text(const char **out, struct arena *a, const unsigned char *hash)
{
	struct str s;

	str_init(&s, a, 256);
	for (int i = 0; i < HASH; i++) {
		str_printf(&s, "%02x", hash[i]);
		if (i % GROUP == GROUP - 1 && i < HASH - 1)
			str_put(&s, (i + 1) % (GROUP * GROUPS_A_LINE) == 0 ? "\n" : "  ");
	}
	return str_finish(&s, out);
}

static ERR_RESULT put_facts(struct pdf *pdf, struct arena *a,
                            const struct journal_digest_page *page)
{
	char day[DATE_TEXT], at[INSTANT_TEXT], first[24], last[24], count[24];
	const char *text;

	snprintf(first, sizeof(first), "%" PRId64, page->first);
	snprintf(last, sizeof(last), "%" PRId64, page->last);
	snprintf(count, sizeof(count), "%" PRId64, page->last - page->first + 1);
	pdf_text(pdf, &title, msg_text(MSG_JOURNAL_PDF_TITLE));
	TRY(msg_format(&text, a, MSG_JOURNAL_PDF_DAY, date_vn(page->on, day)));
	pdf_text(pdf, &centred, text);
	TRY(msg_format(&text, a, MSG_JOURNAL_PDF_COUNT, count, first, last));
	pdf_text(pdf, &text_style, text);
	if (!instant_is_none(page->stamped_at)) {
		TRY(msg_format(&text, a, MSG_JOURNAL_STAMP_AT,
		               instant_vn(page->stamped_at, at)));
		pdf_text(pdf, &text_style, text);
	}
	pdf_text(pdf, &text_style, msg_text(MSG_JOURNAL_PDF_HASH));
	pdf_skip(pdf, 3);
	return ERR_OK;
}

static ERR_RESULT put_hash(struct pdf *pdf, struct arena *a, const unsigned char *hash)
{
	enum { SIDE = 34 };
	const char *groups;
	char hex[2 * HASH + 1];

	TRY(hash_text(&groups, a, hash));
	pdf_text(pdf, &hash_style, groups);
	for (size_t i = 0; i < HASH; i++)
		snprintf(hex + 2 * i, 3, "%02x", hash[i]);
	pdf_skip(pdf, 6);
	double x = pdf_left(pdf) + (pdf_width(pdf) - SIDE) / 2;
	TRY(barcode_qr(pdf, (struct barcode_place){ x, pdf_y(pdf), SIDE, SIDE }, hex));
	pdf_skip(pdf, SIDE + 6);
	return ERR_OK;
}

static ERR_RESULT put_signature(struct pdf *pdf, struct arena *a, instant_t printed_at)
{
	static const struct pdf_style small = { .size = 13,
		                                .align = PDF_CENTRE,
		                                .weight = PDF_ITALIC };
	static const struct pdf_style role = { .size = 13,
		                               .align = PDF_CENTRE,
		                               .weight = PDF_BOLD };
	char at[INSTANT_TEXT];
	const char *text;
	double half = pdf_width(pdf) / 2;

	pdf_text(pdf, &text_style, msg_text(MSG_JOURNAL_PDF_WHY));
	TRY(msg_format(&text, a, MSG_JOURNAL_PDF_PRINTED, instant_vn(printed_at, at)));
	pdf_text(pdf, &text_style, text);
	pdf_skip(pdf, 8);
	pdf_area(pdf, half, half);
	pdf_text(pdf, &role, msg_text(MSG_JOURNAL_PDF_SIGNER));
	pdf_text(pdf, &small, msg_text(MSG_JOURNAL_PDF_SIGN));
	pdf_area(pdf, 0, 0);
	return ERR_OK;
}

ERR_RESULT journal_digest_pdf(struct str *to, struct arena *a,
                              const struct journal_digest_page *page)
{
	const struct pdf_setup setup = { .title = msg_text(MSG_JOURNAL_PDF_TITLE),
		                         .created = page->printed_at,
		                         .top = 25,
		                         .bottom = 20,
		                         .left = 30,
		                         .right = 20 };
	PDF_CLEANUP struct pdf *pdf = NULL;

	TRY(pdf_new(&pdf, to, &setup));
	TRY(put_facts(pdf, a, page));
	TRY(put_hash(pdf, a, page->hash));
	TRY(put_signature(pdf, a, page->printed_at));
	return pdf_finish(pdf);
}
