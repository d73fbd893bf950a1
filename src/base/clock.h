/* clock.h - the time of day as a value that tests can fix. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/date.h"

struct clock {
	instant_t fixed; /* INSTANT_NONE: the system's clock */
};

#define CLOCK_SYSTEM ((struct clock){ INSTANT_NONE })

instant_t clock_now(const struct clock *c);
date_t clock_today(const struct clock *c); /* in UTC+7 */

/* Microseconds of a clock that is never set, for durations. */
int64_t clock_running_us(void);

#endif
