#include "text/reading_parts.h"

/* Types of documents and their codes: Nghị định 30/2020/NĐ-CP, phụ lục III, and the laws.
 * Longer names first. */
static const struct {
	const char *name, *code;
} types[] = {
	{ "thông báo kết luận", "TB" },
	{ "thông tư liên tịch", "TTLT" },
	{ "nghị quyết liên tịch", "NQLT" },
	{ "nghị quyết", "NQ" },
	{ "quyết định", "QĐ" },
	{ "nghị định", "NĐ" },
	{ "thông tư", "TT" },
	{ "chỉ thị", "CT" },
	{ "kế hoạch", "KH" },
	{ "báo cáo", "BC" },
	{ "công văn", "" },
	{ "kết luận", "KL" },
	{ "thông báo", "TB" },
	{ "chương trình", "CTr" },
	{ "đề án", "ĐA" },
	{ "hướng dẫn", "HD" },
	{ "tờ trình", "TTr" },
	{ "quy định", "QyĐ" },
	{ "quy chế", "QC" },
	{ "thông cáo", "TC" },
	{ "phương án", "PA" },
	{ "dự án", "DA" },
	{ "biên bản", "BB" },
	{ "hợp đồng", "HĐ" },
	{ "công điện", "CĐ" },
	{ "giấy mời", "GM" },
	{ "pháp lệnh", "PL" },
	{ "bộ luật", "" },
	{ "luật", "" },
	{ "văn bản", "" },
	{ "lệnh", "" },
};

/* Written as their code, in capitals. */
static const struct {
	const char *name, *code;
} short_types[] = {
	{ "qđ", "QĐ" }, { "nq", "NQ" }, { "nđ", "NĐ" }, { "tt", "TT" }, { "kh", "KH" },
	{ "bc", "BC" }, { "ct", "CT" }, { "tb", "TB" }, { "cv", "" },   { "ttr", "TTr" },
};

size_t citation_type_before(const struct reader *r, size_t i, const char **code)
{
	for (size_t k = 0; k < sizeof(types) / sizeof(types[0]); k++) {
		size_t n = token_said_before(r, i, types[k].name);

		if (n) {
			*code = types[k].code;
			return n;
		}
	}
	for (size_t k = 0; k < sizeof(short_types) / sizeof(short_types[0]); k++) {
		if (token_is(r, i - 1, short_types[k].name) && token_at(r, i - 1)->upper) {
			*code = short_types[k].code;
			return 1;
		}
	}
	*code = "";
	return 0;
}

size_t citation_type_at(const struct reader *r, size_t i)
{
	for (size_t k = 0; k < sizeof(types) / sizeof(types[0]); k++) {
		size_t n = token_says(r, i, types[k].name);

		if (n)
			return n;
	}
	return 0;
}
