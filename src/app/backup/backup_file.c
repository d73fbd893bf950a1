#include "app/backup/backup_file.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

enum { HEAD = 16, MAGIC = 8, LEVEL = 3 };

static const char magic[MAGIC + 1] = "CCHCBAK1";

/* ---- the chain ---- */

static void start_chain(struct backup_chain *c)
{
	*c = (struct backup_chain){ 0 };
	for (size_t i = 0; i < MAGIC; i++)
		c->digest[i] = (unsigned char)magic[i];
}

static void next_digest(unsigned char out[BACKUP_DIGEST], const struct backup_chain *c,
                        const unsigned char head[HEAD], const unsigned char *stored, size_t n)
{
	crypto_hash_sha256_state s;

	crypto_hash_sha256_init(&s);
	crypto_hash_sha256_update(&s, c->digest, sizeof(c->digest));
	crypto_hash_sha256_update(&s, head, HEAD);
	crypto_hash_sha256_update(&s, stored, n);
	crypto_hash_sha256_final(&s, out);
}

void backup_digest_text(const struct backup_chain *c, char out[BACKUP_DIGEST_TEXT])
{
	sodium_bin2hex(out, BACKUP_DIGEST_TEXT, c->digest, sizeof(c->digest));
}

static void put_four(unsigned char *at, uint32_t n)
{
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(n >> 8 * i);
}

static uint32_t four(const unsigned char *at)
{
	uint32_t n = 0;

	for (int i = 0; i < 4; i++)
		n |= (uint32_t)at[i] << 8 * i;
	return n;
}

/* Room for at least `n` bytes; what was there is lost. */
static enum err room(unsigned char **at, size_t *size, size_t n)
{
	if (n <= *size)
		return ERR_OK;
	free(*at);
	*size = 0;
	*at = malloc(n);
	if (!*at)
		return err_set(ERR_NO_MEMORY, "no memory for a block of %zu bytes", n);
	*size = n;
	return ERR_OK;
}

/* ---- writing ---- */

static enum err put_bytes(struct backup_writer *w, const void *bytes, size_t n)
{
	if (fwrite(bytes, 1, n, w->file) != n)
		return err_set(errno == ENOSPC || errno == EDQUOT ? ERR_DISK_FULL : ERR_IO,
		               "the backup cannot be written: %s", strerror(errno));
	w->written += n;
	return ERR_OK;
}

enum err backup_writer_init(struct backup_writer *w, FILE *file)
{
	*w = (struct backup_writer){ .file = file };
	start_chain(&w->chain);
	w->compressor = ZSTD_createCCtx();
	if (!w->compressor)
		return err_set(ERR_NO_MEMORY, "no memory to compress");
	return put_bytes(w, magic, MAGIC);
}

void backup_writer_release(struct backup_writer *w)
{
	ZSTD_freeCCtx(w->compressor);
	free(w->stored);
	*w = (struct backup_writer){ 0 };
}

enum err backup_write(struct backup_writer *w, enum backup_kind kind, struct slice raw)
{
	unsigned char head[HEAD] = { (unsigned char)kind };

	if (raw.len > BACKUP_MOST_RAW)
		return err_set(ERR_TOO_LARGE, "a block of %zu bytes", raw.len);
	TRY(room(&w->stored, &w->stored_size, ZSTD_compressBound(raw.len)));
	size_t n = ZSTD_compressCCtx(w->compressor, w->stored, w->stored_size, raw.at, raw.len,
	                             LEVEL);
	if (ZSTD_isError(n))
		return err_set(ERR_NO_MEMORY, "compressing: %s", ZSTD_getErrorName(n));
	put_four(head + 4, w->chain.n);
	put_four(head + 8, (uint32_t)n);
	put_four(head + 12, (uint32_t)raw.len);
	next_digest(w->chain.digest, &w->chain, head, w->stored, n);
	w->chain.n++;
	TRY(put_bytes(w, head, HEAD));
	TRY(put_bytes(w, w->stored, n));
	return put_bytes(w, w->chain.digest, BACKUP_DIGEST);
}

/* ---- reading ---- */

static enum err damaged(const struct backup_reader *r, const char *how)
{
	return err_set(ERR_INPUT, "block %u of the backup is damaged: %s", r->chain.n + 1, how);
}

static enum err get_bytes(struct backup_reader *r, void *out, size_t n)
{
	if (fread(out, 1, n, r->file) == n)
		return ERR_OK;
	if (ferror(r->file))
		return err_set(ERR_IO, "the backup cannot be read: %s", strerror(errno));
	return damaged(r, "the file ends early");
}

enum err backup_reader_init(struct backup_reader *r, FILE *file)
{
	char start[MAGIC];

	*r = (struct backup_reader){ .file = file };
	start_chain(&r->chain);
	if (fread(start, 1, MAGIC, file) != MAGIC || memcmp(start, magic, MAGIC - 1) != 0)
		return err_set(ERR_INPUT, "this is no backup of cchc");
	if (start[MAGIC - 1] != magic[MAGIC - 1])
		return err_set(ERR_INPUT, "a backup of a form this program does not know");
	r->decompressor = ZSTD_createDCtx();
	return r->decompressor ? ERR_OK : err_set(ERR_NO_MEMORY, "no memory to unpack");
}

void backup_reader_release(struct backup_reader *r)
{
	ZSTD_freeDCtx(r->decompressor);
	free(r->stored);
	free(r->raw);
	*r = (struct backup_reader){ 0 };
}

static enum err check_head(const struct backup_reader *r, const unsigned char head[HEAD])
{
	if (head[1] || head[2] || head[3] || four(head + 4) != r->chain.n)
		return damaged(r, "its head");
	if (four(head + 8) > ZSTD_compressBound(BACKUP_MOST_RAW) ||
	    four(head + 12) > BACKUP_MOST_RAW)
		return damaged(r, "its lengths");
	return ERR_OK;
}

/* Nothing is unpacked before its digest is right. */
static enum err get_stored(struct backup_reader *r, const unsigned char head[HEAD])
{
	unsigned char expected[BACKUP_DIGEST], digest[BACKUP_DIGEST];
	size_t n = four(head + 8);

	TRY(room(&r->stored, &r->stored_size, n + 1));
	TRY(get_bytes(r, r->stored, n));
	TRY(get_bytes(r, expected, sizeof(expected)));
	next_digest(digest, &r->chain, head, r->stored, n);
	if (memcmp(expected, digest, sizeof(digest)) != 0)
		return damaged(r, "its digest");
	memcpy(r->chain.digest, digest, sizeof(digest));
	return ERR_OK;
}

static enum err unpack(struct backup_reader *r, const unsigned char head[HEAD])
{
	size_t n = four(head + 12);

	TRY(room(&r->raw, &r->raw_size, n + 1));
	if (ZSTD_decompressDCtx(r->decompressor, r->raw, n, r->stored, four(head + 8)) != n)
		return damaged(r, "its compression");
	return ERR_OK;
}

static enum err check_end(struct backup_reader *r)
{
	r->ended = true;
	if (fgetc(r->file) != EOF)
		return err_set(ERR_INPUT, "something follows the end of the backup");
	return ferror(r->file) ? err_set(ERR_IO, "the backup cannot be read") : ERR_OK;
}

enum err backup_read(struct backup_reader *r, enum backup_kind *kind, struct slice *raw)
{
	unsigned char head[HEAD];

	if (r->ended)
		return err_set(ERR_INPUT, "the backup has ended");
	TRY(get_bytes(r, head, HEAD));
	TRY(check_head(r, head));
	TRY(get_stored(r, head));
	TRY(unpack(r, head));
	if (head[0] != BACKUP_HEADER && head[0] != BACKUP_ROWS && head[0] != BACKUP_END)
		return damaged(r, "its kind");
	r->chain.n++;
	*kind = (enum backup_kind)head[0];
	*raw = (struct slice){ (const char *)r->raw, four(head + 12) };
	return head[0] == BACKUP_END ? check_end(r) : ERR_OK;
}
