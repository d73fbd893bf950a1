/* bench_paper.c - a full report (six pages of text with footnotes, the seven forms with every
 * figure and notes) as Word and PDF: the first of a process, then the best and the median of
 * further ones.  The reference deflates the same XML. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

#include "app/form/form_shipped.h"
#include "app/report/report_docx.h"
#include "app/report/report_pdf.h"
#include "lib/docx_parts.h"

enum { ROUNDS = 21, PARAGRAPHS = 48, FILE_MOST = 64 << 20 };

typedef enum err writer_fn(struct str *to, struct arena *a, const struct report_paper *p);

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static enum err make_text(struct report_paper *p, struct arena *a)
{
	static const char prose[] =
	        "Trong kỳ báo cáo, Ủy ban nhân dân xã đã chỉ đạo các bộ phận chuyên môn rà "
	        "soát toàn bộ hồ sơ tiếp nhận tại Bộ phận Một cửa, bảo đảm việc giải quyết "
	        "thủ tục hành chính đúng thời hạn, công khai, minh bạch; đồng thời đẩy mạnh "
	        "hướng dẫn người dân nộp hồ sơ trực tuyến, thanh toán không dùng tiền mặt";
	struct problems problems;
	const char *text;
	struct str s;

	str_init(&s, a, NARRATIVE_LONGEST);
	str_put(&s, "@trích yếu\nKết quả công tác cải cách hành chính quý I năm 2024\n"
	            "@kính gửi\n- Ủy ban nhân dân tỉnh Mẫu\n@nội dung\n");
	for (int i = 0; i < PARAGRAPHS; i++) {
		if (i % 6 == 0)
			str_printf(&s, "## %d. Kết quả thực hiện\n", 1 + i / 6);
		str_printf(&s, "%s%s.%s\n", i % 4 == 3 ? "- " : "", prose,
		           i % 8 == 5 ? "^[Quyết định số 06/QĐ-UBND ngày 03/01/2024.]" : "");
	}
	str_put(&s, "@nơi nhận\n- Như trên\n- Lưu: VT\n@ký\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n");
	TRY(str_finish(&s, &text));
	problems_init(&problems, a);
	TRY(narrative_thaw(&p->text, a, &problems, text));
	return problems.first ? err_set(ERR_INTERNAL, "%s", problems.first->message) : ERR_OK;
}

static int by_row(const void *a, const void *b)
{
	const struct package_cell *x = a, *y = b;
	int order = strcmp(x->form, y->form);

	return order ? order : strcmp(x->indicator, y->indicator);
}

static enum err make_cells(struct report_paper *p, struct arena *a)
{
	struct package_cell *cells;

	TRY(arena_array(a, &cells, p->set->n_rows));
	for (size_t i = 0; i < p->set->n_rows; i++)
		cells[i] = (struct package_cell){
			.form = p->set->rows[i].form->code,
			.indicator = p->set->rows[i].id,
			.value = dec_from_int((int64_t)(i * 7919 % 100000)),
			.note = i % 5 == 0 ? "02 nhiệm vụ đang thực hiện chưa đến hạn" : NULL
		};
	qsort(cells, p->set->n_rows, sizeof(*cells), by_row);
	p->content.cells = cells;
	p->content.n_cells = p->set->n_rows;
	return ERR_OK;
}

static enum err make(struct report_paper *p, struct arena *a)
{
	struct form_shipped shipped;

	TRY(form_shipped_load(&shipped, a, "bnv-2022"));
	*p = (struct report_paper){
		.report = { .number = 15,
		            .notation = "BC-UBND",
		            .dated_on = date_make(2024, 3, 18),
		            .signed_on = date_make(2024, 3, 18),
		            .to_on = date_make(2024, 3, 14),
		            .signer_name = "Nguyễn Văn Mẫu" },
		.content = { .unit = { .name = "Ủy ban nhân dân xã An Mẫu" },
		             .regime_title = "Báo cáo công tác cải cách hành chính",
		             .period_name = "quý I năm 2024",
		             .from_on = date_make(2023, 12, 15),
		             .to_on = date_make(2024, 3, 14),
		             .tier = "commune" },
		.set = shipped.set,
		.office_name = "Ủy ban nhân dân xã An Mẫu",
		.letterhead = "ỦY BAN NHÂN DÂN\nXÃ AN MẪU",
		.place = "An Mẫu",
	};
	TRY(make_text(p, a));
	return make_cells(p, a);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static enum err measure(struct str *last, const char *name, writer_fn *write,
                        const struct report_paper *p)
{
	double ms[ROUNDS], first;

	for (int i = 0; i < ROUNDS; i++) {
		ARENA_CLEANUP struct arena a;
		double start = now_ms();

		arena_init(&a, (size_t)1 << 30);
		str_clear(last);
		TRY(write(last, &a, p));
		ms[i] = now_ms() - start;
	}
	first = ms[0];
	qsort(ms + 1, ROUNDS - 1, sizeof(ms[0]), by_size);
	printf("%s: first %.1f ms, best %.1f ms, median of %d %.1f ms, %zu bytes\n", name,
	       first, ms[1], ROUNDS - 1, ms[1 + (ROUNDS - 1) / 2], last->len);
	return ERR_OK;
}

static enum err deflate_same(const struct str *docx)
{
	char *xml = zip_part_text(docx->data, docx->len, "word/document.xml");
	uLong n = xml ? (uLong)strlen(xml) : 0;
	uLongf packed = compressBound(n);
	Bytef *to = malloc(packed);
	double start = now_ms();
	int code = xml && to ? compress2(to, &packed, (const Bytef *)xml, n, 6) : Z_MEM_ERROR;

	printf("reference: deflating the %lu bytes of its text alone %.1f ms\n", n,
	       now_ms() - start);
	free(to);
	free(xml);
	return code == Z_OK ? ERR_OK : err_set(ERR_INTERNAL, "zlib");
}

static enum err run(void)
{
	ARENA_CLEANUP struct arena a;
	struct report_paper p;
	struct str bytes;
	enum err e;

	arena_init(&a, (size_t)1 << 30);
	TRY(make(&p, &a));
	str_init(&bytes, NULL, FILE_MOST);
	e = measure(&bytes, "Word", report_docx, &p);
	if (e == ERR_OK)
		e = deflate_same(&bytes);
	if (e == ERR_OK)
		e = measure(&bytes, "PDF", report_pdf, &p);
	if (e == ERR_OK) {
		FILE *f = fopen("build/bench/report.pdf", "wb");

		if (f) {
			fwrite(bytes.data, 1, bytes.len, f);
			fclose(f);
		}
	}
	str_release(&bytes);
	return e;
}

int main(void)
{
	if (run() == ERR_OK)
		return 0;
	fprintf(stderr, "%s\n", err_message());
	return 1;
}
