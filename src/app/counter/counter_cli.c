/* counter_cli.c - cchc counters verify, cchc counters rebuild. */
#include "app/counter/counter_store.h"
#include "base/messages.h"
#include "cli/dispatch.h"

static enum err say_differences(struct cli *cli, const struct counter_differences *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct counter_difference *one = &d->at[i];
		const char *text;
		char kept[24], found[24];

		snprintf(kept, sizeof(kept), "%lld", (long long)one->kept);
		snprintf(found, sizeof(found), "%lld", (long long)one->found);
		TRY(msg_format(&text, cli->arena, MSG_COUNTER_DIFFERENCE, one->counter,
		               one->row, kept, found));
		fprintf(cli->out, "%s\n", text);
	}
	fprintf(cli->out, "%s\n", msg_text(d->n ? MSG_COUNTER_WRONG : MSG_COUNTER_RIGHT));
	return ERR_OK;
}

int counters_verify_cli(struct cli *cli)
{
	struct counter_differences differences = { 0 };
	DB_CLEANUP struct db *db = NULL;
	enum err e = cli_open_db(cli, &db);

	if (e == ERR_OK)
		e = counter_verify(&differences, db, cli->arena);
	if (e == ERR_OK)
		e = say_differences(cli, &differences);
	if (e != ERR_OK)
		return cli_fail(cli, e);
	return differences.n ? 1 : 0;
}

int counters_rebuild_cli(struct cli *cli)
{
	struct change change = cli_change("counter.rebuild");
	struct db_writer *writer = NULL;
	enum err e = cli_open_writer(cli, &writer);

	if (e != ERR_OK)
		return cli_fail(cli, e);
	e = counter_rebuild(writer, &change);
	db_writer_stop(writer);
	if (e != ERR_OK)
		return cli_fail(cli, e);
	fprintf(cli->out, "%s\n", msg_text(MSG_COUNTER_REBUILT));
	return 0;
}
