/* package_zip.h - the container of a package (gói báo cáo) as a file: what goes from office to
 * office, on a line or on a USB stick.
 *
 * A ZIP of
 *	manifest.json         format; every other file with its SHA-256
 *	content.json          the signed content (package.h)
 *	header.json           number, date, notation, names: outside the signed content
 *	definitions/3.form    the forms by which the cells were filled
 *	signature.p7s         a detached CMS signature of content.json; may be missing
 *	documents/...         the report as Word and PDF; may be missing
 */
#ifndef APP_PACKAGE_PACKAGE_ZIP_H
#define APP_PACKAGE_PACKAGE_ZIP_H

#include "app/package/package.h"
#include "base/str.h"

enum {
	PACKAGE_MOST_FILES = 200,
	PACKAGE_MOST_DOCUMENTS = 20,
	PACKAGE_FILE_MOST_BYTES = 128 * 1024 * 1024 /* unpacked */
};
#define PACKAGE_SUFFIX ".goi"

struct package_document {
	const char *name; /* "bao-cao.docx" */
	struct slice bytes;
};
struct package_file {
	struct package_content content;
	struct package_bytes bytes;
	struct package_header header;
	const struct package_text *definitions; /* one for each of content.definitions */
	size_t n_definitions;
	struct slice signature; /* DER; at NULL: none */
	const struct package_document *documents;
	size_t n_documents;
};

/* Of `content` nothing is read: `bytes` are it. */
ERR_RESULT package_zip_write(struct slice *out, struct arena *a, const struct package_file *f);

enum package_fault {
	PACKAGE_SOUND,
	PACKAGE_CUT,     /* no package, or not all of it */
	PACKAGE_ALTERED, /* a file does not have the hash that the manifest gives it */
	PACKAGE_NEWER    /* of a newer format: the bytes are whole, but cannot be understood */
};
/* ERR_OK when the file could be judged: *fault, and with PACKAGE_SOUND *out.  What is wrong is
 * said in `problems`.  The signature is not looked at. */
ERR_RESULT package_zip_read(struct package_file *out, enum package_fault *fault,
                            struct slice zip, struct problems *problems);
/* No signature, or one of the content; who signed is not looked at. */
ERR_RESULT package_signature_is_sound(bool *out, const struct package_file *f, struct arena *a);

/* Who signed the content; ERR_INPUT, with why in `problems`, when the signature is not one of
 * exactly its bytes.  n 0: there is none.  ca_file: PEM, authorities that are trusted; NULL:
 * they are not asked about. */
enum package_trust { PACKAGE_TRUST_NOT_ASKED, PACKAGE_TRUSTED, PACKAGE_TRUST_UNKNOWN };
struct package_signer {
	const char *name, *organization, *issuer;
	instant_t stated_at;
	enum package_trust trust;
};
struct package_signers {
	const struct package_signer *at;
	size_t n;
};
ERR_RESULT package_zip_signers(struct package_signers *out, const struct package_file *f,
                               const char *ca_file, struct problems *problems);

/* A signer's key: a PEM file, or a PKCS#11 token (doc/cms.h says more). */
struct package_key {
	const char *pem, *module, *token, *name, *pin; /* NULL: none */
};
/* The detached signature of canonical bytes, in problems->arena; ERR_INPUT with a problem. */
ERR_RESULT package_sign(struct slice *out, const struct package_bytes *bytes,
                        const struct package_key *key, struct problems *problems);

#endif
