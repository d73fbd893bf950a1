/* bench_intake_reference.c - what an intake costs without HTTP, threads or queue: the very
 * statements of an intake on one SQLite connection at synchronous=FULL, a commit each, spread
 * over the communes.  The reference beside which the intake over HTTP is quoted.
 *
 *	bench_intake_reference DB [SECONDS]
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/dossier/dossier_intake_store.h"
#include "app/procedure/procedure_store.h"
#include "app/unit/unit_store.h"
#include "base/str.h"

enum { COMMUNES = 157, MEMORY = 512 << 20 };

static void must(enum err e)
{
	if (e == ERR_OK)
		return;
	fprintf(stderr, "%s: %s\n", err_name(e), err_message());
	exit(1);
}

static double seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct call {
	const struct dossier_kit *kit;
	struct dossier_intake intake;
};

static enum err receive(struct db_write_context *w, void *arg)
{
	struct call *c = arg;
	struct problems problems;
	struct dossier d;

	problems_init(&problems, w->arena);
	return dossier_receive_in(&d, w, c->kit, &c->intake, &problems);
}

static struct url no_link(row_id result)
{
	return url_add_id(url_path("/dossiers"), result);
}

static size_t load_kits(struct db *db, struct arena *a, struct dossier_kit *kits)
{
	date_t today = clock_today(&CLOCK_SYSTEM);
	struct unit_rows units;
	row_id root, procedure;
	size_t n = 0;

	must(unit_find_code(&root, db, a, "H99"));
	must(procedure_find_code(&procedure, db, a, "0.000106"));
	must(unit_children(&units, db, a, root, today));
	for (size_t i = 0; i < units.n && n < COMMUNES; i++)
		if (str_eq(units.at[i].level, "commune"))
			must(dossier_kit_load(&kits[n++], db, a, NULL,
			                      &(struct dossier_kit_wish){ units.at[i].id,
			                                                  procedure, today }));
	return n;
}

static void intake_number(struct db_writer *writer, const struct dossier_kit *kit, long i)
{
	char identity[16], phone[16], request[32];
	struct call call = { .kit = kit };

	snprintf(identity, sizeof(identity), "000%09ld", i % 1000000000);
	snprintf(phone, sizeof(phone), "0000%06ld", i % 1000000);
	snprintf(request, sizeof(request), "reference-%ld", i);
	call.intake = (struct dossier_intake){
		.action = ACTION_RECEIVE,
		.receiving_unit_id = kit->unit->id,
		.applicant = { .kind = APPLICANT_PERSON,
		               .name = "Nguyễn Văn Đo Mẫu",
		               .identity_number = identity,
		               .phone = phone,
		               .address = "Thôn 1" },
		.summary = "",
		.quantity = 1,
		.channel = CHANNEL_COUNTER,
		.delivery = DELIVERY_COUNTER,
		.fee = MONEY_NONE,
		.received_at = INSTANT_NONE,
	};
	struct change change = { .at = INSTANT_NONE,
		                 .origin = "127.0.0.1",
		                 .action = "dossier.receive",
		                 .unit_id = kit->unit->id,
		                 .request_id = request,
		                 .link = no_link };

	must(db_write(writer, &change, receive, &call));
}

int main(int argc, char **argv)
{
	static struct dossier_kit kits[COMMUNES];
	struct id_source ids = { .installation = 1 };
	struct db_writer *writer;
	struct arena a;
	long n = 0;

	if (argc < 2)
		return 2;
	double length = argc > 2 ? strtod(argv[2], NULL) : 10;
	arena_init(&a, MEMORY);
	must(db_writer_inline(&writer, argv[1], CLOCK_SYSTEM, &ids));
	size_t n_kits = load_kits(db_writer_db(writer), &a, kits);
	double begin = seconds_now();
	while (seconds_now() - begin < length) {
		intake_number(writer, &kits[(size_t)n % n_kits], n);
		n++;
	}
	printf("{\"intakes\":%ld,\"per_second\":%.0f}\n", n,
	       (double)n / (seconds_now() - begin));
	db_writer_stop(writer);
	arena_release(&a);
	return 0;
}
