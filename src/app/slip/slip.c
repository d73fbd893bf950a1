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
