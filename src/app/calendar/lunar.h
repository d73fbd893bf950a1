/* lunar.h - the Vietnamese lunar calendar (âm lịch), computed for UTC+7.
 *
 * A month begins on the local day of the new moon; the month that holds the winter solstice is
 * the 11th; when 13 months lie between two such months, the first without a major solar term
 * is the leap one.  New moons and the sun after J. Meeus, Astronomical Algorithms, chapters 25
 * and 49.  In 1985, 2007 and 2030 the first day of the year differs from China's, which counts
 * in UTC+8.  Pure.
 */
#ifndef APP_CALENDAR_LUNAR_H
#define APP_CALENDAR_LUNAR_H

#include "base/date.h"

enum { LUNAR_FIRST_YEAR = 1976, LUNAR_LAST_YEAR = 2150 };

/* The solar day of `day`/`month` (1-30, 1-12, not the leap one) of the lunar year that begins
 * in the solar year `year`; DATE_NONE outside LUNAR_FIRST_YEAR..LUNAR_LAST_YEAR. */
date_t lunar_to_solar(int year, int month, int day);

/* The month that is doubled in the lunar year, 1-12; 0 when none is. */
int lunar_leap_month(int year);

#endif
