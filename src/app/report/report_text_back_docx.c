#include "app/report/report_text_back_docx.h"

#include "base/str.h"
#include "doc/text_read.h"

enum err report_text_docx_lines(struct narrative_lines *out, struct arena *a, const void *bytes,
                                size_t n, struct problems *problems)
{
	struct text_file file = { .n_lines = 0 };
	const char **list;
	size_t kept = 0;

	*out = (struct narrative_lines){ .n = 0 };
	if (text_source_kind(bytes, n) != TEXT_SOURCE_DOCX)
		return problems_say(problems, "file", 0, MSG_REPORT_TEXT_NO_WORD);
	TRY(text_read(&file, a, bytes, n, "docx", problems));
	TRY(arena_array(a, &list, file.n_lines + 1));
	for (size_t i = 0; i < file.n_lines; i++)
		if (file.lines[i].kind != TEXT_ROW && file.lines[i].kind != TEXT_NOTE &&
		    !str_blank(file.lines[i].text))
			list[kept++] = file.lines[i].text;
	*out = (struct narrative_lines){ list, kept };
	return ERR_OK;
}
