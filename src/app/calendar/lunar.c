#include "app/calendar/lunar.h"

#include <math.h>

#include "base/err.h"

enum {
	JULIAN_DAY_1970 = 2440588, /* the Julian day number of 1970-01-01 */
	SYNODIC_YEAR = 12,
};
#define SYNODIC_MONTH 29.530588861
#define ZONE          (7.0 / 24)

static double sin_degrees(double x)
{
	static const double degree = 3.14159265358979323846 / 180;

	return sin(fmod(x, 360) * degree);
}

/* TT - UT in seconds: observed to 2025, the long-term trend after it.  Some seconds more or
 * less move a month only when the moon is new within them around midnight. */
static double delta_t(double year)
{
	static const struct {
		double year, seconds;
	} known[] = { { 1960, 33 }, { 1976, 46 }, { 1990, 57 }, { 2005, 65 },
		      { 2025, 69 }, { 2050, 82 }, { 2160, 200 } };
	size_t i = 1;

	while (i + 1 < ARRAY_LEN(known) && year > known[i].year)
		i++;
	double part = (year - known[i - 1].year) / (known[i].year - known[i - 1].year);
	return known[i - 1].seconds + part * (known[i].seconds - known[i - 1].seconds);
}

/* Multiples of the sun's anomaly, the moon's anomaly and the moon's argument of latitude. */
static const struct {
	double days;
	int sun, moon, latitude;
} moon_terms[] = {
	{ -0.40720, 0, 1, 0 },   { 0.17241, 1, 0, 0 },   { 0.01608, 0, 2, 0 },
	{ 0.01039, 0, 0, 2 },    { 0.00739, -1, 1, 0 },  { -0.00514, 1, 1, 0 },
	{ 0.00208, 2, 0, 0 },    { -0.00111, 0, 1, -2 }, { -0.00057, 0, 1, 2 },
	{ 0.00056, 1, 2, 0 },    { -0.00042, 0, 3, 0 },  { 0.00042, 1, 0, 2 },
	{ 0.00038, 1, 0, -2 },   { -0.00024, -1, 2, 0 }, { -0.00007, 2, 1, 0 },
	{ 0.00004, 0, 2, -2 },   { 0.00004, 3, 0, 0 },   { 0.00003, 1, 1, -2 },
	{ 0.00003, 0, 2, 2 },    { -0.00003, 1, 1, 2 },  { 0.00003, -1, 1, 2 },
	{ -0.00002, -1, 1, -2 }, { -0.00002, 1, 3, 0 },  { 0.00002, 0, 4, 0 },
};

/* Planets: angle at k = 0, its change with k, millionths of a day. */
static const struct {
	double angle, rate, micro_days;
} planet_terms[] = {
	{ 299.77, 0.107408, 325 },  { 251.88, 0.016321, 165 }, { 251.83, 26.651886, 164 },
	{ 349.42, 36.412478, 126 }, { 84.66, 18.206239, 110 }, { 141.74, 53.303771, 62 },
	{ 207.14, 2.453732, 60 },   { 154.84, 7.306860, 56 },  { 34.52, 27.261239, 47 },
	{ 207.19, 0.121824, 42 },   { 291.34, 1.844379, 40 },  { 161.72, 24.198154, 37 },
	{ 239.56, 25.513099, 35 },  { 331.55, 3.592518, 23 },
};

/* The instant of the k-th new moon after that of 2000-01-06, as a Julian day in TT. */
static double new_moon(int k)
{
	double t = k / 1236.85, t2 = t * t;
	double e = 1 - 0.002516 * t - 0.0000074 * t2;
	double sun = 2.5534 + 29.10535670 * k - 0.0000014 * t2;
	double moon = 201.5643 + 385.81693528 * k + 0.0107582 * t2;
	double latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t2;
	double node = 124.7746 - 1.56375588 * k + 0.0020672 * t2;
	double jd = 2451550.09766 + SYNODIC_MONTH * k + 0.00015437 * t2;

	for (size_t i = 0; i < ARRAY_LEN(moon_terms); i++) {
		int n = moon_terms[i].sun;
		double size = moon_terms[i].days;

		if (n)
			size *= n == 2 ? e * e : e;
		jd += size * sin_degrees(n * sun + moon_terms[i].moon * moon +
		                         moon_terms[i].latitude * latitude);
	}
	jd -= 0.00017 * sin_degrees(node);
	for (size_t i = 0; i < ARRAY_LEN(planet_terms); i++)
		jd += planet_terms[i].micro_days * 1e-6 *
		      sin_degrees(planet_terms[i].angle + planet_terms[i].rate * k);
	return jd;
}

/* The local day on which the k-th lunar month begins. */
static int month_start(int k)
{
	double jd = new_moon(k);
	double ut = jd - delta_t(2000 + k / 12.3685) / 86400;

	return (int)floor(ut + 0.5 + ZONE) - JULIAN_DAY_1970;
}

/* The sun's apparent longitude, in units of 30 degrees, at the local midnight that begins
 * `day`: 9 from the winter solstice on. */
static int solar_sector(int day)
{
	double ut = day + JULIAN_DAY_1970 - 0.5 - ZONE;
	double tt = ut + delta_t(1970 + day / 365.25) / 86400;
	double t = (tt - 2451545) / 36525;
	double mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t;
	double anomaly = 357.52911 + 35999.05029 * t - 0.0001537 * t * t;
	double centre = (1.914602 - 0.004817 * t) * sin_degrees(anomaly) +
	                (0.019993 - 0.000101 * t) * sin_degrees(2 * anomaly) +
	                0.000289 * sin_degrees(3 * anomaly);
	double apparent =
	        mean + centre - 0.00569 - 0.00478 * sin_degrees(125.04 - 1934.136 * t);
	double turn = fmod(apparent, 360);

	return (int)floor((turn < 0 ? turn + 360 : turn) / 30);
}

/* The month (as its k) that holds the winter solstice of a solar year: the 11th. */
static int solstice_month(int year)
{
	int day = date_make(year, 12, 18).days;

	while (solar_sector(day + 1) < 9)
		day++;
	int k = (int)floor((day + JULIAN_DAY_1970 - 2451550.0) / SYNODIC_MONTH) + 1;
	while (month_start(k) > day)
		k--;
	return k;
}

/* How many months after the solstice month `from` the leap one stands; 0 when there is none
 * before the solstice month `to`. */
static int leap_offset(int from, int to)
{
	if (to - from == SYNODIC_YEAR)
		return 0;
	for (int i = 1; i <= SYNODIC_YEAR; i++)
		if (solar_sector(month_start(from + i)) ==
		    solar_sector(month_start(from + i + 1)))
			return i;
	return 0;
}

static bool year_known(int year)
{
	return year >= LUNAR_FIRST_YEAR && year <= LUNAR_LAST_YEAR;
}

/* Where a month stands after the solstice month that opens its count; months 11 and 12 of a
 * lunar year are counted from the solstice of that year itself. */
static int month_k(int year, int month)
{
	int opening = month >= 11 ? year : year - 1;
	int from = solstice_month(opening);
	int leap = leap_offset(from, solstice_month(opening + 1));
	int offset = (month + 1) % SYNODIC_YEAR;

	return from + offset + (leap && offset >= leap ? 1 : 0);
}

date_t lunar_to_solar(int year, int month, int day)
{
	if (!year_known(year) || month < 1 || month > 12 || day < 1 || day > 30)
		return DATE_NONE;
	return (date_t){ month_start(month_k(year, month)) + day - 1 };
}

int lunar_leap_month(int year)
{
	if (!year_known(year))
		return 0;
	for (int opening = year - 1; opening <= year; opening++) {
		int from = solstice_month(opening);
		int leap = leap_offset(from, solstice_month(opening + 1));
		/* The leap month carries the number of the one before it. */
		int month = (leap - 1 + 11 - 1) % SYNODIC_YEAR + 1;
		bool of_this_year = opening < year ? leap > 2 : leap == 1 || leap == 2;

		if (leap && of_this_year)
			return month;
	}
	return 0;
}
