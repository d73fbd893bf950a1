/* The tree of a text: prose, markers, conditions, optional parts, footnotes. */
#include <string.h>

#include "app/narrative/narrative_build.h"
#include "app/narrative/narrative_parser.h"
#include "base/vec.h"
#include "base/vntext.h"

/* What ended a row of nodes. */
enum stop { STOP_END, STOP_ELSE, STOP_FI, STOP_OPTIONAL, STOP_NOTE };

struct nodes {
	const struct narrative_node *first;
	struct narrative_node *last;
};

static enum err read_nodes(struct nodes *out, enum stop *stop, struct narrative_parser *p,
                           enum stop inside);

static enum err say(struct narrative_parser *p, int line, enum msg id)
{
	return problems_say(p->problems, "text", line, id);
}

static enum err new_node(struct narrative_node **out, struct narrative_parser *p)
{
	if (++p->n_nodes > NARRATIVE_MOST_NODES)
		return err_set(ERR_TOO_LARGE, "more than %d parts of a text",
		               NARRATIVE_MOST_NODES);
	TRY(arena_new(p->arena, out));
	(*out)->line = p->line;
	return ERR_OK;
}

static void append(struct nodes *list, struct narrative_node *node)
{
	if (list->last)
		list->last->next = node;
	else
		list->first = node;
	list->last = node;
}

/* ---- prose ---- */

static bool at_special(const char *at)
{
	return str_starts(at, "{{") || str_starts(at, "[[") || str_starts(at, "]]") ||
	       str_starts(at, "^[");
}

static enum err check_part(struct narrative_parser *p)
{
	enum narrative_kind kind;
	const char *word;

	if (*p->at != '@' || (p->at > p->source && p->at[-1] != '\n') ||
	    narrative_part_of(&kind, p->at))
		return ERR_OK;
	TRY(arena_strndup(p->arena, &word, p->at, strcspn(p->at, "\n")));
	return problems_say(p->problems, "text", p->line, MSG_NARRATIVE_UNKNOWN_PART, word);
}

static bool blank_before(const struct narrative_parser *p, const char *at)
{
	while (at > p->source && (at[-1] == ' ' || at[-1] == '\t'))
		at--;
	return at == p->source || at[-1] == '\n';
}

/* A comment goes to the end of its line, whatever stands in it. */
static void skip_comment(struct narrative_parser *p)
{
	if (blank_before(p, p->at) && str_starts(p->at, "//"))
		p->at += strcspn(p->at, "\n");
}

/* Up to the next marker; of a footnote up to its "]" or the end of the line. */
static enum err read_text(struct nodes *list, struct narrative_parser *p, bool in_note)
{
	struct narrative_node *node;
	const char *start = p->at;

	TRY(new_node(&node, p));
	while (*p->at && !at_special(p->at) &&
	       !(in_note && (*p->at == ']' || *p->at == '\n'))) {
		TRY(check_part(p));
		skip_comment(p);
		if (*p->at == '\0')
			break;
		if (*p->at == '\\' && p->at[1] && p->at[1] != '\n')
			p->at++;
		if (*p->at == '\n')
			p->line++;
		p->at++;
	}
	node->kind = NARRATIVE_TEXT;
	append(list, node);
	return arena_strndup(p->arena, &node->text, start, (size_t)(p->at - start));
}

/* ---- markers ---- */

/* A condition's marker alone on its line takes the line with it. */
static void drop_line(struct narrative_parser *p, const char *marker)
{
	size_t blanks = strspn(p->at, " \t");

	if (p->at[blanks] != '\n' || !blank_before(p, marker))
		return;
	p->at += blanks + 1;
	p->line++;
}

static enum err read_branch(struct nodes *out, enum stop *stop, struct narrative_parser *p,
                            struct narrative_node *node)
{
	if (++p->depth > NARRATIVE_DEEPEST)
		return problems_say(p->problems, "text", node->line, MSG_NARRATIVE_TOO_DEEP);
	TRY(read_nodes(out, stop, p, STOP_FI));
	p->depth--;
	return ERR_OK;
}

static enum err read_opened(struct narrative_parser *p, struct narrative_node *node)
{
	struct nodes then = { .first = NULL }, otherwise = { .first = NULL };
	enum stop stop = STOP_FI;

	TRY(read_branch(&then, &stop, p, node));
	if (stop == STOP_ELSE) {
		if (node->kind == NARRATIVE_EACH)
			TRY(say(p, p->line, MSG_NARRATIVE_STRAY_ELSE));
		TRY(read_branch(&otherwise, &stop, p, node));
		if (stop == STOP_ELSE)
			TRY(say(p, p->line, MSG_NARRATIVE_STRAY_ELSE));
	}
	if (stop == STOP_END)
		TRY(problems_say(p->problems, "text", node->line, MSG_NARRATIVE_OPEN_IF,
		                 node->marker));
	node->first = then.first;
	node->otherwise = otherwise.first;
	return ERR_OK;
}

/* "{{" comes. */
static enum err read_marker(struct nodes *list, enum stop *stop, struct narrative_parser *p)
{
	const char *start = p->at, *end = start + 2;
	enum narrative_marker_kind kind;
	struct narrative_node *node;
	bool quoted = false;

	*stop = STOP_END;
	TRY(new_node(&node, p));
	for (; *end && *end != '\n' && (quoted || !str_starts(end, "}}")); end++) {
		quoted ^= *end == '"';
		end += *end == '\\' && end[1] && end[1] != '\n';
	}
	p->at += 2;
	if (!str_starts(end, "}}"))
		return say(p, node->line, MSG_NARRATIVE_OPEN_MARKER);
	TRY(arena_strndup(p->arena, &node->marker, start, (size_t)(end + 2 - start)));
	TRY(narrative_marker_parse(&kind, node, p, end));
	p->at = end + 2;
	if (kind == MARKER_LEAF) {
		append(list, node);
		return ERR_OK;
	}
	drop_line(p, start);
	if (kind != MARKER_OPENS) {
		*stop = kind == MARKER_ELSE ? STOP_ELSE : STOP_FI;
		return ERR_OK;
	}
	append(list, node);
	return read_opened(p, node);
}

/* [[ ... ]] and ^[ ... ] */
static enum err read_enclosed(struct nodes *list, struct narrative_parser *p,
                              enum narrative_node_kind kind)
{
	enum stop stop = STOP_END, inside = kind == NARRATIVE_NOTE ? STOP_NOTE : STOP_OPTIONAL;
	struct nodes in = { .first = NULL };
	struct narrative_node *node;

	TRY(new_node(&node, p));
	node->kind = kind;
	p->at += 2;
	if (++p->depth > NARRATIVE_DEEPEST)
		return say(p, node->line, MSG_NARRATIVE_TOO_DEEP);
	TRY(read_nodes(&in, &stop, p, inside));
	p->depth--;
	if (stop != inside)
		return say(p, node->line,
		           kind == NARRATIVE_NOTE ? MSG_NARRATIVE_OPEN_NOTE
		                                  : MSG_NARRATIVE_OPEN_OPTIONAL);
	node->first = in.first;
	append(list, node);
	return ERR_OK;
}

/* A closing sign: of what is being read, or a stray one. */
static enum err read_closing(enum stop *stop, struct narrative_parser *p, enum stop inside)
{
	if (inside == STOP_OPTIONAL) {
		p->at += 2;
		*stop = STOP_OPTIONAL;
		return ERR_OK;
	}
	if (inside == STOP_NOTE) { /* "]" of a note before the one of what it stands in */
		p->at++;
		*stop = STOP_NOTE;
		return ERR_OK;
	}
	p->at += 2;
	return say(p, p->line, MSG_NARRATIVE_STRAY_OPTIONAL);
}

static enum err stray(struct narrative_parser *p, enum stop found)
{
	return say(p, p->line,
	           found == STOP_ELSE ? MSG_NARRATIVE_STRAY_ELSE : MSG_NARRATIVE_STRAY_FI);
}

static enum err read_next(struct nodes *list, enum stop *stop, struct narrative_parser *p,
                          enum stop inside)
{
	if (str_starts(p->at, "{{")) {
		TRY(read_marker(list, stop, p));
		if (*stop != STOP_END && inside != STOP_FI) {
			TRY(stray(p, *stop));
			*stop = STOP_END;
		}
		return ERR_OK;
	}
	if (str_starts(p->at, "[["))
		return read_enclosed(list, p, NARRATIVE_OPTIONAL);
	if (str_starts(p->at, "^["))
		return read_enclosed(list, p, NARRATIVE_NOTE);
	if (str_starts(p->at, "]]"))
		return read_closing(stop, p, inside);
	return read_text(list, p, inside == STOP_NOTE);
}

/* *stop: what ended the row; STOP_END: the text did. */
static enum err read_nodes(struct nodes *out, enum stop *stop, struct narrative_parser *p,
                           enum stop inside)
{
	*stop = STOP_END;
	while (*p->at && *stop == STOP_END && p->depth <= NARRATIVE_DEEPEST) {
		if (inside == STOP_NOTE && *p->at == '\n')
			return ERR_OK;
		if (inside == STOP_NOTE && *p->at == ']') {
			p->at++;
			*stop = STOP_NOTE;
			return ERR_OK;
		}
		TRY(read_next(out, stop, p, inside));
	}
	return ERR_OK;
}

enum err narrative_parse(struct narrative_parsed *out, struct arena *a,
                         struct problems *problems, const struct form_set *set,
                         const char *source)
{
	struct narrative_parser p = { .arena = a,
		                      .problems = problems,
		                      .set = set,
		                      .source = source,
		                      .at = source,
		                      .line = 1 };
	size_t n_before = problems->n;
	struct nodes nodes = { .first = NULL };
	enum stop stop;

	*out = (struct narrative_parsed){ .first = NULL };
	if (strlen(source) > NARRATIVE_LONGEST)
		return say(&p, 1, MSG_NARRATIVE_TOO_LONG);
	TRY(read_nodes(&nodes, &stop, &p, STOP_END));
	if (problems->n == n_before)
		*out = (struct narrative_parsed){ nodes.first, p.references, p.n_references };
	return ERR_OK;
}

/* ---- as it is kept ---- */

static enum err put_ids(struct str *s, const struct narrative_parsed *parsed,
                        const struct form_set *set, const char *source)
{
	size_t at = 0;

	for (size_t i = 0; i < parsed->n_references; i++) {
		const struct narrative_reference *r = &parsed->references[i];

		str_put_n(s, source + at, r->at - at);
		str_put(s, set->rows[r->row].id);
		at = r->at + r->n;
	}
	str_put(s, source + at);
	return str_check(s);
}

enum err narrative_settle(const char **out, struct arena *a, const struct form_set *set,
                          const char *source)
{
	struct narrative_parsed parsed;
	struct problems problems;
	const char *nfc;
	struct str s, unix_lines;

	str_init(&unix_lines, a, (size_t)2 * NARRATIVE_LONGEST);
	for (const char *p = source; *p; p++)
		if (*p != '\r')
			str_put_char(&unix_lines, *p);
	TRY(str_finish(&unix_lines, &nfc));
	TRY(text_nfc(a, &nfc, nfc));
	problems_init(&problems, a);
	TRY(narrative_parse(&parsed, a, &problems, set, nfc));
	if (problems.n > 0) { /* the caller shows them: lines stay as they are */
		*out = nfc;
		return ERR_OK;
	}
	str_init(&s, a, (size_t)2 * NARRATIVE_LONGEST);
	TRY(put_ids(&s, &parsed, set, nfc));
	return str_finish(&s, out);
}
