#include "doc/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 65536, NO_PROGRAM = 127, NO_LIMITS = 126, MOST_FILES = 32 };

/* ---- in the new process: only calls that are safe after fork ---- */

static bool limit(int what, rlim_t most)
{
	const struct rlimit both = { most, most };

	return setrlimit((__rlimit_resource_t)what, &both) == 0;
}

/* No socket at all, whatever the program tries. */
static void refuse_network(void)
{
	struct sock_filter rules[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_connect, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
	};
	const struct sock_fprog program = { sizeof(rules) / sizeof(rules[0]), rules };

	(void)prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

/* Files can be read, not written, made or removed. */
static void refuse_writing(void)
{
	const struct landlock_ruleset_attr rules = {
		.handled_access_fs =
		        LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
		        LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
		        LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
		        LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
		        LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM,
	};
	long fd = syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules), 0);

	if (fd >= 0)
		(void)syscall(SYS_landlock_restrict_self, fd, 0);
}

_Noreturn static void become(const struct sandbox_job *job, const int fds[3])
{
	static char *const no_environment[] = { NULL };
	const union {
		const char *const *texts;
		char *const *older;
	} argv = { job->argv };
	rlim_t seconds = (rlim_t)job->most_seconds;
	sigset_t none;

	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)signal(SIGPIPE, SIG_DFL);
	if (dup2(fds[0], 0) < 0 || dup2(fds[1], 1) < 0 || dup2(fds[2], 2) < 0 ||
	    close_range(3, ~0U, 0) != 0 || chdir("/") != 0 ||
	    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !limit(RLIMIT_CORE, 0) ||
	    !limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_NOFILE, MOST_FILES) ||
	    !limit(RLIMIT_CPU, seconds) || !limit(RLIMIT_AS, job->most_memory))
		_exit(NO_LIMITS);
	refuse_writing();
	refuse_network();
	/* execve changes nothing of these texts; its type is older than const, and the analyser
	 * does not follow the union. */
	/* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
	(void)execve(job->argv[0], argv.older, no_environment);
	_exit(NO_PROGRAM);
}

/* ---- in our own ---- */

static void close_all(int *fds, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (fds[i] >= 0)
			close(fds[i]);
		fds[i] = -1;
	}
}

/* A file without a name that holds the input, to be read from its start. */
static int input_file(const struct sandbox_job *job)
{
	int fd = memfd_create("input", MFD_CLOEXEC);
	const char *bytes = job->input;
	size_t done = 0;

	while (fd >= 0 && done < job->n_input) {
		ssize_t n = write(fd, bytes + done, job->n_input - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			close(fd);
			return -1;
		}
		done += (size_t)n;
	}
	if (fd >= 0 && lseek(fd, 0, SEEK_SET) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What comes out of the program. */
struct output {
	const struct sandbox_job *job;
	struct sandbox_result *result;
	int fds[2];    /* its output, its errors; -1: closed */
	long long end; /* when it must have ended: milliseconds, see now_ms */
	size_t taken, said;
	enum err status;
	bool over; /* a limit was reached */
};

static void take(struct output *o, size_t which)
{
	char bytes[CHUNK];
	ssize_t n = read(o->fds[which], bytes, sizeof(bytes));
	size_t room = sizeof(o->result->said) - 1 - o->said;

	if (n < 0 && errno == EINTR)
		return;
	if (n <= 0) {
		close_all(&o->fds[which], 1);
		return;
	}
	if (which == 1) {
		room = (size_t)n < room ? (size_t)n : room;
		memcpy(o->result->said + o->said, bytes, room);
		o->said += room;
		return;
	}
	o->taken += (size_t)n;
	if (o->taken > o->job->most_output)
		o->over = true;
	else
		o->status = o->job->sink(o->job->arg, bytes, (size_t)n);
}

static void take_all(struct output *o)
{
	while ((o->fds[0] >= 0 || o->fds[1] >= 0) && !o->over && o->status == ERR_OK) {
		struct pollfd ready[2] = { { .fd = o->fds[0], .events = POLLIN },
			                   { .fd = o->fds[1], .events = POLLIN } };
		long long left = o->end - now_ms();

		if (left <= 0) {
			o->over = true;
			return;
		}
		if (poll(ready, 2, (int)left) < 0 && errno != EINTR)
			o->status = err_set(ERR_IO, "cannot wait for a helper");
		for (size_t i = 0; i < 2; i++) {
			if (o->fds[i] >= 0 && ready[i].revents && o->status == ERR_OK)
				take(o, i);
		}
	}
}

/* A program may go on after it closed its output: until its time is up. */
static void wait_for(struct output *o, pid_t child)
{
	int fd = (int)syscall(SYS_pidfd_open, child, 0);
	struct pollfd ended = { .fd = fd, .events = POLLIN };
	long long left;

	while (fd >= 0 && !o->over && (left = o->end - now_ms()) > 0) {
		if (poll(&ended, 1, (int)left) > 0)
			break;
	}
	if (fd < 0 || !ended.revents)
		o->over = true;
	close_all(&fd, 1);
}

static void finish(struct output *o, pid_t child)
{
	int status = 0;

	if (o->status == ERR_OK)
		wait_for(o, child);
	if (o->over || o->status != ERR_OK)
		(void)kill(child, SIGKILL);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	o->result->end = SANDBOX_EXITED;
	o->result->code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
	if (o->over || !WIFEXITED(status))
		o->result->end = SANDBOX_LIMIT;
	else if (o->result->code == NO_PROGRAM)
		o->result->end = SANDBOX_MISSING;
	else if (o->result->code == NO_LIMITS)
		o->status = err_set(ERR_IO, "a helper's limits cannot be set");
}

static enum err start(struct output *o)
{
	int fds[5] = { -1, -1, -1, -1, -1 }; /* input; output: read, write; errors */
	pid_t child = -1;

	fds[0] = input_file(o->job);
	if (fds[0] >= 0 && pipe2(fds + 1, O_CLOEXEC) == 0 && pipe2(fds + 3, O_CLOEXEC) == 0)
		child = fork();
	if (child == 0)
		become(o->job, (const int[3]){ fds[0], fds[2], fds[4] });
	if (child < 0) {
		close_all(fds, 5);
		return err_set(ERR_IO, "cannot start %s: %s", o->job->argv[0], strerror(errno));
	}
	o->fds[0] = fds[1];
	o->fds[1] = fds[3];
	o->end = now_ms() + 2000LL * o->job->most_seconds;
	close_all(fds, 1);
	close_all(fds + 2, 1);
	close_all(fds + 4, 1);
	take_all(o);
	close_all(o->fds, 2);
	finish(o, child);
	return o->status;
}

ERR_RESULT sandbox_run(struct sandbox_result *out, const struct sandbox_job *job)
{
	struct output output = { .job = job, .result = out, .fds = { -1, -1 } };

	*out = (struct sandbox_result){ 0 };
	return start(&output);
}
