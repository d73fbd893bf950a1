/* csv_pieces.h - cuts a CSV file of any length into pieces of whole records, so that it is
 * read with little memory.  See csv.h for what a record is. */
#ifndef DOC_CSV_PIECES_H
#define DOC_CSV_PIECES_H

#include <stdbool.h>
#include <stdio.h>

#include "base/str.h"

enum { CSV_PIECE_RECORDS = 2000, CSV_PIECE_BYTES = 4 * 1024 * 1024 };

struct csv_pieces {
	FILE *from;
	char *buffer; /* CSV_PIECE_BYTES */
	size_t n, taken;
	int line; /* where the next piece begins */
	char separator;
	bool ended;
};
struct csv_piece {
	struct slice text; /* until the next piece; empty: the end */
	int line;          /* its first, counted from 1 */
};

/* `from` stays the caller's.  ERR_NO_MEMORY. */
ERR_RESULT csv_pieces_open(struct csv_pieces *out, FILE *from);
void csv_pieces_close(struct csv_pieces *p);
/* At most CSV_PIECE_RECORDS records.  A record longer than CSV_PIECE_BYTES comes as it is cut,
 * and csv_read_part says what is wrong with it.  ERR_IO. */
ERR_RESULT csv_pieces_next(struct csv_piece *out, struct csv_pieces *p);

/* The bytes of the record that `text` begins with, its line break included; 0: its end is not
 * there.  Adds its lines to *lines. */
size_t csv_record(struct slice text, char separator, int *lines);

#endif
