/* package.h - gói báo cáo: what a report is when it is signed, as canonical bytes.  Pure.
 *
 * The content of a signed report is one text, content.json: the same content gives the same
 * bytes on any machine and engine, and its SHA-256 is what the signature stands for.  The
 * bytes are JSON (RFC 8259) in UTF-8 and NFC without white space: members in the order of the
 * structs below, decimals as text in their shortest exact form ("53.125"), days as
 * "2024-02-07"; what is not stated, false, 0 or empty is left out.  There is no clock, no row
 * id and no version of the program in them; number, date, notation and signer lie outside
 * (struct package_header).
 *
 * Rows are named by form and stable indicator id, units by their code (QĐ 20/2020/QĐ-TTg),
 * procedures by theirs: what holds on every installation.
 */
#ifndef APP_PACKAGE_PACKAGE_H
#define APP_PACKAGE_PACKAGE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/problems.h"

enum {
	PACKAGE_FORMAT = 1, /* of content.json and of the container */
	PACKAGE_MOST_BYTES = 64 * 1024 * 1024,
	PACKAGE_SHA256_TEXT = 65 /* 64 small hexadecimal digits and the end */
};

/* One procedure behind a figure. */
struct package_code {
	const char *procedure; /* mã TTHC */
	const char *tier;      /* form_tier_word; "" when the row counts dossiers */
	const char *field;     /* lĩnh vực; "" when nobody said it */
	dec_t amount; /* of a summed row, its part of the figure; DEC_NONE: counted once */
};

enum { PACKAGE_OWN = -1 }; /* package_share.child: the unit's own part */
/* What one child, or the unit itself, gave to a figure. */
struct package_share {
	int child;                           /* index in package_content.children */
	const char *giving;                  /* NULL: it gave; "blank", "not-sent" ... */
	dec_t value, numerator, denominator; /* DEC_NONE: nothing */
};

struct package_cell {
	const char *form, *indicator;
	const char *source; /* rollup_source_word: "computed", "entered", "rolled-up" ... */
	dec_t value, numerator, denominator;
	dec_t computed;            /* what the formula gives beside an entered value */
	const char *note, *reason; /* NULL: none */
	const char *blank;   /* a word, why `value` is DEC_NONE; NULL: it is not, or silent */
	int64_t given, owed; /* "97 trên 157": of the children; owed 0: none owe it */
	/* As rollup_cell has them: of a cell that is handed up. */
	bool listed, unlisted, incomplete, not_owed;
	/* Adjusted at the own level by `adjusted` parts with a reason; all DEC_NONE: no. */
	dec_t adjusted, adjusted_numerator, adjusted_denominator;
	const char *adjusted_reason;
	const struct package_code *codes;
	size_t n_codes;
	const struct package_share *shares; /* the contributions; only of what children gave */
	size_t n_shares;
};

struct package_unit {
	const char *code, *name, *level; /* name as it was on the period's last day */
	const char *parent;              /* code of the unit above it on that day; NULL: none */
};

/* A child that owed a report for the period. */
struct package_child {
	const char *code, *name;
	const char *sha256; /* of the content that went in; NULL: it had not sent */
};

struct package_definition {
	const char *form;   /* "set", "1", "2" ... */
	const char *sha256; /* of the .form text */
};

struct package_setting { /* a decision on counting */
	const char *name, *word;
	const char *by; /* name of the unit that decided; NULL: the set's own default */
};

/* What an amended report says otherwise than the document before it. */
struct package_amendment {
	const char *form, *indicator;
	dec_t before, after;
	const char *reason;
};

struct package_content {
	struct package_unit unit;
	const char *regime, *regime_title, *regime_document;
	const char *period, *period_name; /* "2024-Q1", "quý I năm 2024" */
	date_t from_on, to_on;
	const char *set, *set_title, *set_document;
	const char *tier;     /* form_tier_word, of the sheet */
	const char *receiver; /* code of the unit that it goes to; NULL: none */
	const struct package_definition *definitions;
	size_t n_definitions;
	const struct package_setting *settings;
	size_t n_settings;
	const struct package_unit
	        *tree; /* of the period's last day: the unit and all below it */
	size_t n_tree;
	const struct package_child *children;
	size_t n_children;
	const struct package_cell *cells;
	size_t n_cells;
	const char *text;   /* lời văn as it was signed; "" when there is none */
	const char *amends; /* SHA-256 of the document it replaces; NULL: the first */
	const struct package_amendment *amendments;
	size_t n_amendments;
};

struct package_bytes {
	const char *at; /* NUL-terminated */
	size_t n;
	char sha256[PACKAGE_SHA256_TEXT];
};
/* Writes; texts are brought into NFC.  Lists come sorted and without doubles: definitions by
 * form, settings by name, tree and children by code, cells and amendments by form and
 * indicator, codes by procedure and tier, shares by child; else ERR_INTERNAL.  ERR_TOO_LARGE.
 */
ERR_RESULT package_write(struct package_bytes *out, struct arena *a,
                         const struct package_content *content);
/* Reads canonical bytes and refuses all others, also those that only differ in white space or
 * order: ERR_INPUT, with what is wrong in `problems` (field "content"). */
ERR_RESULT package_read(struct package_content *out, struct arena *a, const char *bytes,
                        size_t n, struct problems *problems);

/* The cell of a row; NULL: there is none. */
const struct package_cell *package_cell_of(const struct package_content *content,
                                           const char *form, const char *indicator);

struct package_text {
	const char *form, *text; /* of a definition: "set", "1" ..., its .form file */
};

/* What stands on the paper and outside the hash; header.json. */
struct package_header {
	int64_t number; /* 0: none yet */
	const char *notation;
	date_t dated_on, signed_on;
	const char *compiler, *signer, *clerk; /* names; NULL: nobody */
	int64_t pinned; /* number in the chain of the journal of the sender (docs/journal.md) */
	const char *program; /* version that made the package */
};

#endif
