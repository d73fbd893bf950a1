/* The loss report as lines of text: what is kept with the figures, and what a command prints.
 */
#include "app/form_file/form_file.h"
#include "base/str.h"

enum { LONGEST_REPORT = 1 << 20 };

/* "Phụ lục 7, 1.1 Kế hoạch được giao; dòng 41: "3,887". What is wrong." */
static void put_remark(struct str *s, const struct form_set *set,
                       const struct form_file_remark *m)
{
	size_t begin = s->len;

	if (m->row)
		str_printf(s, "%s %s, %s %s", set->printed, m->row->form->code, m->row->code,
		           m->row->label);
	if (*m->where)
		str_printf(s, "%s%s", s->len > begin ? "; " : "", m->where);
	if (*m->quote)
		str_printf(s, "%s\"%s\"", s->len > begin ? ": " : "", m->quote);
	str_printf(s, "%s%s\n", s->len > begin ? ". " : "", m->say);
}

enum err form_file_report(const char **out, struct arena *a, const struct form_file *f)
{
	enum form_file_loss last = FORM_FILE_LOSSES;
	struct str s;

	str_init(&s, a, LONGEST_REPORT);
	for (size_t i = 0; i < f->n_remarks; i++) {
		if (f->remarks[i].loss != last)
			str_printf(&s, "# %s\n", form_file_loss_title(f->remarks[i].loss));
		last = f->remarks[i].loss;
		put_remark(&s, f->set, &f->remarks[i]);
	}
	return str_finish(&s, out);
}
