#include "app/form/form_label.h"

#include <ctype.h>
#include <string.h>

#include "base/str.h"
#include "text/document.h"

static uint64_t hash(const char *word, size_t n)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)word[i]) * UINT64_C(1099511628211);
	return h;
}

static const struct {
	const char *is, *means;
} abbreviations[] = {
	{ "tthc", "thủ tục hành chính" },
	{ "cchc", "cải cách hành chính" },
	{ "vbqppl", "văn bản quy phạm pháp luật" },
	{ "qppl", "quy phạm pháp luật" },
	{ "dvc", "dịch vụ công" },
	{ "dvctt", "dịch vụ công trực tuyến" },
	{ "pakn", "phản ánh kiến nghị" },
	{ "ubnd", "ủy ban nhân dân" },
	{ "đvsn", "đơn vị sự nghiệp" },
	{ "đvsncl", "đơn vị sự nghiệp công lập" },
	{ "đvsnncl", "đơn vị sự nghiệp công lập" },
	{ "sncl", "sự nghiệp công lập" },
	{ "nsnn", "ngân sách nhà nước" },
	{ "ttgcp", "thủ tướng chính phủ" },
	{ "tỉ", "tỷ" },
	{ "thông", "thống" }, /* "thông kê", a slip of old forms */
};

/* These tell indicators apart that are else the same: level, order of time, not. */
static bool decides(const char *word, size_t n)
{
	static const char *const words[] = { "tỷ",   "đúng",  "quá",  "trễ",   "trước",
		                             "chưa", "không", "tỉnh", "huyện", "xã",
		                             "mới",  "bãi",   "giảm", "sở",    NULL };

	if (isdigit((unsigned char)word[0]))
		return n < 4; /* years change with the office */
	for (size_t i = 0; words[i]; i++)
		if (strlen(words[i]) == n && memcmp(words[i], word, n) == 0)
			return true;
	return false;
}

static void add_word(struct form_label *l, const char *word, size_t n)
{
	uint64_t h = hash(word, n);
	size_t at = l->n;

	if (l->n == FORM_LABEL_WORDS)
		return;
	while (at > 0 && l->words[at - 1] > h)
		at--;
	if (at > 0 && l->words[at - 1] == h)
		return;
	memmove(&l->words[at + 1], &l->words[at], (l->n - at) * sizeof(*l->words));
	l->words[at] = h;
	l->n++;
	if (decides(word, n))
		l->deciding += h;
}

/* Levels of online services under their old names and their new ones. */
static const struct {
	const char *is, *means;
} levels[] = { { "mức", "" }, { "độ", "" }, { "3", "một phần" }, { "4", "toàn trình" } };

/* What a word stands for: "tthc" for four words; NULL: for itself. */
static const char *meaning_of(const char *word, size_t n, bool of_level)
{
	for (size_t i = 0; of_level && i < sizeof(levels) / sizeof(*levels); i++)
		if (strlen(levels[i].is) == n && memcmp(levels[i].is, word, n) == 0)
			return levels[i].means;
	for (size_t i = 0; i < sizeof(abbreviations) / sizeof(*abbreviations); i++)
		if (strlen(abbreviations[i].is) == n &&
		    memcmp(abbreviations[i].is, word, n) == 0)
			return abbreviations[i].means;
	return NULL;
}

static void add_words(struct form_label *l, const char *plain)
{
	bool of_level = text_says(plain, "mức độ");

	while (*plain) {
		size_t n = strcspn(plain, " ");
		const char *means = meaning_of(plain, n, of_level);

		if (!means)
			add_word(l, plain, n);
		for (size_t w; means && *means; means += w + (means[w] == ' ')) {
			w = strcspn(means, " ");
			add_word(l, means, w);
		}
		plain += n + (plain[n] == ' ');
	}
}

enum err form_label_of(struct form_label *out, struct arena *a, const char *text)
{
	const char *plain;
	struct str bare;

	str_init(&bare, a, TEXT_MOST_BYTES);
	while (*text) {
		size_t n = strcspn(text, "(");

		str_put_n(&bare, text, n);
		str_put_char(&bare, ' ');
		text += n;
		text += strcspn(text, ")");
		text += *text == ')';
	}
	TRY(str_finish(&bare, &text));
	TRY(text_plain(a, &plain, text, strlen(text)));
	*out = (struct form_label){ .n = 0 };
	add_words(out, plain);
	return ERR_OK;
}

int form_label_likeness(const struct form_label *a, const struct form_label *b)
{
	size_t i = 0, j = 0, common = 0;

	if (a->deciding != b->deciding || a->n == 0 || b->n == 0)
		return 0;
	if (a->n * 3 < b->n || b->n * 3 < a->n)
		return 0;
	while (i < a->n && j < b->n) {
		if (a->words[i] == b->words[j]) {
			common++;
			i++;
			j++;
		} else if (a->words[i] < b->words[j]) {
			i++;
		} else {
			j++;
		}
	}
	return (int)(common * 200 / (a->n + b->n));
}
