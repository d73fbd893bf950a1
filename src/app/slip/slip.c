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

enum slip_part_kind slip_part_kind(struct arena *a, const char *form)
{
	const char *folded;

	if (str_blank(form) || text_fold(a, &folded, form) != ERR_OK)
		return SLIP_ORIGINAL;
	if (has_any_word(folded, MSG_SLIP_WORD_CERTIFIED))
		return SLIP_CERTIFIED;
	return has_any_word(folded, MSG_SLIP_WORD_COPY) ? SLIP_COPY : SLIP_ORIGINAL;
}

static bool starts_folded(struct arena *a, const char *text, enum msg prefix)
{
	const char *folded;

	return text_fold(a, &folded, text) == ERR_OK && str_starts(folded, msg_text(prefix));
}

/* What stands above the position: in whose place, and for whom, it is signed. */
static enum err signing_authority(struct slip_signer *out, struct arena *a, bool committee,
                                  const char *title)
{
	const char *deputy_of = strchr(title, ' '), *in_place = "", *upper;
	bool deputy = starts_folded(a, title, MSG_SLIP_WORD_DEPUTY) && deputy_of;
	bool leads = deputy || starts_folded(a, title, MSG_SLIP_WORD_CHAIRMAN);
	const char *for_whom = committee && leads ? msg_text(MSG_SLIP_FOR_UBND) : "";

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
