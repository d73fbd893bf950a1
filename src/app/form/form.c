#include "app/form/form.h"

#include <string.h>

static const char *const tier_words[] = { "province", "district", "commune" };
static const enum msg tier_names[] = { MSG_FORM_TIER_PROVINCE, MSG_FORM_TIER_DISTRICT,
	                               MSG_FORM_TIER_COMMUNE };
static const char *const kind_words[] = { "group", "count", "ratio", "enum", "money" };
static const enum msg time_names[] = { MSG_FORM_TIME_PERIOD, MSG_FORM_TIME_YEAR,
	                               MSG_FORM_TIME_END, MSG_FORM_TIME_EVER,
	                               MSG_FORM_TIME_OF_YEAR };
static const enum msg rollup_names[] = { MSG_FORM_ROLLUP_NONE,      MSG_FORM_ROLLUP_SUM,
	                                 MSG_FORM_ROLLUP_RECOMPUTE, MSG_FORM_ROLLUP_OWN,
	                                 MSG_FORM_ROLLUP_CATALOGUE, MSG_FORM_ROLLUP_UNITS };
static const char *const severity_words[] = { "error", "warning", "remark" };

enum form_tier form_tier_of_level(const char *level)
{
	if (str_eq(level, "district"))
		return FORM_DISTRICT;
	if (str_eq(level, "commune") || str_eq(level, "office"))
		return FORM_COMMUNE;
	return FORM_PROVINCE;
}

const char *form_tier_word(enum form_tier tier)
{
	return tier_words[tier];
}

const char *form_tier_name(enum form_tier tier)
{
	return msg_text(tier_names[tier]);
}

const char *form_kind_word(enum form_kind kind)
{
	return kind_words[kind];
}

const char *form_time_name(enum form_time time)
{
	return msg_text(time_names[time]);
}

const char *form_rollup_name(enum form_rollup rollup)
{
	return msg_text(rollup_names[rollup]);
}

const char *form_severity_word(enum form_severity severity)
{
	return severity_words[severity];
}

bool form_tier_covers(enum form_tier unit, enum form_tier row)
{
	return row >= unit;
}

const struct form *form_find(const struct form_set *set, const char *code)
{
	for (size_t i = 0; i < set->n_forms; i++)
		if (str_eq(set->forms[i].code, code))
			return &set->forms[i];
	return NULL;
}

const struct form_row *form_find_row(const struct form_set *set, const struct form *form,
                                     const char *code)
{
	size_t n = strlen(code);

	if (n > 0 && code[n - 1] == '.')
		n--;
	for (size_t i = 0; i < form->n_rows; i++) {
		const struct form_row *row = &set->rows[(size_t)form->first + i];

		if (slice_eq((struct slice){ code, n }, row->code))
			return row;
	}
	return NULL;
}

const struct form_setting *form_find_setting(const struct form_set *set, const char *name)
{
	for (size_t i = 0; i < set->n_settings; i++)
		if (str_eq(set->settings[i].name, name))
			return &set->settings[i];
	return NULL;
}
