#include "db/transfer_row.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROW = 64 << 20 };

/* ---- numbers ---- */

void transfer_number_put(struct str *out, uint64_t n)
{
	char bytes[10];
	size_t len = 0;

	do {
		bytes[len++] = (char)((n & 0x7f) | (n > 0x7f ? 0x80 : 0));
		n >>= 7;
	} while (n);
	str_put_n(out, bytes, len);
}

static enum err malformed(const char *what)
{
	return err_set(ERR_INPUT, "a row is malformed: %s", what);
}

enum err transfer_number_cut(uint64_t *n, struct slice *in)
{
	uint64_t value = 0;

	for (unsigned shift = 0; shift < 64 && in->len > 0; shift += 7) {
		unsigned char c = (unsigned char)*in->at;

		in->at++;
		in->len--;
		if (shift == 63 && c > 1)
			break;
		value |= (uint64_t)(c & 0x7f) << shift;
		if (c < 0x80) {
			*n = value;
			return ERR_OK;
		}
	}
	return malformed("a number");
}

static uint64_t zigzag(int64_t n)
{
	return (uint64_t)n << 1 ^ (n < 0 ? UINT64_MAX : 0);
}

static int64_t unzigzag(uint64_t n)
{
	uint64_t half = n >> 1;

	return (int64_t)(n & 1 ? ~half : half);
}

/* ---- rows ---- */

static size_t bitmap_size(const struct schema_table *t)
{
	return (t->n_columns + 7) / 8;
}

static enum err put_value(struct str *out, const struct schema_column *c,
                          const struct transfer_value *v)
{
	if (c->kind == SCHEMA_INT) {
		transfer_number_put(out, zigzag(v->number));
		return ERR_OK;
	}
	if (c->kind == SCHEMA_TEXT && memchr(v->bytes.at, 0, v->bytes.n))
		return err_set(ERR_INPUT, "a text in column %s holds a NUL", c->name);
	transfer_number_put(out, v->bytes.n);
	str_put_n(out, (const char *)v->bytes.at, v->bytes.n);
	if (c->kind == SCHEMA_TEXT)
		str_put_char(out, '\0');
	return ERR_OK;
}

enum err transfer_row_put(struct str *out, const struct schema_table *t,
                          const struct transfer_row *row)
{
	char nulls[(SCHEMA_MOST_COLUMNS + 7) / 8] = { 0 };

	for (size_t i = 0; i < t->n_columns; i++)
		if (row->at[i].is_null)
			nulls[i / 8] = (char)(nulls[i / 8] | 1 << i % 8);
	str_put_n(out, nulls, bitmap_size(t));
	for (size_t i = 0; i < t->n_columns; i++)
		if (!row->at[i].is_null)
			TRY(put_value(out, &t->columns[i], &row->at[i]));
	return ERR_OK;
}

static enum err cut_bytes(struct db_bytes *out, struct slice *in, bool is_text)
{
	uint64_t n;

	TRY(transfer_number_cut(&n, in));
	if (n > in->len || (is_text && n == in->len))
		return malformed("a length");
	*out = (struct db_bytes){ (const unsigned char *)in->at, n };
	if (is_text && memchr(in->at, 0, n + 1) != in->at + n)
		return malformed("a text");
	in->at += n + is_text;
	in->len -= n + is_text;
	return ERR_OK;
}

static enum err cut_value(struct transfer_value *v, const struct schema_column *c,
                          struct slice *in)
{
	uint64_t n;

	if (c->kind != SCHEMA_INT)
		return cut_bytes(&v->bytes, in, c->kind == SCHEMA_TEXT);
	TRY(transfer_number_cut(&n, in));
	v->number = unzigzag(n);
	return ERR_OK;
}

enum err transfer_row_cut(struct transfer_row *row, const struct schema_table *t,
                          struct slice *in)
{
	const char *nulls = in->at;
	size_t n = bitmap_size(t);

	if (in->len < n)
		return malformed("it ends early");
	in->at += n;
	in->len -= n;
	for (size_t i = 0; i < t->n_columns; i++) {
		row->at[i].is_null = (nulls[i / 8] >> i % 8 & 1) != 0;
		if (!row->at[i].is_null)
			TRY(cut_value(&row->at[i], &t->columns[i], in));
	}
	return ERR_OK;
}

/* ---- digests ---- */

enum err transfer_digest_start(struct transfer_digest *d)
{
	if (sodium_init() < 0)
		return err_set(ERR_INTERNAL, "libsodium does not start");
	d->n = 0;
	d->state = aligned_alloc(_Alignof(crypto_generichash_state),
	                         sizeof(crypto_generichash_state));
	if (!d->state)
		return err_set(ERR_NO_MEMORY, "no memory for a digest");
	crypto_generichash_init(d->state, NULL, 0, TRANSFER_DIGEST);
	str_init(&d->row, NULL, MOST_ROW);
	return ERR_OK;
}

void transfer_digest_bytes(struct transfer_digest *d, const char *at, size_t n)
{
	crypto_generichash_update(d->state, (const unsigned char *)at, n);
	d->n++;
}

enum err transfer_digest_add(struct transfer_digest *d, const struct schema_table *t,
                             const struct transfer_row *row)
{
	str_clear(&d->row);
	TRY(transfer_row_put(&d->row, t, row));
	TRY(str_check(&d->row));
	transfer_digest_bytes(d, d->row.data, d->row.len);
	return ERR_OK;
}

void transfer_digest_release(struct transfer_digest *d)
{
	free(d->state);
	d->state = NULL;
	str_release(&d->row);
}

void transfer_digest_finish(struct transfer_digest *d, char out[TRANSFER_DIGEST_TEXT])
{
	unsigned char hash[TRANSFER_DIGEST];

	crypto_generichash_final(d->state, hash, sizeof(hash));
	sodium_bin2hex(out, TRANSFER_DIGEST_TEXT, hash, sizeof(hash));
	transfer_digest_release(d);
}
