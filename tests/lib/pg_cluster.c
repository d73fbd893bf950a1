#include "lib/pg_cluster.h"

#include "lib/test.h"

#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { START_TRIES = 600, TRY_US = 50000, PATH_SIZE = 256 };

/* The newest installed one. */
static void find_programs(char folder[PATH_SIZE])
{
	glob_t found;

	if (glob("/usr/lib/postgresql/*/bin/initdb", 0, NULL, &found) || !found.gl_pathc)
		fail_msg("PostgreSQL is missing; install it: apt-get install -y postgresql");
	snprintf(folder, PATH_SIZE, "%s", found.gl_pathv[found.gl_pathc - 1]);
	*strrchr(folder, '/') = '\0';
	globfree(&found);
}

void pg_cluster_program(char out[288], const char *name)
{
	char programs[PATH_SIZE];

	find_programs(programs);
	snprintf(out, 288, "%s/%s", programs, name);
}

/* PostgreSQL refuses to run as root. */
static void become_postgres(void)
{
	const struct passwd *p = getpwnam("postgres");

	if (getuid() != 0)
		return;
	if (!p || setgid(p->pw_gid) || setuid(p->pw_uid))
		_exit(126);
}

static void give_to_postgres(const char *folder)
{
	const struct passwd *p = getpwnam("postgres");

	if (getuid() != 0)
		return;
	assert_non_null(p);
	assert_int_equal(chown(folder, p->pw_uid, p->pw_gid), 0);
}

/* The server dies with the test.  argv[0] is the whole path: each of the programs looks for the
 * others beside it, and for itself in PATH when its name has no folder. */
static pid_t spawn(const char *program, char *const *argv, const char *log)
{
	pid_t child = fork();

	assert_true(child >= 0);
	if (child > 0)
		return child;
	int out = open(log, O_CREAT | O_WRONLY | O_APPEND, 0666);
	dup2(out, 1);
	dup2(out, 2);
	become_postgres();
	signal(SIGQUIT,
	       SIG_DFL); /* a shell's background job ignores it, and its children too */
	prctl(PR_SET_PDEATHSIG, SIGQUIT);
	execv(program, argv);
	_exit(127);
}

static void show_log(const char *log)
{
	char line[300];
	FILE *f = fopen(log, "r");

	while (f && fgets(line, sizeof(line), f))
		print_error("%s", line);
	if (f)
		fclose(f);
}

static void make_cluster(const char *programs, const char *data, const char *log)
{
	char program[PATH_SIZE + 16], data_copy[PATH_SIZE];
	char *argv[] = { program,
		         (char[]){ "-D" },
		         data_copy,
		         (char[]){ "-A" },
		         (char[]){ "trust" },
		         (char[]){ "-U" },
		         (char[]){ "cchc" },
		         (char[]){ "-E" },
		         (char[]){ "UTF8" },
		         (char[]){ "--locale=C" },
		         (char[]){ "-N" },
		         NULL };
	int status;

	snprintf(program, sizeof(program), "%s/initdb", programs);
	snprintf(data_copy, sizeof(data_copy), "%s", data);
	pid_t child = spawn(program, argv, log);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (status) {
		show_log(log);
		fail_msg("initdb failed");
	}
}

static pid_t start_server(const struct pg_cluster *c, const char *programs, const char *data,
                          const char *log)
{
	char program[PATH_SIZE + 16], data_copy[PATH_SIZE], folder_copy[PATH_SIZE];
	char fsync[16];
	char *argv[] = { program,
		         fsync,
		         (char[]){ "-D" },
		         data_copy,
		         (char[]){ "-k" },
		         folder_copy,
		         (char[]){ "-c" },
		         (char[]){ "listen_addresses=" },
		         (char[]){ "-c" },
		         (char[]){ "shared_buffers=16MB" },
		         NULL };

	snprintf(program, sizeof(program), "%s/postgres", programs);
	snprintf(data_copy, sizeof(data_copy), "%s", data);
	snprintf(folder_copy, sizeof(folder_copy), "%s", c->folder);
	snprintf(fsync, sizeof(fsync), "--fsync=%s", c->durable ? "on" : "off");
	return spawn(program, argv, log);
}

static void wait_for(struct pg_cluster *c, const char *log)
{
	for (int i = 0; PQping(c->url) != PQPING_OK; i++) {
		if (i == START_TRIES || waitpid(c->server, NULL, WNOHANG) != 0) {
			show_log(log);
			fail_msg("PostgreSQL did not start");
		}
		usleep(TRY_US);
	}
}

static void make_folder(struct pg_cluster *c)
{
	snprintf(c->folder, sizeof(c->folder), "/tmp/cchc-pg-XXXXXX");
	assert_non_null(mkdtemp(c->folder));
	give_to_postgres(c->folder);
	snprintf(c->url, sizeof(c->url), "postgresql:///postgres?host=%s&user=cchc", c->folder);
}

static void start_cluster(struct pg_cluster *c)
{
	char programs[PATH_SIZE], data[PATH_SIZE], log[PATH_SIZE];

	find_programs(programs);
	make_folder(c);
	snprintf(data, sizeof(data), "%s/data", c->folder);
	snprintf(log, sizeof(log), "%s/log", c->folder);
	make_cluster(programs, data, log);
	pg_cluster_run(c);
}

void pg_cluster_start(struct pg_cluster *c)
{
	c->durable = false;
	start_cluster(c);
}

void pg_cluster_start_durable(struct pg_cluster *c)
{
	c->durable = true;
	start_cluster(c);
}

void pg_cluster_run(struct pg_cluster *c)
{
	char programs[PATH_SIZE], data[PATH_SIZE], log[PATH_SIZE];

	find_programs(programs);
	snprintf(data, sizeof(data), "%s/data", c->folder);
	snprintf(log, sizeof(log), "%s/log", c->folder);
	c->server = start_server(c, programs, data, log);
	wait_for(c, log);
}

void pg_standby_start(struct pg_cluster *standby, const struct pg_cluster *primary)
{
	char programs[PATH_SIZE], program[PATH_SIZE + 16], data[PATH_SIZE], log[PATH_SIZE];
	char host[PATH_SIZE];
	char *argv[] = { program,
		         (char[]){ "-h" },
		         host,
		         (char[]){ "-U" },
		         (char[]){ "cchc" },
		         (char[]){ "-D" },
		         data,
		         (char[]){ "-R" },
		         (char[]){ "-c" },
		         (char[]){ "fast" },
		         (char[]){ "-N" },
		         NULL };
	int status;

	standby->durable = false;
	make_folder(standby);
	find_programs(programs);
	snprintf(program, sizeof(program), "%s/pg_basebackup", programs);
	snprintf(host, sizeof(host), "%s", primary->folder);
	snprintf(data, sizeof(data), "%s/data", standby->folder);
	snprintf(log, sizeof(log), "%s/log", standby->folder);
	pid_t child = spawn(program, argv, log);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (status) {
		show_log(log);
		fail_msg("pg_basebackup failed");
	}
	pg_cluster_run(standby);
}

static void write_bouncer_files(const struct pg_cluster *b, const struct pg_cluster *c)
{
	char path[PATH_SIZE];
	FILE *f;

	snprintf(path, sizeof(path), "%s/users", b->folder);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "\"cchc\" \"\"\n");
	fclose(f);
	snprintf(path, sizeof(path), "%s/ini", b->folder);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f,
	        "[databases]\npostgres = host=%s\n[pgbouncer]\nlisten_port = 5432\n"
	        "unix_socket_dir = %s\nauth_type = trust\nauth_file = %s/users\n"
	        "pool_mode = transaction\ndefault_pool_size = 3\nmax_client_conn = 200\n",
	        c->folder, b->folder, b->folder);
	fclose(f);
}

void pg_bouncer_start(struct pg_cluster *bouncer, const struct pg_cluster *c)
{
	char program[] = "/usr/sbin/pgbouncer", ini[PATH_SIZE], log[PATH_SIZE];
	char *argv[] = { program, ini, NULL };

	if (access(program, X_OK) != 0)
		fail_msg("PgBouncer is missing; install it: apt-get install -y pgbouncer");
	make_folder(bouncer);
	write_bouncer_files(bouncer, c);
	snprintf(ini, sizeof(ini), "%s/ini", bouncer->folder);
	snprintf(log, sizeof(log), "%s/log", bouncer->folder);
	bouncer->server = spawn(program, argv, log);
	wait_for(bouncer, log);
}

static int remove_entry(const char *path, const struct stat *s, int type, struct FTW *where)
{
	(void)s;
	(void)type;
	(void)where;
	return remove(path);
}

void pg_cluster_crash(struct pg_cluster *c)
{
	if (c->server <= 0)
		return;
	kill(c->server, SIGQUIT);
	waitpid(c->server, NULL, 0);
	c->server = 0;
}

void pg_cluster_kill(struct pg_cluster *c)
{
	enum { MOST_CHILDREN = 256 };
	char path[64];
	int children[MOST_CHILDREN], n = 0;

	if (c->server <= 0)
		return;
	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)c->server,
	         (int)c->server);
	FILE *f = fopen(path, "r");
	while (f && n < MOST_CHILDREN && fscanf(f, "%d", &children[n]) == 1)
		n++;
	if (f)
		fclose(f);
	kill(c->server, SIGKILL);
	for (int i = 0; i < n; i++)
		kill(children[i], SIGKILL);
	waitpid(c->server, NULL, 0);
	c->server = 0;
	for (int i = 0; i < n; i++)
		for (int tries = 0; kill(children[i], 0) == 0 && tries < START_TRIES; tries++)
			usleep(TRY_US / 10);
}

void pg_cluster_stop(struct pg_cluster *c)
{
	enum { MOST_OPEN = 16 };

	pg_cluster_crash(c);
	nftw(c->folder, remove_entry, MOST_OPEN, FTW_DEPTH | FTW_PHYS);
}
