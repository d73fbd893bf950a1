#include "doc/barcode.h"

#include <string.h>
#include <zint.h>

enum { LONGEST = 80, QR_LEVEL_M = 2 };

static enum err check(const char *payload)
{
	size_t n = strlen(payload);

	for (size_t i = 0; i < n; i++) {
		if (payload[i] < 0x20 || payload[i] > 0x7e)
			return err_set(ERR_INPUT, "a bar code holds ASCII only");
	}
	return n > 0 && n <= LONGEST ? ERR_OK : err_set(ERR_INPUT, "a bar code of %zu", n);
}

/* The symbol's rectangles, stretched into the place. */
static void draw(struct pdf *pdf, struct barcode_place place, const struct zint_symbol *symbol)
{
	double scale_x = place.width / (double)symbol->vector->width;
	double scale_y = place.height / (double)symbol->vector->height;

	for (const struct zint_vector_rect *r = symbol->vector->rectangles; r; r = r->next)
		pdf_rectangle(pdf, (struct pdf_rectangle){ place.x + (double)r->x * scale_x,
		                                           place.y + (double)r->y * scale_y,
		                                           (double)r->width * scale_x,
		                                           (double)r->height * scale_y });
	pdf_fill(pdf);
}

static enum err encode(struct zint_symbol *symbol, const char *payload)
{
	unsigned char bytes[LONGEST + 1];
	size_t n = strlen(payload);

	memcpy(bytes, payload, n + 1);
	symbol->show_hrt = 0;
	if (ZBarcode_Encode_and_Buffer_Vector(symbol, bytes, (int)n, 0) >= ZINT_ERROR)
		return err_set(ERR_INTERNAL, "bar code: %s", symbol->errtxt);
	return ERR_OK;
}

static enum err make(struct pdf *pdf, struct barcode_place place, int symbology,
                     const char *payload)
{
	struct zint_symbol *symbol;
	enum err e;

	TRY(check(payload));
	symbol = ZBarcode_Create();
	if (!symbol)
		return err_set(ERR_NO_MEMORY, "bar code");
	symbol->symbology = symbology;
	if (symbology == BARCODE_QRCODE)
		symbol->option_1 = QR_LEVEL_M;
	e = encode(symbol, payload);
	if (e == ERR_OK)
		draw(pdf, place, symbol);
	ZBarcode_Delete(symbol);
	return e;
}

ERR_RESULT barcode_code128(struct pdf *pdf, struct barcode_place place, const char *payload)
{
	return make(pdf, place, BARCODE_CODE128, payload);
}

ERR_RESULT barcode_qr(struct pdf *pdf, struct barcode_place place, const char *payload)
{
	place.height = place.width;
	return make(pdf, place, BARCODE_QRCODE, payload);
}
