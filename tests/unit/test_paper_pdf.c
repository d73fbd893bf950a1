/* A document in the layout of Nghị định 30/2020/NĐ-CP on its pages, as pdftotext -bbox finds
 * every word: margins, page numbers, repeated heads of tables, footnotes on the page of their
 * mark, nothing parted that must not be.  PDFs are left in build/test-output to be looked at.
 */
#include "lib/test.h"

#include <sys/stat.h>

#include "doc/paper_parts.h"
#include "lib/paper_sample.h"

enum { ARENA = 512 << 20, FILE_MOST = 32 << 20, MOST_WORDS = 60000, MOST_PAGES = 200 };

struct word {
	double left, top, right, bottom;
	int page; /* from 0 */
	char text[64];
};
struct pages {
	struct word *words;
	size_t n;
	int n_pages;
	double width[MOST_PAGES], height[MOST_PAGES];
};

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, ARENA);
	mkdir("build", 0777);
	mkdir("build/test-output", 0777);
	return 0;
}
static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const char *save(const struct paper *p, const char *name)
{
	struct str pdf;
	const char *path;
	FILE *f;

	str_init(&pdf, NULL, FILE_MOST);
	assert_int_equal(paper_pdf(&pdf, &arena, p), ERR_OK);
	assert_int_equal(arena_printf(&arena, &path, "build/test-output/paper_%s.pdf", name),
	                 ERR_OK);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(pdf.data, 1, pdf.len, f), pdf.len);
	fclose(f);
	str_release(&pdf);
	return path;
}

static void take_line(struct pages *out, const char *line)
{
	double a, b, c, d;
	const char *at;

	if ((at = strstr(line, "<page width=")) != NULL &&
	    sscanf(at, "<page width=\"%lf\" height=\"%lf\"", &a, &b) == 2) {
		assert_in_range(out->n_pages, 0, MOST_PAGES - 1);
		out->width[out->n_pages] = a;
		out->height[out->n_pages++] = b;
	}
	if ((at = strstr(line, "<word xMin=")) != NULL &&
	    sscanf(at, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &a, &b, &c,
	           &d) == 4) {
		struct word *w = &out->words[out->n++];
		size_t n;

		assert_in_range(out->n, 1, MOST_WORDS - 1);
		at = strchr(at, '>') + 1;
		n = strcspn(at, "<");
		*w = (struct word){ a, b, c, d, out->n_pages - 1, "" };
		memcpy(w->text, at, n < sizeof(w->text) - 1 ? n : sizeof(w->text) - 1);
	}
}

static struct pages pages_of(const struct paper *p, const char *name)
{
	struct pages out = { 0 };
	char line[1024];
	const char *command;
	FILE *pipe;

	out.words = arena_alloc_array(&arena, MOST_WORDS, sizeof(*out.words));
	assert_non_null(out.words);
	assert_int_equal(arena_printf(&arena, &command, "pdftotext -bbox -enc UTF-8 %s -",
	                              save(p, name)),
	                 ERR_OK);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	while (fgets(line, sizeof(line), pipe))
		take_line(&out, line);
	assert_int_equal(pclose(pipe), 0);
	return out;
}

static double points(int twips)
{
	return twips / 20.0;
}

static bool is_page_number(const struct word *w)
{
	return w->bottom < points(PAPER_MARGIN);
}

/* The words in a row; NULL: they are not there from `from` on. */
static const struct word *find(const struct pages *p, const struct word *from, const char *text)
{
	const struct word *end = p->words + p->n;

	for (const struct word *w = from ? from : p->words; w < end; w++) {
		const char *rest = text;
		const struct word *at = w;

		while (at < end && *rest) {
			size_t n = strlen(at->text);

			if (strncmp(rest, at->text, n) != 0 || (rest[n] && rest[n] != ' '))
				break;
			rest += n + (rest[n] == ' ');
			at++;
		}
		if (*rest == '\0')
			return w;
	}
	return NULL;
}

static const struct paper_sample usual = {
	.paragraphs = 3, .appendices = 2, .rows = 60, .numbered = true, .wide = true
};

/* ---- pages ---- */

static void every_word_stands_between_the_margins(void **state)
{
	struct pages p = pages_of(paper_sample(&arena, &usual), "margins");

	(void)state;
	assert_in_range(p.n, 3000, MOST_WORDS);
	for (size_t i = 0; i < p.n; i++) {
		const struct word *w = &p.words[i];
		double right = p.width[w->page] - points(PAPER_MARGIN);
		double bottom = p.height[w->page] - points(PAPER_MARGIN);

		if (is_page_number(w))
			continue;
		if (w->left < points(PAPER_MARGIN_LEFT) - 1 || w->right > right + 1 ||
		    w->top < points(PAPER_MARGIN) - 3 || w->bottom > bottom + 3)
			fail_msg("page %d: %s at %.1f %.1f %.1f %.1f", w->page + 1, w->text,
			         w->left, w->top, w->right, w->bottom);
	}
}

/* Centred in the upper margin, not on page 1, anew in every appendix; on A4, turned where the
 * table is wide. */
static void page_numbers_stand_where_the_decree_says(void **state)
{
	struct pages p = pages_of(paper_sample(&arena, &usual), "numbers");
	int numbers[MOST_PAGES] = { 0 }, first = 0, turned = 0, wanted = 0;

	(void)state;
	for (size_t i = 0; i < p.n; i++) {
		const struct word *w = &p.words[i];
		double middle =
		        (points(PAPER_MARGIN_LEFT) + p.width[w->page] - points(PAPER_MARGIN)) /
		        2;

		if (!is_page_number(w))
			continue;
		numbers[w->page] = (int)strtol(w->text, NULL, 10);
		assert_true((w->left + w->right) / 2 > middle - 0.5);
		assert_true((w->left + w->right) / 2 < middle + 0.5);
	}
	for (int i = 0; i < p.n_pages; i++) {
		first += numbers[i] == 0;
		wanted = numbers[i] == 0 ? 1 : wanted + 1;
		if (numbers[i] != 0)
			assert_int_equal(numbers[i], wanted);
		turned += p.width[i] > p.height[i];
		assert_true(p.width[i] * p.height[i] > 595.2 * 841.8);
		assert_true(p.width[i] * p.height[i] < 595.4 * 842.0);
	}
	assert_int_equal(first, 3); /* the report, two appendices */
	assert_int_equal(turned, 2);
}

static void the_head_of_a_table_stands_on_every_page_of_it(void **state)
{
	struct pages p = pages_of(paper_sample(&arena, &usual), "heads");
	int heads = 0, last = -1;
	const struct word *w = NULL;

	(void)state;
	while ((w = find(&p, w, "Chỉ tiêu thống kê")) != NULL) {
		assert_true(w->page > last);
		last = w->page;
		heads++;
		w++;
	}
	/* 60 rows of the two forms: four pages each. */
	assert_int_equal(heads, 8);
	assert_int_equal(last, p.n_pages - 1);
}

/* The group's name is never the last row of a page. */
static void the_name_of_a_group_stays_with_its_first_row(void **state)
{
	struct pages p = pages_of(paper_sample(&arena, &usual), "groups");
	const struct word *w = NULL;
	int groups = 0;

	(void)state;
	while ((w = find(&p, w, "Giải quyết thủ tục hành chính")) != NULL) {
		const struct word *next = find(&p, w, "Tỷ lệ hồ sơ giải quyết");

		assert_non_null(next);
		assert_int_equal(next->page, w->page);
		groups++;
		w++;
	}
	assert_int_equal(groups, 20);
}

static void a_footnote_stands_below_the_text_of_its_page(void **state)
{
	struct pages p = pages_of(paper_sample(&arena, &usual), "notes");
	char mark[16], text[64];
	int n = 0;

	(void)state;
	for (int i = 0; i < 3 * PAPER_SAMPLE_HEADINGS; i += 3) {
		const struct word *figure, *note;

		snprintf(text, sizeof(text), "giải quyết là %d hồ", 12 + i * 7);
		snprintf(mark, sizeof(mark), "%d", ++n);
		figure = find(&p, NULL, text);
		assert_non_null(figure);
		snprintf(text, sizeof(text), "%s Quyết định số 06/QĐ-UBND", mark);
		note = find(&p, NULL, text);
		assert_non_null(note);
		assert_int_equal(note->page, figure->page);
		assert_true(note->top > figure->bottom);
		/* Nothing but footnotes below. */
		assert_true(note->top > 650);
	}
}

/* ---- what stays together ---- */

static struct paper_block prose(const char *text)
{
	struct paper_run *run = arena_alloc(&arena, sizeof(*run));

	run->text = text;
	return (struct paper_block){ .kind = PAPER_PARAGRAPH, .text = { run, 1 } };
}

static const char *repeated(const char *text, int n, const char *end)
{
	struct str s;
	const char *out;

	str_init(&s, &arena, 1 << 20);
	for (int i = 0; i < n; i++)
		str_put(&s, text);
	str_put(&s, end);
	assert_int_equal(str_finish(&s, &out), ERR_OK);
	return out;
}

/* How many lines of words stand on a page between two words of the text. */
static int lines_between(const struct pages *p, const struct word *from, const struct word *to,
                         int page)
{
	double last = -1;
	int n = 0;

	for (const struct word *w = from; w <= to && w < p->words + p->n; w++) {
		if (w->page != page || is_page_number(w))
			continue;
		if (w->bottom > last + 2) {
			last = w->bottom;
			n++;
		}
	}
	return n;
}

/* Papers of every length: whatever stands at the foot of the page, no line of a paragraph
 * stands alone, a heading has text below it, the signature has text above it. */
static void nothing_stands_alone(void **state)
{
	enum { LENGTHS = 60 };
	static const char *const authority[] = { "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH" };
	int broken = 0, moved = 0;

	(void)state;
	for (int i = 0; i < LENGTHS; i++) {
		struct paper_block blocks[40];
		struct paper p = { .type = "BÁO CÁO",
			           .signature = { authority, 2, "Nguyễn Văn Mẫu" } };
		size_t n = 0;
		struct pages pages;
		const struct word *start, *end, *sign;

		arena_reset(&arena);
		for (int k = 0; k < 8 + i % 20; k++)
			blocks[n++] = prose("Một dòng chữ.");
		blocks[n] = prose("1. Tiêu đề của mục");
		blocks[n].kind = PAPER_HEADING;
		blocks[n++].level = 2;
		blocks[n++] = prose(
		        repeated("đầu dòng chữ nối nhau cho đến cuối ", 3 + i / 6, "dứt"));
		p.body = (struct paper_blocks){ blocks, n };
		pages = pages_of(&p, "alone");
		start = find(&pages, NULL, "đầu dòng");
		end = find(&pages, start, "dứt./.");
		sign = find(&pages, NULL, "TM. ỦY BAN");
		assert_non_null(start);
		assert_non_null(end);
		assert_non_null(sign);
		assert_int_equal(find(&pages, NULL, "1. Tiêu đề")->page, start->page);
		assert_int_equal(find(&pages, NULL, "Nguyễn Văn Mẫu")->page, sign->page);
		assert_int_equal(sign->page, end->page);
		if (start->page != end->page) {
			broken++;
			assert_true(lines_between(&pages, start, end, start->page) >= 2);
			assert_true(lines_between(&pages, start, end, end->page) >= 2);
		}
		moved += start->page > 0;
	}
	/* Both happened. */
	assert_true(broken > 3);
	assert_true(moved > 3);
}

/* Nothing is lost, however long one thing is. */
static void what_is_longer_than_a_page_goes_over_several(void **state)
{
	static const struct paper_column columns[] = { { 1, PAPER_LEFT }, { 1, PAPER_LEFT } };
	static const struct paper_head_cell head[] = { { "Cột một", 0, 0, 1, 1 },
		                                       { "Cột hai", 0, 1, 1, 1 } };
	struct paper_cell cells[2] = { { .text = repeated("ô ", 3000, "hết-ô") },
		                       { .text = "ngắn" } };
	const struct paper_table t = { columns, 2, head, 2, 1, cells, 1, false };
	struct paper_run note_run = { .text = repeated("chú ", 2500, "hết-chú") };
	const struct paper_text note = { &note_run, 1 };
	struct paper_run run = { .text = "Câu có chú thích dài", .note = &note };
	struct paper_block blocks[] = { prose(repeated("lời ", 3000, "hết-lời")),
		                        { .kind = PAPER_PARAGRAPH, .text = { &run, 1 } },
		                        { .kind = PAPER_TABLE, .table = &t },
		                        prose("Câu cuối") };
	struct paper p = { .type = "BÁO CÁO", .body = { blocks, 4 } };
	struct pages pages = pages_of(&p, "long");
	size_t counted[3] = { 0 };

	(void)state;
	for (size_t i = 0; i < pages.n; i++) {
		counted[0] += strcmp(pages.words[i].text, "ô") == 0;
		counted[1] += strcmp(pages.words[i].text, "chú") == 0;
		counted[2] += strcmp(pages.words[i].text, "lời") == 0;
		assert_true(pages.words[i].bottom <
		            pages.height[pages.words[i].page] - points(PAPER_MARGIN) + 3);
	}
	assert_int_equal(counted[0], 3000);
	assert_int_equal(counted[1], 2501); /* and one in the sentence */
	assert_int_equal(counted[2], 3000);
	assert_non_null(find(&pages, NULL, "hết-ô"));
	assert_non_null(find(&pages, NULL, "hết-chú"));
	assert_non_null(find(&pages, NULL, "hết-lời"));
	assert_non_null(find(&pages, NULL, "cuối./."));
}

/* Random papers: every word of theirs once and in order, within the margins. */
static void no_word_is_lost(void **state)
{
	enum { PAPERS = 25 };
	uint32_t seed = 20240308;

	(void)state;
	for (int i = 0; i < PAPERS; i++) {
		struct paper_block blocks[30];
		struct paper p = { .type = "BÁO CÁO", .subject = "Công tác năm 2024" };
		struct pages pages;
		const struct word *at = NULL;
		size_t n = 0;

		arena_reset(&arena);
		for (; n < 30; n++) {
			const char *text, *first;

			seed = seed * 1664525 + 1013904223;
			assert_int_equal(arena_printf(&arena, &first, "đoạn-%zu ", n), ERR_OK);
			text = repeated("chữ trong đoạn văn ", (int)(seed >> 26), "");
			assert_int_equal(
			        arena_printf(&arena, &text, "%s%s dứt-%zu", first, text, n),
			        ERR_OK);
			blocks[n] = prose(text);
			if ((seed >> 8) % 4 == 0) {
				blocks[n].kind = PAPER_HEADING;
				blocks[n].level = 1 + (int)(seed >> 12) % 3;
			}
		}
		p.body = (struct paper_blocks){ blocks, n };
		pages = pages_of(&p, "random");
		for (size_t k = 0; k + 1 < n; k++) {
			char text[64];

			snprintf(text, sizeof(text), "đoạn-%zu", k);
			at = find(&pages, at, text);
			assert_non_null(at);
			snprintf(text, sizeof(text), "dứt-%zu", k);
			at = find(&pages, at, text);
			assert_non_null(at);
		}
		for (size_t k = 0; k < pages.n; k++)
			assert_true(pages.words[k].bottom <
			            pages.height[0] - points(PAPER_MARGIN) + 3);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_word_stands_between_the_margins, setup,
		                                teardown),
		cmocka_unit_test_setup_teardown(page_numbers_stand_where_the_decree_says, setup,
		                                teardown),
		cmocka_unit_test_setup_teardown(the_head_of_a_table_stands_on_every_page_of_it,
		                                setup, teardown),
		cmocka_unit_test_setup_teardown(the_name_of_a_group_stays_with_its_first_row,
		                                setup, teardown),
		cmocka_unit_test_setup_teardown(a_footnote_stands_below_the_text_of_its_page,
		                                setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_stands_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_longer_than_a_page_goes_over_several,
		                                setup, teardown),
		cmocka_unit_test_setup_teardown(no_word_is_lost, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
