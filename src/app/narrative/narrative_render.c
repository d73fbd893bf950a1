#include "app/narrative/narrative_render.h"

#include <string.h>

#include "app/narrative/narrative_build.h"
#include "base/vntext.h"

enum truth { NO, YES, UNKNOWN };

struct renderer {
	struct narrative_builder build;
	struct arena *arena;
	struct problems *remarks;
	const struct narrative_input *input;
	const struct narrative_name *element; /* of the innermost loop */
};

static enum err render_nodes(struct renderer *r, const struct narrative_node *first);

/* ---- lists ---- */

/* Notes of a form's cells, as names. */
static enum err notes_of(struct narrative_names *out, struct renderer *r,
                         const struct form *form)
{
	const struct narrative_cell *cells = r->input->cells[NARRATIVE_NOW];
	struct narrative_name *names;
	size_t n = 0;

	TRY(arena_array(r->arena, &names, form->n_rows + 1));
	for (size_t i = 0; cells && i < form->n_rows; i++) {
		const struct narrative_cell *cell = &cells[(size_t)form->first + i];

		if (!str_blank(cell->note))
			names[n++] = (struct narrative_name){ cell->note, cell->value };
	}
	*out = (struct narrative_names){ names, n };
	return ERR_OK;
}

static enum err names_of(struct narrative_names *out, struct renderer *r,
                         const struct narrative_source *source)
{
	const struct narrative_cell *cells = r->input->cells[NARRATIVE_NOW];

	*out = (struct narrative_names){ .at = NULL };
	switch (source->what) {
	case NARRATIVE_UNITS_MISSING:
		*out = r->input->missing;
		break;
	case NARRATIVE_UNITS_SENT:
		*out = r->input->sent;
		break;
	case NARRATIVE_FIELDS:
		if (cells)
			*out = cells[source->row].fields;
		break;
	case NARRATIVE_PROCEDURES:
		if (cells)
			*out = cells[source->row].procedures;
		break;
	case NARRATIVE_NOTES:
		return notes_of(out, r, source->form);
	}
	return ERR_OK;
}

/* "xã A, xã B và xã C". */
static enum err join_names(const char **out, struct arena *a,
                           const struct narrative_names *names)
{
	struct str s;

	str_init(&s, a, NARRATIVE_LONGEST);
	for (size_t i = 0; i < names->n; i++) {
		if (i > 0)
			str_put(&s, i + 1 == names->n ? msg_text(MSG_NARRATIVE_AND) : ", ");
		str_put(&s, names->at[i].name);
	}
	return str_finish(&s, out);
}

/* ---- conditions ---- */

static bool compare(enum narrative_compare c, int order)
{
	switch (c) {
	case NARRATIVE_EQ:
		return order == 0;
	case NARRATIVE_NE:
		return order != 0;
	case NARRATIVE_LT:
		return order < 0;
	case NARRATIVE_LE:
		return order <= 0;
	case NARRATIVE_GT:
		return order > 0;
	case NARRATIVE_GE:
		return order >= 0;
	}
	return false;
}

static enum truth both(enum truth a, enum truth b)
{
	if (a == NO || b == NO)
		return NO;
	return a == YES && b == YES ? YES : UNKNOWN;
}

static enum truth opposite(enum truth a)
{
	return a == UNKNOWN ? UNKNOWN : a == YES ? NO : YES;
}

static enum truth compared(const struct renderer *r, const struct narrative_test *t)
{
	dec_t left = narrative_sum_value(r->input, &t->left, t->left.when);
	dec_t right = narrative_sum_value(r->input, &t->right, t->right.when);

	if (dec_is_none(left) || dec_is_none(right))
		return UNKNOWN;
	return compare(t->compare, dec_cmp(left, right)) ? YES : NO;
}

static enum err test(enum truth *out, struct renderer *r, const struct narrative_test *t)
{
	enum truth a = NO, b = NO;
	struct narrative_names names = { .at = NULL };

	if (t->a)
		TRY(test(&a, r, t->a));
	if (t->b)
		TRY(test(&b, r, t->b));
	switch (t->op) {
	case NARRATIVE_AND:
		*out = both(a, b);
		return ERR_OK;
	case NARRATIVE_OR:
		*out = opposite(both(opposite(a), opposite(b)));
		return ERR_OK;
	case NARRATIVE_NOT:
		*out = opposite(a);
		return ERR_OK;
	case NARRATIVE_COMPARE:
		*out = compared(r, t);
		return ERR_OK;
	case NARRATIVE_KNOWN:
		*out = !dec_is_none(narrative_sum_value(r->input, &t->left, t->left.when));
		return ERR_OK;
	case NARRATIVE_NOT_EMPTY:
		TRY(names_of(&names, r, &t->source));
		*out = names.n > 0;
		return ERR_OK;
	case NARRATIVE_PERIOD_IS:
		*out = str_eq(t->word, r->input->period);
		return ERR_OK;
	}
	return ERR_OK;
}

/* The branch that is printed; NULL: none. */
static enum err branch_of(const struct narrative_node **out, struct renderer *r,
                          const struct narrative_node *node)
{
	enum truth truth = NO;

	TRY(test(&truth, r, node->test));
	*out = truth == YES ? node->first : truth == NO ? node->otherwise : NULL;
	if (truth != UNKNOWN)
		return ERR_OK;
	return problems_say(r->remarks, "condition", node->line,
	                    MSG_NARRATIVE_CONDITION_UNKNOWN, node->marker);
}

/* ---- figures ---- */

/* "7/19"; NULL: blank. */
static enum err fraction(const char **out, struct renderer *r,
                         const struct narrative_cell *cell)
{
	char over[DEC_TEXT], under[DEC_TEXT];

	*out = NULL;
	if (dec_is_none(cell->numerator) || dec_is_none(cell->denominator))
		return ERR_OK;
	return arena_printf(r->arena, out, "%s/%s", dec_vn(cell->numerator, -1, over),
	                    dec_vn(cell->denominator, -1, under));
}

static const struct narrative_cell *only_cell(const struct renderer *r,
                                              const struct narrative_node *node)
{
	const struct narrative_cell *cells = r->input->cells[node->sum.when];

	return cells && node->sum.terms[0].row >= 0 ? &cells[node->sum.terms[0].row] : NULL;
}

static const struct form_row *first_row(const struct renderer *r,
                                        const struct narrative_sum *sum)
{
	for (size_t i = 0; i < sum->n; i++)
		if (sum->terms[i].row >= 0)
			return &r->input->set->rows[sum->terms[i].row];
	return NULL;
}

static dec_t value_of(const struct renderer *r, const struct narrative_node *node)
{
	const struct narrative_cell *cell = only_cell(r, node);

	if (node->style.part && !cell)
		return DEC_NONE;
	if (node->style.part)
		return node->style.part == 'd' ? cell->denominator : cell->numerator;
	return narrative_sum_value(r->input, &node->sum, node->sum.when);
}

static enum err change_text(const char **out, struct renderer *r,
                            const struct narrative_node *node, dec_t *value)
{
	struct narrative_two two = {
		narrative_sum_value(r->input, &node->sum, NARRATIVE_NOW),
		narrative_sum_value(r->input, &node->sum, node->style.when),
	};

	*value = dec_sub(two.now, two.then);
	if (dec_is_none(*value))
		return ERR_OK;
	return narrative_change_text(out, r->arena, &two, first_row(r, &node->sum),
	                             &node->style);
}

/* The text of a figure; NULL: it is blank. */
static enum err cell_text(const char **out, dec_t *value, struct renderer *r,
                          const struct narrative_node *node)
{
	const struct narrative_cell *cell = only_cell(r, node);
	const struct form_row *row = first_row(r, &node->sum);

	*out = NULL;
	*value = DEC_NONE;
	if (node->style.note) {
		*out = cell && !str_blank(cell->note) ? cell->note : NULL;
		return ERR_OK;
	}
	if (!row) { /* a number written out */
		*out = node->sum.reference;
		return ERR_OK;
	}
	if (node->style.change)
		return change_text(out, r, node, value);
	*value = value_of(r, node);
	if (node->style.part == 'f')
		return cell ? fraction(out, r, cell) : ERR_OK;
	if (dec_is_none(*value))
		return ERR_OK;
	return narrative_figure_text(out, r->arena, *value, row, &node->style);
}

static enum err remark_blank(struct renderer *r, const struct narrative_node *node,
                             const struct form_row *row)
{
	const char *where;

	TRY(arena_printf(r->arena, &where, "%s/%s", row->form->code, row->code));
	return problems_say(r->remarks, "blank", node->line, MSG_NARRATIVE_BLANK,
	                    node->sum.reference, where, row->label);
}

static void name_cell(struct narrative_run *run, const struct form_row *row,
                      const struct narrative_sum *sum)
{
	if (!row)
		return;
	run->reference = sum->reference;
	run->form = row->form->code;
	run->indicator = row->id;
}

static enum err render_cell(struct renderer *r, const struct narrative_node *node)
{
	struct narrative_run run = { .kind = node->style.change ? NARRATIVE_CHANGE
		                                                : NARRATIVE_FIGURE,
		                     .marker = node->marker };
	const struct form_row *row = first_row(r, &node->sum);

	TRY(cell_text(&run.text, &run.value, r, node));
	name_cell(&run, row, &node->sum);
	if (!run.text) {
		run.text = NARRATIVE_BLANK_TEXT;
		if (row)
			TRY(remark_blank(r, node, row));
	}
	return narrative_build_run(&r->build, &run, node->line);
}

/* ---- words ---- */

static enum err variable_text(const char **out, struct renderer *r,
                              const struct narrative_node *node)
{
	char text[DEC_TEXT];

	*out = r->input->variables[node->variable];
	if (r->element && node->variable == NARRATIVE_THE_NAME)
		*out = r->element->name;
	if (r->element && node->variable == NARRATIVE_THE_COUNT)
		TRY(arena_strdup(r->arena, out, dec_vn(r->element->count, -1, text)));
	if (*out && node->style.capitals)
		return text_upper(r->arena, out, *out);
	return ERR_OK;
}

static enum err render_words(struct renderer *r, const struct narrative_node *node,
                             const char *text)
{
	struct narrative_run run = { .kind = NARRATIVE_WORDS,
		                     .marker = node->marker,
		                     .text = str_blank(text) ? NARRATIVE_BLANK_TEXT : text,
		                     .value = DEC_NONE };

	if (str_blank(text))
		TRY(problems_say(r->remarks, "blank", node->line, MSG_NARRATIVE_WORD_UNKNOWN,
		                 node->marker));
	return narrative_build_run(&r->build, &run, node->line);
}

static enum err render_variable(struct renderer *r, const struct narrative_node *node)
{
	const char *text;

	TRY(variable_text(&text, r, node));
	return render_words(r, node, text);
}

static enum err render_listed(struct renderer *r, const struct narrative_node *node)
{
	struct narrative_names names;
	const char *text;

	TRY(names_of(&names, r, &node->source));
	TRY(join_names(&text, r->arena, &names));
	return render_words(r, node, text);
}

static enum err render_own(struct renderer *r, const struct narrative_node *node)
{
	struct narrative_run run = { .kind = NARRATIVE_STATED,
		                     .marker = node->marker,
		                     .text = node->text,
		                     .value = DEC_NONE };

	name_cell(&run, first_row(r, &node->sum), &node->sum);
	return narrative_build_run(&r->build, &run, node->line);
}

static enum err render_each(struct renderer *r, const struct narrative_node *node)
{
	const struct narrative_name *outer = r->element;
	struct narrative_names names;

	TRY(names_of(&names, r, &node->source));
	r->build.repeating++;
	for (size_t i = 0; i < names.n; i++) {
		r->element = &names.at[i];
		TRY(render_nodes(r, node->first));
	}
	r->build.repeating--;
	r->element = outer;
	return ERR_OK;
}

/* ---- optional parts ---- */

static enum err all_known(bool *out, struct renderer *r, const struct narrative_node *first);

static enum err is_known(bool *out, struct renderer *r, const struct narrative_node *node)
{
	const char *text = "";
	struct narrative_names names;
	dec_t value;

	if (node->kind == NARRATIVE_CELL)
		TRY(cell_text(&text, &value, r, node));
	if (node->kind == NARRATIVE_VARIABLE)
		TRY(variable_text(&text, r, node));
	if (node->kind == NARRATIVE_LISTED) {
		TRY(names_of(&names, r, &node->source));
		text = names.n > 0 ? "" : NULL;
	}
	*out = text != NULL;
	return *out && node->kind == NARRATIVE_NOTE ? all_known(out, r, node->first) : ERR_OK;
}

static enum err all_known(bool *out, struct renderer *r, const struct narrative_node *first)
{
	*out = true;
	for (const struct narrative_node *n = first; n && *out; n = n->next)
		TRY(is_known(out, r, n));
	return ERR_OK;
}

static enum err render_optional(struct renderer *r, const struct narrative_node *node)
{
	bool known;

	TRY(all_known(&known, r, node->first));
	return known ? render_nodes(r, node->first) : ERR_OK;
}

static enum err render_note(struct renderer *r, const struct narrative_node *node)
{
	if (r->build.in_note)
		return render_nodes(r, node->first);
	TRY(narrative_build_note_begin(&r->build, node->line));
	TRY(render_nodes(r, node->first));
	return narrative_build_note_end(&r->build);
}

static enum err render_if(struct renderer *r, const struct narrative_node *node)
{
	const struct narrative_node *branch;

	TRY(branch_of(&branch, r, node));
	return render_nodes(r, branch);
}

static enum err render_node(struct renderer *r, const struct narrative_node *node)
{
	switch (node->kind) {
	case NARRATIVE_TEXT:
		return narrative_build_text(&r->build, node->text, node->line);
	case NARRATIVE_CELL:
		return render_cell(r, node);
	case NARRATIVE_VARIABLE:
		return render_variable(r, node);
	case NARRATIVE_OWN:
		return render_own(r, node);
	case NARRATIVE_LISTED:
		return render_listed(r, node);
	case NARRATIVE_IF:
		return render_if(r, node);
	case NARRATIVE_EACH:
		return render_each(r, node);
	case NARRATIVE_OPTIONAL:
		return render_optional(r, node);
	case NARRATIVE_NOTE:
		return render_note(r, node);
	case NARRATIVE_FIXED:
		return narrative_build_run(&r->build, &node->fixed, node->line);
	}
	return ERR_OK;
}

static enum err render_nodes(struct renderer *r, const struct narrative_node *first)
{
	for (const struct narrative_node *n = first; n; n = n->next)
		TRY(render_node(r, n));
	return ERR_OK;
}

enum err narrative_render(struct narrative *out, struct arena *a, struct problems *remarks,
                          const struct narrative_parsed *text,
                          const struct narrative_input *input)
{
	struct renderer r = { .arena = a, .remarks = remarks, .input = input };

	narrative_build_start(&r.build, a);
	TRY(render_nodes(&r, text->first));
	return narrative_build_end(out, &r.build);
}
