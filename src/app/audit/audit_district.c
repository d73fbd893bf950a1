/* Offices of the districts in papers of a time without them: from 01/7/2025 government has two
 * levels, province and commune (Luật Tổ chức chính quyền địa phương số 72/2025/QH15). */
#include "app/audit/audit_paper.h"

#include <string.h>

#include "base/str.h"

enum { LAST_DISTRICT_YEAR = 2025, TWO_LEVELS_MONTH = 7, ADDRESS_WORDS = 4, MOST_SHOWN = 6 };

static bool has_districts(struct audit *x)
{
	date_t day = audit_paper_day(x),
	       end = date_make(LAST_DISTRICT_YEAR, TWO_LEVELS_MONTH, 1);

	if (date_is_none(day))
		return x->document->head.year <= LAST_DISTRICT_YEAR;
	return date_cmp(day, end) < 0;
}

/* What was done before, and the change itself, may name the district. */
static bool tells_of_before(const struct passage *p, struct span sentence)
{
	static const char *const words[] = { "đã",
		                             "trước đây",
		                             "cũ",
		                             "sáp nhập",
		                             "sắp xếp",
		                             "trước khi",
		                             "bàn giao",
		                             "chuyển giao",
		                             "tiếp nhận",
		                             "kết thúc",
		                             "không còn",
		                             "giải thể",
		                             "trước ngày 01/7/2025",
		                             NULL };

	return words_any(p->lower, sentence, words);
}

/* "Báo cáo UBND huyện", "đề nghị Phòng Nội vụ huyện": somebody who is to receive or to answer.
 */
static bool is_addressed(const struct passage *p, struct span sentence, size_t at)
{
	static const char *const acts[] = { "báo cáo", "gửi",        "trình",
		                            "đề nghị", "kiến nghị",  "tham mưu",
		                            "đề xuất", "xin ý kiến", NULL };
	struct span before = { words_back(p->lower, sentence.start, at, ADDRESS_WORDS), at };

	for (size_t i = before.start; i < at; i++)
		if (strchr(",;:()", p->lower[i]))
			before.start = i + 1;
	return words_any(p->lower, before, acts);
}

static size_t find_office(const struct passage *p, struct span *in, size_t *end)
{
	static const char *const offices[] = {
		"ubnd huyện",           "ubnd quận",
		"ubnd thị xã",          "ủy ban nhân dân huyện",
		"ủy ban nhân dân quận", "phòng nội vụ huyện",
		"hđnd huyện",           "ủy ban nhân dân thị xã"
	};
	size_t first = SIZE_MAX;

	for (size_t i = 0; i < sizeof(offices) / sizeof(*offices); i++) {
		size_t at = words_find(p->lower, *in, offices[i]);

		if (at < first) {
			first = at;
			*end = at + strlen(offices[i]);
		}
	}
	if (first != SIZE_MAX)
		in->start = *end;
	return first;
}

enum err audit_districts(struct audit *x)
{
	struct passages all;
	struct audit_draft d;
	const char *stated = NULL;
	size_t shown = 0;

	if (has_districts(x))
		return ERR_OK;
	TRY(audit_passages(&all, x));
	audit_begin(&d, x, AUDIT_SCOPE, AUDIT_SUSPECT);
	for (size_t i = 0; i < all.n; i++) {
		const struct passage *p = &all.at[i];
		struct span in = { 0, strlen(p->lower) };
		size_t at, end = 0;

		if (p->table >= 0 || p->block->kind != BLOCK_PARAGRAPH)
			continue;
		while ((at = find_office(p, &in, &end)) != SIZE_MAX) {
			struct span sentence = audit_sentence(p, at);

			if (tells_of_before(p, sentence) || !is_addressed(p, sentence, at) ||
			    shown == MOST_SHOWN)
				continue;
			audit_at(&d, p->text, at, end, true);
			if (shown++ == 0)
				TRY(arena_strndup(x->arena, &stated, p->text->text + at,
				                  end - at));
		}
	}
	if (shown == 0)
		return ERR_OK;
	audit_say(&d, msg_text(MSG_AUDIT_R_TWO_LEVELS), stated, x->document->head.office);
	return audit_end(&d, MSG_AUDIT_NO_DISTRICT, stated);
}
