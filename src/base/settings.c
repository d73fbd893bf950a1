#include "base/settings.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum setting_type { TEXT, INT };

struct setting {
	const char *name;
	enum setting_type type;
	size_t offset;
	const char *text; /* default of a text */
	long long number; /* default of a number */
	long long least, most;
	const char *about;
};

#define SETTING_TEXT(name, otherwise, about)                                                   \
	{ #name, TEXT, offsetof(struct settings, name), otherwise, 0, 0, 0, about },
#define SETTING_INT(name, otherwise, least, most, about)                                       \
	{ #name, INT, offsetof(struct settings, name), NULL, otherwise, least, most, about },
static const struct setting settings[] = {
#include "base/settings.def"
};
#undef SETTING_TEXT
#undef SETTING_INT

static void put_text(struct settings *s, const struct setting *one, const char *value)
{
	memcpy((char *)s + one->offset, &value, sizeof(value));
}

static void put_int(struct settings *s, const struct setting *one, long long value)
{
	memcpy((char *)s + one->offset, &value, sizeof(value));
}

struct settings settings_default(void)
{
	struct settings s;

	for (size_t i = 0; i < ARRAY_LEN(settings); i++)
		if (settings[i].type == TEXT)
			put_text(&s, &settings[i], settings[i].text);
		else
			put_int(&s, &settings[i], settings[i].number);
	return s;
}

static const struct setting *find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(settings); i++)
		if (str_eq(settings[i].name, name))
			return &settings[i];
	return NULL;
}

static enum err set_int(struct settings *s, struct problems *problems, int line,
                        const struct setting *one, const char *value)
{
	char least[24], most[24];
	long long n;

	if (str_to_int(value, &n) && n >= one->least && n <= one->most) {
		put_int(s, one, n);
		return ERR_OK;
	}
	snprintf(least, sizeof(least), "%lld", one->least);
	snprintf(most, sizeof(most), "%lld", one->most);
	return problems_say(problems, one->name, line, MSG_SETTING_NUMBER, one->name, value,
	                    least, most);
}

enum err settings_set(struct settings *s, struct problems *problems, int line, const char *name,
                      const char *value)
{
	const struct setting *one = find(name);
	const char *kept;

	if (!one)
		return problems_say(problems, name, line, MSG_SETTING_UNKNOWN, name);
	if (one->type == INT)
		return set_int(s, problems, line, one, value);
	if (str_blank(value) && !str_blank(one->text)) /* blank by default: blank says "none" */
		return problems_say(problems, name, line, MSG_SETTING_BLANK, name);
	TRY(arena_strdup(problems->arena, &kept, value));
	put_text(s, one, kept);
	return ERR_OK;
}

static enum err parse_line(struct settings *s, struct problems *problems, int line,
                           struct slice text)
{
	struct slice name;
	const char *name_text, *value;

	text = slice_trim(text);
	if (text.len == 0 || text.at[0] == '#')
		return ERR_OK;
	if (!memchr(text.at, '=', text.len))
		return problems_say(problems, "", line, MSG_SETTING_LINE);
	if (!slice_cut(&text, '=', &name))
		return ERR_OK;
	name = slice_trim(name);
	text = slice_trim(text);
	TRY(arena_strndup(problems->arena, &name_text, name.at, name.len));
	TRY(arena_strndup(problems->arena, &value, text.at, text.len));
	return settings_set(s, problems, line, name_text, value);
}

enum err settings_parse(struct settings *s, struct problems *problems, const char *text)
{
	struct slice rest = slice_of(text), line;

	for (int n = 1; slice_cut(&rest, '\n', &line); n++)
		TRY(parse_line(s, problems, n, line));
	return ERR_OK;
}

/* "CCHC_HTTP_THREADS=4" -> "http_threads"; false when it names no setting. */
static bool environment_name(char *out, size_t max, const char *entry)
{
	size_t n = 0;

	if (!str_starts(entry, "CCHC_"))
		return false;
	for (entry += 5; *entry && *entry != '=' && n + 1 < max; entry++)
		out[n++] = (char)tolower((unsigned char)*entry);
	out[n] = '\0';
	return *entry == '=' && find(out);
}

enum err settings_from_environment(struct settings *s, struct problems *problems,
                                   char *const *environment)
{
	char name[64];

	for (; *environment; environment++)
		if (environment_name(name, sizeof(name), *environment))
			TRY(settings_set(s, problems, 0, name, strchr(*environment, '=') + 1));
	return ERR_OK;
}

#define LIVE(name) { #name, offsetof(struct settings, name) },
static const struct {
	const char *name;
	size_t offset; /* so that a name which is no setting does not compile */
} live[] = {
#include "base/settings_live.def"
};
#undef LIVE

static bool is_live(const struct setting *one)
{
	for (size_t i = 0; i < ARRAY_LEN(live); i++)
		if (live[i].offset == one->offset)
			return true;
	return false;
}

static bool same(const struct settings *a, const struct settings *b, const struct setting *one)
{
	const char *left = (const char *)a + one->offset,
	           *right = (const char *)b + one->offset;
	const char *left_text, *right_text;

	if (one->type == INT)
		return memcmp(left, right, sizeof(long long)) == 0;
	memcpy(&left_text, left, sizeof(left_text));
	memcpy(&right_text, right, sizeof(right_text));
	return str_eq(left_text, right_text);
}

void settings_reload(struct settings *now, const struct settings *fresh, struct str *changed,
                     struct str *waiting)
{
	for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
		const struct setting *one = &settings[i];
		struct str *names = is_live(one) ? changed : waiting;
		size_t size = one->type == INT ? sizeof(long long) : sizeof(const char *);

		if (same(now, fresh, one))
			continue;
		if (names->len)
			str_put_char(names, ',');
		str_put(names, one->name);
		if (is_live(one))
			memcpy((char *)now + one->offset, (const char *)fresh + one->offset,
			       size);
	}
}

void settings_sample(struct str *out)
{
	for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
		const struct setting *one = &settings[i];

		str_printf(out, "# %s", one->about);
		if (one->type == INT)
			str_printf(out, " (%lld - %lld)\n# %s = %lld\n\n", one->least,
			           one->most, one->name, one->number);
		else
			str_printf(out, "\n# %s = %s\n\n", one->name, one->text);
	}
}
