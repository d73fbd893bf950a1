#include "base/password.h"

#include <sodium.h>
#include <string.h>

_Static_assert(PASSWORD_HASH == crypto_pwhash_STRBYTES, "the size is libsodium's");

static const unsigned long long passes = 2;
static const size_t memory = (size_t)19 * 1024 * 1024;

enum err password_hash(char out[PASSWORD_HASH], struct gate *gate, const char *password)
{
	char hash[PASSWORD_HASH];

	if (gate)
		gate_enter(gate);
	int failed = crypto_pwhash_str_alg(hash, password, strlen(password), passes, memory,
	                                   crypto_pwhash_ALG_ARGON2ID13);
	if (gate)
		gate_leave(gate);
	if (failed)
		return err_set(ERR_NO_MEMORY, "no memory for Argon2id");
	memcpy(out, hash, sizeof(hash));
	return ERR_OK;
}

/* Same algorithm and cost as a real one, of no password. */
static const char nobodys_hash[PASSWORD_HASH] =
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

bool password_check(const char *hash, struct gate *gate, const char *password)
{
	if (gate)
		gate_enter(gate);
	bool same = crypto_pwhash_str_verify(hash ? hash : nobodys_hash, password,
	                                     strlen(password)) == 0;
	if (gate)
		gate_leave(gate);
	return same && hash;
}
