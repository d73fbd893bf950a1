/* procedure_search_store.c - the catalogue of a day, by filter and by words. */
#include <string.h>

#include "app/procedure/procedure_store.h"
#include "app/procedure/procedure_store.sql.h"
#include "base/str.h"
#include "base/vec.h"

/* So many matches are ranked; whoever has more types another word. */
enum { MOST_RANKED = 400 };

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
static int rank_of(const struct q_procedure_match_row *row, const char *phrase)
{
	static const char filler[] = "thu tuc ";
	const char *name = row->folded_name;

	if (str_starts(row->code, phrase))
		return row->code[strlen(phrase)] ? 1 : 0;
	if (str_starts(name, phrase) ||
	    (str_starts(name, filler) && str_starts(name + sizeof(filler) - 1, phrase)))
		return 2;
	return strstr(name, phrase) ? 3 : 4;
}

/* Better rank, then shorter name; equals keep the order of their codes. */
static bool is_better(const struct ranked *a, const struct ranked *b)
{
	return a->rank != b->rank ? a->rank < b->rank : a->length < b->length;
}

/* The best so far, in order. */
struct best {
	struct ranked *at;
	size_t n, limit;
	bool more;
};

static ERR_RESULT offer(struct best *best, struct arena *a, struct q_procedure_match_row *row,
                        const char *phrase)
{
	struct ranked r = { .rank = rank_of(row, phrase), .length = strlen(row->name) };
	size_t place = best->n;

	while (place > 0 && is_better(&r, &best->at[place - 1]))
		place--;
	best->more = best->more || best->n == best->limit;
	if (place == best->limit)
		return ERR_OK;
	TRY(db_keep_row(a, &query_procedure_match, row));
	r.row = from_row(row);
	if (best->n < best->limit)
		best->n++;
	memmove(&best->at[place + 1], &best->at[place],
	        (best->n - 1 - place) * sizeof(*best->at));
	best->at[place] = r;
	return ERR_OK;
}

static ERR_RESULT read_best(struct best *best, struct db *db, struct arena *a,
                            const struct q_procedure_match_in *in, const char *phrase)
{
	struct q_procedure_match_row row;
	DB_ROWS rows = { 0 };

	TRY(q_procedure_match_open(&rows, db, in));
	for (int i = 0; i < MOST_RANKED && q_procedure_match_next(&rows, &row); i++)
		TRY(offer(best, a, &row, phrase));
	return db_rows_status(&rows);
}

static ERR_RESULT list_by_rank(struct procedure_rows *out, struct db *db, struct arena *a,
                               const struct q_procedure_match_in *in,
                               const struct procedure_words *words, size_t limit)
{
	struct best best = { .limit = limit };

	TRY(arena_array(a, &best.at, limit + 1));
	TRY(read_best(&best, db, a, in, words->phrase));
	TRY(arena_array(a, &out->at, best.n + 1));
	for (size_t i = 0; i < best.n; i++)
		out->at[i] = best.at[i].row;
	out->n = best.n;
	out->more = best.more;
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
