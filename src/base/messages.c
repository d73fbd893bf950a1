#include "base/messages.h"

#include "base/str.h"

enum { LONGEST_MESSAGE = 4096 };

#define MSG(name, text) text,
static const char *const texts[] = {
#include "gen/messages.def"
	"",
};
#undef MSG

const char *msg_text(enum msg id)
{
	return texts[id];
}

static size_t count_args(const char *const *args)
{
	size_t n = 0;

	while (args[n])
		n++;
	return n;
}

enum err msg_fill(const char **out, struct arena *a, enum msg id, const char *const *args)
{
	size_t n_args = count_args(args);
	struct str s;

	str_init(&s, a, LONGEST_MESSAGE);
	for (const char *t = texts[id]; *t; t++) {
		if (t[0] == '{' && t[1] >= '1' && t[1] <= '9' && t[2] == '}') {
			size_t i = (size_t)(t[1] - '1');

			str_put(&s, i < n_args ? args[i] : "");
			t += 2;
		} else {
			str_put_char(&s, *t);
		}
	}
	return str_finish(&s, out);
}
