#include "http/http.h"

#include <stdint.h>

const char *params_nth(const struct params *p, const char *name, size_t i)
{
	for (size_t at = 0; at < p->n; at++)
		if (str_eq(p->items[at].name, name) && i-- == 0)
			return p->items[at].value;
	return NULL;
}

const char *params_get(const struct params *p, const char *name)
{
	return params_nth(p, name, 0);
}

size_t params_count(const struct params *p, const char *name)
{
	size_t n = 0;

	for (size_t at = 0; at < p->n; at++)
		n += str_eq(p->items[at].name, name);
	return n;
}

row_id params_id(const struct params *p, const char *name)
{
	const char *text = params_get(p, name);
	row_id id;

	return text && row_id_parse(&id, text) ? id : ROW_NONE;
}

long long params_int(const struct params *p, const char *name, long long otherwise)
{
	const char *text = params_get(p, name);
	long long n;

	return text && str_to_int(text, &n) ? n : otherwise;
}

date_t params_date(const struct params *p, const char *name)
{
	const char *text = params_get(p, name);
	date_t day;

	return text && date_parse_vn(&day, text) ? day : DATE_NONE;
}
