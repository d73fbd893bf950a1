#include "html/controls.h"

const char *control_problem(const struct control *c)
{
	return c->problems == NULL ? NULL : problems_for(c->problems, c->name);
}

bool control_holds(const struct control *c, const char *value)
{
	return str_eq(c->value ? c->value : "", value);
}

const char *control_type(const struct control *c)
{
	return c->type == NULL || control_is_day(c) || str_eq(c->type, "time") ? "text"
	                                                                       : c->type;
}

bool control_is_day(const struct control *c)
{
	return str_eq(c->type, "date");
}

date_t control_day(const struct control *c)
{
	date_t day;

	return c->value && date_parse_iso(&day, c->value) ? day : DATE_NONE;
}

bool control_has_day(const struct control *c)
{
	return !date_is_none(control_day(c));
}
