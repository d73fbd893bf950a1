#include "app/journal/journal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- words ---- */

#define SUBJECT(name, word, label) { word, label },
static const struct journal_word subjects[] = {
#include "app/journal/journal_subjects.def"
};
#undef SUBJECT

#define KIND(name, word, label) { word, label },
static const struct journal_word kinds[] = {
#include "app/journal/journal_kinds.def"
};
#undef KIND

enum whose { OPEN, PERSONAL };
#define FIELD(name, word, whose, shown, label) { { word, label }, whose, SHOWN_##shown },
static const struct {
	struct journal_word name;
	enum whose whose;
	enum journal_shown shown;
} fields[] = {
#include "app/journal/journal_fields.def"
};
#undef FIELD

struct journal_word journal_subject(enum journal_subject s)
{
	return subjects[s];
}

struct journal_word journal_kind(enum journal_kind k)
{
	return kinds[k];
}

struct journal_word journal_field(enum journal_field f)
{
	return fields[f].name;
}

bool journal_field_is_personal(enum journal_field f)
{
	return fields[f].whose == PERSONAL;
}

enum journal_shown journal_field_shown(enum journal_field f)
{
	return fields[f].shown;
}

bool journal_subject_parse(enum journal_subject *out, const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(subjects); i++)
		if (str_eq(subjects[i].word, word)) {
			*out = (enum journal_subject)i;
			return true;
		}
	return false;
}

bool journal_kind_parse(enum journal_kind *out, const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_eq(kinds[i].word, word)) {
			*out = (enum journal_kind)i;
			return true;
		}
	return false;
}

bool journal_field_parse(enum journal_field *out, struct slice word)
{
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (slice_eq(word, fields[i].name.word)) {
			*out = (enum journal_field)i;
			return true;
		}
	return false;
}

/* ---- values ---- */

const char *journal_value_day(date_t d, char out[JOURNAL_VALUE_TEXT])
{
	return date_is_none(d) ? NULL : date_iso(d, out);
}

/* To the second: a receipt says minutes, a journal may say more. */
const char *journal_value_instant(instant_t at, char out[JOURNAL_VALUE_TEXT])
{
	char minutes[INSTANT_TEXT];
	int64_t second;

	if (instant_is_none(at))
		return NULL;
	second = at.us / 1000000 % 60;
	snprintf(out, JOURNAL_VALUE_TEXT, "%s:%02d", instant_iso(at, minutes),
	         (int)(second < 0 ? second + 60 : second));
	return out;
}

const char *journal_value_int(int64_t n, char out[JOURNAL_VALUE_TEXT])
{
	if (n == INT64_MIN)
		return NULL;
	snprintf(out, JOURNAL_VALUE_TEXT, "%" PRId64, n);
	return out;
}

const char *journal_value_decimal(dec_t d, char out[JOURNAL_VALUE_TEXT])
{
	return dec_is_none(d) ? NULL : dec_text(d, out);
}

/* ---- lines ---- */

static const char *stated(const char *value)
{
	return value && *value ? value : NULL;
}

static void put_value(struct str *to, const char *value)
{
	static const char special[] = "\\\t\n\r", written[] = "\\tnr";

	if (!value) {
		str_put(to, "\\N");
		return;
	}
	while (*value) {
		size_t plain = strcspn(value, special);

		str_put_n(to, value, plain);
		value += plain;
		if (!*value)
			return;
		str_put_char(to, '\\');
		str_put_char(to, written[strchr(special, *value) - special]);
		value++;
	}
}

void journal_line_put(struct str *to, enum journal_field f, const char *before,
                      const char *after)
{
	before = stated(before);
	after = stated(after);
	if (str_eq(before, after))
		return;
	str_put(to, fields[f].name.word);
	str_put_char(to, '\t');
	put_value(to, before);
	str_put_char(to, '\t');
	put_value(to, after);
	str_put_char(to, '\n');
}

static char meaning(char c)
{
	switch (c) {
	case 't':
		return '\t';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case '\\':
		return '\\';
	default:
		return '\0';
	}
}

static ERR_RESULT read_value(const char **out, struct slice text, struct arena *a)
{
	struct str value;

	*out = NULL;
	if (slice_eq(text, "\\N"))
		return ERR_OK;
	str_init(&value, a, text.len + 1);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c == '\\') {
			i++;
			if (i == text.len || !meaning(text.at[i]))
				return err_set(ERR_DB, "a journal line with a bad escape");
			c = meaning(text.at[i]);
		}
		str_put_char(&value, c);
	}
	return str_finish(&value, out);
}

ERR_RESULT journal_line_next(struct journal_line *out, bool *more, struct slice *rest,
                             struct arena *a)
{
	struct slice line, word, before, after;
	struct journal_line found = { .field = FIELD_COUNT_ };

	*more = rest->len > 0 && slice_cut(rest, '\n', &line);
	if (!*more)
		return ERR_OK;
	if (!slice_cut(&line, '\t', &word) || !slice_cut(&line, '\t', &before) ||
	    !slice_cut(&line, '\t', &after) || line.len > 0)
		return err_set(ERR_DB, "a journal line without three fields");
	if (!journal_field_parse(&found.field, word))
		found.field = FIELD_COUNT_;
	TRY(arena_strndup(a, &found.word, word.at, word.len));
	TRY(read_value(&found.before, before, a));
	TRY(read_value(&found.after, after, a));
	*out = found;
	return ERR_OK;
}
