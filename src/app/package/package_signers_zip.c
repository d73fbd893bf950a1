/* package_signers_zip.c - the signature of a package. */
#include "app/package/package_zip.h"
#include "doc/cms.h"

ERR_RESULT package_zip_signers(struct package_signers *out, const struct package_file *f,
                               const char *ca_file, struct problems *problems)
{
	static const enum package_trust trust[] = {
		[CMS_CHAIN_NOT_ASKED] = PACKAGE_TRUST_NOT_ASKED,
		[CMS_CHAIN_TRUSTED] = PACKAGE_TRUSTED,
		[CMS_CHAIN_UNKNOWN] = PACKAGE_TRUST_UNKNOWN,
	};
	struct slice content = { f->bytes.at, f->bytes.n };
	struct cms_signatures found = { .n = 0 };
	struct package_signer *at;

	if (f->signature.at)
		TRY(cms_verify(&found, f->signature, content, ca_file, problems));
	TRY(arena_array(problems->arena, &at, found.n + 1));
	for (size_t i = 0; i < found.n; i++)
		at[i] = (struct package_signer){ found.at[i].signer, found.at[i].organization,
			                         found.at[i].issuer, found.at[i].stated_at,
			                         trust[found.at[i].chain] };
	*out = (struct package_signers){ at, found.n };
	return ERR_OK;
}
