/* traps.c - sound sentences that look like faults: names with figures, other populations and
 * periods, bounds, flows whose beginning is known.
 */
#include "parts.h"

static void write_name(struct report *r)
{
	static const char *const names[] = {
		"Hệ thống quản lý chất lượng theo tiêu chuẩn ISO 9001:2015 được duy trì, cải "
		"tiến.",
		"Nhiệm vụ của Đề án 06 được giao rõ đầu mối; Tổng đài 1022 hoạt động ổn định.",
		"Các dịch vụ công mức độ 3, 4 trước đây đã được rà soát, phân loại lại theo "
		"quy định.",
		"Nghị quyết Đại hội nhiệm kỳ 2020-2025 tiếp tục được cụ thể hóa.",
		"Phòng làm việc mới rộng 42,5 m², bố trí 4 quầy giao dịch.",
		"Việc chấm điểm thực hiện theo khoản 2 Điều 5 của quy chế.",
		"Chương trình tổng thể giai đoạn 2021-2030 được lồng ghép vào nhiệm vụ thường "
		"xuyên.",
	};
	add(r, names[draw(r, sizeof names / sizeof names[0])]);
}

static void write_bound(struct report *r)
{
	long n = 100 * between(r, 3, 40);
	add(r, WORDS(r, VALUES(grouped(r, n), kept(r, "%ld", between(r, 55, 90))),
	             "Hướng dẫn khoảng {0} lượt người cài đặt ứng dụng định danh điện tử.",
	             "Hơn {0} tờ rơi đã được phát đến tận tay người dân.",
	             "Có trên {1}% số người được hỏi biết đến dịch vụ công trực tuyến.",
	             "Kinh phí mua sắm ước khoảng {0} triệu đồng."));
}

static void write_other_time(struct report *r)
{
	const struct facts *f = &r->facts;
	if (r->period == QUARTER_2 || r->period == QUARTER_3) {
		long all = f->resolved * (r->period == QUARTER_2 ? 2 : 3) + between(r, 1, 60);
		add(r, WORDS(r, VALUES(grouped(r, all)),
		             "Lũy kế từ đầu năm đến nay đã giải quyết {0} hồ sơ.",
		             "Tính chung từ đầu năm, số hồ sơ đã giải quyết là {0} hồ sơ."));
	} else {
		add(r, WORDS(r, VALUES(grouped(r, f->last_year), kept(r, "%d", r->date.y - 1)),
		             "Cùng kỳ năm {1} tiếp nhận mới {0} hồ sơ.",
		             "Số hồ sơ tiếp nhận mới của cùng kỳ năm {1} là {0} hồ sơ."));
	}
}

static void write_other_people(struct report *r)
{
	const struct facts *f = &r->facts;
	add(r,
	    WORDS(r,
	          VALUES(count(r, f->articles + between(r, 3, 40)),
	                 count(r, f->inspected + between(r, 2, 9)), count(r, between(r, 2, 6))),
	          "Báo tỉnh đã đăng {0} tin, bài về chuyển đổi số trên địa bàn.",
	          "Đoàn liên ngành kiểm tra an toàn thực phẩm tại {1} cơ sở.",
	          "Tổ chức {2} buổi đối thoại; tiếp thu 14 ý kiến, trong đó có {2} ý kiến về "
	          "đất đai."));
}

static void write_flow(struct report *r)
{
	long old = between(r, 2, 9), now = between(r, 10, 30),
	     done = between(r, old + 1, now + old - 1);
	add(r, WORDS(r,
	             VALUES(count(r, old), count(r, now), count(r, done),
	                    count(r, old + now - done)),
	             "Kỳ trước còn {0} đơn thư; trong kỳ tiếp nhận {1} đơn thư, đã giải quyết "
	             "{2} đơn thư, còn {3} đơn thư đang giải quyết.",
	             "Tổng số đơn thư phải giải quyết gồm {0} đơn kỳ trước chuyển sang và {1} "
	             "đơn mới; đã giải quyết {2} đơn, còn lại {3} đơn."));
}

void write_traps(struct report *r, int n)
{
	static void (*const all[])(struct report *) = { write_name, write_bound,
		                                        write_other_time, write_other_people,
		                                        write_flow };
	const int kinds = sizeof all / sizeof all[0];
	int first = (int)draw(r, (uint32_t)kinds);
	for (int i = 0; i < n; i++)
		all[(first + i) % kinds](r);
}
