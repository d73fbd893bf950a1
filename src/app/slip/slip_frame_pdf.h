/* slip_frame_pdf.h - what every slip about one dossier has: letterhead, number and date, title,
 * fields, signatures, copies.  For slip_*_pdf.c only.
 */
#ifndef APP_SLIP_SLIP_FRAME_PDF_H
#define APP_SLIP_SLIP_FRAME_PDF_H

#include "app/slip/slip.h"
#include "base/messages.h"
#include "doc/pdf.h"

struct slip_frame {
	struct pdf *pdf;
	struct arena *arena;
	const struct slip_template *form;
	const struct slip_dossier *dossier;
	const char *office; /* in running text: "UBND xã Hương Sơn" */
	const char *desk;   /* in running text */
};

/* One slip: `body` draws what stands below the title, once for each copy. */
struct slip_job {
	enum slip_kind kind;
	const struct slip_dossier *dossier;
	const void *slip;
	enum err (*body)(struct slip_frame *f, const void *slip);
	instant_t created; /* of the file */
};
ERR_RESULT slip_draw(struct str *to, struct arena *a, const struct slip_job *job);

/* Letterhead and date line of any slip; `number` NULL for one without (notation NULL). */
struct slip_head {
	const struct slip_office *office;
	const struct slip_template *form;
	const char *number;
	date_t on;
};
ERR_RESULT slip_put_head(struct pdf *pdf, struct arena *a, const struct slip_head *head);

extern const struct pdf_style slip_style_text, slip_style_field, slip_style_title;

/* "Địa chỉ: xã Hương Sơn", dots when the value is blank. */
void slip_put_field(struct slip_frame *f, enum msg label, const char *value);
void slip_put_strong(struct slip_frame *f, enum msg label, const char *value);
/* Two fields on one line. */
void slip_put_pair(struct slip_frame *f, const enum msg labels[2], const char *const values[2]);
void slip_put_person(struct slip_frame *f, bool identity);  /* address, telephone, email */
void slip_put_text(struct slip_frame *f, const char *text); /* an indented paragraph */

/* Two signatures beside each other: what stands above, and the name below the space. */
struct slip_signature {
	const char *role, *name;
};
void slip_put_signatures(struct slip_frame *f, struct slip_signature left,
                         struct slip_signature right);
/* "Nơi nhận" at the left, the office's signer at the right. */
ERR_RESULT slip_put_office_end(struct slip_frame *f);

/* "15 giờ 20 phút, ngày 07 tháng 02 năm 2024"; NULL for INSTANT_NONE.
 * slip_day: words MSG_SLIP_DAY or MSG_SLIP_DAY_BEGINS. */
ERR_RESULT slip_moment(const char **out, struct arena *a, instant_t at);
ERR_RESULT slip_day(const char **out, struct arena *a, enum msg words, date_t on);

#endif
