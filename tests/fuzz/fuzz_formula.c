/* Any text is parsed or refused at a place inside it; what is parsed evaluates. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/form/form_load.h"
#include "calc/eval.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const char *choices(const void *self, const char *setting)
{
	(void)self;
	return strcmp(setting, "base") == 0 ? "all|few" : NULL;
}

static struct calc_value some_value(void *self, const struct calc_ref *ref)
{
	(void)self;
	struct calc_value v =
	        calc_known((dec_t){ (int64_t)strlen(ref->code) * 900719925474099 });
	v.state = ref->code[0] == '5'   ? CALC_ABSENT
	          : ref->code[0] == '4' ? CALC_BLANK
	                                : v.state;
	return v;
}

static struct calc_value some_total(void *self, const struct calc_total *total)
{
	(void)self;
	return calc_known(dec_from_int((int64_t)total->n_conditions - 1));
}

static struct calc_value no_denominator(void *self)
{
	(void)self;
	return calc_known(dec_from_int(0));
}

static bool entered(void *self, const struct calc_ref *ref)
{
	(void)self;
	return ref->form != NULL;
}

static const char *all(void *self, const char *setting)
{
	(void)self;
	(void)setting;
	return "all";
}

static void evaluate(const struct calc *c, bool check)
{
	const struct calc_env env = { NULL,    some_value, some_total, no_denominator,
		                      entered, all,        "commune" };
	struct calc_report report = { 0 };

	if (check)
		(void)calc_check(c->root, &env, &report);
	else
		(void)calc_round(calc_number(c->root, &env, &report), 2);
}

static void try(const char *text, bool check)
{
	ARENA_CLEANUP struct arena a;
	struct calc_schema schema = *form_schema();
	struct calc_error error = { 0 };
	const struct calc *c = NULL;

	schema.choices = choices;
	arena_init(&a, 8 << 20);
	enum err e = check ? calc_parse_check(&c, &error, &a, text, &schema)
	                   : calc_parse_number(&c, &error, &a, text, &schema);
	if (e == ERR_OK)
		evaluate(c, check);
	else if (e != ERR_INPUT || !error.message || error.line < 1 || error.column < 1)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *text = malloc(n + 1);

	if (!text)
		return 0;
	if (n > 0)
		memcpy(text, bytes, n);
	text[n] = '\0';
	try(text, false);
	try(text, true);
	free(text);
	return 0;
}
