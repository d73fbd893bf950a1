/* count(...) and sum(...) over record sets, and the conditions on their records. */
#include "calc/parse.h"

#include <stdio.h>
#include <string.h>

enum { MOST_CONDITIONS = 16, LIST_LENGTH = 200 };

bool calc_word_among(const char *words, const char *word)
{
	struct slice rest = slice_of(words), one;

	while (slice_cut(&rest, '|', &one))
		if (slice_eq(one, word))
			return true;
	return false;
}

const struct calc_set *parse_find_set(const struct calc_schema *schema, const char *name)
{
	for (size_t i = 0; i < schema->n_sets; i++)
		if (str_eq(schema->sets[i].name, name))
			return &schema->sets[i];
	return NULL;
}

static const struct calc_field *find_field(const struct calc_set *set, const char *name)
{
	for (size_t i = 0; i < set->n_fields; i++)
		if (str_eq(set->fields[i].name, name))
			return &set->fields[i];
	return NULL;
}

/* Says which names there are. */
static enum err refuse_set(struct parser *p, const char *name)
{
	struct str list;
	const char *text;

	str_init(&list, p->arena, 1000);
	for (size_t i = 0; i < p->schema->n_sets; i++)
		str_printf(&list, "%s%s", i ? ", " : "", p->schema->sets[i].name);
	TRY(str_finish(&list, &text));
	return parser_refuse(p, MSG_CALC_NO_SET, name, text);
}

static enum err refuse_field(struct parser *p, const struct calc_set *set, const char *name)
{
	struct str list;
	const char *text;

	str_init(&list, p->arena, 4000);
	for (size_t i = 0; i < set->n_fields; i++)
		str_printf(&list, "%s%s", i ? ", " : "", set->fields[i].name);
	TRY(str_finish(&list, &text));
	return parser_refuse(p, MSG_CALC_NO_FIELD, name, set->name, text);
}

static enum err take_set(const struct calc_set **out, struct parser *p)
{
	const char *name;
	struct token at = p->token;

	TRY(parser_word(p, &name));
	*out = parse_find_set(p->schema, name);
	if (*out)
		return ERR_OK;
	p->token = at;
	return refuse_set(p, name);
}

/* Only words and amounts are held against something written in the formula. */
static enum err must_compare(struct parser *p, const struct calc_field *field)
{
	if (field->kind == CALC_DAY)
		return parser_refuse(p, MSG_CALC_FIELD_DAY, field->name);
	if (field->kind == CALC_FLAG)
		return parser_refuse(p, MSG_CALC_FIELD_FLAG, field->name);
	if (field->kind == CALC_KEY)
		return parser_refuse(p, MSG_CALC_FIELD_KEY, field->name);
	return ERR_OK;
}

/* One word or number of a list, checked against the field. */
static enum err take_literal(char *to, struct parser *p, const struct calc_field *field)
{
	if (field->kind == CALC_AMOUNT) {
		if (p->token.kind != TOKEN_NUMBER || strlen(p->token.text) > 15 ||
		    strchr(p->token.text, '.'))
			return parser_refuse(p, MSG_CALC_FIELD_AMOUNT, field->name);
	} else if (p->token.kind != TOKEN_WORD) {
		return parser_refuse(p, MSG_CALC_EXPECTED_WORD, p->token.text);
	} else if (*field->words && !calc_word_among(field->words, p->token.text)) {
		return parser_refuse(p, MSG_CALC_NO_CHOICE, p->token.text, field->words);
	}
	size_t used = strlen(to), more = strlen(p->token.text);

	if (used + more + 2 > LIST_LENGTH)
		return parser_refuse(p, MSG_CALC_TOO_MANY);
	memcpy(to + used, p->token.text, more + 1);
	return parser_advance(p);
}

static enum err take_list(struct calc_condition *c, struct parser *p,
                          const struct calc_field *field)
{
	char list[LIST_LENGTH] = "";
	bool more;

	c->kind = CALC_IS_ONE_OF;
	TRY(parser_expect(p, "("));
	do {
		TRY(take_literal(list, p, field));
		TRY(parser_take(p, ",", &more));
		if (more) {
			size_t used = strlen(list);

			list[used] = '|';
			list[used + 1] = '\0';
		}
	} while (more);
	TRY(arena_strdup(p->arena, &c->text, list));
	return parser_expect(p, ")");
}

/* After "in": period, year, unit, or a list. */
static enum err take_in(struct calc_condition *c, struct parser *p,
                        const struct calc_field *field)
{
	bool day = field->kind == CALC_DAY;

	if (parser_sees(p, "period") || parser_sees(p, "year")) {
		if (!day)
			return parser_refuse(p, MSG_CALC_FIELD_NOT_DAY, field->name);
		c->kind = parser_sees(p, "period") ? CALC_IN_PERIOD : CALC_IN_YEAR;
		return parser_advance(p);
	}
	TRY(must_compare(p, field));
	if (parser_sees(p, "unit")) {
		if (!str_eq(field->words, p->schema->tiers))
			return parser_refuse(p, MSG_CALC_NO_TIER, field->name);
		c->kind = CALC_IN_UNIT;
		return parser_advance(p);
	}
	return take_list(c, p, field);
}

static enum err take_comparison(struct calc_condition *c, struct parser *p,
                                const struct calc_field *field)
{
	char literal[LIST_LENGTH] = "";

	TRY(must_compare(p, field));
	if (field->kind == CALC_WORD && c->compare > CALC_NE)
		return parser_refuse(p, MSG_CALC_FIELD_ORDER, field->name);
	c->kind = field->kind == CALC_WORD ? CALC_IS_WORD : CALC_IS_AMOUNT;
	TRY(parser_advance(p));
	TRY(take_literal(literal, p, field));
	return arena_strdup(p->arena, &c->text, literal);
}

/* is [not] blank */
static enum err take_blank(struct calc_condition *c, struct parser *p)
{
	bool no;

	TRY(parser_take(p, "not", &no));
	c->kind = no ? CALC_NOT_EMPTY : CALC_EMPTY;
	return parser_expect(p, "blank");
}

static enum err take_day(struct calc_condition *c, struct parser *p,
                         const struct calc_field *field)
{
	bool by = parser_sees(p, "by");

	if (field->kind != CALC_DAY)
		return parser_refuse(p, MSG_CALC_FIELD_NOT_DAY, field->name);
	c->kind = by ? CALC_BY_END : CALC_BEFORE;
	TRY(parser_advance(p));
	return parser_expect(p, by ? "end" : "period");
}

/* among (field of set where ...) */
static enum err take_among(struct calc_condition *c, struct parser *p,
                           const struct calc_field *field)
{
	struct token at = p->token;
	const struct calc_field *other;

	if (++p->among > 2) {
		p->token = at;
		return parser_refuse(p, MSG_CALC_TOO_DEEP);
	}
	c->kind = CALC_AMONG;
	TRY(parse_total(&c->among, p, CALC_VALUES));
	p->among--;
	other = find_field(parse_find_set(p->schema, c->among->set), c->among->field);
	if (other->kind == field->kind && str_eq(other->words, field->words))
		return ERR_OK;
	p->token = at;
	return parser_refuse(p, MSG_CALC_OTHER_KIND, field->name, other->name);
}

/* What follows the name of a field. */
static enum err take_test(struct calc_condition *c, struct parser *p,
                          const struct calc_field *field)
{
	bool taken;

	TRY(parser_take(p, "in", &taken));
	if (taken)
		return take_in(c, p, field);
	TRY(parser_take(p, "is", &taken));
	if (taken)
		return take_blank(c, p);
	TRY(parser_take(p, "among", &taken));
	if (taken)
		return take_among(c, p, field);
	if (parser_sees(p, "by") || parser_sees(p, "before"))
		if (field->kind == CALC_DAY)
			return take_day(c, p, field);
	if (parser_sees_compare(p, &c->compare))
		return take_comparison(c, p, field);
	if (field->kind == CALC_FLAG) {
		c->kind = CALC_SET;
		return ERR_OK;
	}
	return parser_refuse(p, MSG_CALC_FIELD_COMPARE, field->name);
}

/* valid at end */
static enum err take_valid(struct calc_condition *c, struct parser *p,
                           const struct calc_set *set)
{
	if (!find_field(set, "valid_from"))
		return parser_refuse(p, MSG_CALC_NOT_VALID, set->name);
	c->kind = CALC_VALID;
	TRY(parser_advance(p));
	TRY(parser_expect(p, "at"));
	return parser_expect(p, "end");
}

static enum err take_condition(struct calc_condition *c, struct parser *p,
                               const struct calc_set *set)
{
	const struct calc_schema *s = p->schema;
	struct token at;
	bool no;

	if (parser_sees(p, "valid"))
		return take_valid(c, p, set);
	TRY(parser_take(p, "not", &no));
	at = p->token;
	TRY(parser_word(p, &c->name));
	const struct calc_field *field = find_field(set, c->name);
	if (!field && !no && s->named && s->named(s->self, c->name, set->name)) {
		c->kind = CALC_NAMED;
		return ERR_OK;
	}
	if (!field) {
		p->token = at;
		return refuse_field(p, set, c->name);
	}
	if (!no)
		return take_test(c, p, field);
	c->kind = CALC_NOT_SET;
	if (field->kind == CALC_FLAG)
		return ERR_OK;
	p->token = at;
	return parser_refuse(p, MSG_CALC_FIELD_COMPARE, field->name);
}

enum err parse_conditions(struct calc_total *total, struct parser *p,
                          const struct calc_set *set)
{
	struct calc_condition *list;
	bool more;

	TRY(arena_array(p->arena, &list, MOST_CONDITIONS));
	total->conditions = list;
	do {
		if (total->n_conditions == MOST_CONDITIONS) {
			char most[16];

			snprintf(most, sizeof(most), "%d", MOST_CONDITIONS);
			return parser_refuse(p, MSG_CALC_MANY_CONDITIONS, most);
		}
		TRY(take_condition(&list[total->n_conditions], p, set));
		total->n_conditions++;
		TRY(parser_take(p, "and", &more));
	} while (more);
	return ERR_OK;
}

/* by receiving_unit, or by setting whose_dossier. */
static enum err take_by(struct calc_total *total, struct parser *p, const struct calc_set *set)
{
	const struct calc_schema *s = p->schema;
	struct token at;
	bool setting;
	const char *word, *words;

	if (!*set->by)
		return parser_refuse(p, MSG_CALC_ONE_OWNER, set->name);
	TRY(parser_take(p, "setting", &setting));
	at = p->token;
	TRY(parser_word(p, &word));
	words = word;
	if (setting) {
		words = s->choices ? s->choices(s->self, word) : NULL;
		total->by_setting = word;
		if (!words) {
			p->token = at;
			return parser_refuse(p, MSG_CALC_NO_SETTING, word);
		}
	} else {
		total->by = word;
	}
	struct slice rest = slice_of(words), one;

	while (slice_cut(&rest, '|', &one)) {
		const char *choice;

		TRY(arena_strndup(p->arena, &choice, one.at, one.len));
		if (calc_word_among(set->by, choice))
			continue;
		p->token = at;
		return parser_refuse(p, MSG_CALC_NOT_BY, set->name, choice, set->by);
	}
	return ERR_OK;
}

/* The field that is counted or summed: "distinct FIELD of", "FIELD of". */
static enum err take_field(struct calc_total *total, struct token *at, struct parser *p)
{
	bool distinct;

	TRY(parser_take(p, "distinct", &distinct));
	if (distinct && total->kind == CALC_COUNT)
		total->kind = CALC_COUNT_DISTINCT;
	if (total->kind == CALC_COUNT)
		return ERR_OK;
	*at = p->token;
	TRY(parser_word(p, &total->field));
	return parser_expect(p, "of");
}

enum err parse_total(const struct calc_total **out, struct parser *p, enum calc_total_kind kind)
{
	struct calc_total *total;
	const struct calc_set *set;
	struct token at = p->token;
	bool taken;

	TRY(arena_new(p->arena, &total));
	total->kind = kind;
	TRY(parser_expect(p, "("));
	TRY(take_field(total, &at, p));
	TRY(take_set(&set, p));
	total->set = set->name;
	const struct calc_field *field = total->field ? find_field(set, total->field) : NULL;
	if (total->field && !field) {
		p->token = at;
		return refuse_field(p, set, total->field);
	}
	if (kind == CALC_SUM && field && field->kind != CALC_AMOUNT) {
		p->token = at;
		return parser_refuse(p, MSG_CALC_SUM_FIELD, total->field);
	}
	TRY(parser_take(p, "where", &taken));
	if (taken)
		TRY(parse_conditions(total, p, set));
	TRY(parser_take(p, "by", &taken));
	if (taken)
		TRY(take_by(total, p, set));
	*out = total;
	return parser_expect(p, ")");
}

enum err calc_parse_conditions(const struct calc_total **out, struct calc_error *error,
                               struct arena *a, const char *text, const char *set,
                               const struct calc_schema *schema)
{
	struct parser p;
	struct calc_total *total;
	const struct calc_set *found = parse_find_set(schema, set);

	TRY(parser_start(&p, error, a, text, schema));
	if (!found)
		return refuse_set(&p, set);
	TRY(arena_new(a, &total));
	total->kind = CALC_COUNT;
	total->set = found->name;
	if (p.token.kind != TOKEN_END)
		TRY(parse_conditions(total, &p, found));
	TRY(parser_end(&p));
	*out = total;
	return ERR_OK;
}
