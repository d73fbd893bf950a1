#include "app/deadline/rule_set.h"

#include "base/messages.h"
#include "base/str.h"

/* Days since 1970 of the dates on which the decrees changed. */
#define LAST_OF_2018_06_20                                                                     \
	{                                                                                      \
		17702                                                                          \
	}
#define FIRST_2018_06_21                                                                       \
	{                                                                                      \
		17703                                                                          \
	}
#define LAST_OF_2025_06_30                                                                     \
	{                                                                                      \
		20269                                                                          \
	}
#define FIRST_2025_07_01                                                                       \
	{                                                                                      \
		20270                                                                          \
	}
#define OPEN                                                                                   \
	{                                                                                      \
		INT32_MIN                                                                      \
	}

static const struct rule_set built_in[] = {
	{ .code = "qd09",
	  .name = "Một cửa theo Quyết định số 09/2015/QĐ-TTg",
	  .basis = "Quyết định số 09/2015/QĐ-TTg ngày 25/3/2015",
	  .from = OPEN,
	  .to = LAST_OF_2018_06_20,
	  .same_day_cutoff = 900,
	  .day_minutes = 480 },
	{ .code = "nd61",
	  .name = "Một cửa theo Nghị định số 61/2018/NĐ-CP",
	  .basis = "Nghị định số 61/2018/NĐ-CP, sửa đổi, bổ sung bởi Nghị định số "
	           "107/2021/NĐ-CP",
	  .from = FIRST_2018_06_21,
	  .to = LAST_OF_2025_06_30,
	  .same_day_cutoff = 900,
	  .day_minutes = 480 },
	{ .code = "nd118",
	  .name = "Một cửa theo Nghị định số 118/2025/NĐ-CP",
	  .basis = "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025",
	  .from = FIRST_2025_07_01,
	  .to = OPEN,
	  .same_day_cutoff = 900,
	  .day_minutes = 480 },
};

const struct rule_set *rule_set_built_in(size_t *n)
{
	*n = ARRAY_LEN(built_in);
	return built_in;
}

const struct rule_set *rule_set_find(const struct rule_set *sets, size_t n, date_t received)
{
	for (size_t i = n; i-- > 0;)
		if ((date_is_none(sets[i].from) || date_cmp(sets[i].from, received) <= 0) &&
		    (date_is_none(sets[i].to) || date_cmp(received, sets[i].to) <= 0))
			return &sets[i];
	return NULL;
}

static const struct {
	const char *word;
	enum msg text;
} start_rules[] = { [START_INSTANT] = { "instant", MSG_RULE_START_INSTANT },
	            [START_NEXT_WORKING_DAY] = { "next_working_day",
	                                         MSG_RULE_START_NEXT_DAY } },
  supplement_rules[] = { [SUPPLEMENT_CONTINUES] = { "continues", MSG_RULE_CONTINUES },
	                 [SUPPLEMENT_RESTARTS] = { "restarts", MSG_RULE_RESTARTS },
	                 [SUPPLEMENT_NEVER_STOPS] = { "never_stops", MSG_RULE_NEVER_STOPS } },
  rest_day_rules[] = { [REST_DAY_NEXT_WORKING_DAY] = { "next_working_day",
	                                               MSG_RULE_REST_DAY_ROLLS },
	               [REST_DAY_AS_IS] = { "as_is", MSG_RULE_REST_DAY_STAYS } },
  early_rules[] = { [EARLY_HALF_DAY] = { "half_day", MSG_RULE_EARLY_HALF_DAY },
	            [EARLY_DAY] = { "day", MSG_RULE_EARLY_DAY },
	            [EARLY_NEVER] = { "never", MSG_RULE_EARLY_NEVER } };

/* The three functions of each kind of rule, from its table. */
#define WORDS(kind, table)                                                                     \
	const char *kind##_word(enum kind r)                                                   \
	{                                                                                      \
		return table[r].word;                                                          \
	}                                                                                      \
	const char *kind##_text(enum kind r)                                                   \
	{                                                                                      \
		return msg_text(table[r].text);                                                \
	}                                                                                      \
	bool kind##_parse(enum kind *out, const char *word)                                    \
	{                                                                                      \
		for (size_t i = 0; i < ARRAY_LEN(table); i++)                                  \
			if (str_eq(table[i].word, word)) {                                     \
				*out = (enum kind)i;                                           \
				return true;                                                   \
			}                                                                      \
		return false;                                                                  \
	}

WORDS(start_rule, start_rules)
WORDS(supplement_rule, supplement_rules)
WORDS(rest_day_rule, rest_day_rules)
WORDS(early_rule, early_rules)
