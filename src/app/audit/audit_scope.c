/* Words of another level or of another office left over from the document that this one was
 * copied from.  Superiors that give tasks, and places that a task is about, are right. */
#include "app/audit/audit_paper.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"

enum {
	KEY_WORDS = 5, /* words before the level that make two places the same */
	MOST_SHOWN = 6,
	MOST_NEAR = 32,  /* places with the same words that are looked at */
	MOST_ORGAN = 10, /* words between "ban chỉ đạo" and its level */
	MOST_ALIKE = 64  /* words of one text that are compared */
};

/* "... trên địa bàn huyện", "... của huyện": where the level word stands and what is before. */
struct spot {
	const struct passage *p;
	struct span text; /* its sentence */
	struct span word; /* the level word */
	size_t marker;    /* where "trên địa bàn" or "của" begins */
	enum office_level level;
	bool area; /* trên địa bàn */
	bool said;
	uint64_t key;
};
struct spots {
	struct spot *at;
	size_t n;
};

/* Hash of the last words before `at`; 0 when there are fewer. */
static uint64_t key_before(const struct passage *p, struct span in, size_t at, size_t n)
{
	size_t from = words_back(p->lower, in.start, at, n), i = from, count = 0;
	uint64_t key = UINT64_C(14695981039346656037);
	struct span word;

	while (words_next(p->lower, at, &i, &word)) {
		key = words_hash(key, p->lower + word.start, word.end - word.start);
		count++;
	}
	return count == n ? key : 0;
}

static bool is_level_word(const struct passage *p, struct span in, size_t at, struct span *word,
                          enum office_level *level)
{
	struct span rest = { at, in.end };

	*level = office_level_in(p->lower, rest, word);
	return *level != LEVEL_UNKNOWN && word->start == at;
}

/* "huyện, xã", "cấp huyện": a list of levels, or all offices of one. */
static bool is_general(const struct passage *p, struct span in, struct span word)
{
	struct span before = { words_back(p->lower, in.start, word.start, 1), word.start },
	            next;
	struct span behind = { word.end, in.end };
	size_t at = word.end;

	if (words_find(p->lower, before, "cấp") != SIZE_MAX)
		return true;
	if (p->lower[at] != ',' && p->lower[at] != '/' && !str_starts(p->lower + at, " và"))
		return false;
	for (int i = 0; i < 3 && words_next(p->lower, in.end, &at, &next); i++)
		behind.end = next.end;
	return office_level_in(p->lower, behind, &next) != LEVEL_UNKNOWN;
}

static enum err find_spots(struct spots *out, struct audit *x, const struct passage *p,
                           const char *marker, bool area)
{
	struct span in = { 0, strlen(p->lower) };
	size_t at, n = strlen(marker);

	while ((at = words_find(p->lower, in, marker)) != SIZE_MAX) {
		struct spot s = { .p = p, .marker = at, .area = area };
		size_t next = at + n + 1;

		in.start = at + 1;
		if (p->lower[at + n] != ' ')
			continue;
		s.text = audit_sentence(p, at);
		if (!is_level_word(p, s.text, next, &s.word, &s.level) ||
		    is_general(p, s.text, s.word))
			continue;
		s.key = key_before(p, s.text, at, KEY_WORDS);
		if (s.key == 0)
			continue;
		s.key = words_hash(s.key, marker, n);
		TRY(vec_room(x->arena, out->at, out->n));
		out->at[out->n++] = s;
	}
	return ERR_OK;
}

static int by_key(const void *left, const void *right)
{
	const struct spot *a = left, *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->p != b->p)
		return a->p < b->p ? -1 : 1;
	return (a->marker > b->marker) - (a->marker < b->marker);
}

/* Share of the words of the shorter text, the level left out, that the other has too. */
static int alike(const struct spot *a, const struct spot *b)
{
	struct slice left[MOST_ALIKE], right[MOST_ALIKE];
	const struct spot *sides[2] = { a, b };
	struct slice *lists[2] = { left, right };
	size_t counts[2] = { 0, 0 }, same = 0, less;

	for (int side = 0; side < 2; side++) {
		const struct spot *s = sides[side];
		size_t i = s->text.start;
		struct span word;

		while (counts[side] < MOST_ALIKE &&
		       words_next(s->p->lower, s->text.end, &i, &word))
			if (word.start != s->word.start)
				lists[side][counts[side]++] =
				        (struct slice){ s->p->lower + word.start,
					                word.end - word.start };
	}
	for (size_t i = 0; i < counts[0]; i++)
		for (size_t j = 0; j < counts[1]; j++)
			if (left[i].len == right[j].len &&
			    memcmp(left[i].at, right[j].at, left[i].len) == 0) {
				same++;
				right[j].len = 0;
				break;
			}
	less = counts[0] < counts[1] ? counts[0] : counts[1];
	return less > 0 ? (int)(100 * same / less) : 0;
}

/* The superior is meant: its plan, its order, its report. */
static bool of_superior(const struct spot *s)
{
	static const char *const words[] = { "theo",
		                             "chỉ đạo của",
		                             "hướng dẫn của",
		                             "kế hoạch của",
		                             "giao",
		                             "văn bản của",
		                             "quyết định của",
		                             "phần mềm của",
		                             "hệ thống của",
		                             "gửi",
		                             "báo cáo",
		                             "chỉ tiêu của",
		                             NULL };
	struct span before = { words_back(s->p->lower, s->text.start, s->word.start, 6),
		               s->word.start };

	return words_any(s->p->lower, before, words);
}

static enum err say_pair(struct audit *x, const struct spot *bad, const struct spot *good)
{
	const char *stated, *wanted;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_SCOPE, AUDIT_FAIL);
	audit_at(&d, bad->p->text, bad->marker, bad->word.end, true);
	audit_at(&d, good->p->text, good->marker, good->word.end, true);
	TRY(arena_strndup(x->arena, &stated, bad->p->text->text + bad->marker,
	                  bad->word.end - bad->marker));
	TRY(arena_strndup(x->arena, &wanted, good->p->text->text + good->marker,
	                  good->word.end - good->marker));
	audit_say(&d, msg_text(MSG_AUDIT_R_SCOPE), stated, wanted);
	audit_correct(&d, wanted);
	return audit_end(&d, MSG_AUDIT_SCOPE_TWO, stated, wanted);
}

/* The place of the own level that says the same but for the level; NULL. */
static const struct spot *same_task(const struct spots *s, size_t bad, enum office_level own)
{
	const struct spot *found = NULL;
	int best = s->at[bad].area ? 65 : 80;

	for (size_t i = bad > 16 ? bad - 16 : 0; i < s->n && i < bad + 16; i++) {
		int like;

		if (s->at[i].key != s->at[bad].key || s->at[i].level != own ||
		    s->at[i].p == s->at[bad].p)
			continue;
		like = alike(&s->at[bad], &s->at[i]);
		if (like >= best) {
			found = &s->at[i];
			best = like + 1;
		}
	}
	return found;
}

/* A task of the office's own plan, in an area that others look after: nobody else, and nothing
 * larger that it serves, is named beside it. */
static bool is_own_task(const struct spot *s)
{
	static const char *const others[] = { "các xã",    "các phường", "đơn vị",
		                              "cơ quan",   "phối hợp",   "góp phần",
		                              "tham gia",  "đóng trên",  "doanh nghiệp",
		                              "hướng dẫn", "chỉ đạo",    "theo kế hoạch",
		                              "cùng với",  NULL };

	return s->p->block->kind == BLOCK_PARAGRAPH && s->p->table < 0 &&
	       s->p->block->bullet[0] != '\0' && !words_any(s->p->lower, s->text, others);
}

/* "trên địa bàn huyện" in the plan of a commune that elsewhere speaks of its own area. */
static enum err check_areas(struct audit *x, const struct spots *s, enum office_level own)
{
	const struct spot *habit = NULL, *first = NULL;
	const char *stated, *wanted;
	struct audit_draft d;
	size_t shown = 0;

	audit_begin(&d, x, AUDIT_SCOPE, AUDIT_SUSPECT);
	for (size_t i = 0; i < s->n; i++) {
		const struct spot *at = &s->at[i];

		if (at->area && at->level == own)
			habit = at;
		if (!at->area || at->said || at->level <= own || at->level == LEVEL_CENTRAL ||
		    of_superior(at) || !is_own_task(at) || shown == MOST_SHOWN)
			continue;
		audit_at(&d, at->p->text, at->marker, at->word.end, true);
		first = first ? first : at;
		shown++;
	}
	if (!habit || !first)
		return ERR_OK;
	TRY(arena_strndup(x->arena, &stated, first->p->text->text + first->marker,
	                  first->word.end - first->marker));
	TRY(arena_strndup(x->arena, &wanted, habit->p->text->text + habit->marker,
	                  habit->word.end - habit->marker));
	audit_say(&d, msg_text(MSG_AUDIT_R_SCOPE), stated, wanted);
	return audit_end(&d, MSG_AUDIT_SCOPE_AREA, stated, x->document->head.office);
}

/* The same task speaks of two areas: of the own level in one place, of a higher in the other.
 */
static enum err check_spots(struct audit *x, const struct passages *all, enum office_level own)
{
	struct spots s = { 0 };

	for (size_t i = 0; i < all->n; i++) {
		TRY(find_spots(&s, x, &all->at[i], "trên địa bàn", true));
		TRY(find_spots(&s, x, &all->at[i], "của", false));
	}
	if (s.n > 1)
		qsort(s.at, s.n, sizeof(*s.at), by_key);
	for (size_t i = 0; i < s.n; i++) {
		const struct spot *good;

		if (s.at[i].level <= own || s.at[i].level == LEVEL_CENTRAL ||
		    of_superior(&s.at[i]))
			continue;
		good = same_task(&s, i, own);
		if (good)
			TRY(say_pair(x, &s.at[i], good));
		s.at[i].said = good != NULL;
	}
	return x->document->head.is_plan ? check_areas(x, &s, own) : ERR_OK;
}

/* ---- the office's own organs ---- */

struct organ {
	const struct passage *p;
	struct span at;   /* from its name to the level word */
	struct span word; /* the level word */
	enum office_level level;
	uint64_t key;
};
struct organs {
	struct organ *at;
	size_t n;
};

static enum err find_organs(struct organs *out, struct audit *x, const struct passage *p,
                            const char *name)
{
	struct span in = { 0, strlen(p->lower) };
	size_t at;

	while ((at = words_find(p->lower, in, name)) != SIZE_MAX) {
		struct organ o = { .p = p, .at = { at, at } };
		struct span word, sentence = audit_sentence(p, at);
		size_t i = at, n = 0;

		in.start = at + 1;
		o.key = words_hash(0, name, strlen(name));
		while (n++ < MOST_ORGAN && words_next(p->lower, sentence.end, &i, &word)) {
			if (is_level_word(p, sentence, word.start, &o.word, &o.level))
				break;
			if (n > 1 &&
			    strcspn(p->lower + o.at.end, ",;.:()") < word.start - o.at.end)
				break;
			o.at.end = word.end;
			o.key = words_hash(o.key, p->lower + word.start, word.end - word.start);
		}
		if (o.word.end == 0 ||
		    strcspn(p->lower + o.at.end, ",;.:()") < o.word.start - o.at.end)
			continue;
		if (is_general(p, sentence, o.word))
			continue;
		o.at.end = o.word.end;
		TRY(vec_room(x->arena, out->at, out->n));
		out->at[out->n++] = o;
	}
	return ERR_OK;
}

/* The sentence makes the organ the office's own: it sets it up or works for it. */
static bool makes_own(const struct organ *o)
{
	static const char *const acts[] = { "kiện toàn",     "củng cố",
		                            "thành lập",     "thường trực",
		                            "hoạt động của", "tổ chức hoạt động",
		                            "thành viên",    "trưởng ban",
		                            "duy trì",       "phát huy",
		                            "nâng cao",      "quy chế của",
		                            "phân công",     NULL };
	static const char *const superior[] = { "theo",          "gửi",  "báo cáo",
		                                "chỉ đạo của",   "giao", "kế hoạch của",
		                                "hướng dẫn của", NULL };
	struct span sentence = audit_sentence(o->p, o->at.start);
	struct span before = { words_back(o->p->lower, sentence.start, o->at.start, 10),
		               o->at.start };
	struct span near = { words_back(o->p->lower, sentence.start, o->at.start, 4),
		             o->at.start };

	return words_any(o->p->lower, before, acts) && !words_any(o->p->lower, near, superior);
}

static enum err say_organ(struct audit *x, const struct organ *bad, const struct organ *good)
{
	const char *stated, *wanted = "";
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_SCOPE, good ? AUDIT_FAIL : AUDIT_SUSPECT);
	audit_at(&d, bad->p->text, bad->at.start, bad->at.end, true);
	if (good) {
		audit_at(&d, good->p->text, good->at.start, good->at.end, true);
		TRY(arena_strndup(x->arena, &wanted, good->p->text->text + good->at.start,
		                  good->at.end - good->at.start));
		audit_correct(&d, wanted);
	}
	TRY(arena_strndup(x->arena, &stated, bad->p->text->text + bad->at.start,
	                  bad->at.end - bad->at.start));
	audit_say(&d, msg_text(MSG_AUDIT_R_SCOPE), stated,
	          good ? wanted : x->document->head.office);
	if (good)
		return audit_end(&d, MSG_AUDIT_SCOPE_TWO, stated, wanted);
	return audit_end(&d, MSG_AUDIT_SCOPE_ORGAN, stated, x->document->head.office);
}

static int by_organ(const void *left, const void *right)
{
	const struct organ *a = left, *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->p != b->p)
		return a->p < b->p ? -1 : 1;
	return (a->at.start > b->at.start) - (a->at.start < b->at.start);
}

/* The nearest place, in the order of the document, that names the organ with the own level. */
static const struct organ *own_organ(const struct organs *o, size_t of, enum office_level own)
{
	for (size_t step = 1; step < MOST_NEAR; step++) {
		size_t sides[2] = { of >= step ? of - step : o->n, of + step };

		for (size_t k = 0; k < 2; k++)
			if (sides[k] < o->n && o->at[sides[k]].key == o->at[of].key &&
			    o->at[sides[k]].level == own)
				return &o->at[sides[k]];
	}
	return NULL;
}

static enum err check_organs(struct audit *x, const struct passages *all, enum office_level own)
{
	static const char *const names[] = {
		"ban chỉ đạo",  "tổ công tác",     "hội đồng",
		"tổ giúp việc", "bộ phận một cửa", "trung tâm phục vụ hành chính công"
	};
	struct organs o = { 0 };

	for (size_t i = 0; i < all->n; i++)
		for (size_t j = 0; j < sizeof(names) / sizeof(*names); j++)
			TRY(find_organs(&o, x, &all->at[i], names[j]));
	if (o.n > 1)
		qsort(o.at, o.n, sizeof(*o.at), by_organ);
	for (size_t i = 0; i < o.n; i++)
		if (o.at[i].level > own && o.at[i].level != LEVEL_CENTRAL &&
		    makes_own(&o.at[i]))
			TRY(say_organ(x, &o.at[i], own_organ(&o, i, own)));
	return ERR_OK;
}

/* ---- doers that a commune is not ---- */

/* "100% UBND các xã, thị trấn ...": a goal of all communes in the plan of one. */
static enum err check_plural(struct audit *x, const struct passages *all)
{
	static const char *const doers[] = { "ubnd các xã",      "ubnd xã, thị trấn",
		                             "các xã, thị trấn", "ubnd xã, phường",
		                             "các xã, phường",   NULL };
	struct audit_draft d;
	const char *stated = NULL;
	size_t n = 0;

	audit_begin(&d, x, AUDIT_SCOPE, AUDIT_SUSPECT);
	for (size_t i = 0; i < all->n; i++) {
		const struct passage *p = &all->at[i];
		size_t start = p->table < 0 ? p->block->text_start : 0, at = start;
		struct span word;

		if (p->block->kind == BLOCK_HEAD || p->block->kind == BLOCK_TAIL)
			continue;
		while (p->lower[at] && strchr("0123456789%,. ", p->lower[at]))
			at++;
		for (size_t j = 0; doers[j]; j++)
			if (str_starts(p->lower + at, doers[j]) && n < MOST_SHOWN) {
				word = (struct span){ at, at + strlen(doers[j]) };
				audit_at(&d, p->text, word.start, word.end, true);
				if (!stated)
					TRY(arena_strndup(x->arena, &stated,
					                  p->text->text + word.start,
					                  word.end - word.start));
				n++;
				break;
			}
	}
	if (n == 0)
		return ERR_OK;
	audit_say(&d, msg_text(MSG_AUDIT_R_SCOPE), stated, x->document->head.office);
	return audit_end(&d, MSG_AUDIT_SCOPE_PLURAL, stated, x->document->head.office);
}

/* ---- another office of the same level ---- */

/* End of the name in capitals after the level word at `at`: "Hương Sơn"; `at` when none. */
static size_t name_end(const char *text, const char *lower, size_t at)
{
	size_t end = at, i = at;
	struct span word;

	for (int n = 0; n < 4 && words_next(text, strlen(text), &i, &word); n++) {
		if (word.start != end + 1 || text[end] != ' ' ||
		    memcmp(text + word.start, lower + word.start, 2) == 0)
			break;
		end = word.end;
	}
	return end;
}

/* A verb of an office that acts follows. */
static bool acts_next(const char *lower)
{
	static const char *const acts[] = { "đã",         "báo cáo",  "ban hành", "tổ chức",
		                            "triển khai", "xây dựng", "tiếp tục", "luôn",
		                            "chỉ đạo",    "chưa",     NULL };

	for (size_t i = 0; lower[0] == ' ' && acts[i]; i++)
		if (str_starts(lower + 1, acts[i]))
			return true;
	return false;
}

static enum err say_name(struct audit *x, const struct passage *p, struct span name, bool sure)
{
	const char *stated, *office = x->document->head.office;
	struct audit_draft d;

	TRY(arena_strndup(x->arena, &stated, p->text->text + name.start,
	                  name.end - name.start));
	audit_begin(&d, x, AUDIT_SCOPE, sure ? AUDIT_FAIL : AUDIT_SUSPECT);
	audit_at(&d, p->text, name.start, name.end, true);
	audit_say(&d, msg_text(MSG_AUDIT_R_SCOPE), stated, office);
	audit_correct(&d, office);
	return audit_end(&d, MSG_AUDIT_SCOPE_NAME, stated, office);
}

/* "UBND xã Y đã ...": one of the own level who acts, and is not the office; or the closing line
 * that says whose report it is. */
static enum err check_name(struct audit *x, const struct passage *p, const char *own,
                           const char *own_name)
{
	struct span in = { 0, strlen(p->lower) };
	bool closing = words_find(p->lower, in, "trên đây là") <= 8;
	size_t at;

	while ((at = words_find(p->lower, in, own)) != SIZE_MAX) {
		size_t from = at + strlen(own), end = name_end(p->text->text, p->lower, from);

		in.start = at + 1;
		if (end <= from + 1 || str_starts(p->lower + from + 1, own_name))
			continue;
		if (closing || acts_next(p->lower + end))
			return say_name(x, p, (struct span){ at, end }, closing);
	}
	return ERR_OK;
}

static enum err check_names(struct audit *x, const struct passages *all)
{
	static const char *const titles[] = { "ubnd", "ủy ban nhân dân" };
	const char *lower, *own, *name;
	struct span word;

	TRY(audit_lower(x->arena, &lower, x->document->head.office));
	if (office_level_in(lower, (struct span){ 0, strlen(lower) }, &word) == LEVEL_UNKNOWN ||
	    lower[word.end] != ' ')
		return ERR_OK;
	name = lower + word.end + 1;
	for (size_t t = 0; t < sizeof(titles) / sizeof(*titles); t++) {
		TRY(arena_printf(x->arena, &own, "%s %.*s", titles[t],
		                 (int)(word.end - word.start), lower + word.start));
		for (size_t i = 0; i < all->n; i++)
			if (all->at[i].table < 0 && all->at[i].block->kind == BLOCK_PARAGRAPH)
				TRY(check_name(x, &all->at[i], own, name));
	}
	return ERR_OK;
}

enum err audit_scope(struct audit *x)
{
	enum office_level own;
	struct passages all;

	TRY(office_level_own(&own, x));
	if (own == LEVEL_UNKNOWN)
		return ERR_OK;
	TRY(audit_passages(&all, x));
	TRY(check_organs(x, &all, own));
	TRY(check_spots(x, &all, own));
	if (own == LEVEL_COMMUNE)
		TRY(check_plural(x, &all));
	return check_names(x, &all);
}
