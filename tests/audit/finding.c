/* finding.c - a reader of JSON that walks everything and keeps the fields of findings. */
#include "finding.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct walk {
	const char *at;
	bool broken, found;
	void (*hear)(void *, const struct finding *);
	void *context;
	struct finding finding;
};

static void skip_blanks(struct walk *w)
{
	w->at += strspn(w->at, " \t\r\n");
}

static bool take(struct walk *w, char c)
{
	skip_blanks(w);
	if (*w->at != c)
		return false;
	w->at++;
	return true;
}

/* Copies the string, as much as has room; \u escapes become '?'. */
static void read_string(struct walk *w, char *to, size_t room)
{
	size_t n = 0;
	if (!take(w, '"')) {
		w->broken = true;
		return;
	}
	for (; *w->at && *w->at != '"'; w->at++) {
		char c = *w->at;
		if (c == '\\') {
			c = *++w->at;
			if (!c)
				break;
			c = c == 'n' || c == 't' || c == 'r' ? ' ' : c;
			if (c == 'u') {
				c = '?';
				w->at += strnlen(w->at, 4);
			}
		}
		if (n + 1 < room)
			to[n++] = c;
	}
	if (room)
		to[n] = 0;
	w->broken = w->broken || *w->at != '"';
	w->at += *w->at == '"';
}

static void read_value(struct walk *w, const char *name, int depth);

/* The field of a finding that has this name, and how much fits. */
static char *field(struct finding *f, const char *name, size_t *room)
{
	const struct {
		const char *name;
		char *at;
		size_t room;
	} fields[] = {
		{ "verdict", f->verdict, sizeof f->verdict },
		{ "kind", f->kind, sizeof f->kind },
		{ "stated", f->stated, sizeof f->stated },
		{ "computed", f->computed, sizeof f->computed },
		{ "message", f->message, sizeof f->message },
	};
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (!strcmp(fields[i].name, name)) {
			*room = fields[i].room;
			return fields[i].at;
		}
	return NULL;
}

static void read_number_or_word(struct walk *w, bool is_line)
{
	char *end;
	long n = strtol(w->at, &end, 10);
	if (end != w->at && is_line && w->finding.n_lines < FINDING_MOST_LINES)
		w->finding.lines[w->finding.n_lines++] = n;
	size_t length = strcspn(w->at, ",]} \t\r\n");
	w->broken = w->broken || !length;
	w->at += length;
}

enum {
	TOP = 1,
	FINDING = 3,
	FINDING_FIELD = 4
}; /* depths: the object, a finding in it, its values */

static void read_object(struct walk *w, const char *name, int depth)
{
	bool finding = depth == FINDING && !strcmp(name, "findings");
	if (finding)
		w->finding = (struct finding){ 0 };
	while (!w->broken && !take(w, '}')) {
		char key[64];
		take(w, ',');
		read_string(w, key, sizeof key);
		if (!take(w, ':'))
			w->broken = true;
		size_t room = 0;
		char *to = finding ? field(&w->finding, key, &room) : NULL;
		skip_blanks(w);
		if (to && *w->at == '"')
			read_string(w, to, room);
		else
			read_value(w, finding || depth == TOP ? key : "", depth + 1);
	}
	if (finding && !w->broken)
		w->hear(w->context, &w->finding);
}

static void read_array(struct walk *w, const char *name, int depth)
{
	w->found = w->found || (depth == TOP + 1 && !strcmp(name, "findings"));
	while (!w->broken && !take(w, ']')) {
		take(w, ',');
		read_value(w, name, depth + 1);
	}
}

static void read_value(struct walk *w, const char *name, int depth)
{
	skip_blanks(w);
	if (w->broken || depth > 32 || !*w->at)
		w->broken = true;
	else if (take(w, '{'))
		read_object(w, name, depth);
	else if (take(w, '['))
		read_array(w, name, depth);
	else if (*w->at == '"')
		read_string(w, NULL, 0);
	else
		read_number_or_word(w, depth == FINDING_FIELD + 1 && !strcmp(name, "lines"));
}

bool finding_each(const char *json, void (*hear)(void *, const struct finding *), void *context)
{
	struct walk w = { .at = json, .hear = hear, .context = context };
	read_value(&w, "", TOP);
	return w.found && !w.broken;
}
