/* reading.h - what a paragraph or a cell says in figures: amounts, days, periods and citations
 * of documents, each with its place in the text.  Grammar: how Vietnamese administrative
 * reports write numbers (Nghị định 30/2020/NĐ-CP and the habits of the offices).
 *
 * Nothing is read twice: digits of a citation, a day, a period or a name ("mức độ 3", "ISO
 * 9001:2015", "Khóa XII", "Đề án 06", "kỳ họp 06") are no figures.  Everything is in order of
 * `start`; [start, end) are bytes of the text.  Pure; time grows as n log n with the length.
 */
#ifndef TEXT_READING_H
#define TEXT_READING_H

#include "base/arena.h"
#include "base/date.h"
#include "text/number.h"

/* ---- amounts ---- */

enum figure_unit {
	FIGURE_COUNT,         /* of the noun after it; also a bare number */
	FIGURE_PERCENT,       /* "36,8%", "30 %" */
	FIGURE_PERCENT_POINT, /* "5,2 điểm phần trăm", "điểm %" */
	FIGURE_DONG           /* money; value in đồng whatever was printed */
};

enum figure_bound {
	FIGURE_EXACT,
	FIGURE_AT_LEAST, /* tối thiểu, ít nhất, từ ... trở lên, đạt ... trở lên */
	FIGURE_OVER,     /* hơn, trên */
	FIGURE_AT_MOST, /* tối đa, không quá, nhiều nhất */
	FIGURE_UNDER,   /* dưới, gần */
	FIGURE_ABOUT    /* khoảng, ước, xấp xỉ, gần đúng */
};

/* How it was written; several together. */
enum figure_mark {
	FIGURE_PADDED = 1 << 0,        /* 05 */
	FIGURE_DOT_GROUPS = 1 << 1,    /* 1.302.826 */
	FIGURE_COMMA_GROUPS = 1 << 2,  /* 1,302,826: dots and commas exchanged */
	FIGURE_COMMA_DECIMAL = 1 << 3, /* 36,8 */
	FIGURE_POINT_DECIMAL = 1 << 4, /* 76.1 */
	FIGURE_COMMA_THREE = 1 << 5,   /* 3,887: thousands or decimals, a person decides; value
	                                  is the thousands reading */
	FIGURE_IN_WORDS = 1 << 6,      /* hai, một trăm */
	FIGURE_RANK = 1 << 7,          /* hạng 56/63, thứ 3: not an amount */
	FIGURE_CHANGE = 1 << 8,        /* tăng 366, giảm 3%: growth, not a level */
	FIGURE_PER = 1 << 9,           /* 300.000đồng/người/tháng, 02 lần/năm */
	FIGURE_LABEL = 1 << 10,        /* part of a name or of a row's label, no amount */
	FIGURE_MAGNITUDE_TWICE = 1 << 11, /* 15.000 nghìn lượt: groups and a magnitude word */
	FIGURE_FROM = 1 << 12, /* with FIGURE_CHANGE: the level before, "tăng từ 40", "so với 40
	                          hồ sơ", "cùng kỳ năm 2023: 40" */
	FIGURE_INTO =
	        1 << 13, /* with FIGURE_CHANGE: the level after, "lên 52", "giảm còn 12" */
	FIGURE_BROKEN_GROUPS =
	        1 << 14 /* with FIGURE_LABEL: "4.215.60", no value can be trusted */
};

struct figure {
	size_t start, end;       /* the number with its unit sign or money word */
	size_t digits_end;       /* where the digits end */
	struct number value, to; /* `to`: end of a range "1-2", else none */
	struct number out_of;    /* "06/11 đơn vị": 11; else none */
	enum figure_unit unit;
	enum figure_bound bound;
	unsigned marks;
	/* The noun phrase that is counted, right after the number: "hồ sơ", "tin bài về CCHC";
	 * ends at punctuation, a verb of the field or the next figure. start == end: none. */
	size_t noun, noun_end;
};

/* ---- days ---- */

struct written_day {
	size_t start, end;
	int day, month, year; /* 0: left blank ("ngày    tháng 3 năm 2024") or not stated */
	bool blank;           /* a form of a date with a hole in it */
	bool impossible;      /* 31/02/2024; `on` is none */
	date_t on;            /* none unless all three are there */
};

/* ---- periods ---- */

enum period_kind {
	PERIOD_QUARTER, /* quý I/2024, quý I năm 2024, quý I (year 0) */
	PERIOD_MONTH,   /* tháng 12 năm 2021, tháng 1/2024 */
	PERIOD_HALF,    /* 6 tháng đầu năm 2024, 6 tháng cuối năm */
	PERIOD_NINE,    /* 9 tháng đầu năm 2024 */
	PERIOD_YEAR,    /* năm 2024 */
	PERIOD_YEARS, /* giai đoạn 2021-2030, nhiệm kỳ 2020 - 2025: no reporting period */
	PERIOD_WINDOW, /* từ 15/12/2023 đến 08/3/2024 */
	PERIOD_AS_OF   /* tính đến ngày 14/9/2022, đến hết ngày ... */
};

struct written_period {
	size_t start, end;
	enum period_kind kind;
	int year;        /* 0: not stated */
	int number;      /* quarter 1-4, month 1-12, half 1-2; else 0 */
	int last_year;   /* of PERIOD_YEARS */
	date_t from, to; /* none where the year is not stated, or `from` of PERIOD_AS_OF;
	                    quarters, months and years as the calendar has them */
	bool same_period_before; /* "cùng kỳ năm 2023", "so với năm 2023", "năm trước" */
};

/* ---- citations of documents ---- */

struct citation {
	size_t start, end;     /* from the type word to the issuer, as far as there is one */
	const char *type;      /* "Quyết định"; "" when left out */
	const char *type_code; /* code of the type word: "QĐ"; "" when there is none */
	const char *number;    /* digits as printed, "" when blank ("Số:    /KH-UBND") */
	int64_t n;             /* 0 when blank */
	int year;              /* "61/2018/NĐ-CP": 2018; else 0 */
	const char *code;      /* "NĐ-CP", "NQ/TW", "BNV-CCHC": after the number, as printed */
	const char *issuer;    /* "UBND huyện Nam Đông" after "của"; "" */
	struct written_day day; /* after "ngày"; start == end: none */
	bool malformed; /* "05-NQ-TU", "33/NĐ-CP" for a decree: parts of the number miss */
	size_t number_start, number_end; /* "61/2018/NĐ-CP" alone */
};

struct reading {
	const struct figure *figures;
	size_t n_figures;
	const struct written_day *days; /* also the days inside citations and periods */
	size_t n_days;
	const struct written_period *periods;
	size_t n_periods;
	const struct citation *citations;
	size_t n_citations;
};

/* Reads a text (UTF-8, NFC; markup already taken away).  Everything lives in `a`. */
ERR_RESULT reading_of(struct reading *out, struct arena *a, const char *text);

/* One cell of a table that holds a figure and nothing else: "27/27", "36%", "05", "≥ 95%", "12
 * hồ sơ", "3,887".  `unit_cell` is the text of the unit column ("%", "Triệu đồng"), or "".
 * FIGURE_COUNT without unit.  False when the cell says something else, or nothing: "-" is no
 * amount, nor are days and months ("12/2021"). */
bool reading_of_cell(struct figure *out, const char *cell, const char *unit_cell);

#endif
