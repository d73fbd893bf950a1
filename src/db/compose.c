#include "db/compose.h"

#include <assert.h>
#include <string.h>

/* Sorts behind every text that begins with what stands before it. */
static const char after_all[] = "\xf4\x8f\xbf\xbf";

void compose_init(struct compose *c, struct db *db)
{
	c->db = db;
	str_init(&c->text, NULL, COMPOSE_MOST_TEXT);
	c->in.n = c->n_listed = c->n_copied = 0;
	c->overflow = false;
}

void compose_release(struct compose *c)
{
	str_release(&c->text);
}

void compose_put(struct compose *c, const char *text)
{
	str_put(&c->text, text);
}

/* The same value is the same parameter. */
void compose_parameter(struct compose *c, enum db_type type, const void *value)
{
	size_t i = 0;

	while (i < c->in.n && (c->values[i] != value || c->in.types[i] != type))
		i++;
	if (i == DB_MOST_PARAMETERS) {
		c->overflow = true;
		return;
	}
	if (i == c->in.n) {
		c->in.types[c->in.n] = type;
		c->values[c->in.n++] = value;
	}
	str_put_char(&c->text, c->db->engine == &db_engine_postgres ? '$' : '?');
	str_put_int(&c->text, (long long)i + 1);
}

void compose_expression(struct compose *c, const struct recordset_field *field)
{
	bool plain = !strchr(field->expression, ' ');

	compose_put(c, plain ? "" : "(");
	compose_put(c, field->expression);
	compose_put(c, plain ? "" : ")");
}

/* A copy of the text that lives as long as `c`; NULL when there is no room. */
static const char *copy(struct compose *c, struct slice a, const char *b)
{
	size_t n = a.len + strlen(b) + 1;

	if (n > sizeof(c->copied) - c->n_copied) {
		c->overflow = true;
		return NULL;
	}
	char *at = c->copied + c->n_copied;
	memcpy(at, a.at, a.len);
	memcpy(at + a.len, b, strlen(b) + 1);
	c->n_copied += n;
	return at;
}

static struct select_value *new_value(struct compose *c, enum db_type type)
{
	if (c->n_listed == ARRAY_LEN(c->listed)) {
		c->overflow = true;
		return NULL;
	}
	struct select_value *v = &c->listed[c->n_listed++];
	*v = (struct select_value){ .type = type };
	return v;
}

static void put_text_parameter(struct compose *c, struct slice text, const char *end)
{
	struct select_value *v = new_value(c, DB_TEXT);

	if (!v)
		return;
	v->text = copy(c, text, end);
	compose_parameter(c, DB_TEXT, &v->text);
}

static void put_own(struct compose *c, const struct select *s)
{
	compose_put(c, " and c.unit_id not in (select x.unit_id from unit_reported x"
	               " where x.receiver_id = ");
	compose_parameter(c, DB_ID, &s->scope);
	compose_put(c, " and x.regime_code = ");
	compose_parameter(c, DB_TEXT, &s->own->regime);
	compose_put(c, " and x.period = ");
	compose_parameter(c, DB_TEXT, &s->own->period);
	compose_put(c, ")");
}

void compose_units(struct compose *c, const struct select *s)
{
	compose_put(c, "(select c.unit_id from unit_closure c where c.ancestor_id = ");
	compose_parameter(c, DB_ID, &s->scope);
	if (date_is_none(s->scope_on)) {
		compose_put(c, " and c.to_on is null");
	} else {
		compose_put(c, " and c.from_on <= ");
		compose_parameter(c, DB_DAY, &s->scope_on);
		compose_put(c, " and (c.to_on is null or c.to_on >= ");
		compose_parameter(c, DB_DAY, &s->scope_on);
		compose_put(c, ")");
	}
	if (s->own)
		put_own(c, s);
	compose_put(c, ")");
}

/* " = unit" or " in (the subtree)" */
static void put_units(struct compose *c, const struct select *s, const row_id *unit)
{
	if (!unit && s->own_unit_only)
		unit = &s->scope;
	if (unit) {
		compose_put(c, " = ");
		compose_parameter(c, DB_ID, unit);
	} else {
		compose_put(c, " in ");
		compose_units(c, s);
	}
}

static bool parse_value(struct select_value *v, const char *text)
{
	long long n;

	switch (v->type) {
	case DB_TEXT:
		v->text = text;
		return true;
	case DB_ID:
		return row_id_parse(&v->id, text);
	case DB_FLAG:
		v->flag = str_eq(text, "1");
		return v->flag || str_eq(text, "0");
	case DB_DAY:
		return date_parse_iso(&v->day, text);
	case DB_DECIMAL:
		return dec_parse(&v->decimal, text);
	case DB_INT:
	case DB_DONG:
	case DB_INSTANT:
		if (!str_to_int(text, &n))
			return false;
		v->integer = n; /* the three share their representation */
		return true;
	case DB_BYTES:
		break;
	}
	return false;
}

static enum err put_list(struct compose *c, const struct select_condition *condition)
{
	struct slice rest = slice_of(condition->value.text ? condition->value.text : ""), part;
	int n = 0;

	compose_put(c, " in (");
	while (slice_cut(&rest, '|', &part)) {
		struct select_value *v = new_value(c, condition->field->type);
		const char *text = copy(c, part, "");

		if (!v || !text || n++ == SELECT_MOST_IN)
			return err_set(ERR_INPUT, "the list for %s is too long",
			               condition->field->name);
		if (!parse_value(v, text))
			return err_set(ERR_INPUT, "'%s' cannot be a value of %s", text,
			               condition->field->name);
		compose_put(c, n > 1 ? ", " : "");
		compose_parameter(c, v->type, &v->id);
	}
	compose_put(c, ")");
	return ERR_OK;
}

/* Its own aliases stand inside the parentheses; the one after them sees none of them. */
static enum err put_among(struct compose *c, const struct select_among *among)
{
	assert(!among->from->search_words);
	TRY(compose_check(among->from));
	compose_put(c, " in (select ");
	compose_expression(c, among->field);
	TRY(compose_from(c, among->from, NULL));
	compose_put(c, ")");
	return ERR_OK;
}

enum err compose_condition(struct compose *c, const struct select_condition *condition)
{
	static const char *const operators[] = {
		[SELECT_EQ] = " = ",  [SELECT_NE] = " <> ", [SELECT_LT] = " < ",
		[SELECT_LE] = " <= ", [SELECT_GT] = " > ",  [SELECT_GE] = " >= ",
	};

	compose_expression(c, condition->field);
	switch (condition->op) {
	case SELECT_NULL:
		compose_put(c, " is null");
		return ERR_OK;
	case SELECT_NOT_NULL:
		compose_put(c, " is not null");
		return ERR_OK;
	case SELECT_IN:
		return put_list(c, condition);
	case SELECT_AMONG:
		return put_among(c, condition->value.among);
	case SELECT_EQ:
	case SELECT_NE:
	case SELECT_LT:
	case SELECT_LE:
	case SELECT_GT:
	case SELECT_GE:
		break;
	}
	assert(condition->value.type == condition->field->type);
	compose_put(c, operators[condition->op]);
	compose_parameter(c, condition->value.type, &condition->value.id);
	return ERR_OK;
}

static void put_search(struct compose *c, const struct select *s, const row_id *unit)
{
	const struct recordset *set = s->set;
	struct slice rest = slice_of(s->search_words), word;

	for (int n = 0; n < SELECT_MOST_WORDS && slice_cut(&rest, ' ', &word);) {
		if (!word.len)
			continue;
		n++;
		str_printf(&c->text, " and %s in (select w.%s from %s w where ", set->key,
		           set->search_key, set->search_table);
		if (set->search_unit) {
			str_printf(&c->text, "w.%s", set->search_unit);
			put_units(c, s, unit);
			compose_put(c, " and ");
		}
		compose_put(c, "w.word >= ");
		put_text_parameter(c, word, "");
		compose_put(c, " and w.word < ");
		put_text_parameter(c, word, after_all);
		compose_put(c, ")");
	}
}

/* "from ... where ...": the rows that meet every condition. */
static enum err put_rows(struct compose *c, const struct select *s, const row_id *unit)
{
	bool searches = s->set->search_table && !str_blank(s->search_words);

	str_printf(&c->text, " from %s where 1 = 1", s->set->from);
	if (s->set->scope) {
		/* The + keeps the index of the unit out of the plan. */
		str_printf(&c->text, " and %s%s", searches || s->few_without_scope ? "+" : "",
		           s->set->scope);
		put_units(c, s, unit);
	}
	for (size_t i = 0; i < s->n_conditions; i++) {
		compose_put(c, " and ");
		TRY(compose_condition(c, &s->conditions[i]));
	}
	if (searches)
		put_search(c, s, unit);
	return ERR_OK;
}

enum err compose_from(struct compose *c, const struct select *s, const row_id *unit)
{
	TRY(put_rows(c, s, unit));
	if (!s->one_of_each)
		return ERR_OK;
	str_printf(&c->text, " and %s in (select min(%s)", s->set->key, s->set->key);
	TRY(put_rows(c, s, NULL));
	compose_put(c, " and ");
	compose_expression(c, s->one_of_each);
	compose_put(c, " is not null group by ");
	compose_expression(c, s->one_of_each);
	compose_put(c, ")");
	return ERR_OK;
}

enum err compose_check(const struct select *s)
{
	if (s->set->scope && row_is_none(s->scope))
		return err_set(ERR_FORBIDDEN, "the set %s needs a scope", s->set->name);
	return ERR_OK;
}

enum err compose_bind(struct compose *c, struct db_statement *s)
{
	for (size_t i = 0; i < c->in.n; i++)
		TRY(db_bind(c->db, s, i, c->in.types[i], c->values[i], false));
	return ERR_OK;
}

enum err compose_open(struct db_statement **out, struct compose *c)
{
	struct db_statement *s;

	TRY(str_check(&c->text));
	if (c->overflow)
		return err_set(ERR_TOO_LARGE, "a selection has too many values");
	TRY(db_statement_composed(&s, c->db, c->text.data, &c->in));
	enum err e = compose_bind(c, s);
	if (e != ERR_OK) {
		db_statement_return(c->db, s);
		return e;
	}
	*out = s;
	return ERR_OK;
}
