/* settings.h - what an administrator may set; the one list is settings.def.
 *
 * A wrong name or value is a problem in Vietnamese with its line, never ignored.
 */
#ifndef BASE_SETTINGS_H
#define BASE_SETTINGS_H

#include "base/problems.h"
#include "base/str.h"

#define SETTING_TEXT(name, otherwise, about)             const char *name;
#define SETTING_INT(name, otherwise, least, most, about) long long name;
struct settings {
#include "base/settings.def"
};
#undef SETTING_TEXT
#undef SETTING_INT

struct settings settings_default(void);

/* Sets one by its name.  A wrong name or value adds a problem and changes nothing.  The value
 * is copied into problems->arena, which must outlive `s`. */
ERR_RESULT settings_set(struct settings *s, struct problems *problems, int line,
                        const char *name, const char *value);

/* Reads "name = value" lines; '#' starts a comment line. */
ERR_RESULT settings_parse(struct settings *s, struct problems *problems, const char *text);

/* Takes CCHC_<NAME> out of `environment` ("NAME=value" texts, NULL at the end).  Names that
 * are no setting are left alone: they may belong to a script. */
ERR_RESULT settings_from_environment(struct settings *s, struct problems *problems,
                                     char *const *environment);

/* Takes over from `fresh` what may change while the server runs (settings_live.def); the texts
 * of `fresh` outlive `now`.  Writes the names of what changed to `changed`, and of what differs
 * but waits for a restart to `waiting`, with commas between. */
void settings_reload(struct settings *now, const struct settings *fresh, struct str *changed,
                     struct str *waiting);

/* Writes a file with every setting, its default and what it means. */
void settings_sample(struct str *out);

#endif
