#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

static _Thread_local char message[512];

#define ERR(name, http_status, text) { #name, http_status, text },
static const struct {
	const char *name;
	int http_status;
	const char *text;
} errors[] = {
#include "base/errors.def"
};
#undef ERR

enum err(err_set)(enum err code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	return code;
}

const char *err_message(void)
{
	return message;
}

void err_clear(void)
{
	message[0] = '\0';
}

const char *err_text(enum err code)
{
	return errors[code].text;
}

const char *err_name(enum err code)
{
	return errors[code].name;
}

int err_http_status(enum err code)
{
	return errors[code].http_status;
}
