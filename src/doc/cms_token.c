/* OpenSSL 3 reaches tokens through an engine, which its headers call deprecated; a provider for
 * PKCS#11 is not in Debian 12. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "doc/cms_token.h"

#include <openssl/engine.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ui.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST_LABEL = 64, LONGEST_ADDRESS = 1024 };

void cms_holder_close(struct cms_holder *h)
{
	EVP_PKEY_free(h->key);
	X509_free(h->certificate);
	sk_X509_pop_free(h->above, X509_free);
	*h = (struct cms_holder){ 0 };
	ERR_clear_error();
}

static ERR_RESULT refuse(struct problems *problems, enum msg id, const char *one,
                         const char *two)
{
	const char *reason = ERR_reason_error_string(ERR_peek_last_error());

	TRY(problems_say(problems, "key", 0, id, one, two));
	return err_set(ERR_INPUT, "the key cannot be used: %s",
	               reason ? reason : "no reason given");
}

/* ---- a PEM file ---- */

/* Never asks at the terminal: a key whose password is not known is a wrong key. */
static int give_pin(char *out, int room, int writing, void *pin)
{
	size_t n = pin ? strlen(pin) : 0;

	(void)writing;
	if (n == 0 || n > (size_t)room)
		return -1;
	/* NOLINTNEXTLINE(bugprone-not-null-terminated-result): its length is given back */
	memcpy(out, pin, n);
	return (int)n;
}

/* The file's certificates: the one of the key, and the others. */
static bool sort_certificate(struct cms_holder *h, X509 *one)
{
	if (!h->certificate && X509_check_private_key(one, h->key)) {
		h->certificate = one;
		return true;
	}
	if (!h->above)
		h->above = sk_X509_new_null();
	if (h->above && sk_X509_push(h->above, one) > 0)
		return true;
	X509_free(one);
	return false;
}

static ERR_RESULT read_pem(struct cms_holder *h, const struct cms_key *key, BIO *keys,
                           BIO *certificates, struct problems *problems)
{
	X509 *one;

	/* NOLINTNEXTLINE(performance-no-int-to-ptr): the library takes no const pointer */
	h->key = PEM_read_bio_PrivateKey(keys, NULL, give_pin, (void *)(uintptr_t)key->pin);
	if (!h->key)
		return refuse(problems, MSG_CMS_BAD_PEM, key->pem, "");
	while ((one = PEM_read_bio_X509(certificates, NULL, give_pin, NULL)))
		if (!sort_certificate(h, one))
			return err_set(ERR_NO_MEMORY, "no memory for a certificate");
	return h->certificate ? ERR_OK
	                      : refuse(problems, MSG_CMS_PEM_NO_CERTIFICATE, key->pem, "");
}

static ERR_RESULT open_pem(struct cms_holder *h, const struct cms_key *key,
                           struct problems *problems)
{
	BIO *keys = BIO_new_file(key->pem, "r"), *certificates = BIO_new_file(key->pem, "r");
	enum err e = keys && certificates ? read_pem(h, key, keys, certificates, problems)
	                                  : refuse(problems, MSG_CMS_NO_PEM, key->pem, "");

	BIO_free(keys);
	BIO_free(certificates);
	return e;
}

/* ---- a token ---- */

static void put_escaped(struct str *to, const char *label)
{
	for (const char *c = label; *c; c++)
		str_printf(to, "%%%02X", (unsigned char)*c);
}

/* RFC 7512: "pkcs11:token=...;object=...;type=private". */
static ERR_RESULT address(const char **out, const struct cms_key *key, const char *type,
                          struct arena *a)
{
	struct str s;

	str_init(&s, a, LONGEST_ADDRESS);
	str_put(&s, "pkcs11:token=");
	put_escaped(&s, key->token);
	str_put(&s, ";object=");
	put_escaped(&s, key->name);
	str_printf(&s, ";type=%s", type);
	return str_finish(&s, out);
}

static void load_certificate(struct cms_holder *h, ENGINE *engine, const char *where)
{
	struct {
		const char *where;
		X509 *certificate;
	} asked = { where, NULL };

	ENGINE_ctrl_cmd(engine, "LOAD_CERT_CTRL", 0, &asked, NULL, 0);
	h->certificate = asked.certificate;
}

static ERR_RESULT read_token(struct cms_holder *h, const struct cms_key *key, ENGINE *engine,
                             struct problems *problems)
{
	const char *where, *whose;

	TRY(address(&where, key, "private", problems->arena));
	TRY(address(&whose, key, "cert", problems->arena));
	load_certificate(h, engine, whose);
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): the library takes no const pointer */
	UI_METHOD *nobody = (UI_METHOD *)(uintptr_t)UI_null();

	h->key = ENGINE_load_private_key(engine, where, nobody, NULL);
	if (!h->key)
		return refuse(problems, MSG_CMS_NO_TOKEN_KEY, key->name, key->token);
	if (!h->certificate || !X509_check_private_key(h->certificate, h->key))
		return refuse(problems, MSG_CMS_TOKEN_NO_CERTIFICATE, key->name, key->token);
	return ERR_OK;
}

static ERR_RESULT use_engine(struct cms_holder *h, const struct cms_key *key, ENGINE *engine,
                             struct problems *problems)
{
	if (access(key->module, R_OK) != 0 ||
	    !ENGINE_ctrl_cmd_string(engine, "MODULE_PATH", key->module, 0) ||
	    (key->pin && !ENGINE_ctrl_cmd_string(engine, "PIN", key->pin, 0)) ||
	    !ENGINE_init(engine))
		return refuse(problems, MSG_CMS_NO_MODULE, key->module, "");
	enum err e = read_token(h, key, engine, problems);

	ENGINE_finish(engine);
	return e;
}

static ERR_RESULT open_token(struct cms_holder *h, const struct cms_key *key,
                             struct problems *problems)
{
	ENGINE *engine;

	if (strlen(key->token) > LONGEST_LABEL || strlen(key->name) > LONGEST_LABEL)
		return refuse(problems, MSG_CMS_NO_TOKEN_KEY, key->name, key->token);
	ENGINE_load_dynamic();
	engine = ENGINE_by_id("pkcs11");
	if (!engine)
		return refuse(problems, MSG_CMS_NO_ENGINE, "", "");
	enum err e = use_engine(h, key, engine, problems);

	ENGINE_free(engine);
	return e;
}

ERR_RESULT cms_holder_open(struct cms_holder *out, const struct cms_key *key,
                           struct problems *problems)
{
	ERR_clear_error();
	if (key->pem)
		return open_pem(out, key, problems);
	if (!key->module || !key->token || !key->name)
		return refuse(problems, MSG_CMS_NO_KEY_NAMED, "", "");
	return open_token(out, key, problems);
}
