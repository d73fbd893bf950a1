/* Once every row is known: finds what references mean, and refuses circles. */
#include <string.h>

#include "app/form/form_loader.h"

int loader_find(const struct loader *l, const struct form *form, const char *code)
{
	const char *slash = strchr(code, '/');
	char other[48];

	if (slash) {
		if ((size_t)(slash - code) >= sizeof(other))
			return -1;
		memcpy(other, code, (size_t)(slash - code));
		other[slash - code] = '\0';
		form = form_find(l->set, other);
	}
	const struct form_row *row =
	        form ? form_find_row(l->set, form, slash ? slash + 1 : code) : NULL;

	return row ? row->at : -1;
}

static enum err say_at(struct loader *l, const struct loader_formula *f,
                       const struct calc_ref *ref, enum msg id, const char *name)
{
	struct calc_error error = { .line = ref->line, .column = ref->column };

	l->file = f->file;
	TRY(msg_format(&error.message, l->arena, id, name));
	return loader_say_formula(l, f->line, &error);
}

static enum err resolve_ref(struct loader *l, const struct loader_formula *f,
                            struct calc_ref *ref)
{
	const struct form *form = l->rows[f->row].form;
	const char *name = ref->code;
	const struct form_row *row;

	if (ref->form) {
		form = form_find(l->set, ref->form);
		TRY(arena_printf(l->arena, &name, "%s/%s", ref->form, ref->code));
	}
	row = form ? form_find_row(l->set, form, ref->code) : NULL;
	if (!row)
		return say_at(l, f, ref, form ? MSG_FORM_NO_ROW : MSG_FORM_NO_FORM, name);
	ref->row = row->at;
	if (row->kind == FORM_GROUP)
		return say_at(l, f, ref, MSG_FORM_REF_TO_GROUP, name);
	return ERR_OK;
}

static bool uses_denominator(const struct calc_node *node)
{
	return node && (node->op == CALC_DENOMINATOR || uses_denominator(node->a) ||
	                uses_denominator(node->b) || uses_denominator(node->otherwise));
}

/* ---- circles ---- */

enum colour { WHITE, GREY, BLACK };

struct walk {
	struct loader *l;
	unsigned char *colours;
	int *path;
	size_t n_path;
	bool found;
};

static enum err visit(struct walk *w, int row);

static enum err say_circle(struct walk *w, int row)
{
	struct loader *l = w->l;
	struct str s;
	const char *text;
	size_t i = w->n_path;

	w->found = true;
	while (i > 0 && w->path[i - 1] != row)
		i--;
	str_init(&s, l->arena, 4000);
	for (i = i > 0 ? i - 1 : 0; i < w->n_path; i++)
		str_printf(&s, "%s/%s -> ", l->rows[w->path[i]].form->code,
		           l->rows[w->path[i]].code);
	str_printf(&s, "%s/%s", l->rows[row].form->code, l->rows[row].code);
	TRY(str_finish(&s, &text));
	l->file = l->rows[row].form->file;
	return loader_say(l, l->rows[row].line, 0, MSG_FORM_CIRCLE, text);
}

static enum err visit_refs(struct walk *w, const struct calc *c)
{
	for (size_t i = 0; c && i < c->n_refs && !w->found; i++)
		if (c->refs[i]->row >= 0)
			TRY(visit(w, c->refs[i]->row));
	return ERR_OK;
}

static enum err visit(struct walk *w, int row)
{
	if (w->colours[row] == BLACK)
		return ERR_OK;
	/* A chain this long in a hand-written form is a mistake, and the stack is finite. */
	if (w->colours[row] == GREY || w->n_path == 200)
		return say_circle(w, row);
	w->colours[row] = GREY;
	w->path[w->n_path++] = row;
	TRY(visit_refs(w, w->l->rows[row].value));
	TRY(visit_refs(w, w->l->rows[row].usual_denominator));
	w->n_path--;
	w->colours[row] = BLACK;
	return ERR_OK;
}

static enum err refuse_circles(struct loader *l)
{
	struct walk w = { .l = l };

	TRY(arena_array(l->arena, &w.colours, l->set->n_rows + 1));
	TRY(arena_array(l->arena, &w.path, 201));
	for (size_t i = 0; i < l->set->n_rows && !w.found; i++)
		TRY(visit(&w, (int)i));
	return ERR_OK;
}

enum err load_resolve(struct loader *l)
{
	for (size_t i = 0; i < l->n_formulas; i++) {
		const struct loader_formula *f = &l->formulas[i];
		const struct form_row *row = &l->rows[f->row];

		if (!f->calc)
			continue;
		for (size_t r = 0; r < f->calc->n_refs; r++)
			TRY(resolve_ref(l, f, f->calc->refs[r]));
		l->file = f->file;
		bool allowed = !f->is_value && row->kind == FORM_RATIO;
		if (!allowed && uses_denominator(f->calc->root))
			TRY(loader_say(l, f->line->number, f->line->column,
			               MSG_FORM_NO_DENOMINATOR));
	}
	return refuse_circles(l);
}
