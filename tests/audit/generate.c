/* generate.c - generate FOLDER KIND FIRST N
 * Writes N invented reports as cases (README.md) FOLDER/KIND-FIRST.txt and on: with one known
 * fault of the kind at a known line, or sound ones for the kind "sound".  The number is the
 * seed: the same number gives the same report.  Nothing of the auditor is used here.
 */
#include "generate/parts.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *word;
	int places;
} KINDS[] = { { "sound", 1 },
#define FAULT_ROW(name, word, places) { word, places },
	      FAULTS(FAULT_ROW)
#undef FAULT_ROW
};

/* The fault needs this annex, or it is there by chance. */
static bool annex_wanted(struct report *r, int percent, const enum fault *faults)
{
	bool needed = chance(r, percent);
	for (; *faults != SOUND; faults++)
		needed = needed || r->fault == *faults;
	return needed;
}

static void choose_annexes(struct report *r)
{
	bool all_levels = r->level != DEPARTMENT;
	if (!all_levels && (here(r, MISSING_VALUE, 0) || here(r, SUM, 5)))
		r->place = 1;
	r->with_annex =
	        annex_wanted(r, 50,
	                     (enum fault[]){ TEXT_TABLE, RATIO, SUM, SUBSET, ZERO_DENOMINATOR,
	                                     MISSING_VALUE, HEADER, CROSS_FORM, SOUND });
	r->with_online_annex =
	        annex_wanted(r, 35, (enum fault[]){ CROSS_FORM, TEXT_TABLE, HEADER, SOUND });
	r->with_direction_annex =
	        annex_wanted(r, 35, (enum fault[]){ ENUM, UNIT, NUMBERING, SOUND });
	r->with_staff_annex = annex_wanted(r, 35, (enum fault[]){ TEXT_TABLE, FORMAT, SOUND });
}

static const char *roman(int n)
{
	static const char *const all[] = { "0", "I", "II", "III", "IV", "V", "VI", "VII" };
	return all[n];
}

/* A part of the report; a fault repeats or leaves out a number. */
static void part(struct report *r, const char *title)
{
	r->parts++;
	r->sections = 0;
	bool gap = here(r, NUMBERING, 1) && r->parts == 3;
	if (gap)
		r->parts++;
	add_marked(r, kept(r, "%s. %s", roman(r->parts), title), gap);
	if (gap)
		accept(r, "suspect-or-fail", "numbering");
}
static void section(struct report *r, const char *title)
{
	r->sections++;
	bool again = here(r, NUMBERING, 0) && !r->accept && r->sections == 3;
	if (again)
		r->sections--;
	add_marked(r, kept(r, "%d. %s", r->sections, title), again);
	if (again)
		accept(r, "suspect-or-fail", "numbering");
}

static void write_lettered(struct report *r)
{
	static const char *const letters[] = { "a", "b", "c", "d", "đ" };
	static const char *const what[] = { "Việc thông tin", "Việc phối hợp", "Việc theo dõi",
		                            "Việc lưu trữ", "Việc sơ kết" };
	bool gap = here(r, NUMBERING, 3);
	for (int i = 0; i < 4; i++) {
		int letter = i + (gap && i > 1);
		add_marked(r, kept(r, "%s) %s", letters[letter], what[i]),
		           gap && i > 0 && i < 3);
		filler(r, 1, "");
	}
	if (gap)
		accept(r, "suspect-or-fail", "numbering");
}

static void write_results(struct report *r)
{
	part(r, "KẾT QUẢ THỰC HIỆN");
	section(r, "Cải cách thể chế");
	filler(r, 1, "");
	section(r, "Cải cách thủ tục hành chính");
	write_procedures(r);
	write_files(r);
	if (wanted(r, 25, SUM, 6, 6) || here(r, HEADER, 2)) {
		add(r, "Kết quả giải quyết hồ sơ theo lĩnh vực như sau:");
		field_table(r);
	}
	write_traps(r, (int)draw(r, 4));
	section(r, "Cải cách tổ chức bộ máy và chế độ công vụ");
	write_staff(r);
	section(r, "Cải cách tài chính công");
	write_money(r);
	if (wanted(r, 25, RATIO, 5, 5) || here(r, SUM, 7)) {
		section(r, "Xây dựng chính quyền điện tử");
		unit_table(r);
	}
	if (wanted(r, 25, NUMBERING, 3, 3)) {
		section(r, "Công tác khác");
		write_lettered(r);
	}
}

static void write_report(struct report *r)
{
	choose_annexes(r);
	write_head(r);
	if (r->period == PLAN) {
		write_plan(r);
		return;
	}
	part(r, "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH");
	write_direction(r);
	write_documents(r);
	write_results(r);
	part(r, "ĐÁNH GIÁ CHUNG");
	write_evaluation(r);
	if (wanted(r, 25, RATIO, 4, 4)) {
		add(r, "Kết quả khảo sát mức độ hài lòng:");
		survey_table(r);
	}
	if (wanted(r, 20, GROWTH, 3, 3)) {
		add(r, "So sánh một số kết quả với năm trước:");
		year_table(r);
	}
	part(r, "PHƯƠNG HƯỚNG, NHIỆM VỤ");
	write_tasks_ahead(r);
	write_tail(r);
	write_annexes(r);
}

static bool in_table(const char *line)
{
	return strchr(line, '\t') != NULL;
}

static void print(const struct report *r, FILE *out)
{
	int at[sizeof r->lines / sizeof r->lines[0]], line = 0;
	for (int i = 0; i < r->n_lines; i++) {
		bool apart = i > 0 && r->spaced &&
		             !(in_table(r->lines[i].text) && in_table(r->lines[i - 1].text));
		line += 1 + apart;
		at[i] = apart ? -line : line;
	}
	if (r->fault == SOUND) {
		fputs("#: silent sound\n", out);
	} else {
		fprintf(out, "#: times 20\n#: expect %s %s|%s line",
		        r->verdict ? r->verdict : "none", KINDS[r->fault].word,
		        r->accept ? r->accept : "none");
		for (int i = 0; i < r->n_lines; i++)
			if (r->lines[i].marked)
				fprintf(out, " %d", abs(at[i]));
		fputc('\n', out);
	}
	for (int i = 0; i < r->n_lines; i++)
		fprintf(out, "%s%s\n", at[i] < 0 ? "\n" : "", r->lines[i].text);
}

static bool generate(const char *folder, int kind, uint64_t seed)
{
	char path[4096];
	static const uint64_t step = 1000003;
	struct report *r = calloc(1, sizeof *r);
	snprintf(path, sizeof path, "%s/%s-%05u.txt", folder, KINDS[kind].word, (unsigned)seed);
	FILE *out = r ? fopen(path, "w") : NULL;
	if (!out) {
		free(r);
		return false;
	}
	r->random = seed * step + (uint64_t)kind;
	r->fault = (enum fault)kind;
	r->place = (int)(seed % (uint64_t)KINDS[kind].places);
	choose_period(r);
	choose_office(r);
	choose_facts(r);
	write_report(r);
	print(r, out);
	bool planted = kind == SOUND || r->accept;
	if (!planted)
		fprintf(stderr, "%s: no fault was planted\n", path);
	free(r);
	return !fclose(out) && planted;
}

int main(int n_words, char **words)
{
	int kind = -1;
	for (int i = 0; n_words == 5 && i < FAULT_KINDS; i++)
		if (!strcmp(words[2], KINDS[i].word))
			kind = i;
	if (kind < 0) {
		fputs("usage: generate FOLDER KIND|sound FIRST N\n", stderr);
		return 2;
	}
	unsigned long first = strtoul(words[3], NULL, 10), n = strtoul(words[4], NULL, 10);
	bool good = true;
	for (unsigned long i = 0; i < n; i++)
		good = generate(words[1], kind, first + i) && good;
	return good ? 0 : 1;
}
