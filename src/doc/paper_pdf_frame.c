/* paper_pdf_frame.c - letterhead, title, recipients and signature, heads of appendices. */
#include "base/messages.h"
#include "base/vec.h"
#include "doc/paper_pdf_press.h"

/* Texts and rules below each other. */
struct piece {
	struct laid_text text;
	double before, x, height; /* x: from the column's left edge */
	double rule;              /* its length; 0: a text */
	bool boxed;
};
struct column {
	struct press *p;
	double x, width;
	struct piece *at;
	size_t n;
	double height;
};
struct end_columns {
	struct column left, right;
	double height;
};

static enum err add(struct column *c, struct piece piece)
{
	TRY(vec_room(c->p->arena, c->at, c->n));
	c->at[c->n++] = piece;
	c->height += piece.before + piece.height;
	return ERR_OK;
}

static enum err add_text(struct column *c, const struct press_style *style, const char *text,
                         int before)
{
	struct piece piece = { .before = press_points(before) };

	piece.text = press_lay_text(c->p, style, text, c->width);
	piece.height = laid_height(&piece.text);
	return add(c, piece);
}

/* In the middle, its lines about equally long. */
static enum err add_balanced(struct column *c, const struct press_style *style,
                             const char *text, int before)
{
	struct paper_measure m = paper_measure(text, style->size, (int)(c->width * 20));
	struct piece piece = { .before = press_points(before),
		               .x = (c->width - press_points(m.width)) / 2 };

	piece.text = press_lay_text(c->p, style, text, press_points(m.width));
	piece.height = laid_height(&piece.text);
	return add(c, piece);
}

static enum err add_rule(struct column *c, int length, int gap)
{
	double width = press_points(length);

	if (length <= 0)
		return ERR_OK;
	return add(c, (struct piece){ .before = press_points(gap),
	                              .x = (c->width - width) / 2,
	                              .height = 1,
	                              .rule = width });
}

static enum err add_rule_below(struct column *c, const char *text, int size, int gap)
{
	return add_rule(c, paper_measure(text, size, (int)(c->width * 20)).rule, gap);
}

static void draw_frame(struct press *p, double x, double y, double width, double height)
{
	cairo_set_line_width(p->pdf->cairo, 1);
	cairo_rectangle(p->pdf->cairo, x, y, width, height);
	cairo_stroke(p->pdf->cairo);
}

static void draw_column(const struct column *c, double y)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct piece *at = &c->at[i];

		y += at->before;
		if (at->rule > 0)
			press_rule(c->p, c->x + at->x, y, at->rule);
		else
			press_draw(c->p, &at->text, 0, at->text.n, c->x + at->x, y);
		if (at->boxed)
			draw_frame(c->p, c->x + at->x, y - 1, c->width - 2 * at->x,
			           at->height + 4);
		y += at->height;
	}
}

static struct column column(struct press *p, int x, int width)
{
	return (struct column){ .p = p,
		                .x = p->left + press_points(x),
		                .width = press_points(width) };
}

static const struct press_style state = { PAPER_SIZE_STATE, PDF_CENTRE, PDF_BOLD, 0, 0 };
static const struct press_style parent = { PAPER_SIZE_STATE, PDF_CENTRE, 0, 0, 0 };
static const struct press_style motto = { PAPER_SIZE_MOTTO, PDF_CENTRE, PDF_BOLD, 0, 0 };
static const struct press_style number = { PAPER_SIZE_MOTTO, PDF_CENTRE, 0, 0, 0 };
static const struct press_style letter = { PAPER_SIZE_LETTER, PDF_CENTRE, 0, 0, 0 };
static const struct press_style date = { PAPER_SIZE_MOTTO, PDF_CENTRE, PDF_ITALIC, 0, 0 };
static const struct press_style title = { PAPER_SIZE_TEXT, PDF_CENTRE, PDF_BOLD, 0, 0 };
static const struct press_style addressee = { PAPER_SIZE_TEXT, PDF_CENTRE, 0, 0, 0 };
static const struct press_style line = { PAPER_SIZE_TEXT, PDF_LEFT, 0, 0, 0 };
static const struct press_style attached = { PAPER_SIZE_TEXT, PDF_CENTRE, PDF_ITALIC, 0, 0 };
static const struct press_style sent_head = { PAPER_SIZE_SENT_HEAD, PDF_LEFT,
	                                      PDF_BOLD | PDF_ITALIC, 0, 0 };
static const struct press_style sent = { PAPER_SIZE_SENT, PDF_LEFT, 0, 0, 0 };

/* ---- letterhead ---- */

static enum err put_columns(struct press *p, const struct column *left,
                            const struct column *right)
{
	draw_column(left, p->y);
	draw_column(right, p->y);
	p->y += left->height > right->height ? left->height : right->height;
	p->fresh = false;
	return ERR_OK;
}

static enum err put_offices(struct press *p, const struct paper_letterhead *h)
{
	struct column left = column(p, 0, PAPER_HEAD_LEFT);
	struct column right = column(p, PAPER_HEAD_LEFT, PAPER_HEAD_RIGHT);
	const char *issuer = h->issuer ? h->issuer : "", *words = msg_text(MSG_PAPER_MOTTO);

	if (!str_blank(h->parent))
		TRY(add_balanced(&left, &parent, h->parent, 0));
	TRY(add_balanced(&left, &state, issuer, 0));
	TRY(add_rule_below(&left, issuer, state.size, PAPER_RULE_GAP));
	TRY(add_text(&right, &state, msg_text(MSG_PAPER_STATE), 0));
	TRY(add_text(&right, &motto, words, 0));
	TRY(add_rule(&right, paper_bold_width(words, slice_of(words).len, motto.size),
	             PAPER_RULE_GAP));
	return put_columns(p, &left, &right);
}

static enum err add_urgency(struct column *c, const char *text)
{
	struct piece piece = { .before = press_points(160), .boxed = true };
	double width =
	        press_points(paper_bold_width(text, slice_of(text).len, motto.size) + 300);

	piece.x = (c->width - width) / 2;
	piece.text = press_lay_text(c->p, &motto, text, width);
	piece.height = laid_height(&piece.text);
	return add(c, piece);
}

static enum err put_number(struct press *p)
{
	struct column left = column(p, 0, PAPER_HEAD_LEFT);
	struct column right = column(p, PAPER_HEAD_LEFT, PAPER_HEAD_RIGHT);
	const struct paper *paper = p->plan->paper;

	TRY(add_text(&left, &number, p->plan->number, 120));
	if (str_blank(paper->type) && !str_blank(paper->subject))
		TRY(add_text(&left, &letter, paper->subject, 120));
	if (!str_blank(paper->head.urgency))
		TRY(add_urgency(&left, paper->head.urgency));
	TRY(add_text(&right, &date, p->plan->dated, 120));
	return put_columns(p, &left, &right);
}

static enum err add_addressees(struct column *c)
{
	const struct paper_plan *plan = c->p->plan;
	const char *text;

	if (plan->paper->n_addressees == 0)
		return ERR_OK;
	if (plan->paper->n_addressees == 1) {
		TRY(msg_format(&text, c->p->arena, MSG_PAPER_TO_ONE,
		               plan->paper->addressees[0]));
		return add_text(c, &addressee, text, 240);
	}
	TRY(add_text(c, &line, msg_text(MSG_PAPER_TO), 240));
	c->at[c->n - 1].x = press_points(PAPER_TO_HEAD);
	for (size_t i = 0; i < plan->paper->n_addressees; i++) {
		TRY(add_text(c, &line, plan->addressees[i], 0));
		c->at[c->n - 1].x = press_points(PAPER_TO_ITEM);
	}
	return ERR_OK;
}

static enum err put_column(struct press *p, const struct column *c)
{
	draw_column(c, p->y);
	p->y += c->height;
	p->fresh = false;
	return ERR_OK;
}

ERR_RESULT press_put_head(struct press *p)
{
	struct column c = column(p, 0, PAPER_WIDTH);
	const struct paper *paper = p->plan->paper;

	TRY(put_offices(p, &paper->head));
	TRY(put_number(p));
	if (!str_blank(paper->type)) {
		TRY(add_text(&c, &title, paper->type, 360));
		if (!str_blank(paper->subject)) {
			TRY(add_balanced(&c, &title, paper->subject, 0));
			TRY(add_rule_below(&c, paper->subject, title.size,
			                   PAPER_RULE_GAP_TEXT));
		}
	}
	TRY(add_addressees(&c));
	TRY(put_column(p, &c));
	p->y += press_points(240);
	return ERR_OK;
}

/* ---- appendices ---- */

ERR_RESULT press_put_appendix(struct press *p, const struct paper_appendix_head *head)
{
	struct column c = { .p = p, .x = p->left, .width = p->width };

	press_outline(p, 1, head->label, p->y);
	TRY(add_text(&c, &title, head->label, 0));
	if (!str_blank(head->title))
		TRY(add_balanced(&c, &title, head->title, 0));
	TRY(add_balanced(&c, &attached, head->attached, 0));
	TRY(add_rule_below(&c, head->attached, attached.size, PAPER_RULE_GAP_TEXT));
	TRY(put_column(p, &c));
	p->y += press_points(PAPER_AFTER);
	return ERR_OK;
}

/* ---- recipients and signature ---- */

ERR_RESULT press_lay_end(struct press *p, struct end_columns **out, double *height)
{
	const struct paper *paper = p->plan->paper;
	struct end_columns *end;

	TRY(arena_new(p->arena, &end));
	end->left = column(p, 0, PAPER_SIGN_LEFT);
	end->right = column(p, PAPER_SIGN_LEFT, PAPER_SIGN_RIGHT);
	if (paper->n_recipients > 0)
		TRY(add_text(&end->left, &sent_head, msg_text(MSG_PAPER_SENT_TO),
		             PAPER_SIGN_BEFORE));
	for (size_t i = 0; i < paper->n_recipients; i++)
		TRY(add_text(&end->left, &sent, p->plan->recipients[i], 0));
	for (size_t i = 0; i < paper->signature.n_authority; i++)
		TRY(add_text(&end->right, &title, paper->signature.authority[i],
		             i ? 0 : PAPER_SIGN_BEFORE));
	TRY(add_text(&end->right, &title, paper->signature.name, PAPER_SIGN_SPACE));
	end->height =
	        end->left.height > end->right.height ? end->left.height : end->right.height;
	*height = end->height;
	*out = end;
	return ERR_OK;
}

void press_put_end(struct press *p, const struct end_columns *end)
{
	draw_column(&end->left, p->y);
	draw_column(&end->right, p->y);
	p->y += end->height;
	p->fresh = false;
}
