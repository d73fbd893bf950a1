#include "lib/test.h"

#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "web/service_manager.h"

/* A socket as systemd has one: `name` begins with / (a file) or @ (no file). */
static int listen_on(const char *name)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	const struct timeval limit = { .tv_sec = 5 };
	size_t n = strlen(name);
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	memcpy(at.sun_path, name, n);
	if (name[0] == '@')
		at.sun_path[0] = '\0';
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	assert_int_equal(bind(fd, (const struct sockaddr *)(const void *)&at,
	                      (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n)),
	                 0);
	return fd;
}

static void hears(const char *name)
{
	char got[64] = "";
	int fd = listen_on(name);

	assert_int_equal(setenv("NOTIFY_SOCKET", name, 1), 0);
	service_manager_say("READY=1");
	assert_int_equal(recv(fd, got, sizeof(got) - 1, 0), 7);
	assert_string_equal(got, "READY=1");
	close(fd);
}

static void tells_systemd(void **state)
{
	char folder[] = "/tmp/cchc-notify-XXXXXX", file[64], abstract[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(file, sizeof(file), "%s/socket", folder);
	snprintf(abstract, sizeof(abstract), "@%s", folder);
	hears(file);
	hears(abstract);
	unlink(file);
	rmdir(folder);
}

/* No socket, one that is gone, one that is none: nothing happens. */
static void lets_it_be_when_nobody_listens(void **state)
{
	static const char *const names[] = { "", "@", "relative", "/nowhere/at/all" };
	char longer[300];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(setenv("NOTIFY_SOCKET", names[i], 1), 0);
		service_manager_say("READY=1");
	}
	memset(longer, '/', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(setenv("NOTIFY_SOCKET", longer, 1), 0);
	service_manager_say("READY=1");
	assert_int_equal(unsetenv("NOTIFY_SOCKET"), 0);
	service_manager_say("READY=1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_systemd),
		cmocka_unit_test(lets_it_be_when_nobody_listens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
