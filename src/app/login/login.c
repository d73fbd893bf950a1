#include "app/login/login.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/url.h"

static const int64_t first_wait_us = INT64_C(15) * 1000000;
static const int64_t hour_us = INT64_C(60) * US_PER_MINUTE;

struct login_rule login_rule_of_name(const struct settings *s)
{
	return (struct login_rule){ (int)s->login_free_tries, 24 * hour_us,
		                    s->login_longest_minutes * US_PER_MINUTE };
}

struct login_rule login_rule_of_client(const struct settings *s)
{
	return (struct login_rule){ (int)s->login_client_tries, hour_us,
		                    s->login_longest_minutes * US_PER_MINUTE };
}

bool login_is_locked(const struct login_failures *f, instant_t now)
{
	return !instant_is_none(f->locked_until) && instant_cmp(now, f->locked_until) < 0;
}

/* 15 s, 30 s, 1 min, 2 min ... */
static int64_t wait_after(int64_t beyond_free, int64_t longest_us)
{
	int64_t wait = first_wait_us;

	while (--beyond_free > 0 && wait < longest_us)
		wait *= 2;
	return wait < longest_us ? wait : longest_us;
}

struct login_failures login_failed(struct login_failures f, const struct login_rule *rule,
                                   instant_t now)
{
	bool forgotten = instant_is_none(f.last_at) || now.us - f.last_at.us > rule->forget_us;
	struct login_failures after = { forgotten ? 1 : f.n + 1, now, INSTANT_NONE };

	if (after.n >= rule->free_tries)
		after.locked_until.us =
		        now.us + wait_after(after.n - rule->free_tries + 1, rule->longest_us);
	return after;
}

void login_client_key(char out[LOGIN_KEY], const char *client)
{
	struct in6_addr six;
	char network[INET6_ADDRSTRLEN];

	if (inet_pton(AF_INET6, client, &six) == 1) {
		memset(six.s6_addr + 8, 0, 8);
		inet_ntop(AF_INET6, &six, network, sizeof(network));
		client = network;
	}
	snprintf(out, LOGIN_KEY, "client:%.60s", client);
}

void login_name_written(char out[LOGIN_LONGEST_NAME + 1], const char *typed)
{
	struct slice s = slice_trim(slice_of(typed));
	size_t n = 0;

	for (; n < s.len && n < LOGIN_LONGEST_NAME; n++)
		out[n] = (char)tolower((unsigned char)s.at[n]);
	out[n] = '\0';
}

void login_name_key(char out[LOGIN_KEY], const char *name)
{
	snprintf(out, LOGIN_KEY, "name:%.*s", LOGIN_LONGEST_NAME, name);
}

struct login_session_limits login_session_limits(const struct settings *s, instant_t now)
{
	return (struct login_session_limits){
		.idle_since = { now.us - s->session_idle_minutes * US_PER_MINUTE },
		.note_since = { now.us - US_PER_MINUTE },
	};
}

bool login_return_ok(const char *target)
{
	if (!target || target[0] != '/' || target[1] == '/' || strlen(target) >= URL_MAX)
		return false;
	for (const char *p = target; *p; p++)
		if (!isgraph((unsigned char)*p) || strchr("\\\"<>#", *p))
			return false;
	return true;
}
