/* narrative_parser.h - what the files of the parser share; private to them. */
#ifndef APP_NARRATIVE_NARRATIVE_PARSER_H
#define APP_NARRATIVE_NARRATIVE_PARSER_H

#include "app/narrative/narrative_language.h"

#define CHOOSE(name, word) WORD_##name,
enum narrative_word {
#include "app/narrative/narrative_words.def"
	WORDS_
};
const char *narrative_word(enum narrative_word word); /* "nếu" */

struct narrative_parser {
	struct arena *arena;
	struct problems *problems;
	const struct form_set *set; /* NULL: cells cannot be named, runs can be fixed */
	const char *source, *at;
	int line;
	int depth;
	size_t n_nodes;
	struct narrative_reference *references;
	size_t n_references;
};

/* What a marker does to the text around it. */
enum narrative_marker_kind { MARKER_LEAF, MARKER_OPENS, MARKER_ELSE, MARKER_FI };

/* Reads what stands between "{{" at p->at - 2 and "}}" at `end`; node->marker, line are set.
 * What is wrong became a problem; node is of no use then. */
ERR_RESULT narrative_marker_parse(enum narrative_marker_kind *kind, struct narrative_node *node,
                                  struct narrative_parser *p, const char *end);

/* ---- inside a marker: a cursor that stops at the first thing that is wrong ---- */

struct narrative_cursor {
	struct narrative_parser *p;
	const char *at, *end;
	bool bad; /* a problem was added; what comes is skipped */
	int depth;
};
void narrative_skip(struct narrative_cursor *c);
/* Takes the word when it comes; its blanks match any run of blanks. */
bool narrative_take(struct narrative_cursor *c, const char *word);
bool narrative_take_word(struct narrative_cursor *c, enum narrative_word word);
bool narrative_at_end(struct narrative_cursor *c);
/* narrative_refuse(c, MSG_X, arg...): adds the problem, sets c->bad. */
#define narrative_refuse(c, ...) NARRATIVE_REFUSE_(c, __VA_ARGS__, NULL)
#define NARRATIVE_REFUSE_(c, id, ...)                                                          \
	narrative_refuse_args((c), (id), (const char *const[]){ __VA_ARGS__ })
ERR_RESULT narrative_refuse_args(struct narrative_cursor *c, enum msg id,
                                 const char *const *args);
/* What stands at the cursor, for a message; at most 40 bytes. */
ERR_RESULT narrative_rest(const char **out, struct narrative_cursor *c);

ERR_RESULT narrative_read_sum(struct narrative_sum *out, struct narrative_cursor *c);
/* *taken: a list was named. */
ERR_RESULT narrative_read_source(struct narrative_source *out, bool *taken,
                                 struct narrative_cursor *c);
ERR_RESULT narrative_read_test(const struct narrative_test **out, struct narrative_cursor *c);
ERR_RESULT narrative_read_style(struct narrative_style *out, struct narrative_cursor *c);
/* "..." with \" and \\ in it; *out NULL when none comes. */
ERR_RESULT narrative_read_quoted(const char **out, struct narrative_cursor *c);

#endif
