/* journal_digest_pdf.h - the digest of a day as a page to be signed and kept outside.
 *
 * A journal that somebody with access to the database made anew gives another digest; the paper
 * shows which was there on the evening of the day.
 */
#ifndef APP_JOURNAL_JOURNAL_DIGEST_PDF_H
#define APP_JOURNAL_JOURNAL_DIGEST_PDF_H

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"

struct journal_digest_page {
	date_t on;
	int64_t first, last;       /* numbers of that day's seals */
	const unsigned char *hash; /* 32 bytes */
	instant_t stamped_at;      /* INSTANT_NONE: no time stamp */
	instant_t printed_at;
};
ERR_RESULT journal_digest_pdf(struct str *to, struct arena *a,
                              const struct journal_digest_page *page);

#endif
