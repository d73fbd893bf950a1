/* compared.c - tables of units with rates and a total, and of this year beside the last. */
#include "parts.h"

static const char *unit_name(struct report *r, int i)
{
	static const char *const names[] = { "Một", "Hai", "Ba", "Tư", "Năm", "Sáu" };
	static const char *const kinds[] = { "Thôn Mẫu", "Xã Mẫu", "Phòng Nghiệp vụ",
		                             "Sở Mẫu" };
	return kept(r, "%s %s", kinds[r->level], names[i]);
}

/* Letters sent and letters signed electronically, by unit; the total stands first or last. */
void unit_table(struct report *r)
{
	enum { MOST = 6 };
	long sent[MOST], is_signed[MOST], all = 0, all_signed = 0;
	int n = (int)between(r, 3, MOST), wrong_unit = (int)draw(r, (uint32_t)n),
	    digits = r->digits;
	bool rate_wrong = here(r, RATIO, 5), sum_wrong = here(r, SUM, 7),
	     total_first = chance(r, 40);
	r->digits = (int)between(r, 1, 2);
	for (int i = 0; i < n; i++) {
		sent[i] = between(r, 140, 1900);
		is_signed[i] = sent[i] - between(r, 3, sent[i] / 5);
		all += sent[i];
		all_signed += is_signed[i];
	}
	const char *total =
	        kept(r, "\t%s\t%s\t%s\t%s", chance(r, 50) ? "Tổng cộng" : "Toàn đơn vị",
	             grouped(r, sum_wrong ? wrong_count(r, all) : all), grouped(r, all_signed),
	             rate(r, all_signed, all));
	add(r, "Việc ký số văn bản đi tại các đơn vị:");
	add(r, "TT\tĐơn vị\tVăn bản đi\tVăn bản ký số\tTỷ lệ (%)");
	if (total_first)
		add_marked(r, total, sum_wrong);
	for (int i = 0; i < n; i++) {
		bool wrong = rate_wrong && i == wrong_unit;
		add_marked(r,
		           kept(r, "%d\t%s\t%s\t%s\t%s", i + 1, unit_name(r, i),
		                grouped(r, sent[i]), grouped(r, is_signed[i]),
		                wrong ? wrong_rate(r, is_signed[i], sent[i])
		                      : rate(r, is_signed[i], sent[i])),
		           wrong || sum_wrong);
	}
	if (!total_first)
		add_marked(r, total, sum_wrong);
	if (rate_wrong || sum_wrong)
		accept(r, "fail", "ratio|sum|subset|cross-form");
	r->digits = digits;
}

void year_table(struct report *r)
{
	static const char *const asked[] = { "Số lượt truy cập trang thông tin điện tử",
		                             "Số cuộc họp trực tuyến",
		                             "Số văn bản điện tử nhận được",
		                             "Số lượt công dân được tiếp" };
	uint32_t wrong_row = draw(r, 4);
	add(r, kept(r, "STT\tNội dung\tNăm %d\tNăm %d\tTăng (+), giảm (-)", r->date.y - 1,
	            r->date.y));
	for (uint32_t i = 0; i < 4; i++) {
		long then = between(r, 110, 4000), now = then + between(r, -100, 900);
		bool wrong = here(r, GROWTH, 3) && i == wrong_row;
		long change = now - then + (wrong ? 10 * between(r, 1, 8) : 0);
		add_marked(r,
		           kept(r, "%u\t%s\t%s\t%s\t%s%s", i + 1, asked[i], grouped(r, then),
		                grouped(r, now),
		                change > 0   ? "+"
		                : change < 0 ? "-"
		                             : "",
		                grouped(r, change < 0 ? -change : change)),
		           wrong);
		if (wrong)
			accept(r, "fail", "growth|sum");
	}
}
