#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "doc/csv_pieces.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Any bytes come back whole, in order, in pieces of whole lines. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FILE *from = size ? fmemopen((void *)(uintptr_t)data, size, "rb") : NULL;
	struct csv_pieces pieces;
	struct csv_piece piece;
	size_t n = 0;
	int line = 1;

	if (!from)
		return 0;
	if (csv_pieces_open(&pieces, from) != ERR_OK)
		__builtin_trap();
	do {
		if (csv_pieces_next(&piece, &pieces) != ERR_OK || piece.line < line ||
		    n + piece.text.len > size ||
		    memcmp(data + n, piece.text.at, piece.text.len) != 0)
			__builtin_trap();
		line = piece.line;
		n += piece.text.len;
	} while (piece.text.len > 0);
	if (n != size)
		__builtin_trap();
	csv_pieces_close(&pieces);
	fclose(from);
	return 0;
}
