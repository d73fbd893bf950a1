#include "app/exchange/exchange_wire.h"

#include <string.h>

#include "base/vec.h"
#include "json/json.h"
#include "json/json_read.h"

bool exchange_is_sha256(const char *text)
{
	return text && strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
}

/* ---- writing ---- */

static void put_said(struct json *j, const struct exchange_said *s)
{
	json_key(j, "sha256");
	json_text(j, s->sha256);
	json_key(j, "word");
	json_text(j, exchange_word_code(s->word));
	json_key(j, "number");
	json_int(j, s->number);
	json_key(j, "reason");
	json_text(j, s->reason ? s->reason : "");
}

static void put_remarks(struct json *j, const struct exchange_said *s)
{
	json_key(j, "remarks");
	json_begin_array(j);
	for (size_t i = 0; i < s->n_remarks; i++) {
		json_begin_object(j);
		json_key(j, "form");
		json_text(j, s->remarks[i].form);
		json_key(j, "indicator");
		json_text(j, s->remarks[i].indicator);
		json_key(j, "text");
		json_text(j, s->remarks[i].text);
		json_end(j);
	}
	json_end(j);
}

ERR_RESULT exchange_receipt_write(const char **out, struct arena *a,
                                  const struct exchange_said *receipt)
{
	struct str s;
	struct json j;

	str_init(&s, a, EXCHANGE_ANSWER_MOST);
	json_init(&j, &s);
	json_begin_object(&j);
	put_said(&j, receipt);
	json_end(&j);
	return str_finish(&s, out);
}

ERR_RESULT exchange_words_write(const char **out, struct arena *a,
                                const struct exchange_words *words)
{
	struct str s;
	struct json j;

	str_init(&s, a, EXCHANGE_ANSWER_MOST);
	json_init(&j, &s);
	json_begin_object(&j);
	json_key(&j, "words");
	json_begin_array(&j);
	for (size_t i = 0; i < words->n; i++) {
		json_begin_object(&j);
		put_said(&j, &words->at[i]);
		put_remarks(&j, &words->at[i]);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	return str_finish(&s, out);
}

/* ---- reading ---- */

static const char *read_text(struct json_reader *r, const char *key)
{
	return json_read_key(r, key) ? json_read_text(r) : NULL;
}

/* False: it is none. */
static bool read_said(struct exchange_said *out, struct json_reader *r)
{
	const char *word;

	out->sha256 = read_text(r, "sha256");
	word = read_text(r, "word");
	out->number = json_read_key(r, "number") ? json_read_int(r) : 0;
	out->reason = read_text(r, "reason");
	return r->status == ERR_OK && exchange_is_sha256(out->sha256) && out->number > 0 &&
	       out->reason && strlen(out->reason) <= EXCHANGE_REASON_LONGEST &&
	       exchange_word_parse(&out->word, word);
}

static ERR_RESULT finish(const struct json_reader *r, bool sound)
{
	size_t where;

	TRY(json_read_end(r, &where));
	return sound ? ERR_OK : err_set(ERR_INPUT, "not an answer about packages");
}

ERR_RESULT exchange_receipt_read(struct exchange_said *out, struct arena *a, struct slice text)
{
	struct exchange_said said = { .number = 0 };
	struct json_reader r;

	json_read_init(&r, text.at, text.len, a);
	json_read_open(&r, '{');
	bool sound = read_said(&said, &r);
	json_read_close(&r, '}');
	TRY(finish(&r, sound));
	*out = said;
	return ERR_OK;
}

static bool read_remark(struct exchange_remark *out, struct json_reader *r)
{
	json_read_open(r, '{');
	out->form = read_text(r, "form");
	out->indicator = read_text(r, "indicator");
	out->text = read_text(r, "text");
	json_read_close(r, '}');
	return r->status == ERR_OK && out->form && out->indicator && out->text &&
	       strlen(out->text) <= EXCHANGE_REASON_LONGEST;
}

static ERR_RESULT read_remarks(struct exchange_said *s, struct json_reader *r, bool *sound)
{
	struct exchange_remark *at = NULL;

	if (!json_read_key(r, "remarks"))
		return ERR_OK;
	json_read_open(r, '[');
	while (*sound && json_read_more(r)) {
		*sound = s->n_remarks < EXCHANGE_MOST_REMARKS;
		TRY(vec_room(r->arena, at, s->n_remarks));
		*sound = *sound && read_remark(&at[s->n_remarks++], r);
	}
	s->remarks = at;
	return ERR_OK;
}

static ERR_RESULT read_word(struct exchange_words *words, struct exchange_said **at,
                            struct json_reader *r, bool *sound)
{
	struct exchange_said *s;

	TRY(vec_room(r->arena, *at, words->n));
	s = &(*at)[words->n];
	*s = (struct exchange_said){ .number = 0 };
	json_read_open(r, '{');
	*sound = read_said(s, r) && words->n < EXCHANGE_MOST_WORDS &&
	         (words->n == 0 || s->number > s[-1].number);
	TRY(read_remarks(s, r, sound));
	json_read_close(r, '}');
	words->n++;
	return ERR_OK;
}

ERR_RESULT exchange_words_read(struct exchange_words *out, struct arena *a, struct slice text)
{
	struct exchange_words words = { NULL, 0 };
	struct exchange_said *at = NULL;
	struct json_reader r;
	bool sound;

	json_read_init(&r, text.at, text.len, a);
	json_read_open(&r, '{');
	sound = json_read_key(&r, "words");
	json_read_open(&r, '[');
	while (sound && json_read_more(&r))
		TRY(read_word(&words, &at, &r, &sound));
	json_read_close(&r, '}');
	TRY(finish(&r, sound));
	words.at = at;
	*out = words;
	return ERR_OK;
}
