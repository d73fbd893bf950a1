/* vntext.h - Vietnamese text: normal form, search without marks, alphabetical order.
 *
 * Fold: lower case, tone and vowel marks removed, đ -> d, runs of anything that is neither a
 * letter nor a digit -> one blank, ends trimmed.  "Đăng ký  khai-sinh" -> "dang ky khai sinh".
 * Sort key: bytes whose memcmp order is the Vietnamese dictionary order (a ă â b ... d đ e ê
 * ... o ô ơ ... u ư; then tones: none, huyền, hỏi, ngã, sắc, nặng; syllable by syllable, case
 * last). Input must be valid UTF-8 (text_is_valid); both work on NFC and NFD alike.
 */
#ifndef BASE_VNTEXT_H
#define BASE_VNTEXT_H

#include <stdbool.h>

#include "base/arena.h"

/* Valid UTF-8 without control characters other than tab, line feed, carriage return. */
bool text_is_valid(const char *bytes, size_t n);

ERR_RESULT text_nfc(struct arena *a, const char **out, const char *text);
ERR_RESULT text_fold(struct arena *a, const char **out, const char *text);
ERR_RESULT text_sort_key(struct arena *a, const char **out, const char *text);
ERR_RESULT text_upper(struct arena *a, const char **out,
                      const char *text); /* for letterheads */
ERR_RESULT text_lower(struct arena *a, const char **out, const char *text);

/* Length in characters as a reader counts them (code points in NFC). */
size_t text_length(const char *text);

#endif
