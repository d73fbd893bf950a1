/* demo_catalogue_store.c - the procedures of the demo, with some amended, new and repealed. */
#include "app/demo/demo_store.h"

#include "app/procedure/procedure_store.h"
#include "base/embedded.h"
#include "base/str.h"

struct maker {
	struct db_write_context *w;
	const struct demo_procedure *list;
	size_t n;
	row_id *ids;
	struct problems problems;
};

static const char *const announced = "Quyết định minh họa số 10/QĐ-UBND";
static const char *const amended = "Quyết định minh họa số 25/QĐ-UBND";
static const char *const repealed = "Quyết định minh họa số 31/QĐ-UBND";
static const char *const note = "Bản minh họa: mức độ cung cấp, liên thông, phi địa giới, "
                                "thanh toán là giá trị bịa đặt; "
                                "thời hạn và phí chỉ có khi nguồn công khai nêu.";

/* The level that the register states; where it states none the demo deals them out. */
static const char *service_level(const struct demo_procedure *p, size_t i)
{
	static const char *const dealt[] = { "partial", "full", "partial", "direct", "full" };

	return *p->service_level ? p->service_level : dealt[i % ARRAY_LEN(dealt)];
}

static int old_level(const char *level)
{
	return str_eq(level, "full") ? 4 : str_eq(level, "partial") ? 3 : 2;
}

static void set_online(struct procedure_draft *d, size_t i)
{
	bool online = !str_eq(d->service_level, "direct");

	d->old_level = old_level(d->service_level);
	d->online_offered = online && i % 11 != 0;
	d->on_national_portal = d->online_offered && i % 7 != 0;
	d->online_payment = d->fee.dong > 0 && i % 5 != 0;
	d->any_place = i % 4 == 1;
	d->linked = i % 9 == 2 ? "same_level" : i % 3 == 0 ? "across_levels" : "none";
}

/* Steps only where their budgets can be plainly invented. */
static void set_steps(struct procedure_draft *d)
{
	static const struct procedure_step steps[] = {
		{ "Tiếp nhận, chuyển xử lý", "INTAKE", "2 giờ làm việc" },
		{ "Thẩm định, dự thảo kết quả", "SPECIALIST", "1 ngày làm việc" },
		{ "Ký duyệt, trả một cửa", "LEADER", "4 giờ làm việc" },
	};

	if (d->code[0] != '0' || str_starts(d->statutory_term, "trong") ||
	    str_starts(d->statutory_term, "0,") || str_starts(d->statutory_term, "1,"))
		return;
	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		d->steps[d->n_steps++] = steps[i];
}

static void draft_of(struct procedure_draft *d, const struct demo_procedure *p, size_t i)
{
	procedure_draft_init(d);
	d->code = p->code;
	d->name = p->name;
	d->field = p->field;
	if (p->commune)
		d->levels[d->n_levels++] = "commune";
	if (p->district)
		d->levels[d->n_levels++] = "district";
	if (p->province)
		d->levels[d->n_levels++] = "province";
	d->service_level = service_level(p, i);
	d->statutory_term = p->term;
	d->statutory_basis = *p->term ? announced : "";
	d->fee = p->fee;
	d->decision = announced;
	d->decision_on = date_make(2023, 11, 20);
	d->valid_from = date_make(2023, 12, 1);
	d->note = note;
	for (size_t k = 0; k < p->n_parts; k++)
		d->parts[d->n_parts++] = (struct procedure_part){ .name = p->parts[k],
			                                          .copies = 1,
			                                          .required = true };
	set_online(d, i);
	set_steps(d);
}

static ERR_RESULT save(struct maker *m, struct procedure_draft *d)
{
	problems_init(&m->problems, m->w->arena);
	enum err e = procedure_save_in(NULL, m->w, d, &m->problems);
	if (e != ERR_OK && m->problems.first)
		return err_set(e, "%s: %s: %s", d->code, m->problems.first->field,
		               m->problems.first->message);
	return e;
}

/* One in sixteen was amended at the reform of 2025: shortened where it had a term to shorten.
 */
static ERR_RESULT amend(struct maker *m, size_t i)
{
	struct procedure_draft d;

	draft_of(&d, &m->list[i], i);
	d.decision = amended;
	d.decision_on = date_make(2025, 6, 25);
	d.valid_from = demo_merger_day();
	d.decision_kind = "amended";
	if (d.code[0] == '0' && str_eq(d.statutory_term, "3 ngày làm việc")) {
		d.shortened_term = "2 ngày làm việc";
		d.shortened_basis = amended;
	}
	d.simplified_on = i % 32 == 5 ? date_make(2025, 5, 12) : DATE_NONE;
	d.any_place = true;
	return save(m, &d);
}

/* What districts did ended with them. */
static ERR_RESULT repeal(struct maker *m, size_t i)
{
	struct procedure_repeal r = { .procedure = m->ids[i],
		                      .decision = repealed,
		                      .decision_on = date_make(2025, 6, 26),
		                      .valid_from = demo_merger_day() };

	problems_init(&m->problems, m->w->arena);
	return procedure_repeal_in(m->w, &r, &m->problems);
}

static enum err make(struct db_write_context *w, void *arg)
{
	struct maker *m = arg;

	m->w = w;
	for (size_t i = 0; i < m->n; i++) {
		struct procedure_draft d;

		draft_of(&d, &m->list[i], i);
		TRY(save(m, &d));
		TRY(procedure_find_code(&m->ids[i], w->db, w->arena, d.code));
		if (m->list[i].district)
			TRY(repeal(m, i));
		else if (i % 16 == 5)
			TRY(amend(m, i));
	}
	return ERR_OK;
}

enum err demo_make_catalogue(struct db_writer *writer, struct arena *a,
                             struct demo_catalogue *out)
{
	struct change change = { .at = INSTANT_NONE,
		                 .origin = "cli",
		                 .action = "demo.catalogue" };
	const struct embedded_file *file = embedded_find("demo/procedures.tsv");
	struct demo_procedure *list;
	struct maker m = { .w = NULL };

	if (!file)
		return err_set(ERR_INTERNAL, "demo/procedures.tsv is not embedded");
	TRY(demo_read_procedures(a, (const char *)file->bytes, file->n, &list, &m.n));
	m.list = list;
	TRY(arena_array(a, &m.ids, m.n));
	TRY(db_write(writer, &change, make, &m));
	*out = (struct demo_catalogue){ m.list, m.ids, m.n };
	return ERR_OK;
}
