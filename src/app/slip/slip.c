#include "app/slip/slip.h"

#include <string.h>

#include "base/messages.h"
#include "base/str.h"
#include "base/vntext.h"

static bool has_any_word(const char *folded, enum msg words)
{
	struct slice rest = slice_of(msg_text(words)), word;

	while (slice_cut(&rest, '|', &word)) {
		if (memmem(folded, strlen(folded), word.at, word.len))
			return true;
	}
	return false;
}

ERR_RESULT slip_part_kind_of(enum slip_part_kind *out, struct arena *a, const char *form)
{
	const char *folded;

	*out = SLIP_ORIGINAL;
	if (str_blank(form))
		return ERR_OK;
	TRY(text_fold(a, &folded, form));
	if (has_any_word(folded, MSG_SLIP_WORD_CERTIFIED))
		*out = SLIP_CERTIFIED;
	else if (has_any_word(folded, MSG_SLIP_WORD_COPY))
		*out = SLIP_COPY;
	return ERR_OK;
}

/* What stands above the position: in whose place, and for whom, it is signed. */
static enum err signing_authority(struct slip_signer *out, struct arena *a, bool committee,
                                  const char *title)
{
	const char *deputy_of = strchr(title, ' '), *in_place = "", *for_whom = "";
	const char *upper, *folded;
	bool deputy;

	TRY(text_fold(a, &folded, title));
	deputy = deputy_of && str_starts(folded, msg_text(MSG_SLIP_WORD_DEPUTY));
	if (committee && (deputy || str_starts(folded, msg_text(MSG_SLIP_WORD_CHAIRMAN))))
		for_whom = msg_text(MSG_SLIP_FOR_UBND);
	if (deputy) {
		TRY(text_upper(a, &upper, deputy_of + 1));
		TRY(msg_format(&in_place, a, MSG_SLIP_IN_PLACE_OF, upper));
	}
	return arena_printf(a, &out->authority, "%s%s%s", for_whom,
	                    for_whom[0] && in_place[0] ? "\n" : "", in_place);
}

ERR_RESULT slip_signer_of(struct slip_signer *out, struct arena *a,
                          const struct slip_office *office, const char *title, const char *name)
{
	struct slip_signer signer = { .name = name };
	struct slip_letterhead head;

	if (!str_blank(title)) {
		TRY(slip_letterhead_of(&head, a, office, false, DATE_NONE));
		TRY(text_upper(a, &signer.position, title));
		TRY(signing_authority(&signer, a,
		                      str_starts(head.first, msg_text(MSG_SLIP_UBND_UPPER)),
		                      title));
	}
	*out = signer;
	return ERR_OK;
}
