/* procedure_search_store.c - the catalogue of a day, by filter and by words. */
#include <stdlib.h>
#include <string.h>

#include "app/procedure/procedure_store.h"
#include "app/procedure/procedure_store.sql.h"
#include "base/str.h"
#include "base/vec.h"
#include "base/vntext.h"

/* So many matches are ranked; whoever has more types another word. */
enum { MOST_RANKED = 300 };

struct ranked {
	struct procedure_row row;
	int rank; /* smaller is better */
	size_t length;
};

static struct procedure_row from_row(const struct q_procedure_match_row *row)
{
	return (struct procedure_row){
		.id = row->id,
		.version_id = row->version_id,
		.code = row->code,
		.name = row->name,
		.field_id = row->field_id,
		.field = row->field,
		.service_level = row->service_level,
		.term = procedure_driving_term(row->statutory_term, row->shortened_term),
		.fee = row->fee_dong,
	};
}

static const char *null_if_blank(const char *text)
{
	return str_blank(text) ? NULL : text;
}

/* The smallest text greater than all that begin with `prefix`, which is ASCII. */
static ERR_RESULT end_of_prefix(const char **out, struct arena *a, const char *prefix)
{
	return arena_printf(a, out, "%s\x7f", prefix);
}

static ERR_RESULT make_query(struct q_procedure_match_in *in, struct arena *a,
                             const struct procedure_filter *filter,
                             const struct procedure_words *words)
{
	const char **texts[] = { &in->word_1, &in->word_2, &in->word_3, &in->word_4,
		                 &in->word_5 };
	size_t whole = words->n;
	bool finished = words->n > 0 && str_ends(filter->text, " ");

	_Static_assert(ARRAY_LEN(texts) == PROCEDURE_MOST_WORDS - 1, "one parameter a word");
	*in = (struct q_procedure_match_in){
		.on_day = filter->on,
		.field_id = filter->field_id,
		.level = null_if_blank(filter->level),
		.service_level = null_if_blank(filter->service_level),
		.after_code = filter->after_code ? filter->after_code : "",
	};
	if (words->n > 0 && (!finished || words->n == PROCEDURE_MOST_WORDS)) {
		in->prefix = words->at[--whole];
		TRY(end_of_prefix(&in->prefix_end, a, in->prefix));
	}
	for (size_t i = 0; i < whole; i++)
		*texts[i] = words->at[i];
	return ERR_OK;
}

static ERR_RESULT list_by_code(struct procedure_rows *out, struct db *db, struct arena *a,
                               const struct q_procedure_match_in *in, size_t limit)
{
	struct q_procedure_match_row row;
	DB_ROWS rows = { 0 };

	TRY(q_procedure_match_open(&rows, db, in));
	while (!out->more && q_procedure_match_next(&rows, &row)) {
		out->more = out->n == limit;
		if (out->more)
			break;
		TRY(db_keep_row(a, &query_procedure_match, &row));
		TRY(vec_room(a, out->at, out->n));
		out->at[out->n++] = from_row(&row);
	}
	return db_rows_status(&rows);
}

/* 0 the code itself, 1 a code that begins so, 2 the name begins with the phrase, 3 it holds
 * the phrase, 4 the words stand apart. */
static ERR_RESULT rank_row(struct ranked *r, struct arena *a, const char *phrase)
{
	static const char filler[] = "thu tuc ";
	const char *folded;

	r->length = strlen(r->row.name);
	if (str_starts(r->row.code, phrase)) {
		r->rank = r->row.code[strlen(phrase)] ? 1 : 0;
		return ERR_OK;
	}
	TRY(text_fold(a, &folded, r->row.name));
	if (str_starts(folded, phrase) ||
	    (str_starts(folded, filler) && str_starts(folded + sizeof(filler) - 1, phrase)))
		r->rank = 2;
	else
		r->rank = strstr(folded, phrase) ? 3 : 4;
	return ERR_OK;
}

static int by_rank(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank - y->rank;
	if (x->length != y->length)
		return x->length < y->length ? -1 : 1;
	return strcmp(x->row.code, y->row.code);
}

static ERR_RESULT read_ranked(struct ranked *ranked, size_t *n, struct db *db, struct arena *a,
                              const struct q_procedure_match_in *in)
{
	struct q_procedure_match_row row;
	DB_ROWS rows = { 0 };

	*n = 0;
	TRY(q_procedure_match_open(&rows, db, in));
	while (*n < MOST_RANKED && q_procedure_match_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_procedure_match, &row));
		ranked[(*n)++].row = from_row(&row);
	}
	return db_rows_status(&rows);
}

static ERR_RESULT list_by_rank(struct procedure_rows *out, struct db *db, struct arena *a,
                               const struct q_procedure_match_in *in,
                               const struct procedure_words *words, size_t limit)
{
	struct ranked *ranked;
	size_t n;

	TRY(arena_array(a, &ranked, MOST_RANKED));
	TRY(read_ranked(ranked, &n, db, a, in));
	for (size_t i = 0; i < n; i++)
		TRY(rank_row(&ranked[i], a, words->phrase));
	qsort(ranked, n, sizeof(*ranked), by_rank);
	out->n = n < limit ? n : limit;
	out->more = n > limit;
	TRY(arena_array(a, &out->at, out->n + 1));
	for (size_t i = 0; i < out->n; i++)
		out->at[i] = ranked[i].row;
	return ERR_OK;
}

ERR_RESULT procedure_list(struct procedure_rows *out, struct db *db, struct arena *a,
                          const struct procedure_filter *filter)
{
	struct q_procedure_match_in in;
	struct procedure_words words = { .n = 0 };
	struct procedure_rows list = { 0 };

	TRY(procedure_words_split(&words, a, filter->text));
	TRY(make_query(&in, a, filter, &words));
	if (words.n > 0)
		TRY(list_by_rank(&list, db, a, &in, &words, filter->limit));
	else
		TRY(list_by_code(&list, db, a, &in, filter->limit));
	*out = list;
	return ERR_OK;
}
