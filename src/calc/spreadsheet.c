#include "calc/calc.h"

typedef bool cell_fn(struct str *out, const void *self, const struct calc_ref *ref);

static bool write_pair(struct str *out, const struct calc_node *node, const char *sign,
                       cell_fn *cell, const void *self)
{
	str_put_char(out, '(');
	if (!calc_spreadsheet(out, node->a, cell, self))
		return false;
	str_put(out, sign);
	if (!calc_spreadsheet(out, node->b, cell, self))
		return false;
	str_put_char(out, ')');
	return true;
}

bool calc_spreadsheet(struct str *out, const struct calc_node *node, cell_fn *cell,
                      const void *self)
{
	char number[DEC_TEXT];

	switch ((int)node->op) {
	case CALC_CONST:
		str_put(out, dec_text(node->number, number));
		return true;
	case CALC_REF:
		return cell(out, self, node->ref);
	case CALC_ADD:
		return write_pair(out, node, "+", cell, self);
	case CALC_SUBTRACT:
		return write_pair(out, node, "-", cell, self);
	case CALC_MULTIPLY:
		return write_pair(out, node, "*", cell, self);
	case CALC_DIVIDE:
		return write_pair(out, node, "/", cell, self);
	case CALC_NEGATE:
		str_put(out, "-");
		return calc_spreadsheet(out, node->a, cell, self);
	default:
		return false;
	}
}
