/* demo_dossier_store.c - the dossiers of the demo: taken in, worked on and returned through
 * the same functions that the desk uses, each event at its own time. */
#include "app/demo/demo_store.h"

#include "app/dossier/dossier_act_store.h"
#include "app/dossier/dossier_clock_store.h"
#include "app/dossier/dossier_intake_store.h"
#include "base/str.h"

enum { DOSSIERS_A_COMMIT = 20000, DAY_MINUTES = 480, NEXT_MORNING = 90, REGULARS = 900 };

/* A unit that takes dossiers in, with its officer. */
struct desk {
	struct dossier_unit unit;
	row_id hands[DEMO_HANDS]; /* who takes in, settles and signs: often one person */
	const char *place;
};
struct desks {
	struct desk *at;
	size_t n;
};

/* The version of one procedure before and since the reform; code NULL: none then. */
struct versions {
	struct dossier_procedure before, since;
};

struct maker {
	struct db_writer *writer;
	struct db *db;
	struct arena *a;
	const struct demo_world *world;
	struct demo_random random;
	struct dossier_clock clock;
	struct desks communes[2], districts,
	        departments; /* communes: before, since the reform */
	struct versions *versions;
	size_t *commune_list, *province_list,
	        *district_list; /* indexes of versions with a term */
	size_t n_commune, n_province, n_district;
	instant_t end;
};

/* ---- who and what there is ---- */

static ERR_RESULT add_desk(struct maker *m, struct desks *list, row_id unit, row_id account)
{
	struct desk *d = &list->at[list->n++];

	for (size_t i = 0; i < DEMO_HANDS; i++)
		d->hands[i] = row_eq(unit, m->world->tree->old_communes[0])
		                      ? m->world->staff->hands[i]
		                      : account;
	d->place = "tỉnh Mẫu";
	TRY(dossier_unit_load(&d->unit, m->db, m->a, unit));
	d->unit.issues_codes = true; /* an abolished unit does no more, but did in its time */
	return ERR_OK;
}

static ERR_RESULT load_desks(struct maker *m)
{
	const struct demo_tree *t = m->world->tree;
	const struct demo_staff *s = m->world->staff;

	for (int i = 0; i < 2; i++)
		TRY(arena_array(m->a, &m->communes[i].at, DEMO_OLD_COMMUNES));
	TRY(arena_array(m->a, &m->districts.at, DEMO_DISTRICTS));
	TRY(arena_array(m->a, &m->departments.at, DEMO_DEPARTMENTS));
	for (int i = 0; i < DEMO_OLD_COMMUNES; i++) {
		TRY(add_desk(m, &m->communes[0], t->old_communes[i], s->old_communes[i]));
		if (demo_merged_into(i) < 0)
			TRY(add_desk(m, &m->communes[1], t->old_communes[i],
			             s->old_communes[i]));
	}
	for (int i = 0; i < DEMO_MERGED; i++)
		TRY(add_desk(m, &m->communes[1], t->merged[i], s->merged[i]));
	for (int i = 0; i < DEMO_DISTRICTS; i++)
		TRY(add_desk(m, &m->districts, t->districts[i], s->districts[i]));
	for (int i = 0; i < DEMO_DEPARTMENTS; i++)
		TRY(add_desk(m, &m->departments, t->departments[i], s->departments[i]));
	return ERR_OK;
}

static ERR_RESULT load_version(struct maker *m, struct dossier_procedure *out, row_id id,
                               date_t on)
{
	enum err e = dossier_procedure_load(out, m->db, m->a, id, on);

	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* Only procedures with a term get dossiers; the invented ones, which carry the load, first. */
static ERR_RESULT load_versions(struct maker *m)
{
	const struct demo_catalogue *c = m->world->catalogue;

	TRY(arena_array(m->a, &m->versions, c->n));
	TRY(arena_array(m->a, &m->commune_list, c->n));
	TRY(arena_array(m->a, &m->province_list, c->n));
	TRY(arena_array(m->a, &m->district_list, c->n));
	for (size_t pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < c->n; i++) {
			const struct demo_procedure *p = &c->list[i];

			if (!*p->term || (p->code[0] == '0') != (pass == 0))
				continue;
			TRY(load_version(m, &m->versions[i].before, c->ids[i],
			                 demo_first_day()));
			TRY(load_version(m, &m->versions[i].since, c->ids[i],
			                 demo_merger_day()));
			if (p->commune)
				m->commune_list[m->n_commune++] = i;
			if (p->province)
				m->province_list[m->n_province++] = i;
			if (p->district)
				m->district_list[m->n_district++] = i;
		}
	return ERR_OK;
}

/* ---- one dossier ---- */

struct story {
	struct maker *m;
	const struct desk *desk;
	const struct dossier_procedure *procedure;
	struct demo_case what;
	struct dossier now; /* as last written */
	instant_t at;       /* of the last event */
	size_t hand;        /* who has it */
	bool over;          /* the next event would lie after the end */
};

static ERR_RESULT choose_place(struct story *s)
{
	struct maker *m = s->m;
	bool since = date_cmp(instant_day(s->what.received_at), demo_merger_day()) >= 0;
	unsigned level = demo_below(&m->random, 100);
	const struct desks *desks = &m->communes[since];
	const size_t *list = m->commune_list;
	size_t n = m->n_commune;

	if (level >= 90) {
		desks = &m->departments;
		list = m->province_list;
		n = m->n_province;
	} else if (level >= 84 && !since) {
		desks = &m->districts;
		list = m->district_list;
		n = m->n_district;
	}
	s->desk = &desks->at[demo_weighted(&m->random, (unsigned)desks->n)];
	/* Half of all go to the first three kinds: certified copies and civil status. */
	size_t pick = demo_chance(&m->random, 500) ? demo_below(&m->random, 3)
	                                           : demo_below(&m->random, (unsigned)n);
	const struct versions *v = &m->versions[list[pick < n ? pick : 0]];
	s->procedure = since ? &v->since : &v->before;
	return ERR_OK;
}

struct receive_call {
	struct story *story;
	struct dossier_intake *intake;
	struct dossier_kit kit;
	struct problems problems;
};

static ERR_RESULT first_problem(enum err e, const struct problems *p)
{
	if (e != ERR_OK && p->first)
		return err_set(e, "%s: %s", p->first->field, p->first->message);
	return e;
}

static enum err run_receive(struct db_write_context *w, void *arg)
{
	struct receive_call *c = arg;

	problems_init(&c->problems, w->arena);
	return first_problem(
	        dossier_receive_in(&c->story->now, w, &c->kit, c->intake, &c->problems),
	        &c->problems);
}

/* People come again: a desk knows REGULARS of them, the largest ten times as many. */
static void person_of(struct story *s, struct demo_person *out)
{
	struct demo_random *r = &s->m->random;
	unsigned known = s->desk == s->m->communes[0].at || s->desk == s->m->communes[1].at
	                         ? REGULARS * 10
	                         : REGULARS;
	struct demo_random own = { (uint64_t)s->desk->unit.id.value + demo_below(r, known) };

	demo_person(&own, s->desk->place, out);
}

static bool at_once(const struct story *s)
{
	return s->what.ending <= DEMO_ON_TIME && !s->what.supplement && !s->what.online &&
	       str_starts(s->procedure->term, "trong") && s->what.pace % 5 != 0;
}

static struct change event_change(const struct story *s, const char *action)
{
	return (struct change){ .account_id = s->desk->hands[s->hand],
		                .unit_id = s->desk->unit.id,
		                .at = s->at,
		                .origin = "cli",
		                .action = action };
}

static ERR_RESULT receive(struct story *s)
{
	struct demo_person person;

	person_of(s, &person);
	struct dossier_intake intake = {
		.action = s->what.ending == DEMO_NOT_ACCEPTED ? ACTION_NOT_ACCEPT
		          : at_once(s)                        ? ACTION_RECEIVE_RETURN
		                                              : ACTION_RECEIVE,
		.receiving_unit_id = s->desk->unit.id,
		.applicant = { .kind = person.organisation ? APPLICANT_ORGANISATION
		                                           : APPLICANT_PERSON,
		               .name = person.name,
		               .identity_number = person.identity,
		               .phone = person.phone,
		               .address = person.address },
		.summary = "",
		.quantity = s->what.quantity,
		.channel = s->what.online ? CHANNEL_ONLINE
		           : s->what.post ? CHANNEL_POST
		                          : CHANNEL_COUNTER,
		.delivery = s->what.post ? DELIVERY_POST : DELIVERY_COUNTER,
		.fee = MONEY_NONE,
		.received_at = s->what.received_at,
		.reason = s->what.ending == DEMO_NOT_ACCEPTED
		                  ? "Không thuộc thẩm quyền giải quyết"
		                  : NULL,
	};
	s->at = s->what.received_at;
	struct change change = event_change(s, "dossier.receive");
	struct receive_call call = {
		s, &intake, { &s->desk->unit, s->procedure, &s->m->clock }, { 0 }
	};

	return db_write(s->m->writer, &change, run_receive, &call);
}

struct do_call {
	struct story *story;
	struct dossier_doing doing;
	struct problems problems;
};

static enum err run_do(struct db_write_context *w, void *arg)
{
	struct do_call *c = arg;

	problems_init(&c->problems, w->arena);
	return first_problem(
	        dossier_do_in(&c->story->now, w, &c->story->m->clock, &c->doing, &c->problems),
	        &c->problems);
}

/* Does it at `at` unless that lies after the demo's end. */
static ERR_RESULT act(struct story *s, enum dossier_action action, instant_t at,
                      const char *reason, instant_t due)
{
	if (s->over || instant_cmp(at, s->m->end) > 0) {
		s->over = true;
		return ERR_OK;
	}
	bool hand_over = action == ACTION_HAND_OVER;
	size_t to = hand_over && s->hand + 1 < DEMO_HANDS ? s->hand + 1 : s->hand;
	s->at = at;
	struct do_call call = { .story = s,
		                .doing = { .dossier_id = s->now.id,
		                           .revision = s->now.revision,
		                           .action = action,
		                           .at = at,
		                           .reason = reason,
		                           .to_account_id = s->desk->hands[to],
		                           .next_step = hand_over,
		                           .due = due } };
	struct change change = event_change(s, dossier_action_rule(action)->word);

	TRY(db_write(s->m->writer, &change, run_do, &call));
	s->hand = action == ACTION_FINISH ? 0 : to;
	return ERR_OK;
}

/* The instant when `per_mille` of the worked time from `from` to the due is used. */
static instant_t within_term(const struct story *s, instant_t from, unsigned per_mille)
{
	const struct calendar *cal = s->m->clock.calendar;
	int64_t begin = calendar_position(cal, from),
	        end = calendar_position(cal, s->now.due_at);

	if (end <= begin)
		return s->now.due_at;
	instant_t at = calendar_at_start(cal, begin + (end - begin) * per_mille / 1000);
	return instant_cmp(at, from) > 0 ? at : from;
}

/* So many worked minutes after `from`. */
static instant_t after(const struct story *s, instant_t from, int64_t minutes)
{
	const struct calendar *cal = s->m->clock.calendar;

	return calendar_at_start(cal, calendar_position(cal, from) + minutes);
}

static ERR_RESULT supplement(struct story *s)
{
	instant_t asked = within_term(s, s->at, (unsigned)s->what.supplement_after);
	instant_t came = after(s, asked, (int64_t)s->what.supplement_days * DAY_MINUTES);

	TRY(act(s, ACTION_ASK_SUPPLEMENT, asked, "Thiếu giấy tờ chứng minh kèm theo",
	        INSTANT_NONE));
	return act(s, ACTION_SUPPLEMENT_RECEIVED, came, NULL, INSTANT_NONE);
}

/* Every third late one with an apology on the day before the due. */
static ERR_RESULT be_late(struct story *s, instant_t *finish)
{
	instant_t due = s->now.due_at;
	instant_t apology = within_term(s, s->at, 800);

	*finish = after(s, due, (int64_t)s->what.late_days * DAY_MINUTES - NEXT_MORNING);
	if (s->what.pace % 3 != 0 || instant_cmp(apology, s->at) <= 0)
		return ERR_OK;
	return act(s, ACTION_EXTEND, apology, "Hồ sơ cần xác minh thêm tại thôn",
	           after(s, due, (int64_t)(s->what.late_days + 1) * DAY_MINUTES));
}

static ERR_RESULT end_badly(struct story *s)
{
	static const struct {
		enum demo_ending ending;
		enum dossier_action action;
		const char *reason;
	} endings[] = {
		{ DEMO_REFUSED, ACTION_REFUSE, "Không đủ điều kiện giải quyết" },
		{ DEMO_WITHDRAWN, ACTION_WITHDRAW, "Công dân xin rút hồ sơ" },
		{ DEMO_STOPPED, ACTION_STOP, "Quá hạn bổ sung mà không nhận được giấy tờ" },
	};

	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		if (endings[i].ending == s->what.ending)
			return act(s, endings[i].action, within_term(s, s->at, s->what.pace),
			           endings[i].reason, INSTANT_NONE);
	return ERR_OK;
}

static ERR_RESULT hand_over_steps(struct story *s)
{
	for (size_t i = 0; i + 1 < s->procedure->n_steps; i++)
		TRY(act(s, ACTION_HAND_OVER, within_term(s, s->at, 120), NULL, INSTANT_NONE));
	return ERR_OK;
}

static ERR_RESULT finish(struct story *s)
{
	instant_t at;

	if (s->what.ending == DEMO_LATE)
		TRY(be_late(s, &at));
	else
		at = within_term(s, s->at, s->what.pace);
	TRY(act(s, ACTION_FINISH, at, NULL, INSTANT_NONE));
	return act(s, ACTION_RETURN,
	           after(s, at, 10 + (int64_t)s->what.collected_after * DAY_MINUTES), NULL,
	           INSTANT_NONE);
}

/* Nobody stands at a closed counter, and nothing comes after the demo's end. */
static void keep_to_desk_hours(struct story *s)
{
	const struct calendar *cal = s->m->clock.calendar;
	date_t day = instant_day(s->what.received_at);

	while (!s->what.online && !calendar_is_working(cal, day))
		day = date_add(day, 1);
	s->what.received_at = instant_local(day, instant_minute(s->what.received_at));
	if (instant_cmp(s->what.received_at, s->m->end) > 0)
		s->what.received_at = after(s, s->m->end, -30);
}

static ERR_RESULT tell(struct maker *m)
{
	struct story s = { .m = m };

	demo_case(&m->random, demo_first_day(), m->world->until, &s.what);
	TRY(choose_place(&s));
	keep_to_desk_hours(&s);
	TRY(receive(&s));
	if (s.now.state != DOSSIER_RECEIVED)
		return ERR_OK;
	TRY(hand_over_steps(&s));
	if (s.what.supplement)
		TRY(supplement(&s));
	if (s.what.ending > DEMO_LATE)
		return end_badly(&s);
	return finish(&s);
}

static ERR_RESULT tell_many(struct maker *m, size_t n)
{
	DB_TX tx = { 0 };

	TRY(db_begin(&tx, m->db));
	for (size_t i = 0; i < n; i++)
		TRY(tell(m));
	return db_commit(&tx);
}

enum err demo_make_dossiers(struct db_writer *writer, struct arena *a,
                            const struct demo_world *world, size_t n)
{
	struct maker m = { .writer = writer,
		           .db = db_writer_db(writer),
		           .a = a,
		           .world = world,
		           .random = { world->seed },
		           .end = instant_local(world->until, 8 * 60) };

	TRY(load_desks(&m));
	TRY(load_versions(&m));
	TRY(dossier_clock_load(&m.clock, m.db, a, NULL, world->tree->province, world->until));
	while (n > 0) {
		size_t part = n < DOSSIERS_A_COMMIT ? n : DOSSIERS_A_COMMIT;

		TRY(tell_many(&m, part));
		n -= part;
	}
	return ERR_OK;
}
