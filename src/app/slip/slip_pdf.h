/* slip_pdf.h - draws the slips as PDF: A4, embedded Times-metric font, searchable text.
 *
 * Bytes are appended to `to`; `created` is the file's date, so that equal input gives equal
 * bytes.  ERR_INPUT when a dossier's code is not printable ASCII, ERR_IO when the font is
 * missing.  About 5 ms and 60 KB for a receipt.
 */
#ifndef APP_SLIP_SLIP_PDF_H
#define APP_SLIP_SLIP_PDF_H

#include "app/slip/slip.h"
#include "base/str.h"

ERR_RESULT slip_any_pdf(struct str *to, struct arena *a, const struct slip_any *slip,
                        instant_t created);
ERR_RESULT slip_receipt_pdf(struct str *to, struct arena *a, const struct slip_receipt *slip,
                            instant_t created);
ERR_RESULT slip_supplement_pdf(struct str *to, struct arena *a,
                               const struct slip_supplement *slip, instant_t created);
ERR_RESULT slip_refusal_pdf(struct str *to, struct arena *a, const struct slip_refusal *slip,
                            instant_t created);
ERR_RESULT slip_apology_pdf(struct str *to, struct arena *a, const struct slip_apology *slip,
                            instant_t created);
ERR_RESULT slip_stop_pdf(struct str *to, struct arena *a, const struct slip_stop *slip,
                         instant_t created);
ERR_RESULT slip_control_pdf(struct str *to, struct arena *a, const struct slip_control *slip,
                            instant_t created);
/* The follow-up book: A4 landscape, as many pages as it takes. */
ERR_RESULT slip_follow_up_pdf(struct str *to, struct arena *a,
                              const struct slip_follow_up *slip, instant_t created);

#endif
