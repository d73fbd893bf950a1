/* slip_template.h - which printed form holds on a day, and in whose name it goes out.
 *
 * Rows stand in slip_templates.def: the set of Thông tư 01/2018/TT-VPCP (hướng dẫn Nghị định
 * 61/2018/NĐ-CP) and, since 15/9/2025, Phụ lục I of Thông tư 03/2025/TT-VPCP (hướng dẫn Nghị
 * định 118/2025/NĐ-CP).
 */
#ifndef APP_SLIP_SLIP_TEMPLATE_H
#define APP_SLIP_SLIP_TEMPLATE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/date.h"

enum slip_kind {
	SLIP_RECEIPT,    /* 01 Giấy tiếp nhận hồ sơ và hẹn trả kết quả */
	SLIP_SUPPLEMENT, /* 02 Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ */
	SLIP_REFUSAL,    /* 03 Phiếu từ chối tiếp nhận giải quyết hồ sơ */
	SLIP_APOLOGY, /* 04 Phiếu xin lỗi và hẹn lại; văn bản xin lỗi và đề nghị gia hạn */
	SLIP_STOP,    /* 05 Thông báo dừng giải quyết hồ sơ (since 2025) */
	SLIP_CONTROL, /* 06 Phiếu kiểm soát quá trình giải quyết hồ sơ (2018: 05) */
	SLIP_FOLLOW_UP, /* 07 Sổ theo dõi hồ sơ (2018: 06) */
	SLIP_KIND_COUNT
};

/* One form as it is printed between two days. */
struct slip_template {
	enum slip_kind kind;
	const char *number;   /* "01" */
	const char *title;    /* in capitals */
	const char *notation; /* after the number: "TNHS"; NULL: a slip without a number */
	const char *basis;    /* the act that carries the form */
	int from, to;         /* days as 20250915, both included; 0: still in force */
	int copies;           /* số liên */
	bool by_desk;         /* issued by the desk; otherwise by the office itself */
};
/* Never NULL: for a day before the first row of a kind (05 before 2025 is one), that row. */
const struct slip_template *slip_template_on(enum slip_kind kind, date_t on);

/* The word in addresses: "receipt", "supplement", "refusal", "apology", "stop", "control",
 * "follow-up". */
const char *slip_kind_word(enum slip_kind kind);
bool slip_kind_parse(enum slip_kind *out, const char *word);

/* The office in whose name a slip goes out.  What the unit states as its letterhead holds;
 * without it a UBND prints its own two lines ("ỦY BAN NHÂN DÂN" / "XÃ X") and no parent,
 * another office prints the parent above. */
struct slip_office {
	const char *name; /* "Ủy ban nhân dân xã Hương Sơn", "Xã Hương Sơn", "Sở Nội vụ" */
	const char *parent; /* the line above; NULL: none */
	const char
	        *letterhead; /* its own lines, "ỦY BAN NHÂN DÂN\nXÃ X"; NULL: made from name */
	const char *desk;  /* NULL: the desk's usual name on that day (slip_desk_name) */
	const char *place; /* địa danh of the date line: "Hương Sơn" */
	const char *address, *phone;
};
const char *slip_desk_name(date_t on);

/* The lines of a letterhead, in capitals; `above` may be NULL. */
struct slip_letterhead {
	const char *above; /* regular weight */
	const char *first; /* bold */
	const char *second;
};
ERR_RESULT slip_letterhead_of(struct slip_letterhead *out, struct arena *a,
                              const struct slip_office *office, bool by_desk, date_t on);
/* "UBND xã Hương Sơn": the office in running text. */
ERR_RESULT slip_office_short(const char **out, struct arena *a, const char *name);

#endif
