/* slip.h - what the seven slips (phiếu, mẫu giấy) of the one-stop desk show.
 *
 * Plain values, no database: a loader fills them, slip_pdf draws them in the layout of Nghị
 * định 30/2020/NĐ-CP, Phụ lục I.  Fields are those of Thông tư 01/2018/TT-VPCP and Thông tư
 * 03/2025/TT-VPCP; slip_template_on() says which set holds on a day.
 *
 * All texts are UTF-8 in ordinary case and belong to the caller; NULL or "" prints a dotted
 * line to be filled by hand, or nothing where the field is optional.
 */
#ifndef APP_SLIP_SLIP_H
#define APP_SLIP_SLIP_H

#include <stddef.h>

#include "app/slip/slip_template.h"
#include "base/date.h"

/* Applicant (người nộp hồ sơ, cá nhân hoặc tổ chức); masked already where it must be. */
struct slip_person {
	const char *name, *identity, *address, *phone, *email;
};

/* Who signs: "KT. CHỦ TỊCH" / "PHÓ CHỦ TỊCH" / name.  authority NULL: the position alone. */
struct slip_signer {
	const char *authority, *position, *name;
};

/* What all slips about one dossier share. */
struct slip_dossier {
	struct slip_office office;
	const char *number; /* "15" of "Số: 15/TNHS" */
	date_t issued_on;
	const char *code;      /* mã hồ sơ, ASCII */
	const char *procedure; /* tên thủ tục hành chính */
	const char *field;     /* lĩnh vực */
	struct slip_person person;
	instant_t received_at, due_at; /* INSTANT_NONE: none */
	const char *officer;           /* người tiếp nhận, người hướng dẫn */
	struct slip_signer signer;     /* 04, 05: of the office */
};

/* One paper of the file (thành phần hồ sơ). */
struct slip_part {
	const char *name;
	const char *form; /* bản chính, bản chứng thực, bản sao; may be NULL */
	int quantity;     /* 0: not stated */
};

/* The column of a part in slip 02; a form that says nothing is an original. */
enum slip_part_kind { SLIP_ORIGINAL, SLIP_CERTIFIED, SLIP_COPY };
ERR_RESULT slip_part_kind_of(enum slip_part_kind *out, struct arena *a, const char *form);

struct slip_receipt {
	struct slip_dossier dossier;
	const struct slip_part *parts;
	size_t n_parts;
	int sets;                /* số lượng hồ sơ (bộ) */
	const char *return_at;   /* đăng ký nhận kết quả tại */
	const char *fee;         /* "8.000 đồng", "Không"; NULL: dots */
	const char *book, *line; /* Vào Sổ theo dõi hồ sơ: Quyển số, Số thứ tự */
};

struct slip_supplement {
	struct slip_dossier dossier;
	const struct slip_part *parts; /* what is asked for */
	size_t n_parts;
	const char *reason;
	date_t reply_by; /* DATE_NONE: not set */
};

struct slip_refusal {
	struct slip_dossier dossier;
	const char *reason;
};

struct slip_apology {
	struct slip_dossier dossier; /* due_at: the first due date */
	const char *reason;
	instant_t new_due_at;
	int times; /* which extension: 1, 2 ...; 0: not stated */
};

struct slip_stop {
	struct slip_dossier dossier;
	const char *reason, *basis;
	instant_t stopped_at;
};

/* One hand-over (luân chuyển) of the control slip. */
enum slip_timing { SLIP_TIMING_NONE, SLIP_EARLY, SLIP_ON_TIME, SLIP_LATE };
struct slip_step {
	const char *from, *to;   /* person or department that gives, that takes */
	const char *name;        /* the step */
	instant_t at, due_at;    /* of the hand-over; of the step */
	enum slip_timing timing; /* of the step */
	const char *note;
};
struct slip_control {
	struct slip_dossier dossier;
	const struct slip_step *steps;
	size_t n_steps;
};

/* Sổ theo dõi hồ sơ of a period: one line for each dossier received in it. */
struct slip_follow_up_line {
	const char *code, *procedure, *person, *contact, *agency;
	int sets;
	instant_t received_at, due_at, returned_at;
	const char *return_channel, *note;
};
struct slip_follow_up {
	struct slip_office office;
	date_t from, to, printed_on;
	const struct slip_follow_up_line *lines;
	size_t n_lines;
};

/* Any of the slips about one dossier. */
struct slip_any {
	enum slip_kind kind;
	union {
		struct slip_dossier dossier; /* all begin with it */
		struct slip_receipt receipt;
		struct slip_supplement supplement;
		struct slip_refusal refusal;
		struct slip_apology apology;
		struct slip_stop stop;
		struct slip_control control;
	};
};

/* Who signs for an office, from the title of the person: "Phó Chủ tịch" of a UBND signs
 * "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH" (Nghị định 30/2020, Phụ lục I). */
ERR_RESULT slip_signer_of(struct slip_signer *out, struct arena *a,
                          const struct slip_office *office, const char *title,
                          const char *name);

#endif
