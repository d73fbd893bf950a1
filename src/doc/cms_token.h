/* cms_token.h - key and certificate of a signer, from a PEM file or a PKCS#11 token. */
#ifndef DOC_CMS_TOKEN_H
#define DOC_CMS_TOKEN_H

#include <openssl/x509.h>

#include "doc/cms.h"

struct cms_holder {
	EVP_PKEY *key;
	X509 *certificate;
	STACK_OF(X509) * above; /* certificates between it and the authority; NULL: none */
};
/* ERR_INPUT with a problem when there is no such key or no certificate for it. */
ERR_RESULT cms_holder_open(struct cms_holder *out, const struct cms_key *key,
                           struct problems *problems);
void cms_holder_close(struct cms_holder *h);
#define CMS_HOLDER __attribute__((cleanup(cms_holder_close))) struct cms_holder

#endif
