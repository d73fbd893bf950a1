#include "app/journal/journal_chain.h"

#include <string.h>

static void put_int(crypto_hash_sha256_state *s, int64_t n)
{
	unsigned char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)((uint64_t)n >> (56 - 8 * i));
	crypto_hash_sha256_update(s, bytes, sizeof(bytes));
}

/* `bytes` NULL: not stated. */
static void put_bytes(crypto_hash_sha256_state *s, const void *bytes, size_t n)
{
	put_int(s, bytes ? (int64_t)n : -1);
	if (bytes)
		crypto_hash_sha256_update(s, bytes, n);
}

static void put_text(crypto_hash_sha256_state *s, const char *text)
{
	put_bytes(s, text, text ? strlen(text) : 0);
}

void chain_init(struct chain *c)
{
	*c = (struct chain){ .number = 0 };
}

void chain_begin(struct chain *c, instant_t sealed_at, const struct chain_change *change)
{
	crypto_hash_sha256_init(&c->state);
	crypto_hash_sha256_update(&c->state, c->hash, sizeof(c->hash));
	c->number++;
	put_int(&c->state, c->number);
	put_int(&c->state, sealed_at.us);
	put_int(&c->state, change->id.value);
	put_int(&c->state, change->account_id.value);
	put_int(&c->state, change->unit_id.value);
	put_int(&c->state, change->at.us);
	put_text(&c->state, change->origin);
	put_text(&c->state, change->action);
	put_text(&c->state, change->reason);
	put_text(&c->state, change->request_id);
}

void chain_entry(struct chain *c, const struct chain_entry *e)
{
	put_int(&c->state, 1);
	put_int(&c->state, e->position);
	put_text(&c->state, e->subject);
	put_int(&c->state, e->record_id.value);
	put_text(&c->state, e->part);
	put_text(&c->state, e->kind);
	put_text(&c->state, e->fields);
	put_bytes(&c->state, e->personal_digest, e->n_digest);
}

void chain_end(struct chain *c)
{
	put_int(&c->state, 0);
	crypto_hash_sha256_final(&c->state, c->hash);
}

void chain_personal(unsigned char out[CHAIN_HASH], const unsigned char *salt, size_t n_salt,
                    const char *fields)
{
	crypto_hash_sha256_state s;

	crypto_hash_sha256_init(&s);
	put_bytes(&s, salt, n_salt);
	put_text(&s, fields);
	crypto_hash_sha256_final(&s, out);
}
