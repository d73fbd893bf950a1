/* backup_file.h - the container of a backup: a run of compressed blocks in which no byte can be
 * changed, taken away, added or moved unnoticed.  Pure but for the file itself.
 *
 *	"CCHCBAK1"
 *	block:	kind (1), 3 zero bytes, number from 0 (4), stored length (4), raw length (4),
 *		the stored bytes: one zstd frame (RFC 8878) of the raw ones,
 *		SHA-256 over: digest of the block before (of the first: the magic and zeros up
 *		to 32 bytes), these 16 bytes, the stored bytes
 *	...
 *	the last block has the kind END, and nothing follows it
 *
 * Whole numbers have their lowest byte first.  The digest of the last block is that of the
 * whole file: two files with the same one are the same backup.
 */
#ifndef APP_BACKUP_BACKUP_FILE_H
#define APP_BACKUP_BACKUP_FILE_H

#include <stdint.h>
#include <stdio.h>

#include "base/str.h"

enum {
	BACKUP_DIGEST = 32,
	BACKUP_DIGEST_TEXT = 65,
	BACKUP_BLOCK = 1 << 20,     /* raw bytes after which a block is closed */
	BACKUP_MOST_RAW = 128 << 20 /* a block that holds one huge row */
};

enum backup_kind { BACKUP_HEADER = 'H', BACKUP_ROWS = 'R', BACKUP_END = 'E' };

struct backup_chain {
	unsigned char digest[BACKUP_DIGEST]; /* of the last block */
	uint32_t n;                          /* blocks so far */
};

/* Hexadecimal. */
void backup_digest_text(const struct backup_chain *c, char out[BACKUP_DIGEST_TEXT]);

struct backup_writer {
	FILE *file; /* the caller's */
	struct backup_chain chain;
	void *compressor;
	unsigned char *stored;
	size_t stored_size;
	uint64_t written; /* bytes */
};
ERR_RESULT backup_writer_init(struct backup_writer *w, FILE *file);
void backup_writer_release(struct backup_writer *w);
#define BACKUP_WRITER __attribute__((cleanup(backup_writer_release))) struct backup_writer
/* ERR_DISK_FULL, ERR_IO, ERR_TOO_LARGE beyond BACKUP_MOST_RAW. */
ERR_RESULT backup_write(struct backup_writer *w, enum backup_kind kind, struct slice raw);

struct backup_reader {
	FILE *file; /* the caller's */
	struct backup_chain chain;
	void *decompressor;
	unsigned char *stored, *raw;
	size_t stored_size, raw_size;
	bool ended;
};
/* ERR_INPUT when it is no backup, or one of a later form. */
ERR_RESULT backup_reader_init(struct backup_reader *r, FILE *file);
void backup_reader_release(struct backup_reader *r);
#define BACKUP_READER __attribute__((cleanup(backup_reader_release))) struct backup_reader
/* The next block; its bytes live until the next one.  ERR_INPUT when the file is damaged here;
 * after END also when anything follows. */
ERR_RESULT backup_read(struct backup_reader *r, enum backup_kind *kind, struct slice *raw);

#endif
