#include "doc/cms.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <time.h>

#include "doc/cms_token.h"

static const char *reason(void)
{
	const char *text = ERR_reason_error_string(ERR_peek_last_error());

	return text ? text : "no reason given";
}

/* ---- signing ---- */

static ERR_RESULT encode(struct slice *out, CMS_ContentInfo *cms, struct arena *a)
{
	int n = i2d_CMS_ContentInfo(cms, NULL);
	unsigned char *bytes, *end;

	if (n <= 0 || n > CMS_LARGEST)
		return err_set(ERR_TOO_LARGE, "a signature of %d bytes", n);
	TRY(arena_array(a, &bytes, (size_t)n));
	end = bytes;
	if (i2d_CMS_ContentInfo(cms, &end) != n)
		return err_set(ERR_INTERNAL, "a signature cannot be written");
	*out = (struct slice){ (const char *)bytes, (size_t)n };
	return ERR_OK;
}

static bool put_signer(CMS_ContentInfo *cms, const struct cms_holder *h, unsigned flags)
{
	if (!CMS_add1_signer(cms, h->certificate, h->key, EVP_sha256(), flags | CMS_CADES))
		return false;
	for (int i = 0; i < sk_X509_num(h->above); i++)
		if (!CMS_add1_cert(cms, sk_X509_value(h->above, i)))
			return false;
	return true;
}

static ERR_RESULT sign_with(struct slice *out, const struct cms_holder *h, BIO *content,
                            struct problems *problems)
{
	const unsigned flags = CMS_DETACHED | CMS_BINARY;
	CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, flags | CMS_PARTIAL);
	enum err e;

	if (cms && put_signer(cms, h, flags) && CMS_final(cms, content, NULL, flags)) {
		e = encode(out, cms, problems->arena);
	} else {
		e = problems_say(problems, "key", 0, MSG_CMS_SIGN_FAILED, reason());
		if (e == ERR_OK)
			e = err_set(ERR_INPUT, "signing failed: %s", reason());
	}
	CMS_ContentInfo_free(cms);
	return e;
}

static BIO *open_content(struct slice content)
{
	return content.len > INT32_MAX ? NULL : BIO_new_mem_buf(content.at, (int)content.len);
}

ERR_RESULT cms_sign(struct slice *out, const struct cms_key *key, struct slice content,
                    struct problems *problems)
{
	CMS_HOLDER holder = { 0 };

	TRY(cms_holder_open(&holder, key, problems));
	BIO *bytes = open_content(content);
	if (!bytes)
		return err_set(ERR_NO_MEMORY, "no memory for what is signed");
	enum err e = sign_with(out, &holder, bytes, problems);
	BIO_free(bytes);
	return e;
}

/* ---- who signed ---- */

static ERR_RESULT name_of(const char **out, struct arena *a, const X509_NAME *name, int nid)
{
	unsigned char *text = NULL;
	int i = X509_NAME_get_index_by_NID(name, nid, -1);
	int n = i < 0 ? 0
	              : ASN1_STRING_to_UTF8(
	                        &text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, i)));
	enum err e =
	        arena_strndup(a, out, n > 0 ? (const char *)text : "", n > 0 ? (size_t)n : 0);

	OPENSSL_free(text);
	return e;
}

static ERR_RESULT serial_of(const char **out, struct arena *a, const X509 *certificate)
{
	BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), NULL);
	char *text = number ? BN_bn2hex(number) : NULL;
	enum err e = arena_strdup(a, out, text ? text : "");

	OPENSSL_free(text);
	BN_free(number);
	return e;
}

static instant_t instant_of(const ASN1_TIME *time)
{
	struct tm t;

	if (!time || !ASN1_TIME_to_tm(time, &t) ||
	    !date_valid(t.tm_year + 1900, t.tm_mon + 1, t.tm_mday))
		return INSTANT_NONE;
	int64_t day = date_make(t.tm_year + 1900, t.tm_mon + 1, t.tm_mday).days;
	int64_t second = (day * 24 + t.tm_hour) * 3600 + t.tm_min * 60L + t.tm_sec;
	return (instant_t){ second * 1000000 };
}

static instant_t stated_time(CMS_SignerInfo *signer)
{
	int i = CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1);
	X509_ATTRIBUTE *attribute = i < 0 ? NULL : CMS_signed_get_attr(signer, i);
	ASN1_TYPE *value = attribute ? X509_ATTRIBUTE_get0_type(attribute, 0) : NULL;

	if (!value || (value->type != V_ASN1_UTCTIME && value->type != V_ASN1_GENERALIZEDTIME))
		return INSTANT_NONE;
	return instant_of(value->value.asn1_string);
}

static ERR_RESULT describe(struct cms_signature *out, CMS_SignerInfo *signer, X509 *certificate,
                           struct arena *a)
{
	const X509_NAME *name = X509_get_subject_name(certificate);

	*out = (struct cms_signature){
		.stated_at = stated_time(signer),
		.valid_from = instant_of(X509_get0_notBefore(certificate)),
		.valid_to = instant_of(X509_get0_notAfter(certificate)),
	};
	TRY(name_of(&out->signer, a, name, NID_commonName));
	TRY(name_of(&out->organization, a, name, NID_organizationName));
	TRY(name_of(&out->issuer, a, X509_get_issuer_name(certificate), NID_commonName));
	return serial_of(&out->serial, a, certificate);
}

/* ---- who vouches for them ---- */

struct checking {
	CMS_ContentInfo *cms;
	STACK_OF(X509) * certificates; /* that came with the signature */
	X509_STORE *authorities;       /* NULL: not asked */
	struct problems *problems;
};

/* By the time stated: a certificate that ended since signed as well as it did. */
static ERR_RESULT check_chain(struct cms_signature *out, const struct checking *c, X509 *signer)
{
	X509_STORE_CTX *context = X509_STORE_CTX_new();

	if (!context ||
	    !X509_STORE_CTX_init(context, c->authorities, signer, c->certificates)) {
		X509_STORE_CTX_free(context);
		return err_set(ERR_NO_MEMORY, "no memory for a chain of certificates");
	}
	if (!instant_is_none(out->stated_at))
		X509_STORE_CTX_set_time(context, 0, (time_t)(out->stated_at.us / 1000000));
	X509_STORE_CTX_set_purpose(context, X509_PURPOSE_ANY);
	out->chain = X509_verify_cert(context) == 1 ? CMS_CHAIN_TRUSTED : CMS_CHAIN_UNKNOWN;
	if (out->chain == CMS_CHAIN_UNKNOWN)
		out->why = X509_verify_cert_error_string(X509_STORE_CTX_get_error(context));
	X509_STORE_CTX_free(context);
	return ERR_OK;
}

static ERR_RESULT refuse(struct problems *problems, enum msg id, const char *word)
{
	TRY(problems_say(problems, "signature", 0, id, word));
	return err_set(ERR_INPUT, "not a signature of this: %s", reason());
}

static bool strong_digest(CMS_SignerInfo *signer)
{
	const ASN1_OBJECT *object;
	X509_ALGOR *digest;

	CMS_SignerInfo_get0_algs(signer, NULL, NULL, &digest, NULL);
	X509_ALGOR_get0(&object, NULL, NULL, digest);
	int nid = OBJ_obj2nid(object);
	return nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512 ||
	       nid == NID_sha3_256 || nid == NID_sha3_384 || nid == NID_sha3_512;
}

static ERR_RESULT look_at_signer(struct cms_signatures *out, const struct checking *c,
                                 CMS_SignerInfo *signer)
{
	struct cms_signature *one = &out->at[out->n];
	X509 *certificate = NULL;

	CMS_SignerInfo_get0_algs(signer, NULL, &certificate, NULL, NULL);
	if (!certificate)
		return refuse(c->problems, MSG_CMS_BROKEN, "");
	if (!strong_digest(signer))
		return refuse(c->problems, MSG_CMS_WEAK_DIGEST, "");
	TRY(describe(one, signer, certificate, c->problems->arena));
	out->n++;
	return c->authorities ? check_chain(one, c, certificate) : ERR_OK;
}

static ERR_RESULT look_at_signers(struct cms_signatures *out, const struct checking *c)
{
	STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(c->cms);
	int n = signers ? sk_CMS_SignerInfo_num(signers) : 0;

	if (n < 1 || n > CMS_MOST_SIGNERS)
		return refuse(c->problems, MSG_CMS_BROKEN, "");
	for (int i = 0; i < n; i++)
		TRY(look_at_signer(out, c, sk_CMS_SignerInfo_value(signers, i)));
	return ERR_OK;
}

/* ---- verifying ---- */

static ERR_RESULT verify(struct cms_signatures *out, struct checking *c, struct slice content)
{
	struct cms_signatures found = { .n = 0 };
	BIO *bytes = open_content(content);

	if (!bytes)
		return err_set(ERR_NO_MEMORY, "no memory for what was signed");
	int is = CMS_verify(c->cms, NULL, NULL, bytes, NULL,
	                    CMS_BINARY | CMS_DETACHED | CMS_NO_SIGNER_CERT_VERIFY);
	BIO_free(bytes);
	if (is != 1)
		return refuse(c->problems, MSG_CMS_NOT_OF_THIS, "");
	c->certificates = CMS_get1_certs(c->cms);
	enum err e = look_at_signers(&found, c);
	sk_X509_pop_free(c->certificates, X509_free);
	TRY(e);
	*out = found;
	return ERR_OK;
}

/* A detached SignedData and nothing behind it; NULL otherwise. */
static CMS_ContentInfo *parse(struct slice signature)
{
	const unsigned char *at = (const unsigned char *)signature.at,
	                    *end = at + signature.len;

	if (signature.len == 0 || signature.len > CMS_LARGEST)
		return NULL;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)signature.len);
	if (cms && (at != end || OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed ||
	            CMS_is_detached(cms) != 1)) {
		CMS_ContentInfo_free(cms);
		return NULL;
	}
	return cms;
}

static ERR_RESULT open_authorities(X509_STORE **out, const char *file,
                                   struct problems *problems)
{
	X509_STORE *store = X509_STORE_new();

	if (store && X509_STORE_load_locations(store, file, NULL)) {
		*out = store;
		return ERR_OK;
	}
	X509_STORE_free(store);
	return refuse(problems, MSG_CMS_NO_AUTHORITIES, file);
}

ERR_RESULT cms_verify(struct cms_signatures *out, struct slice signature, struct slice content,
                      const char *ca_file, struct problems *problems)
{
	struct checking c = { .problems = problems };

	ERR_clear_error();
	if (ca_file)
		TRY(open_authorities(&c.authorities, ca_file, problems));
	c.cms = parse(signature);
	enum err e = c.cms ? verify(out, &c, content) : refuse(problems, MSG_CMS_BROKEN, "");

	CMS_ContentInfo_free(c.cms);
	X509_STORE_free(c.authorities);
	ERR_clear_error();
	return e;
}
