/* document.h - an administrative document with its structure: head, paragraphs, sections,
 * sentences and tables, each part knowing the lines it came from.  Several files (the text in
 * Word, its forms in a workbook) are one document.  Pure.
 *
 * Markup (`**`, `#`, `<i>`), footnote marks, page numbers and soft breaks are taken out of the
 * texts here; a paragraph, a row or a table that was cut by a page break is joined again.
 * Layout of the head and the numbering: Nghị định 30/2020/NĐ-CP, phụ lục I.
 */
#ifndef TEXT_DOCUMENT_H
#define TEXT_DOCUMENT_H

#include "text/joined.h"
#include "text/text_lines.h"

/* ---- tables ---- */

enum column_role {
	COLUMN_OTHER,  /* text of any kind */
	COLUMN_NUMBER, /* STT, TT */
	COLUMN_LABEL, /* chỉ tiêu, nội dung, mục tiêu, tiêu chí: what the row is about */
	COLUMN_UNIT,  /* đơn vị tính */
	COLUMN_VALUE, /* số liệu, số lượng, kết quả */
	COLUMN_RATE,  /* tỷ lệ, %: rates in a column of their own */
	COLUMN_NOTE,  /* ghi chú */
	COLUMN_TIME   /* thời gian, thời hạn hoàn thành */
};
struct table_column {
	const char *title; /* headers of all header rows above it, joined by " / " */
	enum column_role role;
};
struct table_cell {
	struct joined text; /* text "" when empty; "-" stays "-" */
	bool is_figure;     /* nothing but a figure: `figure` holds it */
	struct figure figure;
};
enum row_kind { ROW_BODY, ROW_HEADER, ROW_GROUP /* a heading over the rows below it */ };
/* A number printed in the label's cell ("1. Nơi đón tiếp") is taken off the label; words
 * printed beside a number ("II. Cải cách thể chế" alone in its row) stand in the label's cell.
 */
struct table_row {
	enum row_kind kind;
	struct doc_line line, last_line; /* differ when the row was cut by a page */
	const struct table_cell *cells;  /* as many as the table has columns */
	const char *number;              /* "6.3.1" without its last dot, "II", "a"; "" */
	int parent;                      /* index of the row above it in the numbering; -1 */
	int depth;                       /* 0 at the top */
	bool repeated_header;            /* the same header again after a page break */
	size_t printed_cells;            /* cells that the source row really had */
};
struct table {
	const struct table_column *columns;
	size_t n_columns;
	const struct table_row *rows;
	size_t n_rows;
	size_t block;      /* its own block */
	size_t caption[2]; /* blocks [from, to) right above it that name it: "Phụ lục 3 ..." */
	int annex;         /* index in `annexes`; -1: in the body */
};
/* First column of a role; -1: there is none. */
int table_column_of(const struct table *t, enum column_role role);

/* ---- paragraphs ---- */

enum block_kind {
	BLOCK_PARAGRAPH,
	BLOCK_HEADING, /* opens a section; may hold figures, its sentences are there too */
	BLOCK_TABLE,
	BLOCK_NOTE, /* footnote */
	BLOCK_HEAD, /* letterhead, number and day, title, addressee; the title lines of an annex
	             */
	BLOCK_TAIL  /* nơi nhận, signature: after the last, before the annexes */
};
struct sentence {
	size_t start, end;                                    /* of the block's text */
	size_t figures[2], days[2], periods[2], citations[2]; /* [from, to) of its reading */
};
struct block {
	enum block_kind kind;
	struct joined text; /* of a table: "" */
	const struct sentence *sentences;
	size_t n_sentences;
	int section;        /* the innermost; -1: none */
	int table;          /* of BLOCK_TABLE, else -1 */
	int annex;          /* index in `annexes`; -1: the body of the report */
	const char *bullet; /* "-", "+", "•", "a)": what the paragraph began with; "" */
	size_t text_start;  /* where its words begin, after bullet or number */
	int list_parent;    /* block that introduces this bullet ("..., trong đó:"); -1 */
};
struct section {
	const char *
	        number; /* as printed without dots at the end: "II", "2.1", "a"; "" when bare */
	const char *title; /* of a numbered sentence: what stands before its colon, or its
	                      beginning */
	size_t block;      /* its heading */
	int parent;        /* -1 at the top */
	int depth;
	size_t first_block, n_blocks; /* what stands in it, subsections included */
	int annex;
};
struct annex {
	const char *number; /* "3", "II", ""; */
	const char *title;
	size_t first_block, n_blocks;
	struct doc_line line;
};

/* What the head says; empty texts and none where it says nothing. */
struct doc_head {
	struct citation number;      /* "Số: 140/BC-UBND"; n 0 when blank */
	struct doc_line number_line; /* line 0: there is no such line */
	struct written_day day;      /* "Hương Sơn, ngày 08 tháng 3 năm 2024" */
	struct doc_line day_line;
	const char *place; /* "Hương Sơn" */
	const char *type;  /* "BÁO CÁO", "KẾ HOẠCH" */
	const char *title; /* the lines under it, joined */
	struct doc_line title_line;
	const char *office;           /* "UBND xã Hương Sơn": letterhead or first mention */
	struct written_period period; /* of the title; start == end: none */
	int year;                     /* of the report: title, day or number; 0 unknown */
	bool is_plan; /* kế hoạch, chương trình, phương hướng: it states goals */
};

struct document {
	const struct text_file *files;
	size_t n_files;
	struct doc_head head;
	const struct block *blocks;
	size_t n_blocks;
	const struct section *sections;
	size_t n_sections;
	const struct table *tables;
	size_t n_tables;
	const struct annex *annexes;
	size_t n_annexes;
};

ERR_RESULT document_build(struct document *out, struct arena *a, const struct text_file *files,
                          size_t n_files);

/* Text as people compare it: lower case, marks of Vietnamese kept, one blank between words, no
 * punctuation: "Hồ sơ TTHC, (toàn trình)" -> "hồ sơ tthc toàn trình". */
ERR_RESULT text_plain(struct arena *a, const char **out, const char *text, size_t n);

/* Whether a plain text says the phrase in whole words. */
bool text_says(const char *plain, const char *phrase);

#endif
