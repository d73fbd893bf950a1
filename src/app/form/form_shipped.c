#include "app/form/form_shipped.h"

#include <string.h>

#include "base/embedded.h"

static const char folder[] = "forms/";

enum { MOST_SHIPPED = 20 };

enum err form_shipped_codes(struct form_shipped_codes *out, struct arena *a)
{
	struct form_shipped_codes codes = { 0 };

	TRY(arena_array(a, &codes.at, MOST_SHIPPED));
	for (size_t i = 0; i < embedded_count && codes.n < MOST_SHIPPED; i++) {
		const char *path = embedded_files[i].path;
		size_t n = strlen(path);

		if (!str_starts(path, folder) || !str_ends(path, "/set.form"))
			continue;
		TRY(arena_strndup(a, &codes.at[codes.n++], path + strlen(folder),
		                  n - strlen(folder) - strlen("/set.form")));
	}
	*out = codes;
	return ERR_OK;
}

/* "forms/bnv-2022/3.form" is file "3.form" of the set whose folder is "bnv-2022". */
static bool in_folder(const char **file, const char *path, const char *code)
{
	size_t n = strlen(code);

	if (!str_starts(path, folder) || !str_starts(path + strlen(folder), code))
		return false;
	*file = path + strlen(folder) + n + 1;
	return path[strlen(folder) + n] == '/' && str_ends(path, ".form");
}

enum err form_shipped_load(struct form_shipped *out, struct arena *a, const char *code)
{
	struct form_shipped shipped = { 0 };
	struct problems problems;

	TRY(arena_array(a, &shipped.files, FORM_MOST_FORMS + 1));
	for (size_t i = 0; i < embedded_count && shipped.n <= FORM_MOST_FORMS; i++)
		if (in_folder(&shipped.files[shipped.n].name, embedded_files[i].path, code))
			shipped.files[shipped.n++].text = (const char *)embedded_files[i].bytes;
	problems_init(&problems, a);
	TRY(form_set_load(&shipped.set, &problems, a, shipped.files, shipped.n));
	if (!shipped.set)
		return err_set(ERR_INTERNAL, "shipped set %s is faulty", code);
	*out = shipped;
	return ERR_OK;
}
