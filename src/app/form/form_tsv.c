#include "app/form/form_tsv.h"

#include <string.h>

#include "base/str.h"
#include "base/vntext.h"

enum { COLUMNS = 3 };

struct tsv {
	struct form_figures *out;
	struct problems *problems;
	struct arena *arena;
	const struct form_set *set;
	const struct form *form;
	size_t room;
};

enum err form_figure_read(struct form_stated *out, const char **question, struct arena *a,
                          const struct form_row *row, const char *value, const char *note)
{
	struct form_stated stated = FORM_NOTHING_STATED;
	struct number_read number;

	TRY(number_read(&number, question, a, value, row->kind, row->unit));
	if (*question)
		return ERR_OK;
	if (strlen(note) > FORM_LONGEST_NOTE)
		return msg_format(question, a, MSG_FORM_LONG_NOTE);
	stated.value = number.value;
	stated.numerator = number.numerator;
	stated.denominator = number.denominator;
	stated.blank = dec_is_none(number.value) && row->value && row->value->n_refs > 0;
	stated.note = str_blank(note) ? NULL : note;
	*out = stated;
	return ERR_OK;
}

static enum err refuse(struct tsv *t, const struct form_figure *f, const char *code,
                       enum msg id, const char *detail)
{
	t->out->n_refused++;
	return problems_say(t->problems, code, f->line, id, code, detail);
}

static bool seen(const struct tsv *t, const struct form_row *row)
{
	for (size_t i = 0; i < t->out->n; i++)
		if (t->out->at[i].row == row)
			return true;
	return false;
}

static enum err read_figure(struct tsv *t, int line, const char *const column[COLUMNS])
{
	struct form_figure *f = &t->out->at[t->out->n];
	const char *question;

	f->line = line;
	f->row = form_find_row(t->set, t->form, column[0]);
	if (!f->row)
		return refuse(t, f, column[0], MSG_FORM_TSV_NO_ROW, t->form->code);
	if (seen(t, f->row))
		return refuse(t, f, f->row->code, MSG_FORM_TSV_TWICE, "");
	if (f->row->kind == FORM_GROUP && str_blank(column[1]) && str_blank(column[2]))
		return ERR_OK;
	TRY(form_figure_read(&f->stated, &question, t->arena, f->row, column[1], column[2]));
	if (question)
		return refuse(t, f, f->row->code, MSG_FORM_TSV_REFUSED, question);
	t->out->n++;
	return ERR_OK;
}

/* The titles that may stand in the first line. */
static bool is_title(const char *text)
{
	static const char *const titles[] = {
		"code", "Code", "CODE", "mã", "Mã", "STT", "stt"
	};

	for (size_t i = 0; i < ARRAY_LEN(titles); i++)
		if (str_eq(text, titles[i]))
			return true;
	return false;
}

static enum err read_line(struct tsv *t, struct slice line, int number)
{
	const char *column[COLUMNS] = { "", "", "" };
	struct slice cell;

	if (line.len == 0 || line.at[0] == '#' || slice_trim(line).len == 0)
		return ERR_OK;
	for (int i = 0; i < COLUMNS && slice_cut(&line, '\t', &cell); i++) {
		cell = slice_trim(cell);
		TRY(arena_strndup(t->arena, &column[i], cell.at, cell.len));
	}
	if (is_title(column[0]) && t->out->n == 0 && t->out->n_refused == 0)
		return ERR_OK;
	if (t->out->n == t->room)
		return err_set(ERR_TOO_LARGE, "more lines than rows");
	return read_figure(t, number, column);
}

enum err form_tsv_read(struct form_figures *out, struct problems *problems, struct arena *a,
                       const struct form_set *set, const struct form *form, const char *text)
{
	struct tsv t = { out, problems, a, set, form, form->n_rows + 1 };
	struct slice rest, line;
	int number = 0;

	*out = (struct form_figures){ 0 };
	if (strlen(text) > FORM_LONGEST_TSV)
		return problems_say(problems, "", 0, MSG_FORM_TSV_TOO_LONG);
	if (!text_is_valid(text, strlen(text)))
		return problems_say(problems, "", 0, MSG_FORM_NOT_UTF8);
	TRY(text_nfc(a, &text, text));
	if (str_starts(text, "\xef\xbb\xbf"))
		text += 3;
	TRY(arena_array(a, &out->at, t.room + 1));
	rest = slice_of(text);
	while (slice_cut(&rest, '\n', &line) && number < FORM_MOST_TSV_LINES)
		TRY(read_line(&t, line, ++number));
	return ERR_OK;
}
