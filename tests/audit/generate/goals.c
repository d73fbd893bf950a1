/* goals.c - plans: goals in the text, the same goals in the annex. */
#include "parts.h"

static const struct {
	const char *text, *table, *task;
} GOALS[] = {
	{ "Tỷ lệ hồ sơ giải quyết đúng hạn đạt tối thiểu {0}%.",
	  "Tỷ lệ hồ sơ giải quyết đúng hạn đạt tối thiểu {0}%", "Đôn đốc qua phần mềm" },
	{ "Từ {0}% hồ sơ trở lên được nộp trực tuyến.", "{0}% hồ sơ được nộp trực tuyến",
	  "Mở điểm hướng dẫn nộp hồ sơ" },
	{ "Mức độ hài lòng của người dân đạt trên {0}%.",
	  "Mức độ hài lòng của người dân đạt trên {0}%", "Khảo sát ý kiến" },
	{ "Tối thiểu {0}% kết quả giải quyết thủ tục hành chính được số hóa.",
	  "Tối thiểu {0}% kết quả giải quyết thủ tục hành chính được số hóa",
	  "Bố trí máy quét" },
	{ "{0}% phản ánh, kiến nghị được xử lý đúng hạn.",
	  "{0}% phản ánh, kiến nghị được xử lý đúng hạn", "Phân công người theo dõi" },
	{ "{0}% văn bản đi được ký số.", "{0}% văn bản đi được ký số", "Cấp chữ ký số" },
};
enum { N_GOALS = sizeof GOALS / sizeof GOALS[0] };

static const char *goal(struct report *r, const char *text, long percent)
{
	return WORDS(r, VALUES(kept(r, "%ld", percent)), text);
}

static void write_goal_table(struct report *r, const long *percents, uint32_t wrong_goal)
{
	static const char *const when[] = { "Thường xuyên", "Quý II", "Quý III", "Hằng quý" };
	const char *last = "", *unit = r->level == DEPARTMENT ? "Văn phòng Sở" : "Văn phòng";
	bool again = here(r, DUPLICATE, 1), gap = here(r, NUMBERING, 2);
	add(r, "STT\tMục tiêu\tNhiệm vụ\tBộ phận chủ trì\tThời gian hoàn thành");
	for (uint32_t i = 0; i < N_GOALS; i++) {
		bool wrong = here(r, GOAL_TABLE, 0) && i == wrong_goal;
		long percent =
		        wrong ? percents[i] + (percents[i] > 80 ? -5 : 5) * between(r, 1, 3)
		              : percents[i];
		const char *rest = kept(r, "%s\t%s\t%s\t%s", goal(r, GOALS[i].table, percent),
		                        GOALS[i].task, unit, when[draw(r, 4)]);
		add_marked(r, kept(r, "%d\t%s", (int)i + 1 + (gap && i > 2), rest),
		           wrong || (gap && i > 1));
		if (i == 1)
			last = rest;
	}
	if (again) {
		add_marked(r, kept(r, "%d\t%s", N_GOALS + 1, last), true);
		accept(r, "suspect-or-fail", "duplicate");
	}
	if (gap)
		accept(r, "suspect-or-fail", "numbering");
	if (r->fault == GOAL_TABLE)
		accept(r, "fail", "goal-table|text-table|text-text");
}

void write_plan(struct report *r)
{
	long percents[N_GOALS];
	uint32_t wrong_goal = draw(r, N_GOALS);
	add(r, "I. MỤC TIÊU");
	for (uint32_t i = 0; i < N_GOALS; i++) {
		percents[i] = 5 * between(r, 11, 20);
		add_marked(r, kept(r, "- %s", goal(r, GOALS[i].text, percents[i])),
		           here(r, GOAL_TABLE, 0) && i == wrong_goal);
	}
	add(r, "II. NHIỆM VỤ");
	write_tasks_ahead(r);
	add(r, "III. TỔ CHỨC THỰC HIỆN");
	filler(r, 2, "- ");
	write_tail(r);
	annex(r, kept(r, "NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM %d", r->date.y));
	write_goal_table(r, percents, wrong_goal);
}
