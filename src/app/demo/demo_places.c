#include "app/demo/demo.h"

#include "base/str.h"

static const char *const first[] = {
	"An",   "Ba",    "Bình",  "Cát",  "Cẩm",   "Châu", "Chí",  "Đại",   "Đắc",
	"Đông", "Đức",   "Gia",   "Giao", "Hải",   "Hậu",  "Hiệp", "Hòa",   "Hoàng",
	"Hồng", "Hưng",  "Khánh", "Kim",  "Kỳ",    "Lạc",  "Lâm",  "Long",  "Lộc",
	"Mai",  "Minh",  "Mỹ",    "Nam",  "Nghĩa", "Ngọc", "Nhân", "Ninh",  "Phong",
	"Phú",  "Phúc",  "Quang", "Quý",  "Sơn",   "Tam",  "Tân",  "Thanh", "Thạch",
	"Thái", "Thịnh", "Thuận", "Tiên", "Trung", "Vạn",
};
static const char *const second[] = { "Mẫu", "Thượng Mẫu", "Hạ Mẫu", "Trung Mẫu" };

static const char *const districts[DEMO_DISTRICTS] = {
	"huyện Đông Mẫu", "huyện Tây Mẫu",   "huyện Nam Mẫu", "huyện Bắc Mẫu",  "huyện Sơn Mẫu",
	"huyện Hải Mẫu",  "huyện Giang Mẫu", "huyện Lâm Mẫu", "huyện Bình Mẫu", "huyện Hòa Mẫu",
};

static const char *const departments[DEMO_DEPARTMENTS] = {
	"Sở Nội vụ",
	"Sở Tư pháp",
	"Sở Tài chính",
	"Sở Công Thương",
	"Sở Xây dựng",
	"Sở Y tế",
	"Sở Giáo dục và Đào tạo",
	"Sở Khoa học và Công nghệ",
	"Sở Nông nghiệp và Môi trường",
	"Sở Văn hóa, Thể thao và Du lịch",
	"Sở Dân tộc và Tôn giáo",
	"Thanh tra tỉnh",
};

static const char *const offices[DEMO_OFFICES] = {
	"Văn phòng HĐND và UBND",
	"Phòng Kinh tế",
	"Phòng Văn hóa - Xã hội",
	"Trung tâm Phục vụ hành chính công",
};

date_t demo_first_day(void)
{
	return date_make(2023, 12, 15);
}

date_t demo_merger_day(void)
{
	return date_make(2025, 7, 1);
}

date_t demo_last_day(void)
{
	return date_make(2026, 11, 20);
}

enum err demo_commune_name(struct arena *a, const char **out, int commune)
{
	size_t n = ARRAY_LEN(first), i = (size_t)commune;

	return arena_printf(a, out, "xã %s %s", first[i % n], second[i / n]);
}

enum err demo_merged_name(struct arena *a, const char **out, int merged)
{
	return arena_printf(a, out, "xã Liên %s Mẫu", first[merged]);
}

const char *demo_district_name(int district)
{
	return districts[district];
}

const char *demo_department_name(int department)
{
	return departments[department];
}

const char *demo_office_name(int office)
{
	return offices[office];
}

int demo_merged_into(int commune)
{
	int unmerged = DEMO_OLD_COMMUNES - 2 * DEMO_MERGED;

	return commune < unmerged ? -1 : (commune - unmerged) / 2;
}

/* Communes that merge lie in one district. */
int demo_district_of(int commune)
{
	int merged = demo_merged_into(commune);

	return (merged < 0 ? commune : merged) % DEMO_DISTRICTS;
}
