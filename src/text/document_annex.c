/* document_annex.c - the tail of the body (nơi nhận, signature) and the annexes after it. */
#include <string.h>

#include "text/document_parts.h"

enum { LONGEST_ANNEX_LINE = 600, MOST_TITLE_LINES = 8 };

/* Where the walk through a file stands. */
struct walk {
	bool tail, in_title;
	bool title_said; /* what stands in brackets ends the title */
	int annex;       /* -1: the body */
	size_t title_lines;
};

static const char *text_at(const struct build *b, size_t at)
{
	return b->blocks[at].block.text.text;
}

static bool starts_with_any(const char *text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (words_start(text, words[i]))
			return true;
	return false;
}

/* "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Người lập biểu". */
static bool is_tail_line(const char *text)
{
	static const char *const words[] = { "nơi nhận", "tm.", "t/m", "kt.", "tl.", "tuq." };
	static const char *const signers[] = { "người lập", "thủ trưởng", "chủ tọa",
		                               "chủ trì",   "thư ký",     "người tổng hợp" };
	static const char *const offices[] = {
		"chủ tịch", "phó chủ tịch",    "giám đốc",   "phó giám đốc",   "trưởng phòng",
		"bí thư",   "ủy ban nhân dân", "trưởng ban", "chánh văn phòng"
	};
	size_t n = strlen(text), words_here = count_words(text, 13);

	if (words_here > 12 || !starts_upper(text))
		return false;
	if (starts_with_any(text, words, ARRAY_LEN(words)))
		return true;
	if (words_here < 5 && !strchr(text, ':') && text[n - 1] != '.' &&
	    starts_with_any(text, signers, ARRAY_LEN(signers)))
		return true;
	return is_upper_text(text) && starts_with_any(text, offices, ARRAY_LEN(offices));
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The number after "Phụ lục": its length.  "2", "IV", "B", "1a", "2.1", "3B". */
static size_t number_length(const char *text)
{
	size_t n = strspn(text, "0123456789"), used;

	if (n == 0)
		n = strspn(text, "IVX");
	if (n == 0 && is_upper_letter(point_at(text, &used)))
		n = used;
	while (n > 0 && n < 12 &&
	       (is_digit(text[n]) || (text[n] == '.' && is_digit(text[n + 1]))))
		n++;
	if (n > 0 && is_digit(text[n - 1]) && is_letter(point_at(text + n, &used)))
		n += used;
	return n > 0 && !is_letter(point_at(text + n, &used)) ? n : 0;
}

/* What follows "Phụ lục", "Biểu mẫu số", ...; NULL when the line does not begin so. */
static const char *after_annex_word(const char *text)
{
	static const char *const words[] = { "phụ lục", "phụ biểu", "biểu mẫu", "mẫu biểu",
		                             "biểu số", "mẫu số",   "biểu" };
	const char *after = NULL, *word;

	for (size_t i = 0; i < ARRAY_LEN(words) && !after; i++)
		after = words_after(text, words[i]);
	if (!after)
		return NULL;
	after += strspn(after, " ");
	word = words_after(after, "số");
	return word && *word == ' ' && is_digit(word[1]) ? word + 1 : after;
}

/* "Phụ lục 2", "BIỂU MẪU SỐ 3: ...", "PHỤ LỤC": the number, and the title behind it. */
static bool annex_line(const char *text, struct slice *number, const char **title)
{
	const char *after = after_annex_word(text), *rest;
	size_t n;

	if (!after || !starts_upper(text) || strlen(text) > LONGEST_ANNEX_LINE)
		return false;
	n = number_length(after);
	rest = after + n;
	if (n > 0 && *rest == '/') /* "Mẫu số 01/BC-CCHC" */
		rest += strcspn(rest, " ");
	rest += strspn(rest, " .:-");
	if (strncmp(rest, "–", 3) == 0)
		rest += 3 + strspn(rest + 3, " ");
	*number = (struct slice){ after, n };
	*title = rest;
	if (*rest == '\0' || *rest == '(')
		return n > 0 || words_start(text, "phụ lục");
	return n > 0 ? starts_upper(rest) : words_start(text, "phụ lục") && is_upper_text(text);
}

/* A line that goes on with the title of an annex. */
static bool is_title_line(const struct build *b, size_t at)
{
	const struct making *m = &b->blocks[at];
	const char *text = text_at(b, at);

	if (m->block.kind != BLOCK_PARAGRAPH || m->marker.class != MARK_NONE ||
	    strlen(text) > LONGEST_ANNEX_LINE)
		return false;
	return text[0] == '(' || is_upper_text(text) || words_in(text, "kèm theo") || m->bold ||
	       (m->gap == 0 && text[strlen(text) - 1] != '.' && text[strlen(text) - 1] != ':');
}

/* After the signature a title in capitals opens an annex too. */
static bool is_bare_title(const struct build *b, size_t at)
{
	const struct making *m = &b->blocks[at];
	size_t words = count_words(text_at(b, at), 8);
	const struct making *next = at + 1 < b->n_blocks ? m + 1 : NULL;

	if (m->block.kind != BLOCK_PARAGRAPH || !is_upper_text(text_at(b, at)) || words < 4 ||
	    is_tail_line(text_at(b, at)) || m->marker.class != MARK_NONE)
		return false;
	return words >= 6 ||
	       (next && (next->block.kind == BLOCK_TABLE || next->heading ||
	                 marker_is_number(&next->marker) || text_at(b, at + 1)[0] == '('));
}

/* What stands in brackets says where the annex belongs; it is no title. */
static size_t title_length(const char *text)
{
	size_t n = strcspn(text, "(");

	while (n > 0 && text[n - 1] == ' ')
		n--;
	return n;
}

static enum err open_annex(struct build *b, struct walk *w, size_t at, struct slice number,
                           const char *title)
{
	struct annex *annex;

	TRY(vec_room(b->arena, b->annexes, b->n_annexes));
	annex = &b->annexes[b->n_annexes];
	*annex = (struct annex){ .number = "",
		                 .title = "",
		                 .first_block = at,
		                 .line = b->blocks[at].block.text.joints[0].line };
	TRY(arena_strndup(b->arena, &annex->number, number.at, number.len));
	TRY(arena_strndup(b->arena, &annex->title, title, title_length(title)));
	w->annex = (int)b->n_annexes++;
	w->tail = false;
	w->in_title = true;
	w->title_said = strchr(title, '(') != NULL;
	w->title_lines = 1;
	return ERR_OK;
}

static enum err add_title(struct build *b, struct walk *w, const char *text)
{
	struct annex *annex = &b->annexes[w->annex];
	size_t n = title_length(text);

	w->title_lines++;
	if (n == 0 || w->title_said || words_start(text, "đơn vị")) {
		w->title_said = true;
		return ERR_OK;
	}
	w->title_said = text[n] != '\0';
	return arena_printf(b->arena, &annex->title, "%s%s%.*s", annex->title,
	                    *annex->title ? " " : "", (int)n, text);
}

/* Opens an annex at this block when one begins here. */
static enum err try_annex(struct build *b, struct walk *w, size_t at, bool *opened)
{
	const struct making *m = &b->blocks[at];
	struct slice number = { "", 0 };
	const char *title = "";

	*opened = false;
	if (m->block.kind == BLOCK_PARAGRAPH && annex_line(text_at(b, at), &number, &title)) {
		*opened = !(w->in_title && number.len == 0);
	} else if (w->tail &&
	           (m->block.kind == BLOCK_TABLE ||
	            (m->marker.class != MARK_NONE && m->marker.class < MARK_ARABIC))) {
		/* A form or a new first part without a title. */
		*opened = true;
	} else if (w->tail && is_bare_title(b, at)) {
		title = text_at(b, at);
		*opened = true;
	}
	return *opened ? open_annex(b, w, at, number, title) : ERR_OK;
}

static enum err walk_block(struct build *b, struct walk *w, size_t at)
{
	struct making *m = &b->blocks[at];
	bool opened;

	if (m->block.kind == BLOCK_HEAD)
		return ERR_OK;
	TRY(try_annex(b, w, at, &opened));
	m->block.annex = w->annex;
	if (m->block.kind == BLOCK_TABLE) {
		w->in_title = false;
		return ERR_OK;
	}
	if (opened && m->marker.class == MARK_NONE) {
		m->block.kind = BLOCK_HEAD;
		return ERR_OK;
	}
	if (w->in_title && w->title_lines < MOST_TITLE_LINES && is_title_line(b, at)) {
		TRY(add_title(b, w, text_at(b, at)));
		m->block.kind = BLOCK_HEAD;
		return ERR_OK;
	}
	w->in_title = false;
	w->tail = w->tail || (m->block.kind == BLOCK_PARAGRAPH && is_tail_line(text_at(b, at)));
	if (w->tail && m->block.kind == BLOCK_PARAGRAPH)
		m->block.kind = BLOCK_TAIL;
	return ERR_OK;
}

static void count_annex_blocks(struct build *b)
{
	for (size_t i = 0; i < b->n_blocks; i++)
		if (b->blocks[i].block.annex >= 0) {
			struct annex *annex = &b->annexes[b->blocks[i].block.annex];

			annex->n_blocks = i + 1 - annex->first_block;
		}
}

/* Another file is a form of the same report unless it holds the head or begins with an annex.
 */
static enum err enter_file(struct build *b, struct walk *w, size_t at)
{
	struct slice number = { "", 0 };
	const char *title = "";

	*w = (struct walk){ .annex = -1 };
	if (at == 0 || b->blocks[at].block.kind == BLOCK_HEAD ||
	    (b->blocks[at].block.kind == BLOCK_PARAGRAPH &&
	     annex_line(text_at(b, at), &number, &title)))
		return ERR_OK;
	return open_annex(b, w, at, (struct slice){ "", 0 }, "");
}

enum err build_annexes(struct build *b)
{
	struct walk w = { .annex = -1 };
	int file = -1;

	for (size_t i = 0; i < b->n_blocks; i++) {
		int here = b->blocks[i].block.text.joints[0].line.file;

		if (here != file)
			TRY(enter_file(b, &w, i));
		file = here;
		TRY(walk_block(b, &w, i));
	}
	count_annex_blocks(b);
	return ERR_OK;
}
