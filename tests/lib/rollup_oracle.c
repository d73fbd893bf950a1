#include "lib/rollup_oracle.h"

#include "app/form/period.h"

static const char children[] =
        "with k as materialized (select r.id, r.unit_id, r.to_on,"
        " case u.level when 'commune' then 2 when 'district' then 1 else 0 end as tier,"
        " (select p.id from package_content p where p.report_id = r.id and p.to_change is null"
        "  and r.state in ('sent', 'accepted')) as frozen,"
        " (select count(*) from report b join unit_closure c on c.unit_id = b.unit_id"
        "  join unit v on v.id = b.unit_id where c.ancestor_id = r.unit_id and b.current = 1"
        "  and b.state <> 'exempt' and b.period = r.period and v.level = 'commune') as n_c,"
        " (select count(*) from report b join unit_closure c on c.unit_id = b.unit_id"
        "  join unit v on v.id = b.unit_id where c.ancestor_id = r.unit_id and b.current = 1"
        "  and b.state <> 'exempt' and b.period = r.period and v.level = 'district') as n_d"
        " from report r join unit u on u.id = r.unit_id"
        " where r.receiver_id = {unit} and r.period = '{period}' and r.current = 1"
        " and r.state <> 'exempt') ";

/* A child owes rows of its own level and of those below. */
static const char joined[] =
        " from t_row w join k on (w.has_c = 1 or (k.tier <= 1 and w.has_d = 1)"
        " or (k.tier = 0 and w.has_p = 1))"
        " left join package_cell c on c.content_id = k.frozen and c.form = '1' and c.indicator "
        "= w.indicator"
        " where (k.frozen is null or (c.indicator is not null and c.not_owed = 0))";

static void spread(int64_t *out, const int64_t *rows, size_t n, size_t columns)
{
	for (size_t i = 0; i < OFFICE_ROWS; i++)
		for (size_t c = 0; c < columns; c++)
			out[i * columns + c] = c == 0 ? 0 : INT_NONE;
	for (size_t i = 0; i < n; i++)
		for (size_t c = 0; c < columns; c++)
			out[(size_t)rows[i * columns] * columns + c] = rows[i * columns + c];
}

/* Puts the unit and the period in where they are named. */
static void fill_in(char out[2000], const struct oracle *x, const char *text,
                    const char *period)
{
	size_t n = 0;

	for (; *text; text++) {
		if (str_starts(text, "{unit}"))
			n += (size_t)snprintf(out + n, 2000 - n, "%lld",
			                      (long long)x->unit->id);
		else if (str_starts(text, "{period}"))
			n += (size_t)snprintf(out + n, 2000 - n, "%s", period);
		else
			out[n++] = *text;
		if (*text == '{')
			text = strchr(text, '}');
		assert_true(n < 1900);
	}
	out[n] = '\0';
}

static void ask(struct oracle *x, int64_t *out, size_t columns, const char *head,
                const char *period, const char *select, const char *tail)
{
	static int64_t rows[OFFICE_ROWS * COUNTS];
	char text[6000], first[2000];
	size_t n;

	fill_in(first, x, head, period);
	snprintf(text, sizeof(text), "%s%s%s", first, select, tail);
	n = office_select(x->o, text, rows, columns, OFFICE_ROWS);
	spread(out, rows, n, columns);
}

static void ask_sums(struct oracle *x, const char *period)
{
	char tail[1500];

	snprintf(tail, sizeof(tail), "%s group by w.at", joined);
	ask(x, &x->sums[0][0], COUNTS, children, period,
	    "select w.at, count(*), count(c.value), cast(sum(c.value) as bigint),"
	    " sum(case when c.numerator is not null and c.denominator is not null then 1 else "
	    "0 end),"
	    " cast(sum(case when c.denominator is not null then c.numerator end) as bigint),"
	    " cast(sum(case when c.numerator is not null then c.denominator end) as bigint),"
	    " sum(case when c.listed = 0 and c.value <> 0 then 1 else 0 end)",
	    tail);
}

static void ask_lists(struct oracle *x, const char *period)
{
	int64_t pairs[OFFICE_ROWS][2];
	char tail[1600];

	snprintf(tail, sizeof(tail), "%s and (c.listed = 1 or c.value = 0) group by w.at",
	         joined);
	ask(x, &pairs[0][0], 2, children, period, "select w.at, count(*)", tail);
	for (size_t i = 0; i < OFFICE_ROWS; i++)
		x->listed[i] = pairs[i][1] == INT_NONE ? 0 : pairs[i][1];
	ask(x, &pairs[0][0], 2, children, period,
	    "select w.at, count(distinct t.code) from t_row w join k on (w.has_c = 1 or (k.tier"
	    " <= 1 and w.has_d = 1) or (k.tier = 0 and w.has_p = 1))"
	    " join t_code t on t.frozen = k.frozen and t.indicator = w.indicator"
	    " join package_cell c on c.content_id = k.frozen and c.form = '1' and c.indicator "
	    "= w.indicator"
	    " where c.not_owed = 0 group by w.at",
	    "");
	for (size_t i = 0; i < OFFICE_ROWS; i++)
		x->distinct[i] = pairs[i][1] == INT_NONE ? 0 : pairs[i][1];
}

/* Who behind a child the row asks after; itself too when it owes a report. */
#define UNITS  "(k.n_c * w.has_c + k.n_d * w.has_d)"
#define PARTED "(c.numerator is not null and c.denominator > 0)"
#define DID                                                                                    \
	"(case when w.ratio = 0 then case when c.value > 0 then 1 else 0 end"                  \
	" when " PARTED " then case when c.numerator >= c.denominator then 1 else 0 end"       \
	" when c.value >= 100000000 then 1 else 0 end)"
#define GAVE                                                                                   \
	"(k.frozen is not null and ((k.tier < 2 and " PARTED                                   \
	") or ((c.value is not null or " PARTED ") and " UNITS " = 1)))"

static void ask_counted(struct oracle *x, const char *period)
{
	char tail[1600];

	snprintf(tail, sizeof(tail), "%s and " UNITS " > 0 group by w.at", joined);
	ask(x, &x->counted[0][0], COUNTED, children, period,
	    "select w.at, count(*), sum(case when " GAVE " then 1 else 0 end),"
	    " cast(sum(case when not " GAVE " then 0 when k.tier < 2 and " PARTED
	    " then c.numerator else 1000000 * " DID " end) as bigint),"
	    " cast(sum(case when " GAVE " and k.tier < 2 and " PARTED
	    " then c.denominator else 1000000 * " UNITS " end) as bigint)",
	    tail);
}

void oracle_ask(struct oracle *x, const char *period)
{
	struct period p;
	char where[400];

	assert_true(period_parse(&p, period));
	ask_sums(x, period);
	ask_lists(x, period);
	ask_counted(x, period);
	snprintf(where, sizeof(where), " and c.from_on = %d and c.to_on = %d", p.from.days,
	         p.to.days);
	ask(x, &x->own[0][0], OWN,
	    "select w.at, c.value, c.numerator, c.denominator from t_row w join form_cell c"
	    " on c.indicator = w.indicator where c.to_change is null and c.unit_id = {unit}",
	    period, "", where);
	ask(x, &x->adjusted[0][0], OWN,
	    "select w.at, c.value, c.numerator, c.denominator from t_row w"
	    " join rollup_adjustment c on c.indicator = w.indicator where c.to_change is null"
	    " and c.unit_id = {unit}",
	    period, "", where);
}

/* ---- the rules, over these numbers ---- */

static int64_t or_0(int64_t n)
{
	return n == INT_NONE ? 0 : n;
}

bool oracle_fills(const struct form_row *row, enum form_tier tier)
{
	return row->tiers >> tier != 0;
}

static bool adds_own(const struct oracle *x, const struct form_row *row)
{
	return row->tiers >> x->unit->tier & 1;
}

static int64_t percent(int64_t top, int64_t bottom)
{
	__extension__ __int128 n = (__int128)top * 100 * 100;

	return (int64_t)((2 * n + bottom) / (2 * bottom)) * (DEC_ONE / 100);
}

static struct expected nothing(int64_t owed)
{
	return (struct expected){ false, INT_NONE, INT_NONE, INT_NONE, owed, 0 };
}

static struct expected of_own(const struct oracle *x, const struct form_row *row)
{
	struct expected e = nothing(0);

	e.value = x->own[row->at][1];
	e.known = e.value != INT_NONE;
	return e;
}

static struct expected of_sum(const struct oracle *x, const struct form_row *row)
{
	const int64_t *s = x->sums[row->at];
	int64_t own = adds_own(x, row) ? x->own[row->at][1] : INT_NONE;
	int64_t adjusted = x->adjusted[row->at][1];
	struct expected e = nothing(or_0(s[1]));

	e.given = or_0(s[2]);
	e.known = e.given > 0 || own != INT_NONE || adjusted != INT_NONE;
	e.value = or_0(s[3]) + or_0(own) + or_0(adjusted);
	return e;
}

static struct expected of_parts(const struct oracle *x, const struct form_row *row)
{
	const int64_t *s = x->sums[row->at], *own = x->own[row->at];
	struct expected e = nothing(or_0(s[1]));
	bool has_own = adds_own(x, row) && own[2] != INT_NONE && own[3] != INT_NONE;

	e.given = or_0(s[4]);
	if (e.given == 0 && !has_own && x->adjusted[row->at][2] == INT_NONE)
		return e;
	e.numerator = or_0(s[5]) + (has_own ? own[2] : 0) + or_0(x->adjusted[row->at][2]);
	e.denominator = or_0(s[6]) + (has_own ? own[3] : 0) + or_0(x->adjusted[row->at][3]);
	e.known = e.denominator > 0;
	if (e.known)
		e.value = percent(e.numerator, e.denominator);
	return e;
}

static struct expected of_catalogue(const struct oracle *x, const struct form_row *row)
{
	const int64_t *s = x->sums[row->at];
	int64_t own = adds_own(x, row) ? x->own[row->at][1] : INT_NONE;
	struct expected e = nothing(or_0(s[1]));

	e.given = x->listed[row->at];
	e.known = or_0(s[7]) == 0 && or_0(own) == 0 && (e.given > 0 || own == 0);
	e.value = x->distinct[row->at] * DEC_ONE + or_0(x->adjusted[row->at][1]);
	return e;
}

/* Where no unit below owes the row, only adjusted, the unit itself is the one that is counted.
 */
static void count_itself(struct expected *e, const struct oracle *x, const struct form_row *row)
{
	const int64_t *own = x->own[row->at];
	bool parted = own[2] != INT_NONE && own[3] != INT_NONE && own[3] > 0;

	if (e->owed > 0 || !adds_own(x, row))
		return;
	e->numerator += parted ? own[2] : (own[1] != INT_NONE && own[1] > 0) * DEC_ONE;
	e->denominator += parted ? own[3] : DEC_ONE;
}

static struct expected of_counted(const struct oracle *x, const struct form_row *row)
{
	const int64_t *c = x->counted[row->at];
	struct expected e = nothing(or_0(c[1]));

	e.given = or_0(c[2]);
	e.known = e.given > 0 || x->adjusted[row->at][2] != INT_NONE;
	if (!e.known)
		return e;
	e.numerator = or_0(c[3]) + or_0(x->adjusted[row->at][2]);
	e.denominator = or_0(c[4]) + or_0(x->adjusted[row->at][3]);
	count_itself(&e, x, row);
	e.value = row->kind == FORM_RATIO ? percent(e.numerator, e.denominator) : e.numerator;
	return e;
}

static struct expected of_formula(const struct oracle *x, const struct form_row *row)
{
	struct expected part[2], e = nothing(INT_NONE);
	int at[2];

	assert_int_equal(sscanf(row->value->text,
	                        row->kind == FORM_RATIO ? "100 * [%d] / [%d]" : "[%d] + [%d]",
	                        &at[0], &at[1]),
	                 2);
	for (size_t i = 0; i < 2; i++)
		part[i] = oracle_expect(x, &x->o->set->rows[at[i] - 1]);
	e.given = INT_NONE;
	e.known = part[0].known && part[1].known;
	if (row->kind == FORM_RATIO)
		e.known = e.known && part[1].value > 0;
	if (e.known)
		e.value = row->kind == FORM_RATIO ? percent(part[0].value, part[1].value)
		                                  : part[0].value + part[1].value;
	return e;
}

static bool counts(const struct form_row *row)
{
	return row->rollup == FORM_COUNT_UNITS;
}

struct expected oracle_expect(const struct oracle *x, const struct form_row *row)
{
	int64_t owed = or_0(counts(row) ? x->counted[row->at][1] : x->sums[row->at][1]);

	if (!oracle_fills(row, x->unit->tier))
		return of_own(x, row); /* entered all the same */
	if (row->value)
		return of_formula(x, row);
	if (row->rollup == FORM_OWN ||
	    (owed == 0 && x->adjusted[row->at][1] == INT_NONE &&
	     x->adjusted[row->at][2] == INT_NONE && x->adjusted[row->at][3] == INT_NONE))
		return of_own(x, row);
	if (counts(row))
		return of_counted(x, row);
	if (row->rollup == FORM_CATALOGUE)
		return of_catalogue(x, row);
	return row->kind == FORM_RATIO ? of_parts(x, row) : of_sum(x, row);
}
