#include "app/slip/slip_template.h"

#include <string.h>

#include "base/messages.h"
#include "base/str.h"
#include "base/vntext.h"

static const char *const words[SLIP_KIND_COUNT] = {
	[SLIP_RECEIPT] = "receipt",     [SLIP_SUPPLEMENT] = "supplement",
	[SLIP_REFUSAL] = "refusal",     [SLIP_APOLOGY] = "apology",
	[SLIP_STOP] = "stop",           [SLIP_CONTROL] = "control",
	[SLIP_FOLLOW_UP] = "follow-up",
};

const char *slip_kind_word(enum slip_kind kind)
{
	return words[kind];
}

bool slip_kind_parse(enum slip_kind *out, const char *word)
{
	for (int i = 0; i < SLIP_KIND_COUNT; i++) {
		if (str_eq(words[i], word)) {
			*out = (enum slip_kind)i;
			return true;
		}
	}
	return false;
}

#define FORM(kind, number, title, notation, basis, span, copies, by_desk)                      \
	FORM_ROW(kind, number, title, notation, basis, span, copies, by_desk)
#define FORM_ROW(kind, number, title, notation, basis, from, to, copies, by_desk)              \
	{ SLIP_##kind, number, title, notation, basis, from, to, copies, by_desk },
static const struct slip_template templates[] = {
#include "app/slip/slip_templates.def"
};
#undef FORM
#undef FORM_ROW

static int day_number(date_t on)
{
	int year, month, day;

	if (date_is_none(on))
		return 0;
	date_split(on, &year, &month, &day);
	return year * 10000 + month * 100 + day;
}

const struct slip_template *slip_template_on(enum slip_kind kind, date_t on)
{
	const struct slip_template *first = NULL, *found = NULL;
	int day = day_number(on);

	for (size_t i = 0; i < ARRAY_LEN(templates); i++) {
		const struct slip_template *t = &templates[i];

		if (t->kind != kind)
			continue;
		if (!first)
			first = t;
		if (day >= t->from && (t->to == 0 || day <= t->to))
			found = t;
	}
	return found ? found : first;
}

/* Nghị định 118/2025/NĐ-CP: the desk of a commune is a Trung tâm from 1/7/2025. */
const char *slip_desk_name(date_t on)
{
	return msg_text(day_number(on) >= 20250701 ? MSG_SLIP_DESK_2025 : MSG_SLIP_DESK_2018);
}

/* Which of the prefixes, whatever its case, a name begins with; an empty slice: none. */
static enum err prefix_of(struct slice *out, struct arena *a, const char *name,
                          enum msg prefixes)
{
	struct slice rest = slice_of(msg_text(prefixes)), prefix;
	const char *upper, *upper_name;

	*out = (struct slice){ "", 0 };
	TRY(text_upper(a, &upper_name, name));
	while (out->len == 0 && slice_cut(&rest, '|', &prefix)) {
		TRY(arena_strndup(a, &upper, prefix.at, prefix.len));
		TRY(text_upper(a, &upper, upper));
		if (strlen(name) > prefix.len && str_starts(upper_name, upper))
			*out = prefix;
	}
	return ERR_OK;
}

/* The part of a UBND's name that says whose it is, "xã Hương Sơn"; NULL: another office. */
static enum err people_committee_of(const char **out, struct arena *a, const char *name)
{
	struct slice prefix;

	*out = NULL;
	TRY(prefix_of(&prefix, a, name, MSG_SLIP_UBND_PREFIXES));
	if (prefix.len > 0) {
		*out = name + prefix.len;
		return ERR_OK;
	}
	TRY(prefix_of(&prefix, a, name, MSG_SLIP_LEVEL_PREFIXES));
	if (prefix.len == 0)
		return ERR_OK;
	return arena_printf(a, out, "%.*s%s", (int)prefix.len, prefix.at, name + prefix.len);
}

ERR_RESULT slip_office_short(const char **out, struct arena *a, const char *name)
{
	const char *of;

	TRY(people_committee_of(&of, a, name));
	return of ? msg_format(out, a, MSG_SLIP_UBND_SHORT, of) : arena_strdup(a, out, name);
}

static enum err upper_short(const char **out, struct arena *a, const char *name)
{
	const char *text;

	TRY(slip_office_short(&text, a, name));
	return text_upper(a, out, text);
}

ERR_RESULT slip_letterhead_of(struct slip_letterhead *out, struct arena *a,
                              const struct slip_office *office, bool by_desk, date_t on)
{
	const char *desk = str_blank(office->desk) ? slip_desk_name(on) : office->desk;
	struct slip_letterhead head = { 0 };
	struct slice desk_prefix;
	const char *of;

	TRY(people_committee_of(&of, a, office->name));
	TRY(prefix_of(&desk_prefix, a, office->name, MSG_SLIP_DESK_PREFIXES));
	if (by_desk && desk_prefix.len == 0) {
		TRY(upper_short(&head.above, a, office->name));
		TRY(text_upper(a, &head.first, desk));
	} else if (!str_blank(office->letterhead)) {
		if (!str_blank(office->parent))
			TRY(text_upper(a, &head.above, office->parent));
		TRY(text_upper(a, &head.first, office->letterhead));
	} else if (of) {
		TRY(text_upper(a, &head.first, msg_text(MSG_SLIP_UBND)));
		TRY(text_upper(a, &head.second, of));
	} else {
		if (!str_blank(office->parent))
			TRY(upper_short(&head.above, a, office->parent));
		TRY(text_upper(a, &head.first, office->name));
	}
	*out = head;
	return ERR_OK;
}
