#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "db/select.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct recordset_field fields[] = {
	{ "rank", DB_INT, "l.rank" },     { "id", DB_ID, "l.rank" },
	{ "flag", DB_FLAG, "l.rank" },    { "day", DB_DAY, "l.rank" },
	{ "at", DB_INSTANT, "l.rank" },   { "fee", DB_DONG, "l.rank" },
	{ "rate", DB_DECIMAL, "l.rank" }, { "name", DB_TEXT, "l.name" },
};
static const struct recordset levels = {
	.name = "level",
	.from = "unit_level l",
	.key = "l.rank",
	.search_table = "procedure_word",
	.search_key = "procedure_id",
	.fields = fields,
	.n_fields = ARRAY_LEN(fields),
};

static struct db *database(void)
{
	static struct db *db; /* one for all inputs: opening takes longer than asking */

	if (!db && (db_open(&db, ":memory:", DB_WRITE) != ERR_OK || db_migrate(db) != ERR_OK))
		__builtin_trap();
	return db;
}

/* A byte that picks the field, the list of SELECT_IN, a line break, the words of a search:
 * nothing that is typed there becomes SQL, so the database itself never objects. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct select s = { .set = &levels, .n_conditions = 1 };
	struct db *db = database();
	const char *text;
	struct arena a;
	int64_t n;

	if (size < 1 || size > 20000)
		return 0;
	arena_init(&a, 1 << 20);
	if (arena_strndup(&a, &text, (const char *)data + 1, size - 1) != ERR_OK)
		__builtin_trap();
	char *words = strchr(text, '\n');
	if (words)
		*words++ = '\0';
	s.search_words = words;
	s.conditions[0] = (struct select_condition){ &fields[data[0] % ARRAY_LEN(fields)],
		                                     SELECT_IN,
		                                     { DB_TEXT, .text = text } };
	enum err e = select_count(&n, db, &s, NULL, 0);
	if (e != ERR_OK && e != ERR_INPUT && e != ERR_TOO_LARGE)
		__builtin_trap();
	arena_release(&a);
	return 0;
}
