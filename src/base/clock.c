#include "base/clock.h"

#include <time.h>

instant_t clock_now(const struct clock *c)
{
	struct timespec now;

	if (!instant_is_none(c->fixed))
		return c->fixed;
	clock_gettime(CLOCK_REALTIME, &now);
	return (instant_t){ (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000 };
}

date_t clock_today(const struct clock *c)
{
	return instant_day(clock_now(c));
}

int64_t clock_running_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}
