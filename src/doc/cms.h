/* cms.h - detached signatures over a document's bytes: CMS SignedData (RFC 5652) with the
 * attributes of CAdES-BES (ETSI EN 319 122-1: time stated, digest of the signer's certificate),
 * SHA-256, DER.  What programs for the state's special-purpose certificates (Ban Cơ yếu Chính
 * phủ) and the openssl command make and read:
 *
 *	openssl cms -verify -binary -inform DER -in signature.p7s -content content.json -CAfile
 *ca.pem
 *
 * A key stands in a PEM file or on a PKCS#11 token (through OpenSSL's engine "pkcs11", which
 * stays logged in: a process uses one token).
 */
#ifndef DOC_CMS_H
#define DOC_CMS_H

#include "base/date.h"
#include "base/problems.h"
#include "base/str.h"

enum { CMS_LARGEST = 256 * 1024, CMS_MOST_SIGNERS = 8 };

struct cms_key {
	const char *pem;    /* file with the key, its certificate and those above it; or NULL */
	const char *module; /* of a token: the PKCS#11 library, */
	const char *token, *name; /* labels of the token and of the key on it */
	const char *pin;          /* of the token or of the PEM key; NULL: none */
};

/* The signature of the file's owner over `content`, with the certificate in it.  ERR_INPUT with
 * a problem when the key cannot be used; the PIN is never part of a message.  *out lives in
 * problems->arena. */
ERR_RESULT cms_sign(struct slice *out, const struct cms_key *key, struct slice content,
                    struct problems *problems);

enum cms_chain {
	CMS_CHAIN_NOT_ASKED, /* no certificates of authorities were given */
	CMS_CHAIN_TRUSTED,   /* one of them vouches for the signer, at the time stated */
	CMS_CHAIN_UNKNOWN
};
struct cms_signature {
	const char *signer, *organization; /* names in the certificate; "" when it has none */
	const char *issuer;                /* common name of who issued the certificate */
	const char *serial;                /* of the certificate: hexadecimal */
	instant_t stated_at;               /* by the signer's clock; INSTANT_NONE: not said */
	instant_t valid_from, valid_to;    /* of the certificate */
	enum cms_chain chain;
	const char *why; /* CHAIN_UNKNOWN: in English, for an engineer */
};
struct cms_signatures {
	struct cms_signature at[CMS_MOST_SIGNERS];
	size_t n;
};
/* ERR_OK: every signature in `signature` is one of exactly these bytes; who made it is a
 * question of `chain`.  ERR_INPUT: it is not; a problem says why.  ca_file: PEM, the
 * authorities that are trusted; NULL: chains are not checked. */
ERR_RESULT cms_verify(struct cms_signatures *out, struct slice signature, struct slice content,
                      const char *ca_file, struct problems *problems);

#endif
