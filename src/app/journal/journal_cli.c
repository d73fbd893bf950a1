/* journal_cli.c - cchc journal verify, seal, erase, digest. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "app/journal/journal_digest_pdf.h"
#include "app/journal/journal_erase_store.h"
#include "app/journal/journal_seal_store.h"
#include "app/journal/journal_verify_store.h"
#include "app/journal/time_stamp.h"
#include "cli/dispatch.h"

static const char *number(struct arena *a, int64_t n)
{
	const char *text;

	return arena_printf(a, &text, "%" PRId64, n) == ERR_OK ? text : "?";
}

static int say(struct cli *cli, enum err e, const char *text)
{
	if (e != ERR_OK)
		return cli_fail(cli, e);
	fprintf(cli->out, "%s\n", text);
	return 0;
}

/* ---- verify ---- */

static enum err verify_database(struct journal_verdict *v, const char *where)
{
	DB_CLEANUP struct db *db = NULL;

	TRY(db_open(&db, where, DB_READ));
	return journal_verify(v, db);
}

static int say_broken(struct cli *cli, const struct journal_verdict *v)
{
	const char *fault, *text;
	enum err e = journal_fault_text(&fault, cli->arena, v);

	if (e == ERR_OK)
		e = msg_format(&text, cli->arena, MSG_JOURNAL_BROKEN, fault,
		               number(cli->arena, v->sealed));
	return e == ERR_OK && say(cli, e, text) == 0 ? 1 : cli_fail(cli, e);
}

int journal_verify_cli(struct cli *cli)
{
	const char *where = cli_option(cli, "--db"), *text;
	struct journal_verdict v;

	if (!where)
		return cli_refuse(cli, msg_text(MSG_CLI_NO_DB));
	enum err e = verify_database(&v, where);
	if (e == ERR_OK && v.fault != JOURNAL_SOUND)
		return say_broken(cli, &v);
	if (e == ERR_OK)
		e = msg_format(&text, cli->arena, MSG_JOURNAL_VERIFIED,
		               number(cli->arena, v.sealed), number(cli->arena, v.waiting),
		               number(cli->arena, v.erased));
	return e == ERR_OK ? say(cli, e, text) : cli_fail(cli, e);
}

/* ---- writing ---- */

/* Migrates first, so that the writer finds its tables. */
static enum err open_writer(struct cli *cli, struct db_writer **out)
{
	struct db *db;

	TRY(cli_open_db(cli, &db));
	db_close(db);
	return cli_open_writer(cli, out);
}

static enum err seal_database(size_t *n, struct cli *cli)
{
	struct db_writer *writer;

	TRY(open_writer(cli, &writer));
	enum err e = journal_seal(n, writer);
	db_writer_stop(writer);
	return e;
}

int journal_seal_cli(struct cli *cli)
{
	const char *text;
	size_t n;
	enum err e = seal_database(&n, cli);

	if (e == ERR_OK)
		e = msg_format(&text, cli->arena, MSG_JOURNAL_SEALED,
		               number(cli->arena, (int64_t)n));
	return e == ERR_OK ? say(cli, e, text) : cli_fail(cli, e);
}

static enum err erase_and_seal(struct cli *cli, struct journal_erasing *x)
{
	struct change change = cli_change("journal.erase");
	struct db_writer *writer;

	change.reason = cli_option(cli, "--reason");
	TRY(open_writer(cli, &writer));
	enum err e = journal_erase(writer, &change, x);
	if (e == ERR_OK)
		e = journal_seal(NULL, writer);
	db_writer_stop(writer);
	return e;
}

int journal_erase_cli(struct cli *cli)
{
	const char *subject = cli_option(cli, "--subject"),
	           *record = cli_option(cli, "--record"), *text;
	struct journal_erasing x = { .subject = SUBJECT_DOSSIER };

	if (!subject || !journal_subject_parse(&x.subject, subject) ||
	    (x.subject != SUBJECT_DOSSIER && x.subject != SUBJECT_APPLICANT))
		return cli_refuse(cli, msg_text(MSG_JOURNAL_ERASE_WHAT));
	if (!record || !row_id_parse(&x.record_id, record))
		return cli_refuse(cli, msg_text(MSG_JOURNAL_ERASE_RECORD));
	if (str_blank(cli_option(cli, "--reason")))
		return cli_refuse(cli, msg_text(MSG_JOURNAL_ERASE_REASON));
	enum err e = erase_and_seal(cli, &x);
	if (e == ERR_NOT_FOUND)
		return cli_refuse(cli, msg_text(MSG_JOURNAL_ERASE_NONE));
	if (e == ERR_OK)
		e = msg_format(&text, cli->arena, MSG_JOURNAL_ERASED,
		               number(cli->arena, x.n_erased));
	return e == ERR_OK ? say(cli, e, text) : cli_fail(cli, e);
}

/* ---- digest ---- */

static enum err write_file(const char *path, const void *bytes, size_t n)
{
	FILE *f = fopen(path, "wb");
	bool written;

	if (!f)
		return err_set(ERR_IO, "%s: %s", path, strerror(errno));
	written = fwrite(bytes, 1, n, f) == n;
	written = fclose(f) == 0 && written;
	return written ? ERR_OK : err_set(ERR_IO, "%s cannot be written", path);
}

static enum err read_file(const unsigned char **out, size_t *n, struct arena *a,
                          const char *path)
{
	FILE *f = fopen(path, "rb");
	unsigned char *bytes;

	if (!f)
		return err_set(ERR_IO, "%s: %s", path, strerror(errno));
	enum err e = arena_array(a, &bytes, TIME_STAMP_LARGEST + 1);
	if (e == ERR_OK)
		*n = fread(bytes, 1, TIME_STAMP_LARGEST + 1, f);
	fclose(f);
	*out = bytes;
	return e;
}

static enum err write_request(struct cli *cli, const struct journal_digest *d, const char *path)
{
	const unsigned char *request;
	const char *text;
	size_t n;

	TRY(time_stamp_request(&request, &n, cli->arena, d->hash));
	TRY(write_file(path, request, n));
	TRY(msg_format(&text, cli->arena, MSG_JOURNAL_REQUEST_DONE, path));
	fprintf(cli->out, "%s\n", text);
	return ERR_OK;
}

/* ERR_INPUT after saying why it was refused. */
static enum err keep_stamp(struct cli *cli, struct db_writer *writer, struct journal_digest *d,
                           const char *path)
{
	struct change change = cli_change("journal.stamp");
	const char *ca = cli_option(cli, "--ca"), *why = "hash", *text;

	if (!ca)
		return err_set(ERR_INPUT, "%s", msg_text(MSG_JOURNAL_STAMP_CA));
	TRY(read_file(&d->token, &d->n_token, cli->arena, path));
	if (!time_stamp_is_of(&d->token_at, d->token, d->n_token, d->hash) ||
	    !time_stamp_is_signed(&why, d->token, d->n_token, d->hash, ca)) {
		TRY(msg_format(&text, cli->arena, MSG_JOURNAL_STAMP_BAD, path, why));
		return err_set(ERR_INPUT, "%s", text);
	}
	return journal_digest_stamp(writer, &change, d);
}

static enum err print_digest(struct cli *cli, const struct journal_digest *d)
{
	char day[DATE_TEXT], at[INSTANT_TEXT], hex[2 * CHAIN_HASH + 1];
	const char *text;

	TRY(msg_format(&text, cli->arena, MSG_JOURNAL_DAY_DIGEST, date_vn(d->on, day),
	               number(cli->arena, d->first), number(cli->arena, d->last)));
	sodium_bin2hex(hex, sizeof(hex), d->hash, CHAIN_HASH);
	fprintf(cli->out, "%s\n%s\n", text, hex);
	if (!d->token) {
		fprintf(cli->out, "%s\n", msg_text(MSG_JOURNAL_STAMP_NONE));
		return ERR_OK;
	}
	TRY(msg_format(&text, cli->arena, MSG_JOURNAL_STAMP_AT, instant_vn(d->token_at, at)));
	fprintf(cli->out, "%s\n", text);
	return ERR_OK;
}

static enum err write_pdf(struct cli *cli, const struct journal_digest *d, const char *path)
{
	enum { LARGEST_PDF = 4 << 20 };
	struct str pdf;

	str_init(&pdf, cli->arena, LARGEST_PDF);
	TRY(journal_digest_pdf(&pdf, cli->arena,
	                       &(struct journal_digest_page){
	                               .on = d->on,
	                               .first = d->first,
	                               .last = d->last,
	                               .hash = d->hash,
	                               .stamped_at = d->token ? d->token_at : INSTANT_NONE,
	                               .printed_at = clock_now(&cli->clock),
	                       }));
	return write_file(path, pdf.data, pdf.len);
}

static enum err do_digest(struct cli *cli, struct db_writer *writer, struct db *db, date_t on)
{
	const char *request = cli_option(cli, "--request"), *stamp = cli_option(cli, "--stamp"),
	           *pdf = cli_option(cli, "--pdf");
	struct journal_digest d;

	TRY(journal_seal(NULL, writer)); /* closes yesterday, should the server stand still */
	TRY(journal_digest_find(&d, db, cli->arena, on));
	if (stamp)
		TRY(keep_stamp(cli, writer, &d, stamp));
	TRY(print_digest(cli, &d));
	if (request)
		TRY(write_request(cli, &d, request));
	return pdf ? write_pdf(cli, &d, pdf) : ERR_OK;
}

static enum err digest(struct cli *cli, date_t on)
{
	DB_CLEANUP struct db *db = NULL;
	struct db_writer *writer;

	TRY(cli_open_db(cli, &db));
	TRY(cli_open_writer(cli, &writer));
	enum err e = do_digest(cli, writer, db, on);
	db_writer_stop(writer);
	return e;
}

int journal_digest_cli(struct cli *cli)
{
	const char *day = cli_option(cli, "--on"), *text;
	char written[DATE_TEXT];
	date_t on;

	if (!day || !date_parse_vn(&on, day))
		return cli_refuse(cli, msg_text(MSG_JOURNAL_DAY_BAD));
	enum err e = digest(cli, on);
	if (e == ERR_INPUT)
		return cli_refuse(cli, err_message());
	if (e != ERR_NOT_FOUND)
		return e == ERR_OK ? 0 : cli_fail(cli, e);
	e = msg_format(&text, cli->arena, MSG_JOURNAL_DAY_NONE, date_vn(on, written));
	return e == ERR_OK ? cli_refuse(cli, text) : cli_fail(cli, e);
}
