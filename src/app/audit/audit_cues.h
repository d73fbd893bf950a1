/* audit_cues.h - what words of a report tell of the figures beside them: aspects by which
 * things are divided, and how figures belong together.  The words themselves: audit_cues.def.
 */
#ifndef APP_AUDIT_AUDIT_CUES_H
#define APP_AUDIT_AUDIT_CUES_H

/* An aspect by which things are divided; its values exclude each other and are bits of a set.
 */
enum aspect {
	ASPECT_NONE,
	ASPECT_TIME,
	ASPECT_STAGE,
	ASPECT_CHANNEL,
	ASPECT_SERVICE, /* how far a procedure is online */
	ASPECT_VALID,
	ASPECT_GENDER,
	ASPECT_LEVEL,
	ASPECT_CONTENT, /* satisfied or not */
	ASPECT_PASS,
	ASPECT_GRADE,
	ASPECT_EFFECT,
	ASPECT_ORIGIN,
	ASPECT_PERSON,
	ASPECT_PLANNED,
	ASPECT_BUDGET,
	ASPECTS
};
enum {
	TIME_EARLY = 1,
	TIME_ON = 2,
	TIME_WITHIN = 4, /* not due yet */
	TIME_LATE = 8,
	STAGE_DONE = 1,
	STAGE_DOING = 2,
	STAGE_NOT = 4,
	STAGE_RETURNED = 8,
	STAGE_RECEIVED = 16,
	CHANNEL_ONLINE = 1,
	CHANNEL_DIRECT = 2,
	CHANNEL_POST = 4,
	SERVICE_PART = 1,
	SERVICE_FULL = 2,
	SERVICE_LEVEL_1 = 4, /* and up to level 4 */
	SERVICE_LEVEL_2 = 8,
	SERVICE_LEVEL_3 = 16,
	SERVICE_LEVEL_4 = 32,
	SERVICE_INFORM = 64,
	SERVICE_NONE = 128,
	ONE = 1, /* of an aspect with a yes and a no */
	OTHER = 2,
	THIRD = 4,
	FOURTH = 8,
	FIFTH = 16,
	SIXTH = 32
};

enum cue {
	CUE_NONE,
	CUE_LABEL,    /* a value of an aspect */
	CUE_CONSISTS, /* gồm: what follows is all of it */
	CUE_AMONG,    /* trong đó */
	CUE_DETAIL,   /* cụ thể, kết quả */
	CUE_AND,
	CUE_REST, /* còn lại, khác */
	CUE_SOME, /* như, tiêu biểu, v.v.: the list is not closed */
	CUE_UP,   /* tăng */
	CUE_DOWN, /* giảm */
	CUE_FROM,
	CUE_TO,       /* lên, xuống, còn */
	CUE_BEFORE,   /* cùng kỳ, so với, năm trước */
	CUE_SINCE,    /* lũy kế: another window */
	CUE_EACH,     /* mỗi, bình quân */
	CUE_SHARE,    /* chiếm */
	CUE_REACH,    /* đạt, tỷ lệ, tương đương */
	CUE_GOAL,     /* phấn đấu, mục tiêu */
	CUE_PLAN,     /* kế hoạch, chỉ tiêu, được giao, dự toán */
	CUE_EXCEEDS,  /* vượt */
	CUE_TOTAL,    /* tổng số, tổng cộng */
	CUE_ON,       /* trên tổng số: a denominator follows */
	CUE_APART,    /* riêng, ngoài ra: outside the list */
	CUE_NO,       /* không, chưa */
	CUE_FOLLOWS,  /* sau, sau đây, như sau */
	CUE_ISSUED,   /* phát ra: forms of a survey */
	CUE_RETURNED, /* thu về */
	CUE_CAUSE,    /* do, vì: what follows is why, no level */
	CUES
};

#endif
