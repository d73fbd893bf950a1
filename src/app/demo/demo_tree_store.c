/* demo_tree_store.c - three tiers until 30/6/2025, two after. */
#include "app/demo/demo_store.h"

#include <stdio.h>

#include "app/unit/unit_store.h"
#include "base/vntext.h"

static const char *const reform = "Nghị quyết minh họa số 01 (dữ liệu bịa đặt)";
static const char *const top = "ỦY BAN NHÂN DÂN";

struct maker {
	struct db_write_context *w;
	struct demo_tree *tree;
	struct problems problems;
};

/* A unit whose numbers are the parts of its codes; 0 ends them. */
struct site {
	const char *name, *level, *letterhead_parent, *place;
	row_id parent;
	int district, commune;
	date_t from;
	bool issues_codes;
};

static ERR_RESULT codes(struct arena *a, const struct site *s, struct unit_draft *d)
{
	if (!s->district)
		d->code = "H99";
	else if (!s->commune)
		TRY(arena_printf(a, &d->code, "H99.%02d", s->district));
	else
		TRY(arena_printf(a, &d->code, "H99.%02d.%02d", s->district, s->commune));
	if (s->district > 99) /* the older style has two digits only */
		return ERR_OK;
	return arena_printf(a, &d->code_qcvn, "000.%02d.%02d.H99", s->commune, s->district);
}

/* "ỦY BAN NHÂN DÂN\nXÃ AN MẪU" for a committee, the name in capitals for others. */
static ERR_RESULT letterhead(struct arena *a, const struct site *s, struct unit_draft *d,
                             bool committee)
{
	const char *upper;

	TRY(text_upper(a, &upper, s->name));
	if (!committee) {
		d->name = s->name;
		d->letterhead = upper;
		return ERR_OK;
	}
	TRY(arena_printf(a, &d->name, "Ủy ban nhân dân %s", s->name));
	return arena_printf(a, &d->letterhead, "%s\n%s", top, upper);
}

static ERR_RESULT add(struct maker *m, row_id *out, const struct site *s)
{
	struct arena *a = m->w->arena;
	struct unit_draft d = { .level = s->level,
		                .parent_id = s->parent,
		                .place = s->place,
		                .letterhead_parent = s->letterhead_parent,
		                .address = "",
		                .phone = "",
		                .issues_codes = s->issues_codes,
		                .from_on = s->from,
		                .source = reform };

	TRY(codes(a, s, &d));
	TRY(letterhead(a, s, &d, !s->letterhead_parent));
	problems_init(&m->problems, a);
	enum err e = unit_add_in(out, m->w, &d, &m->problems);
	if (e != ERR_OK && m->problems.first)
		return err_set(e, "%s: %s", s->name, m->problems.first->message);
	return e;
}

static ERR_RESULT add_province(struct maker *m)
{
	static const date_t long_ago = { 12418 }; /* 2004-01-01 */
	struct site s = {
		.name = "tỉnh Mẫu", .level = "province", .place = "Mẫu", .from = long_ago
	};

	TRY(add(m, &m->tree->province, &s));
	for (int i = 0; i < DEMO_DEPARTMENTS; i++) {
		s = (struct site){ .name = demo_department_name(i),
			           .level = "department",
			           .letterhead_parent = "ỦY BAN NHÂN DÂN TỈNH MẪU",
			           .place = "Mẫu",
			           .parent = m->tree->province,
			           .district = 80 + i,
			           .from = long_ago,
			           .issues_codes = true };
		TRY(add(m, &m->tree->departments[i], &s));
	}
	for (int i = 0; i < DEMO_DISTRICTS; i++) {
		s = (struct site){ .name = demo_district_name(i),
			           .level = "district",
			           .place = demo_district_name(i) + sizeof("huyện"),
			           .parent = m->tree->province,
			           .district = 1 + i,
			           .from = long_ago,
			           .issues_codes = true };
		TRY(add(m, &m->tree->districts[i], &s));
	}
	return ERR_OK;
}

static ERR_RESULT add_old_communes(struct maker *m)
{
	int in_district[DEMO_DISTRICTS] = { 0 };

	for (int i = 0; i < DEMO_OLD_COMMUNES; i++) {
		int d = demo_district_of(i);
		const char *name;

		TRY(demo_commune_name(m->w->arena, &name, i));
		struct site s = { .name = name,
			          .level = "commune",
			          .place = name + sizeof("xã"),
			          .parent = m->tree->districts[d],
			          .district = 1 + d,
			          .commune = 1 + in_district[d]++,
			          .from = { 12418 },
			          .issues_codes = true };
		TRY(add(m, &m->tree->old_communes[i], &s));
	}
	return ERR_OK;
}

static ERR_RESULT succeed(struct maker *m, const struct unit_succession *s)
{
	problems_init(&m->problems, m->w->arena);
	enum err e = unit_succeed_in(m->w, s, &m->problems);
	if (e != ERR_OK && m->problems.first)
		return err_set(e, "%s", m->problems.first->message);
	return e;
}

static ERR_RESULT merge_communes(struct maker *m)
{
	for (int i = 0; i < DEMO_MERGED; i++) {
		int first = DEMO_OLD_COMMUNES - 2 * (DEMO_MERGED - i);
		const char *name;

		TRY(demo_merged_name(m->w->arena, &name, i));
		struct site s = { .name = name,
			          .level = "commune",
			          .place = name + sizeof("xã"),
			          .parent = m->tree->province,
			          .district = 20 + i,
			          .from = demo_merger_day(),
			          .issues_codes = true };
		TRY(add(m, &m->tree->merged[i], &s));
		struct unit_succession end = { .kind = UNIT_MERGE,
			                       .n_old = 2,
			                       .n_successors = 1,
			                       .on = demo_merger_day(),
			                       .source = reform };
		end.old[0] = m->tree->old_communes[first];
		end.old[1] = m->tree->old_communes[first + 1];
		end.successors[0] = m->tree->merged[i];
		TRY(succeed(m, &end));
	}
	return ERR_OK;
}

static ERR_RESULT abolish_districts(struct maker *m)
{
	for (int i = 0; i < DEMO_DISTRICTS; i++) {
		struct unit_succession end = { .kind = UNIT_ABOLISH,
			                       .n_old = 1,
			                       .on = demo_merger_day(),
			                       .source = reform,
			                       .orphans = UNIT_ORPHANS_MOVE,
			                       .orphans_to = m->tree->province };
		end.old[0] = m->tree->districts[i];
		TRY(succeed(m, &end));
	}
	return ERR_OK;
}

/* The departments that communes have since the reform; they issue no codes. */
static ERR_RESULT add_offices(struct maker *m)
{
	row_id communes[DEMO_OLD_COMMUNES];
	size_t n = demo_communes_on(m->tree, demo_merger_day(), communes);

	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < DEMO_OFFICES; k++) {
			row_id id;
			struct site s = { .name = demo_office_name(k),
				          .level = "office",
				          .letterhead_parent = top,
				          .place = "",
				          .parent = communes[i],
				          .from = demo_merger_day() };
			/* Codes of offices lie above those of the communes. */
			s.district = 100 + (int)i;
			s.commune = 1 + k;
			TRY(add(m, &id, &s));
		}
	return ERR_OK;
}

static enum err make(struct db_write_context *w, void *arg)
{
	struct maker m = { .w = w, .tree = arg };

	TRY(add_province(&m));
	TRY(add_old_communes(&m));
	TRY(merge_communes(&m));
	TRY(abolish_districts(&m));
	return add_offices(&m);
}

size_t demo_communes_on(const struct demo_tree *tree, date_t day, row_id out[DEMO_OLD_COMMUNES])
{
	bool after = date_cmp(day, demo_merger_day()) >= 0;
	size_t n = 0;

	for (int i = 0; i < DEMO_OLD_COMMUNES; i++)
		if (!after || demo_merged_into(i) < 0)
			out[n++] = tree->old_communes[i];
	for (int i = 0; after && i < DEMO_MERGED; i++)
		out[n++] = tree->merged[i];
	return n;
}

enum err demo_make_tree(struct db_writer *writer, struct demo_tree *out)
{
	struct change change = { .at = INSTANT_NONE, .origin = "cli", .action = "demo.units" };

	return db_write(writer, &change, make, out);
}
