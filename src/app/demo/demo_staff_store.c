/* demo_staff_store.c - the accounts of the demo. */
#include "app/demo/demo_store.h"

#include "app/account/account_store.h"
#include "base/str.h"

/* Of DEMO_PASSWORD.  Fixed, because the same seed must give the same rows. */
static const char *const hash = "$argon2id$v=19$m=19456,t=2,p=1$VbR26TLp+GFz3W6mcHEQ5w$"
                                "uQYcMkhQ5NAqOGtC+Hg8C5WlW7lAE+a6rWe32GqJKpM";

const struct demo_account demo_accounts[] = {
	{ "motcua",
	  "Nguyễn Thị Hoa Mẫu",
	  "Công chức Văn phòng - Thống kê",
	  { "INTAKE", "SPECIALIST", "COMPILER" },
	  "một người nhiều việc: tiếp nhận, xử lý, lập biểu",
	  false },
	{ "tiepnhan",
	  "Trần Văn An Mẫu",
	  "Công chức một cửa",
	  { "INTAKE" },
	  "tiếp nhận và trả kết quả",
	  false },
	{ "chuyenvien",
	  "Lê Thị Bình Mẫu",
	  "Công chức Tư pháp - Hộ tịch",
	  { "SPECIALIST" },
	  "xử lý hồ sơ được chuyển đến",
	  false },
	{ "lanhdao",
	  "Phạm Quang Hải Mẫu",
	  "Chủ tịch UBND xã",
	  { "LEADER" },
	  "gia hạn, dừng, từ chối; xem biểu mẫu",
	  false },
	{ "lapbieu",
	  "Hoàng Thu Lan Mẫu",
	  "Công chức Văn phòng",
	  { "COMPILER" },
	  "nhập và kiểm tra biểu mẫu",
	  false },
	{ "vanthu", "Đinh Thị Yến Mẫu", "Văn thư", { "CLERK" }, "vào số, gửi báo cáo", false },
	{ "danhmuc",
	  "Phan Đức Minh Mẫu",
	  "Chuyên viên kiểm soát TTHC",
	  { "CATALOGUE" },
	  "danh mục thủ tục, lịch nghỉ của tỉnh",
	  true },
	{ "sonoivu",
	  "Vũ Ngọc Mai Mẫu",
	  "Chuyên viên Sở Nội vụ",
	  { "COMPILER" },
	  "biểu mẫu và hồ sơ toàn tỉnh",
	  true },
	{ "lanhdaotinh",
	  "Trịnh Văn Phúc Mẫu",
	  "Phó Chủ tịch UBND tỉnh",
	  { "LEADER" },
	  "ký báo cáo của tỉnh",
	  true },
	{ "vanthutinh",
	  "Hồ Thị Nga Mẫu",
	  "Văn thư",
	  { "CLERK" },
	  "vào số, gửi báo cáo của tỉnh",
	  true },
	{ "kiemtra",
	  "Đặng Hữu Nam Mẫu",
	  "Thanh tra viên",
	  { "AUDITOR" },
	  "chỉ xem, số định danh bị che",
	  true },
	{ "quantri",
	  "Bùi Gia Khoa Mẫu",
	  "Quản trị hệ thống",
	  { "ADMINISTRATOR" },
	  "đơn vị và tài khoản, không xem dữ liệu",
	  true },
};
const size_t demo_n_accounts = ARRAY_LEN(demo_accounts);

struct maker {
	struct db_write_context *w;
	const struct demo_tree *tree;
	struct demo_staff *staff;
	struct problems problems;
	struct demo_random random;
};

static ERR_RESULT explain(enum err e, const struct maker *m, const char *login)
{
	if (e != ERR_OK && m->problems.first)
		return err_set(e, "%s: %s", login, m->problems.first->message);
	return e;
}

static ERR_RESULT add(struct maker *m, row_id *out, struct account_draft *d)
{
	d->password_hash = hash;
	problems_init(&m->problems, m->w->arena);
	return explain(account_add_in(out, m->w, d, &m->problems), m, d->login);
}

static ERR_RESULT grant(struct maker *m, const struct account_granting *g)
{
	problems_init(&m->problems, m->w->arena);
	return explain(account_grant_in(m->w, g, &m->problems), m, g->role);
}

/* Between which days an officer serves. */
struct term_of_office {
	date_t from, to;
};

/* The officer of one unit, who takes in and settles. */
static ERR_RESULT add_officer(struct maker *m, row_id *out, const char *kind, int number,
                              row_id unit, struct term_of_office in)
{
	struct demo_person person;
	struct account_draft d = { .name = person.name,
		                   .title = "Công chức một cửa",
		                   .unit_id = unit };

	do
		demo_person(&m->random, "", &person);
	while (person.organisation);
	TRY(arena_printf(m->w->arena, &d.login, "%s%03d", kind, number));
	TRY(add(m, out, &d));
	static const char *const roles[] = { "INTAKE", "SPECIALIST" };
	for (size_t i = 0; i < ARRAY_LEN(roles); i++)
		TRY(grant(m, &(struct account_granting){ .account = *out,
		                                         .unit = unit,
		                                         .role = roles[i],
		                                         .from_on = in.from,
		                                         .to_on = in.to }));
	return ERR_OK;
}

/* The accounts of the largest commune that pass dossiers to each other. */
static const char *const hands[DEMO_HANDS] = { "motcua", "chuyenvien", "lanhdao" };

static ERR_RESULT add_named(struct maker *m)
{
	for (size_t i = 0; i < demo_n_accounts; i++) {
		const struct demo_account *one = &demo_accounts[i];
		row_id unit = one->province ? m->tree->province : m->tree->old_communes[0];
		struct account_draft d = { .login = one->login,
			                   .name = one->name,
			                   .title = one->title,
			                   .unit_id = unit };
		row_id id;

		TRY(add(m, &id, &d));
		for (size_t k = 0; k < DEMO_HANDS; k++)
			if (str_eq(one->login, hands[k]))
				m->staff->hands[k] = id;
		for (size_t k = 0; k < ARRAY_LEN(one->roles) && one->roles[k]; k++)
			TRY(grant(m, &(struct account_granting){ .account = id,
			                                         .unit = unit,
			                                         .role = one->roles[k],
			                                         .from_on = demo_first_day(),
			                                         .to_on = DATE_NONE }));
	}
	return ERR_OK;
}

static enum err make(struct db_write_context *w, void *arg)
{
	struct maker *m = arg;
	const struct term_of_office always = { demo_first_day(), DATE_NONE };
	const struct term_of_office before = { always.from, date_add(demo_merger_day(), -1) };
	const struct term_of_office since = { demo_merger_day(), DATE_NONE };

	m->w = w;
	TRY(add_named(m));
	for (int i = 0; i < DEMO_OLD_COMMUNES; i++)
		TRY(add_officer(m, &m->staff->old_communes[i], "xa", 1 + i,
		                m->tree->old_communes[i],
		                demo_merged_into(i) < 0 ? always : before));
	for (int i = 0; i < DEMO_MERGED; i++)
		TRY(add_officer(m, &m->staff->merged[i], "xamoi", 1 + i, m->tree->merged[i],
		                since));
	for (int i = 0; i < DEMO_DISTRICTS; i++)
		TRY(add_officer(m, &m->staff->districts[i], "huyen", 1 + i,
		                m->tree->districts[i], before));
	for (int i = 0; i < DEMO_DEPARTMENTS; i++)
		TRY(add_officer(m, &m->staff->departments[i], "so", 1 + i,
		                m->tree->departments[i], always));
	return ERR_OK;
}

enum err demo_make_staff(struct db_writer *writer, const struct demo_tree *tree,
                         struct demo_staff *out)
{
	struct change change = { .at = INSTANT_NONE,
		                 .origin = "cli",
		                 .action = "demo.accounts" };
	struct maker m = { .tree = tree, .staff = out, .random = { 2026 } };

	return db_write(writer, &change, make, &m);
}
