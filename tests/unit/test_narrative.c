/* The language of a report's text: grammar, conditions, comparisons, figures in words, the text
 * as it stood. */
#include "lib/test.h"

#include "app/narrative/narrative_render.h"
#include "lib/test_db.h"
#include "lib/test_form.h"

struct world {
	struct arena a;
	const struct form_set *set;
	struct narrative_cell *cells[NARRATIVE_WHENS];
	struct narrative_input input;
	struct problems problems, remarks;
	struct narrative text;
};

static int start(void **state)
{
	static struct world w;

	w = (struct world){ .set = NULL };
	arena_init(&w.a, 64 << 20);
	w.set = test_form_set(&w.a, "xa-2024");
	w.input.set = w.set;
	w.input.period = "Q1";
	for (int when = 0; when < NARRATIVE_WHENS; when++) {
		assert_ok(arena_array(&w.a, &w.cells[when], w.set->n_rows));
		for (size_t i = 0; i < w.set->n_rows; i++)
			w.cells[when][i] = (struct narrative_cell){ .value = DEC_NONE,
				                                    .numerator = DEC_NONE,
				                                    .denominator = DEC_NONE };
		w.input.cells[when] = w.cells[when];
	}
	*state = &w;
	return 0;
}

static int stop(void **state)
{
	struct world *w = *state;

	arena_release(&w->a);
	return 0;
}

static struct narrative_cell *cell(struct world *w, enum narrative_when when, const char *id)
{
	for (size_t i = 0; i < w->set->n_rows; i++)
		if (strcmp(w->set->rows[i].id, id) == 0)
			return &w->cells[when][i];
	fail_msg("no row %s", id);
	return NULL;
}

static void put(struct world *w, enum narrative_when when, const char *id, const char *value)
{
	assert_true(dec_parse(&cell(w, when, id)->value, value));
}

/* The plain text, problems and remarks below it, one a line. */
static const char *render(struct world *w, const char *source)
{
	struct narrative_parsed parsed;
	const char *plain, *out;
	struct str s;

	problems_init(&w->problems, &w->a);
	problems_init(&w->remarks, &w->a);
	assert_ok(narrative_parse(&parsed, &w->a, &w->problems, w->set, source));
	assert_ok(narrative_render(&w->text, &w->a, &w->remarks, &parsed, &w->input));
	assert_ok(narrative_plain(&plain, &w->a, &w->text));
	str_init(&s, &w->a, 1 << 20);
	str_put(&s, plain);
	for (const struct problem *p = w->problems.first; p; p = p->next)
		str_printf(&s, "%d: %s\n", p->line, p->message);
	assert_ok(str_finish(&s, &out));
	return out;
}

#define assert_renders(w, source, expected) assert_string_equal(render(w, source), expected)

static void test_blocks(void **state)
{
	struct world *w = *state;

	assert_renders(
	        w,
	        "// của {{văn phòng}} [[\n@trích yếu\nKết quả quý I\n@kính gửi\n- UBND tỉnh\n"
	        "@nội dung\n# I. CHỈ ĐẠO\n## 1. Kế hoạch\n\nLời  **đậm** và *nghiêng*.\n"
	        "- một\n+ hai\n| Tên | Số |\n|---|---|\n| a \\| b | 5 |\n| c |\n\n"
	        "Hết^[Theo *Nghị định*.].\n@nơi nhận\n- Lưu: VT.\n@ký\nCHỦ TỊCH\n",
	        "Kết quả quý I\nUBND tỉnh\nI. CHỈ ĐẠO\n1. Kế hoạch\nLời đậm và nghiêng.\n"
	        "- một\n+ hai\nTên\tSố\na | b\t5\nc\t\nHết.\n- Lưu: VT.\nCHỦ TỊCH\n"
	        "1 Theo Nghị định.\n");
	const struct narrative_block *b = w->text.blocks;

	assert_int_equal(w->text.n, 11);
	assert_int_equal(b[0].kind, NARRATIVE_SUBJECT);
	assert_int_equal(b[1].kind, NARRATIVE_ADDRESSEE);
	assert_int_equal(b[2].level, 1);
	assert_int_equal(b[3].level, 2);
	assert_int_equal(b[4].runs.n, 5);
	assert_true(b[4].runs.at[1].bold && !b[4].runs.at[1].italic);
	assert_true(b[4].runs.at[3].italic);
	assert_int_equal(b[6].level, 2);
	assert_true(b[7].kind == NARRATIVE_TABLE && b[7].has_header && b[7].columns == 2);
	assert_int_equal(b[7].n_rows, 3);
	assert_int_equal(b[8].line, 18);
	assert_int_equal(b[8].runs.at[1].kind, NARRATIVE_NOTE_MARK);
	assert_int_equal(w->text.n_notes, 1);
	assert_int_equal(b[9].kind, NARRATIVE_RECIPIENT);
	assert_int_equal(b[10].kind, NARRATIVE_SIGNATORY);
}

static void test_figures(void **state)
{
	struct world *w = *state;

	put(w, NARRATIVE_NOW, "dossier.received", "1234");
	put(w, NARRATIVE_NOW, "dossier.commune.finished", "96");
	put(w, NARRATIVE_NOW, "dossier.commune.on_time", "91");
	put(w, NARRATIVE_NOW, "petition.received", "0");
	put(w, NARRATIVE_NOW, "plan.done_rate", "36.84");
	put(w, NARRATIVE_NOW, "survey.method", "2");
	put(w, NARRATIVE_NOW, "investment.planned", "1302.826");
	cell(w, NARRATIVE_NOW, "plan.done_rate")->numerator = dec_from_int(7);
	cell(w, NARRATIVE_NOW, "plan.done_rate")->denominator = dec_from_int(19);
	cell(w, NARRATIVE_NOW, "plan.done_rate")->note = "02 nhiệm vụ chưa đến hạn";
	assert_renders(w, "{{dossier.received}} hồ sơ, {{8/6.4.1}}", "1.234 hồ sơ, 1.234\n");
	assert_renders(w, "{{dossier.commune.finished - dossier.commune.on_time}}", "05\n");
	assert_renders(w, "{{petition.received}}; {{petition.received | không đệm}}",
	               "00; 0\n");
	assert_renders(w, "{{petition.received | kèm đơn vị}}", "00 PAKN\n");
	assert_renders(w, "{{dossier.received | kèm đơn vị}}", "1.234 hồ sơ\n");
	assert_renders(w, "{{dossier.received | \"bộ hồ sơ\"}}", "1.234 bộ hồ sơ\n");
	assert_renders(w, "{{plan.done_rate}}", "36,84%\n");
	assert_renders(w, "{{plan.done_rate | 1 chữ số}}", "36,8%\n");
	assert_renders(w, "{{plan.done_rate | tử số}}; {{plan.done_rate|mẫu số}}", "07; 19\n");
	assert_renders(w, "{{plan.done_rate | phân số}}", "7/19\n");
	assert_renders(w, "{{plan.done_rate | ghi chú}}", "02 nhiệm vụ chưa đến hạn\n");
	assert_renders(w, "{{survey.method}}", "kết hợp\n");
	assert_renders(w, "{{investment.planned | kèm đơn vị}}", "1.302,826 triệu đồng\n");
	assert_renders(w, "{{plan.tasks}} nhiệm vụ", "…… nhiệm vụ\n");
	assert_int_equal(w->remarks.n, 1);
	assert_int_equal(w->text.n_blank, 1);
	assert_true(dec_is_none(w->text.blocks[0].runs.at[0].value));
	assert_string_equal(w->text.blocks[0].runs.at[0].indicator, "plan.tasks");
}

static void test_changes(void **state)
{
	struct world *w = *state;

	put(w, NARRATIVE_NOW, "dossier.received", "341");
	put(w, NARRATIVE_LAST_YEAR, "dossier.received", "353");
	put(w, NARRATIVE_LAST_PERIOD, "dossier.received", "341");
	put(w, NARRATIVE_NOW, "plan.done_rate", "36.8");
	put(w, NARRATIVE_LAST_YEAR, "plan.done_rate", "31.6");
	put(w, NARRATIVE_NOW, "petition.received", "4");
	put(w, NARRATIVE_LAST_YEAR, "petition.received", "0");
	assert_renders(w, "{{dossier.received | so cùng kỳ}}", "giảm 12 hồ sơ (3,4%)\n");
	assert_int_equal(w->text.blocks[0].runs.at[0].kind, NARRATIVE_CHANGE);
	assert_int_equal(w->text.blocks[0].runs.at[0].value.micro, -12 * DEC_ONE);
	assert_renders(w, "{{dossier.received | so kỳ trước}}", "không thay đổi\n");
	assert_renders(w, "{{plan.done_rate | so cùng kỳ}}", "tăng 5,2 điểm phần trăm\n");
	assert_renders(w, "{{petition.received | so cùng kỳ}}", "tăng 04 PAKN\n");
	assert_renders(w, "{{dossier.received | cùng kỳ}}", "353\n");
	assert_renders(w, "{{dossier.received}}[[ ({{petition.received | so kỳ trước}})]].",
	               "341.\n");
	assert_int_equal(w->remarks.n, 0);
	assert_renders(w, "{{dossier.received}}[[, {{dossier.received | so cùng kỳ}}]].",
	               "341, giảm 12 hồ sơ (3,4%).\n");
	w->input.cells[NARRATIVE_LAST_YEAR] = NULL;
	assert_renders(w, "a[[ {{dossier.received | so cùng kỳ}}]]", "a\n");
}

static void test_conditions(void **state)
{
	struct world *w = *state;

	put(w, NARRATIVE_NOW, "dossier.commune.finished", "96");
	put(w, NARRATIVE_NOW, "dossier.commune.on_time", "96");
	const char *late =
	        "{{nếu dossier.commune.finished > dossier.commune.on_time}}\ncó hồ sơ trễ\n"
	        "{{không thì}}\nkhông có hồ sơ trễ\n{{hết}}\n";

	assert_renders(w, late, "không có hồ sơ trễ\n");
	put(w, NARRATIVE_NOW, "dossier.commune.on_time", "95");
	assert_renders(w, late, "có hồ sơ trễ\n");
	cell(w, NARRATIVE_NOW, "dossier.commune.on_time")->value = DEC_NONE;
	assert_renders(w, late, "");
	assert_int_equal(w->remarks.n, 1);
	assert_int_equal(w->remarks.first->line, 1);
	assert_renders(w, "A{{nếu có dossier.commune.on_time}}B{{không thì}}C{{hết}}D",
	               "ACD\n");
	assert_renders(w, "{{nếu dossier.commune.finished = 96 và kỳ là Q1}}x{{hết}}", "x\n");
	assert_renders(w, "{{nếu (kỳ là Y hoặc kỳ là H1) và có plan.tasks}}x{{hết}}", "");
	assert_int_equal(w->remarks.n, 0);
	assert_renders(w, "{{nếu không có plan.tasks}}x{{hết}}", "x\n");
	/* Unknown and false is false, unknown or true is true. */
	assert_renders(w, "{{nếu plan.tasks > 0 và kỳ là Y}}x{{không thì}}y{{hết}}", "y\n");
	assert_renders(w, "{{nếu plan.tasks > 0 hoặc kỳ là Q1}}x{{không thì}}y{{hết}}", "x\n");
	assert_renders(w, "{{nếu kỳ là Q1}}{{nếu kỳ là Y}}a{{không thì}}b{{hết}}{{hết}}",
	               "b\n");
}

static void test_lists(void **state)
{
	struct world *w = *state;
	const struct narrative_name units[] = { { "xã A", DEC_NONE },
		                                { "xã B", DEC_NONE },
		                                { "phường C", DEC_NONE } };
	const struct narrative_name fields[] = { { "Hộ tịch", dec_from_int(12) },
		                                 { "Đất đai", dec_from_int(3) } };

	w->input.missing = (struct narrative_names){ units, 3 };
	w->input.variables[NARRATIVE_THE_UNIT] = "Xã Mẫu *Một*";
	w->input.variables[NARRATIVE_THE_PERIOD] = "quý I năm 2024";
	cell(w, NARRATIVE_NOW, "online.offered")->fields =
	        (struct narrative_names){ fields, 2 };
	cell(w, NARRATIVE_NOW, "plan.tasks")->note = "điều chỉnh";
	assert_renders(w, "Chưa gửi: {{danh sách đơn vị chưa gửi}}.",
	               "Chưa gửi: xã A, xã B và phường C.\n");
	assert_renders(w,
	               "{{mỗi lĩnh vực của online.offered}}\n- {{tên}}: {{số}}\n{{hết}}\nhết",
	               "- Hộ tịch: 12\n- Đất đai: 3\nhết\n");
	assert_true(w->text.blocks[1].repeated && !w->text.blocks[2].repeated);
	assert_renders(w, "{{nếu có đơn vị đã gửi}}x{{không thì}}chưa ai gửi{{hết}}",
	               "chưa ai gửi\n");
	assert_renders(w, "{{danh sách ghi chú của biểu 2}}", "điều chỉnh\n");
	assert_renders(w, "{{đơn vị}}, {{đơn vị | chữ hoa}}, {{kỳ}}",
	               "Xã Mẫu *Một*, XÃ MẪU *MỘT*, quý I năm 2024\n");
	assert_string_equal(w->text.blocks[0].runs.at[0].marker, "{{đơn vị}}");
}

static void test_own_statements(void **state)
{
	struct world *w = *state;

	assert_renders(w, "{{tự nêu 1.025 thay dossier.received}} hồ sơ, {{tự nêu 25}} tin bài",
	               "1.025 hồ sơ, 25 tin bài\n");
	const struct narrative_run *r = w->text.blocks[0].runs.at;

	assert_int_equal(w->text.n_stated, 2);
	assert_int_equal(r[0].kind, NARRATIVE_STATED);
	assert_string_equal(r[0].indicator, "dossier.received");
	assert_string_equal(r[0].form, "8");
	assert_null(r[2].reference);
}

static void test_problems(void **state)
{
	static const struct {
		const char *source;
		int line;
		const char *says;
	} cases[] = {
		{ "a\n{{dossier.nothing}}", 2, "Không có chỉ tiêu \"dossier.nothing\"" },
		{ "{{9/1}}", 1, "Không có chỉ tiêu \"9/1\"" },
		{ "{{8/6}}", 1, "dòng tiêu đề" },
		{ "{{}}", 1, "Cần tên một chỉ tiêu" },
		{ "a\nb {{dossier.received", 2, "chưa được đóng bằng }}" },
		{ "a\n{{nếu có dossier.received}}\nb\n", 2, "chưa được đóng. Thêm {{hết}}" },
		{ "a\n\n{{hết}}", 3, "{{hết}} thừa" },
		{ "{{không thì}}", 1, "{{không thì}} không nằm trong" },
		{ "{{nếu dossier.received}}a{{hết}}", 1, "Cần một phép so sánh" },
		{ "{{nếu dossier.received > 1.000}}a{{hết}}", 1, "không phải một số" },
		{ "{{nếu kỳ là quý}}a{{hết}}", 1, "Q1, H1, Q3 hoặc Y" },
		{ "{{nếu (kỳ là Q1}}a{{hết}}", 1, "Thiếu dấu )" },
		{ "{{dossier.received | đỏ}}", 1, "Không có cách in \"đỏ\"" },
		{ "{{dossier.received lạ}}", 1, "Không hiểu \"lạ\"" },
		{ "{{dossier.received | \"bộ}}", 1, "chưa được đóng" },
		{ "{{danh sách xe}}", 1, "Không có danh sách \"xe\"" },
		{ "{{danh sách ghi chú của biểu 99}}", 1, "Không có biểu \"99\"" },
		{ "{{tự nêu }}", 1, "cần con số" },
		{ "{{= figure \"5\" 5 - -}}", 1, "Cần tên một chỉ tiêu" },
		{ "x [[a\nb", 1, "[[ chưa được đóng" },
		{ "x ]] y", 1, "]] thừa" },
		{ "x ^[note\ny]", 1, "Chú thích ^[ chưa được đóng" },
		{ "@lạ\n", 1, "Không có phần \"@lạ\"" },
		{ "[[[[[[[[[[[[[[[[[[[[", 1, "quá 8 lớp" },
		{ "{{nếu ((((((((((kỳ là Q1}}", 1, "quá 8 lớp" },
		{ "{{dossier.received - dossier.received | tử số}}", 1, "chỉ dùng với một" },
	};
	struct world *w = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		render(w, cases[i].source);
		if (w->problems.n == 0 || w->problems.first->line != cases[i].line ||
		    !strstr(w->problems.first->message, cases[i].says))
			fail_msg("%s: %zu problems, %d: %s", cases[i].source, w->problems.n,
			         w->problems.first ? w->problems.first->line : 0,
			         w->problems.first ? w->problems.first->message : "");
		assert_int_equal(w->text.n, 0);
	}
}

static void test_settle(void **state)
{
	struct world *w = *state;
	const char *text;

	assert_ok(
	        narrative_settle(&text, &w->a, w->set,
	                         "Có {{8/6.4.1 - 8/6.4.2}} hồ sơ\r\n{{nếu 2/1 > 0}}x{{hết}}"));
	assert_string_equal(text, "Có {{dossier.received - dossier.received_online}} hồ sơ\n"
	                          "{{nếu steering.documents > 0}}x{{hết}}");
	assert_ok(narrative_settle(&text, &w->a, w->set, "a\r\n{{9/9}}"));
	assert_string_equal(text, "a\n{{9/9}}");
}

static void test_freeze(void **state)
{
	struct world *w = *state;
	const char *frozen, *again;
	struct narrative thawed;

	put(w, NARRATIVE_NOW, "dossier.received", "5");
	w->input.variables[NARRATIVE_THE_UNIT] = "# [[Xã]] {{Mẫu}} | \\ *";
	render(w, "@trích yếu\nVề x\n@nội dung\n# I\n{{đơn vị}} **có *{{dossier.received}}* hồ "
	          "sơ^[Nguồn: **{{đơn vị}}**]**, {{tự nêu 3}}\n- \\- a\n| a | "
	          "{{dossier.received}} "
	          "|\n|---|---|\n| \\--- | {{plan.tasks}} |\n\n@ký\nCHỦ TỊCH");
	assert_int_equal(w->problems.n, 0);
	assert_ok(narrative_freeze(&frozen, &w->a, &w->text));
	assert_non_null(strstr(
	        frozen, "{{= figure \"05\" 5 8 dossier.received \"dossier.received\"}}"));
	assert_ok(narrative_thaw(&thawed, &w->a, &w->problems, frozen));
	assert_int_equal(w->problems.n, 0);
	assert_int_equal(thawed.n, w->text.n);
	assert_int_equal(thawed.n_figures, 3);
	assert_int_equal(thawed.n_blank, 1);
	assert_int_equal(thawed.n_stated, 1);
	assert_ok(narrative_freeze(&again, &w->a, &thawed));
	assert_string_equal(frozen, again);
	/* An office's text cannot pretend to be a cell. */
	render(w, frozen);
	assert_true(w->problems.n > 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_blocks),     T(test_figures), T(test_changes),
		T(test_conditions), T(test_lists),   T(test_own_statements),
		T(test_problems),   T(test_settle),  T(test_freeze),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
