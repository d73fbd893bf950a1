/* judge.c - judge PROGRAM FOLDER CASE...
 * Runs the auditor over cases (README.md says how a case is written) and tells what it found,
 * missed and raised without reason.  It knows the auditor by its command and its JSON alone.
 *
 * Each document is written into FOLDER.  Lines go out tab-separated: "missed" and "false" with
 * the case and the details, "broken" for a run without an answer, and at the end one "count" a
 * kind: asked, found, false, near misses, near misses that were left alone.
 * Exit code 1 when anything was missed, false or broken.
 */
#include "finding.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KINDS = 32, EXPECTED = 8, LINES = 96, LONGEST = 4096, BOTH_SIDES = 2 };

struct expected {
	char verdict[24], kinds[128];
	long lines[LINES];
	int n_lines, times;
};
struct audited_case {
	const char *path;
	struct expected expected[EXPECTED];
	int n_expected, most_times; /* a fault may be seen from so many sides */
	char silent[128], options[64], previous[256];
	int n_false;
};
struct count {
	char kind[32];
	int asked, found, wrong, near, left_alone;
};
struct judge {
	const char *program, *folder;
	struct count counts[KINDS];
	int n_counts, broken, documents, disturbed;
};

static struct count *count_of(struct judge *j, const char *kind, size_t length)
{
	for (int i = 0; i < j->n_counts; i++)
		if (strlen(j->counts[i].kind) == length &&
		    !memcmp(j->counts[i].kind, kind, length))
			return &j->counts[i];
	if (j->n_counts == KINDS || length >= sizeof j->counts[0].kind)
		exit(2);
	struct count *c = &j->counts[j->n_counts++];
	memcpy(c->kind, kind, length);
	return c;
}

static size_t first_length(const char *words, const char *end_marks)
{
	return strcspn(words, end_marks);
}

/* "|"-separated kinds contain the word. */
static bool among(const char *kinds, const char *kind)
{
	size_t n = strlen(kind);
	for (const char *k = kinds; *k;) {
		size_t m = first_length(k, "|");
		if (m == n && !memcmp(k, kind, n))
			return true;
		k += m + (k[m] == '|');
	}
	return false;
}

static void read_expected(struct expected *e, const char *rest)
{
	int used = 0;
	if (sscanf(rest, " %23s %127s line%n", e->verdict, e->kinds, &used) < 2 || !used)
		exit(2);
	char *at;
	for (const char *s = rest + used; e->n_lines < LINES; s = at) {
		long n = strtol(s, &at, 10);
		if (at == s)
			break;
		e->lines[e->n_lines++] = n;
	}
}

/* One "#:" line of the case. */
static void read_header(struct audited_case *c, char *line)
{
	line[strcspn(line, "\r\n")] = 0;
	const char *word = line + 2 + strspn(line + 2, " ");
	if (!strncmp(word, "expect ", 7) && c->n_expected < EXPECTED)
		read_expected(&c->expected[c->n_expected++], word + 7);
	else if (!strncmp(word, "silent", 6))
		snprintf(c->silent, sizeof c->silent, "%s", word + 6);
	else if (!strncmp(word, "times ", 6))
		c->most_times = (int)strtol(word + 6, NULL, 10);
	else if (!strncmp(word, "options ", 8))
		snprintf(c->options, sizeof c->options, "%s", word + 8);
	else if (!strncmp(word, "previous ", 9))
		snprintf(c->previous, sizeof c->previous, "%s", word + 9);
	else {
		fprintf(stderr, "%s: unknown line: %s\n", c->path, line);
		exit(2);
	}
}

/* Reads the case's own lines and writes the document that follows them. */
static bool unpack(struct audited_case *c, const char *to)
{
	FILE *in = fopen(c->path, "r"), *out = fopen(to, "w");
	char *line = NULL;
	size_t room = 0;
	bool head = true;
	while (in && out && getline(&line, &room, in) > 0) {
		head = head && !strncmp(line, "#:", 2);
		if (head)
			read_header(c, line);
		else
			fputs(line, out);
	}
	free(line);
	if (in)
		fclose(in);
	return in && out && !fclose(out);
}

/* The last period's report stands beside the case. */
static bool unpack_previous(const struct audited_case *c, const char *to)
{
	char path[LONGEST];
	const char *slash = strrchr(c->path, '/');
	int folder = slash ? (int)(slash - c->path) + 1 : 0;
	snprintf(path, sizeof path, "%.*s%s", folder, c->path, c->previous);
	struct audited_case unread = { .path = path };
	return unpack(&unread, to);
}

static char *output_of(const char *command)
{
	FILE *pipe = popen(command, "r");
	if (!pipe)
		return NULL;
	size_t n = 0, room = 1 << 16;
	char *text = malloc(room);
	for (size_t got; text && (got = fread(text + n, 1, room - n - 1, pipe)) > 0;) {
		n += got;
		if (room - n < 2)
			text = realloc(text, room *= 2);
	}
	if (text)
		text[n] = 0;
	int status = pclose(pipe);
	if (text && WIFEXITED(status) && WEXITSTATUS(status) <= 1)
		return text;
	free(text);
	return NULL;
}

static bool touches(const struct expected *e, const struct finding *f)
{
	for (int i = 0; i < e->n_lines; i++)
		for (int k = 0; k < f->n_lines; k++)
			if (e->lines[i] == f->lines[k])
				return true;
	return false;
}

static bool is_expected(const struct audited_case *c, const struct expected *e,
                        const struct finding *f)
{
	bool verdict =
	        !strcmp(e->verdict, f->verdict) || !strcmp(e->verdict, "suspect-or-fail");
	return verdict && among(e->kinds, f->kind) && touches(e, f) && e->times < c->most_times;
}

static void print_lines(const long *lines, int n)
{
	for (int i = 0; i < n; i++)
		printf("%s%ld", i ? " " : "", lines[i]);
}

struct audience {
	struct judge *judge;
	struct audited_case *audited;
};
static void hear(void *context, const struct finding *f)
{
	struct audience *to = context;
	for (int i = 0; i < to->audited->n_expected; i++)
		if (is_expected(to->audited, &to->audited->expected[i], f)) {
			to->audited->expected[i].times++;
			return;
		}
	to->audited->n_false++;
	count_of(to->judge, f->kind, strlen(f->kind))->wrong++;
	printf("false\t%s\t%s %s line ", to->audited->path, f->verdict, f->kind);
	print_lines(f->lines, f->n_lines);
	printf("\tstated: %s\tcomputed: %s\t%s\n", f->stated, f->computed, f->message);
}

static void settle(struct judge *j, const struct audited_case *c)
{
	for (int i = 0; i < c->n_expected; i++) {
		const struct expected *e = &c->expected[i];
		struct count *count = count_of(j, e->kinds, first_length(e->kinds, "|"));
		count->asked++;
		count->found += e->times > 0;
		if (e->times)
			continue;
		printf("missed\t%s\t%s %s line ", c->path, e->verdict, e->kinds);
		print_lines(e->lines, e->n_lines);
		putchar('\n');
	}
	for (const char *s = c->silent + strspn(c->silent, " "); *s;) {
		size_t n = first_length(s, " ");
		struct count *count = count_of(j, s, n);
		count->near++;
		count->left_alone += !c->n_false;
		s += n + strspn(s + n, " ");
	}
	j->documents += 1;
	j->disturbed += c->n_false > 0;
}

static void judge_case(struct judge *j, const char *path)
{
	struct audited_case c = { .path = path, .most_times = BOTH_SIDES };
	char document[LONGEST], previous[LONGEST] = "", command[4 * LONGEST];
	snprintf(document, sizeof document, "%s/document.txt", j->folder);
	bool ready = unpack(&c, document);
	if (ready && *c.previous) {
		char earlier[LONGEST];
		snprintf(earlier, sizeof earlier, "%s/earlier.txt", j->folder);
		ready = unpack_previous(&c, earlier);
		snprintf(previous, sizeof previous, "--previous '%s/earlier.txt'", j->folder);
	}
	snprintf(command, sizeof command, "%s audit '%s' --json %s %s 2>/dev/null", j->program,
	         document, c.options, previous);
	char *json = ready ? output_of(command) : NULL;
	struct audience to = { j, &c };
	if (!json || !finding_each(json, hear, &to)) {
		printf("broken\t%s\tno answer that can be read\n", path);
		j->broken++;
	}
	settle(j, &c);
	free(json);
}

int main(int n_words, char **words)
{
	if (n_words < 4) {
		fputs("usage: judge PROGRAM FOLDER CASE...\n", stderr);
		return 2;
	}
	struct judge j = { .program = words[1], .folder = words[2] };
	for (int i = 3; i < n_words; i++)
		judge_case(&j, words[i]);
	int bad = j.broken;
	for (int i = 0; i < j.n_counts; i++) {
		const struct count *c = &j.counts[i];
		printf("count\t%s\t%d\t%d\t%d\t%d\t%d\n", c->kind, c->asked, c->found, c->wrong,
		       c->near, c->left_alone);
		bad += c->asked - c->found + c->wrong;
	}
	printf("documents\t%d\t%d\t%d\n", j.documents, j.disturbed, j.broken);
	return bad > 0;
}
