/* Whatever a user typed: no byte of it may end a text or a quoted attribute, and reading the
 * entities back must give the same text. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "html/html.h"

static size_t entity(const char *s, char *c)
{
	static const struct {
		const char *text;
		char is;
	} known[] = { { "&amp;", '&' },
		      { "&lt;", '<' },
		      { "&gt;", '>' },
		      { "&#34;", '"' },
		      { "&#39;", '\'' } };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strncmp(s, known[i].text, strlen(known[i].text)) == 0) {
			*c = known[i].is;
			return strlen(known[i].text);
		}
	}
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str page;
	struct html_out out = { .to = &page };
	const char *html;
	char *text = malloc(size + 1);

	if (text == NULL)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	str_init(&page, NULL, 6 * size + 16);
	html_put(&out, text);
	assert(str_finish(&page, &html) == ERR_OK);
	const char *expected = text;
	while (*html != '\0') {
		char c = *html;
		size_t n = c == '&' ? entity(html, &c) : 1;
		assert(n > 0 && (n > 1 || strchr("<>\"'", c) == NULL) && c == *expected);
		html += n;
		expected++;
	}
	assert(*expected == '\0');
	str_release(&page);
	free(text);
	return 0;
}
