#include "doc/office_relations.h"

#include <string.h>

#include "base/vec.h"

struct reading {
	struct arena *arena;
	struct office_relations *to;
};

static enum err on_relation(void *arg, const char *element, const char **attributes)
{
	struct reading *reading = arg;
	struct office_relations *r = reading->to;
	const char *id = office_attribute(attributes, "Id");
	const char *type = office_attribute(attributes, "Type");
	const char *target = office_attribute(attributes, "Target");
	struct office_relation *item;

	if (strcmp(element, "Relationship") != 0 || !id || !type || !target ||
	    r->n == OFFICE_MOST_RELATIONS)
		return ERR_OK;
	TRY(vec_room(reading->arena, r->items, r->n));
	item = &r->items[r->n++];
	TRY(arena_strdup(reading->arena, &item->id, id));
	TRY(arena_strdup(reading->arena, &item->type, type));
	return arena_strdup(reading->arena, &item->target, target);
}

ERR_RESULT office_relations_path(const char **out, struct arena *a, const char *part)
{
	const char *slash = strrchr(part, '/');
	int folder = slash ? (int)(slash - part) + 1 : 0;

	return arena_printf(a, out, "%.*s_rels/%s.rels", folder, part, part + folder);
}

ERR_RESULT office_relations_read(struct office_relations *r, struct office_package *p,
                                 const char *part)
{
	static const struct office_handler handler = { .start = on_relation };
	struct reading reading = { p->arena, r };
	const char *path;

	*r = (struct office_relations){ 0 };
	TRY(office_relations_path(&path, p->arena, part));
	return office_package_parse(p, path, &handler, &reading);
}

const struct office_relation *office_relation_find(const struct office_relations *r,
                                                   const char *id, const char *type)
{
	for (size_t i = 0; i < r->n; i++) {
		if ((!id || strcmp(r->items[i].id, id) == 0) &&
		    (!type || str_ends(r->items[i].type, type)))
			return &r->items[i];
	}
	return NULL;
}

ERR_RESULT office_part_path(const char **out, struct arena *a, const char *of,
                            const char *target)
{
	const char *slash = strrchr(of, '/');

	if (target[0] == '/')
		return arena_strdup(a, out, target + 1);
	return arena_printf(a, out, "%.*s%s", slash ? (int)(slash - of) + 1 : 0, of, target);
}

ERR_RESULT office_main_part(const char **path, struct office_package *p)
{
	struct office_relations r;
	const struct office_relation *found;

	TRY(office_relations_read(&r, p, ""));
	found = office_relation_find(&r, NULL, "/officeDocument");
	if (!found)
		return err_set(ERR_NOT_FOUND, "no main part");
	return office_part_path(path, p->arena, "", found->target);
}
