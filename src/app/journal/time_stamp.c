#include "app/journal/time_stamp.h"

#include <openssl/err.h>
#include <openssl/ts.h>
#include <string.h>
#include <time.h>

/* ---- asking ---- */

static enum err fill_request(TS_REQ *request, TS_MSG_IMPRINT *imprint, X509_ALGOR *algorithm,
                             const unsigned char hash[TIME_STAMP_HASH])
{
	unsigned char copy[TIME_STAMP_HASH];

	memcpy(copy, hash, sizeof(copy));
	if (!X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) ||
	    !TS_MSG_IMPRINT_set_algo(imprint, algorithm) ||
	    !TS_MSG_IMPRINT_set_msg(imprint, copy, (int)sizeof(copy)) ||
	    !TS_REQ_set_version(request, 1) || !TS_REQ_set_msg_imprint(request, imprint) ||
	    !TS_REQ_set_cert_req(request, 1))
		return err_set(ERR_NO_MEMORY, "a time stamp request cannot be made");
	return ERR_OK;
}

static enum err encode(const unsigned char **out, size_t *n, struct arena *a, TS_REQ *request)
{
	unsigned char *bytes, *end;
	int length = i2d_TS_REQ(request, NULL);

	if (length <= 0)
		return err_set(ERR_NO_MEMORY, "a time stamp request cannot be written");
	TRY(arena_array(a, &bytes, (size_t)length));
	end = bytes;
	*n = (size_t)i2d_TS_REQ(request, &end);
	*out = bytes;
	return ERR_OK;
}

ERR_RESULT time_stamp_request(const unsigned char **out, size_t *n, struct arena *a,
                              const unsigned char hash[TIME_STAMP_HASH])
{
	TS_REQ *request = TS_REQ_new();
	TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
	X509_ALGOR *algorithm = X509_ALGOR_new();
	enum err e = err_set(ERR_NO_MEMORY, "no memory for a time stamp request");

	if (request && imprint && algorithm)
		e = fill_request(request, imprint, algorithm, hash);
	if (e == ERR_OK)
		e = encode(out, n, a, request);
	X509_ALGOR_free(algorithm);
	TS_MSG_IMPRINT_free(imprint);
	TS_REQ_free(request);
	return e;
}

/* ---- what came back ---- */

static bool read_time(instant_t *out, const ASN1_GENERALIZEDTIME *time)
{
	struct tm t;

	if (!time || !ASN1_TIME_to_tm(time, &t) ||
	    !date_valid(t.tm_year + 1900, t.tm_mon + 1, t.tm_mday))
		return false;
	int64_t day = date_make(t.tm_year + 1900, t.tm_mon + 1, t.tm_mday).days;
	int64_t second = (day * 24 + t.tm_hour) * 3600 + t.tm_min * 60L + t.tm_sec;
	out->us = second * 1000000;
	return true;
}

static bool is_of(instant_t *at, TS_RESP *response, const unsigned char hash[TIME_STAMP_HASH])
{
	TS_TST_INFO *info = TS_RESP_get_tst_info(response);

	if (!info)
		return false; /* the authority refused */
	TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
	const ASN1_OBJECT *algorithm;
	const ASN1_OCTET_STRING *message = TS_MSG_IMPRINT_get_msg(imprint);

	X509_ALGOR_get0(&algorithm, NULL, NULL, TS_MSG_IMPRINT_get_algo(imprint));
	return OBJ_obj2nid(algorithm) == NID_sha256 &&
	       ASN1_STRING_length(message) == TIME_STAMP_HASH &&
	       memcmp(ASN1_STRING_get0_data(message), hash, TIME_STAMP_HASH) == 0 &&
	       read_time(at, TS_TST_INFO_get_time(info));
}

/* NULL when it is no response. */
static TS_RESP *parse(const unsigned char *response, size_t n)
{
	const unsigned char *at = response;

	if (n > TIME_STAMP_LARGEST)
		return NULL;
	TS_RESP *parsed = d2i_TS_RESP(NULL, &at, (long)n);
	if (parsed && at != response + n) {
		TS_RESP_free(parsed);
		parsed = NULL;
	}
	return parsed;
}

bool time_stamp_is_of(instant_t *at, const unsigned char *response, size_t n,
                      const unsigned char hash[TIME_STAMP_HASH])
{
	TS_RESP *parsed = parse(response, n);
	bool is = parsed && is_of(at, parsed, hash);

	TS_RESP_free(parsed);
	ERR_clear_error();
	return is;
}

/* ---- who signed it ---- */

static const char *reason(void)
{
	const char *text = ERR_reason_error_string(ERR_peek_last_error());

	return text ? text : "not a time stamp";
}

/* The context owns what is put into it. */
static bool put_rules(TS_VERIFY_CTX *context, const unsigned char hash[TIME_STAMP_HASH],
                      const char *ca_file)
{
	X509_STORE *store = X509_STORE_new();
	unsigned char *copy = OPENSSL_memdup(hash, TIME_STAMP_HASH);

	TS_VERIFY_CTX_set_flags(context, TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_SIGNATURE);
	if (copy)
		TS_VERIFY_CTX_set_imprint(context, copy, TIME_STAMP_HASH);
	if (store)
		TS_VERIFY_CTX_set_store(context, store);
	return copy && store && X509_STORE_load_locations(store, ca_file, NULL);
}

bool time_stamp_is_signed(const char **why, const unsigned char *response, size_t n,
                          const unsigned char hash[TIME_STAMP_HASH], const char *ca_file)
{
	TS_RESP *parsed = parse(response, n);
	TS_VERIFY_CTX *context = TS_VERIFY_CTX_new();
	bool is = parsed && context && put_rules(context, hash, ca_file) &&
	          TS_RESP_verify_response(context, parsed) == 1;

	if (!is)
		*why = reason();
	TS_VERIFY_CTX_free(context);
	TS_RESP_free(parsed);
	ERR_clear_error();
	return is;
}
