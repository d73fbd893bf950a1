/* crash.c - kills the server, and the database server, while officers send forms, and counts
 * what was acknowledged against what is stored.
 *
 *	crash sqlite|postgres KILLS [SEED [DOSSIERS]]
 *
 * After each kill the program is started again and forms without an answer are sent again as
 * they were.  Every form that was ever answered must be stored once: each dossier is there,
 *there are as many as were answered, the daily sequences of codes have no gap, each dossier was
 * finished once; and `cchc verify` finds nothing.  Exit code 1 otherwise.
 */
#include "lib/officers.h"
#include "lib/pg_cluster.h"
#include "lib/test_db.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/str.h"

enum {
	OFFICERS = 8,
	CHECK_EVERY = 25,
	VERIFY_EVERY = 250,
	START_MS = 60000,
	LIVES_LEAST_MS = 60,
	LIVES_MOST_MS = 400,
	AT_ONCE = 100,
	LONGEST_SQL = 8192
};

struct counts {
	int64_t dossiers, codes, finished;
};

struct crash {
	bool postgres;
	int kills, port, dossiers;
	uint64_t seed, random;
	char folder[64], where[256], listen[32];
	struct pg_cluster cluster;
	pid_t server;
	struct officers officers;
	struct counts before;
	size_t checked[OFFICERS_MOST]; /* of what each officer has done */
	int64_t n_intakes, n_finished;
	int n_server_kills, n_database_kills;
	int64_t start_ms_sum, start_ms_most, n_starts;
	bool bad;
};

static const char program[] = "build/release/cchc";

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static uint64_t draw(struct crash *c, uint64_t below)
{
	c->random ^= c->random << 13;
	c->random ^= c->random >> 7;
	c->random ^= c->random << 17;
	return c->random % below;
}

static void complain(struct crash *c, const char *what, int64_t found, int64_t expected)
{
	printf("WRONG: %s: %lld, expected %lld\n", what, (long long)found, (long long)expected);
	c->bad = true;
}

/* ---- programs ---- */

static pid_t spawn(struct crash *c, const char *const *argv)
{
	char log[96], *copy[16];
	size_t n = 0;

	snprintf(log, sizeof(log), "%s/log", c->folder);
	pid_t child = fork();
	if (child != 0)
		return child;
	int out = open(log, O_CREAT | O_WRONLY | O_APPEND, 0666);
	dup2(out, 1);
	dup2(out, 2);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (; argv[n]; n++)
		copy[n] = strdup(argv[n]);
	copy[n] = NULL;
	execv(copy[0], copy);
	_exit(127);
}

/* The exit code. */
static int run(struct crash *c, const char *const *argv)
{
	int status = -1;
	pid_t child = spawn(c, argv);

	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void show_log(const struct crash *c)
{
	enum { TAIL = 3000 };
	char path[96], text[TAIL + 1];
	FILE *f;

	snprintf(path, sizeof(path), "%s/log", c->folder);
	f = fopen(path, "r");
	if (!f)
		return;
	if (fseek(f, -TAIL, SEEK_END) != 0)
		rewind(f);
	text[fread(text, 1, TAIL, f)] = '\0';
	printf("%s\n", text);
	fclose(f);
}

static bool answers(const struct crash *c)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)c->port) };
	int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	bool did = connect(s, (struct sockaddr *)&to, sizeof(to)) == 0;
	close(s);
	return did;
}

static bool start_server(struct crash *c)
{
	const char *const argv[] = { program,    "serve",   "--db", c->where,
		                     "--listen", c->listen, NULL };
	int64_t begin = now_ms();

	c->server = spawn(c, argv);
	while (!answers(c)) {
		if (waitpid(c->server, NULL, WNOHANG) != 0 || now_ms() - begin > START_MS) {
			printf("WRONG: the server does not start\n");
			show_log(c);
			c->server = 0;
			return false;
		}
		usleep(1000);
	}
	int64_t ms = now_ms() - begin;
	c->start_ms_sum += ms;
	c->n_starts++;
	if (ms > c->start_ms_most)
		c->start_ms_most = ms;
	return true;
}

static void kill_server(struct crash *c)
{
	if (c->server <= 0)
		return;
	kill(c->server, SIGKILL);
	waitpid(c->server, NULL, 0);
	c->server = 0;
}

/* A port nobody listens on. */
static int free_port(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t n = sizeof(at);
	int s = socket(AF_INET, SOCK_STREAM, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(s, (struct sockaddr *)&at, n) != 0 ||
	    getsockname(s, (struct sockaddr *)&at, &n) != 0)
		abort();
	close(s);
	return ntohs(at.sin_port);
}

/* ---- counting ---- */

static int64_t ask(struct crash *c, const char *sql)
{
	DB_CLEANUP struct db *db = NULL;

	assert_ok(db_open(&db, c->where, DB_READ));
	return test_db_int(db, sql);
}

static struct counts count(struct crash *c)
{
	return (struct counts){
		ask(c, "select count(*) from dossier"),
		ask(c, "select coalesce(sum(last), 0) from dossier_sequence"),
		ask(c, "select count(*) from dossier_event where kind = 'finish'"),
	};
}

/* How many of the dossiers are there, in the state in which they were left. */
static int64_t found(struct crash *c, const struct officer_done *done, size_t n, bool finished)
{
	char sql[LONGEST_SQL];
	int at = snprintf(sql, sizeof(sql), "select count(*) from dossier where %s id in (0",
	                  finished ? "finished_at is not null and" : "");

	for (size_t i = 0; i < n; i++)
		if (done[i].finished == finished)
			at += snprintf(sql + at, sizeof(sql) - (size_t)at, ",%lld",
			               (long long)done[i].dossier);
	snprintf(sql + at, sizeof(sql) - (size_t)at, ")");
	return ask(c, sql);
}

static void check_some(struct crash *c, const struct officer_done *done, size_t n)
{
	int64_t finished = 0, there;

	for (size_t i = 0; i < n; i++)
		finished += done[i].finished;
	there = found(c, done, n, true);
	if (there != finished)
		complain(c, "finished dossiers that are finished", there, finished);
	there = found(c, done, n, false);
	if (there != (int64_t)n - finished)
		complain(c, "dossiers that were taken in and are there", there,
		         (int64_t)n - finished);
	c->n_intakes += (int64_t)n - finished;
	c->n_finished += finished;
}

/* While the officers rest: nothing is under way. */
static void check(struct crash *c)
{
	for (int i = 0; i < c->officers.n; i++) {
		const struct officer *w = &c->officers.at[i];

		while (c->checked[i] < w->n_done) {
			size_t n = w->n_done - c->checked[i];

			n = n > AT_ONCE ? AT_ONCE : n;
			check_some(c, w->done + c->checked[i], n);
			c->checked[i] += n;
		}
	}
	struct counts now = count(c);
	if (now.dossiers - c->before.dossiers != c->n_intakes)
		complain(c, "dossiers stored", now.dossiers - c->before.dossiers, c->n_intakes);
	if (now.codes - c->before.codes != c->n_intakes)
		complain(c, "codes given", now.codes - c->before.codes, c->n_intakes);
	if (now.finished - c->before.finished != c->n_finished)
		complain(c, "times that a dossier was finished",
		         now.finished - c->before.finished, c->n_finished);
	if (*c->officers.failure) {
		printf("WRONG: %s\n", c->officers.failure);
		c->bad = true;
	}
}

static void verify(struct crash *c)
{
	const char *const argv[] = { program, "verify", "--db", c->where, NULL };
	char amcheck[288] = "";
	const char *const amcheck_argv[] = {
		amcheck, "--install-missing", "-h", c->cluster.folder, "-U", "cchc",
		"-d",    "postgres",          NULL
	};

	if (run(c, argv) != 0) {
		printf("WRONG: cchc verify found something\n");
		show_log(c);
		c->bad = true;
	}
	if (!c->postgres)
		return;
	pg_cluster_program(amcheck, "pg_amcheck");
	if (run(c, amcheck_argv) != 0) {
		printf("WRONG: pg_amcheck found something\n");
		show_log(c);
		c->bad = true;
	}
}

/* ---- kills ---- */

/* Of four kills of PostgreSQL's layout, two are of our server, one of the database, one of
 * both; our own server goes on when the database comes back. */
static bool kill_once(struct crash *c)
{
	uint64_t pick = c->postgres ? draw(c, 4) : 0;
	bool ours = pick != 2, database = pick >= 2;

	if (database) {
		if (draw(c, 2))
			pg_cluster_kill(&c->cluster);
		else
			pg_cluster_crash(&c->cluster);
		c->n_database_kills++;
	}
	if (ours) {
		kill_server(c);
		c->n_server_kills++;
	}
	if (database)
		pg_cluster_run(&c->cluster);
	return !ours || start_server(c);
}

/* Some forms are answered first, so that every life of the server has something to lose. */
static void let_work(struct crash *c)
{
	long target = atomic_load(&c->officers.n_answered) + 1;
	int64_t begin = now_ms();

	while (atomic_load(&c->officers.n_answered) < target && now_ms() - begin < START_MS)
		usleep(500);
	usleep((useconds_t)(LIVES_LEAST_MS + draw(c, LIVES_MOST_MS - LIVES_LEAST_MS)) * 1000);
}

static bool rest_and_check(struct crash *c, int kill)
{
	if (!officers_rest(&c->officers)) {
		printf("WRONG: forms stay without an answer\n");
		show_log(c);
		c->bad = true;
		return false;
	}
	check(c);
	if (kill % VERIFY_EVERY == 0 || kill == c->kills)
		verify(c);
	return !c->bad;
}

static void kill_all(struct crash *c)
{
	officers_work(&c->officers);
	for (int i = 1; i <= c->kills && !c->bad; i++) {
		let_work(c);
		if (!kill_once(c)) {
			c->bad = true;
			return;
		}
		if (i % CHECK_EVERY != 0 && i != c->kills)
			continue;
		if (!rest_and_check(c, i))
			return;
		if (i < c->kills)
			officers_work(&c->officers);
	}
}

/* ---- the whole ---- */

static void make_database(struct crash *c)
{
	char dossiers[16];
	const char *const argv[] = { program,      "demo",   "--db", c->where,
		                     "--dossiers", dossiers, NULL };

	snprintf(dossiers, sizeof(dossiers), "%d", c->dossiers);
	snprintf(c->folder, sizeof(c->folder), "/tmp/cchc-crash-XXXXXX");
	assert_non_null(mkdtemp(c->folder));
	if (c->postgres) {
		pg_cluster_start_durable(&c->cluster);
		snprintf(c->where, sizeof(c->where), "%s", c->cluster.url);
	} else {
		snprintf(c->where, sizeof(c->where), "%s/db", c->folder);
	}
	if (run(c, argv) != 0) {
		show_log(c);
		fail_msg("no demo");
	}
	c->port = free_port();
	snprintf(c->listen, sizeof(c->listen), "127.0.0.1:%d", c->port);
}

/* An intake officer of each of the first communes. */
static int choose_officers(struct crash *c, struct arena *a, const char *logins[OFFICERS])
{
	DB_CLEANUP struct db *db = NULL;
	const char *sql;
	int n = 0;

	assert_ok(db_open(&db, c->where, DB_READ));
	for (; n < OFFICERS; n++) {
		assert_ok(arena_printf(
		        a, &sql,
		        "select min(a.login) from account a join account_role r on "
		        "r.account_id = a.id join unit u on u.id = r.unit_id where u.level = "
		        "'commune' and r.to_on is null and r.role = 'INTAKE' and a.login like "
		        "'xa%%' and a.login > '%s'",
		        n ? logins[n - 1] : ""));
		logins[n] = test_db_text(db, a, sql);
		if (!logins[n])
			break;
	}
	return n;
}

static bool start_officers(struct crash *c)
{
	ARENA_CLEANUP struct arena a;
	const char *logins[OFFICERS];

	arena_init(&a, 1 << 20);
	int n = choose_officers(c, &a, logins);
	int64_t procedure = ask(c, "select id from procedure where code = '0.000106'");
	if (n > 0 && officers_start(&c->officers, c->port, procedure, logins, n, c->seed))
		return true;
	printf("WRONG: %s\n", c->officers.failure);
	c->bad = true;
	return false;
}

static void report(const struct crash *c, int64_t ms)
{
	long again = 0, unavailable = 0;

	for (int i = 0; i < c->officers.n; i++) {
		again += c->officers.at[i].n_sent_again;
		unavailable += c->officers.at[i].n_unavailable;
	}
	printf("%s, seed %llu: %d kills of the program, %d of the database server, in %lld s\n",
	       c->postgres ? "PostgreSQL" : "SQLite", (unsigned long long)c->seed,
	       c->n_server_kills, c->n_database_kills, (long long)ms / 1000);
	printf("%lld intakes and %lld actions acknowledged; forms sent again %ld times, %ld of "
	       "them after a 503\n",
	       (long long)c->n_intakes, (long long)c->n_finished, again, unavailable);
	printf("started again in %lld ms, at most %lld ms\n",
	       (long long)(c->start_ms_sum / (c->n_starts ? c->n_starts : 1)),
	       (long long)c->start_ms_most);
	printf("%s\n", c->bad ? "FAILED" : "lost 0, doubled 0, integrity errors 0");
}

static void clean_up(struct crash *c)
{
	const char *const argv[] = { "/bin/rm", "-rf", c->folder, NULL };

	kill_server(c);
	if (c->postgres)
		pg_cluster_stop(&c->cluster);
	(void)run(c, argv);
}

int main(int argc, char **argv)
{
	static struct crash c;

	if (argc < 3) {
		fprintf(stderr, "usage: crash sqlite|postgres KILLS [SEED [DOSSIERS]]\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	c.postgres = strcmp(argv[1], "postgres") == 0;
	c.kills = (int)strtol(argv[2], NULL, 10);
	c.seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	c.random = (c.seed + 1) * UINT64_C(0x9e3779b97f4a7c15);
	c.dossiers = argc > 4 ? (int)strtol(argv[4], NULL, 10) : 20000;
	make_database(&c);
	c.before = count(&c);
	int64_t begin = now_ms();
	if (start_server(&c) && start_officers(&c))
		kill_all(&c);
	else
		c.bad = true;
	report(&c, now_ms() - begin);
	kill_server(&c);
	if (c.officers.port && !c.bad)
		officers_stop(&c.officers);
	clean_up(&c);
	return c.bad ? 1 : 0;
}
