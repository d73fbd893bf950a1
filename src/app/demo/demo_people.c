#include "app/demo/demo.h"

#include <stdio.h>

static const char *const surnames[] = {
	"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan",  "Vũ",
	"Đặng",   "Bùi",  "Đỗ", "Hồ",   "Ngô",   "Dương", "Lý"
};
static const char *const middles[] = { "Văn", "Thị", "Đức",   "Minh", "Ngọc", "Thanh",
	                               "Hữu", "Thu", "Quang", "Kim",  "Xuân", "Gia" };
static const char *const given[] = { "An",    "Bảo",   "Bình", "Chi",  "Cường", "Dung", "Duy",
	                             "Giang", "Hà",    "Hải",  "Hạnh", "Hiếu",  "Hoa",  "Huệ",
	                             "Hùng",  "Khoa",  "Lan",  "Linh", "Long",  "Mai",  "Nam",
	                             "Nga",   "Oanh",  "Phúc", "Quân", "Sơn",   "Tâm",  "Thảo",
	                             "Tiến",  "Trang", "Tuấn", "Uyên", "Việt",  "Yến" };
static const char *const trades[] = { "Thương mại", "Xây dựng", "Vận tải", "Nông sản",
	                              "Dịch vụ" };

#define PICK(r, list) ((list)[demo_below((r), (unsigned)ARRAY_LEN(list))])

void demo_person(struct demo_random *r, const char *commune, struct demo_person *out)
{
	out->organisation = demo_chance(r, 60);
	if (out->organisation)
		snprintf(out->name, sizeof(out->name), "Công ty TNHH %s %s Mẫu",
		         PICK(r, trades), PICK(r, given));
	else
		snprintf(out->name, sizeof(out->name), "%s %s %s Mẫu", PICK(r, surnames),
		         PICK(r, middles), PICK(r, given));
	snprintf(out->identity, sizeof(out->identity), "000%03u%06u", demo_below(r, 1000),
	         demo_below(r, 1000000));
	snprintf(out->phone, sizeof(out->phone), "0000%06u", demo_below(r, 1000000));
	snprintf(out->address, sizeof(out->address), "Thôn %u, %s", 1 + demo_below(r, 12),
	         commune);
}
