#include "html/controls.h"

const char *control_problem(const struct control *c)
{
	return c->problems == NULL ? NULL : problems_for(c->problems, c->name);
}

bool control_holds(const struct control *c, const char *value)
{
	return str_eq(c->value ? c->value : "", value);
}
