#include "app/dossier/applicant.h"

#include <string.h>

enum { SHOWN_DIGITS = 3, KEPT_MOST = IDENTITY_TEXT - 1 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char upper(char c)
{
	return (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

/* Without blanks, dots and dashes, letters in upper case; false when too long. */
static bool squeeze(char out[KEPT_MOST + 1], const char *text)
{
	size_t n = 0;

	for (const char *p = text ? text : ""; *p != '\0'; p++) {
		if (*p == ' ' || *p == '.' || *p == '-' || *p == '\t')
			continue;
		if (n == KEPT_MOST)
			return false;
		out[n++] = upper(*p);
	}
	out[n] = '\0';
	return true;
}

static size_t digits_at(const char *text)
{
	size_t n = 0;

	while (is_digit(text[n]))
		n++;
	return n;
}

bool identity_normalise(char out[IDENTITY_TEXT], const char *text)
{
	char kept[KEPT_MOST + 1] = "";
	size_t digits, letters;

	if (!squeeze(kept, text))
		return false;
	letters = kept[0] >= 'A' && kept[0] <= 'Z';
	digits = digits_at(kept + letters);
	if (kept[letters + digits] != '\0')
		return false;
	if (letters == 1 ? digits != 7
	                 : digits != 9 && digits != 10 && digits != 12 && digits != 13)
		return false;
	memcpy(out, kept, letters + digits + 1);
	return true;
}

bool phone_normalise(char out[PHONE_TEXT], const char *text)
{
	char kept[KEPT_MOST + 1] = "";
	const char *rest;
	size_t n;

	if (!squeeze(kept, text))
		return false;
	if (strncmp(kept, "+84", 3) == 0)
		rest = kept + 3;
	else if (kept[0] == '0')
		rest = kept + 1;
	else
		return false;
	n = digits_at(rest);
	if (rest[n] != '\0' || n < 8 || n > 10)
		return false;
	out[0] = '0';
	memcpy(out + 1, rest, n + 1);
	return true;
}

ERR_RESULT mask_number(const char **out, struct arena *a, const char *number)
{
	size_t n, i;
	char *text;

	if (number == NULL) {
		*out = NULL;
		return ERR_OK;
	}
	n = strlen(number);
	text = arena_alloc(a, n + 1);
	if (text == NULL)
		return arena_no_memory(a);
	for (i = 0; i < n; i++) {
		bool hidden = i + SHOWN_DIGITS < n || n <= SHOWN_DIGITS;

		/* Never the rest of a letter whose first byte is hidden. */
		if (!hidden && ((unsigned char)number[i] & 0xC0) == 0x80 && text[i - 1] == '*')
			hidden = true;
		text[i] = (char)(hidden ? '*' : number[i]);
	}
	*out = text;
	return ERR_OK;
}
