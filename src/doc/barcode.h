/* barcode.h - Code 128 (ISO/IEC 15417) and QR (ISO/IEC 18004) drawn into a PDF as vectors.
 *
 * The payload is printable ASCII, 1 to 80 characters (a dossier's code); anything else is
 * ERR_INPUT and draws nothing.  x, y: the top left corner from the page's edge, millimetres.
 * Nothing is drawn around the symbol: leave it its quiet zone.
 */
#ifndef DOC_BARCODE_H
#define DOC_BARCODE_H

#include "doc/pdf.h"

struct barcode_place {
	double x, y, width, height;
};

ERR_RESULT barcode_code128(struct pdf *pdf, struct barcode_place place, const char *payload);
/* A square of `place.width`; error correction level M. */
ERR_RESULT barcode_qr(struct pdf *pdf, struct barcode_place place, const char *payload);

#endif
