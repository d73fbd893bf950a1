/* paper_docx_frame.c - letterhead, title, recipients and signature, heads of appendices. */
#include "base/messages.h"
#include "doc/paper_docx_parts.h"

/* ---- columns without borders ---- */

static void open_columns(struct str *s, const int widths[2])
{
	str_printf(s,
	           "<w:tbl><w:tblPr><w:tblStyle w:val=\"Columns\"/><w:tblW w:w=\"%d\" "
	           "w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr>"
	           "<w:tblGrid><w:gridCol w:w=\"%d\"/><w:gridCol w:w=\"%d\"/></w:tblGrid>",
	           widths[0] + widths[1], widths[0], widths[1]);
}

static void open_row(struct str *s)
{
	str_put(s, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
}

static void open_cell(struct str *s, int width)
{
	str_printf(s, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>", width);
}

/* A paragraph whose upper border is the rule: as long as it is to be between its indents. */
static void put_rule(struct str *s, int length, int width, int before)
{
	int indent = (width - length) / 2;

	docx_line(s,
	          &(struct docx_paragraph){ .style = "Rule",
	                                    .before = before,
	                                    .left = indent,
	                                    .right = width - length - indent },
	          NULL);
}

/* A text in the middle, its lines about equally long. */
static void put_balanced(struct str *s, const char *style, const char *text, int size,
                         int width)
{
	struct paper_measure m = paper_measure(text, size, width);
	int indent = (width - m.width) / 2;

	docx_line(s,
	          &(struct docx_paragraph){ .style = style, .left = indent, .right = indent },
	          text);
}

/* ---- letterhead ---- */

static void put_office(struct str *s, const struct paper_letterhead *h)
{
	open_cell(s, PAPER_HEAD_LEFT);
	if (!str_blank(h->parent))
		put_balanced(s, "Parent", h->parent, PAPER_SIZE_STATE, PAPER_HEAD_LEFT);
	put_balanced(s, "Issuer", h->issuer ? h->issuer : "", PAPER_SIZE_STATE,
	             PAPER_HEAD_LEFT);
	put_rule(s,
	         paper_measure(h->issuer ? h->issuer : "", PAPER_SIZE_STATE, PAPER_HEAD_LEFT)
	                 .rule,
	         PAPER_HEAD_LEFT, PAPER_RULE_GAP);
	str_put(s, "</w:tc>");
}

static void put_state(struct str *s)
{
	struct slice motto = slice_of(msg_text(MSG_PAPER_MOTTO));

	open_cell(s, PAPER_HEAD_RIGHT);
	docx_line(s, &(struct docx_paragraph){ .style = "State" }, msg_text(MSG_PAPER_STATE));
	docx_line(s, &(struct docx_paragraph){ .style = "Motto" }, motto.at);
	put_rule(s, paper_bold_width(motto.at, motto.len, PAPER_SIZE_MOTTO), PAPER_HEAD_RIGHT,
	         PAPER_RULE_GAP);
	str_put(s, "</w:tc>");
}

static void put_number(struct str *s, const struct paper_plan *plan)
{
	const struct paper *p = plan->paper;

	open_cell(s, PAPER_HEAD_LEFT);
	docx_line(s, &(struct docx_paragraph){ .style = "Number" }, plan->number);
	if (str_blank(p->type) && !str_blank(p->subject))
		docx_line(s, &(struct docx_paragraph){ .style = "LetterSubject" }, p->subject);
	if (!str_blank(p->head.urgency)) {
		int width = paper_bold_width(p->head.urgency, slice_of(p->head.urgency).len,
		                             PAPER_SIZE_MOTTO) +
		            300;
		int indent = (PAPER_HEAD_LEFT - width) / 2;

		docx_line(s,
		          &(struct docx_paragraph){
		                  .style = "Urgency", .left = indent, .right = indent },
		          p->head.urgency);
	}
	str_put(s, "</w:tc>");
	open_cell(s, PAPER_HEAD_RIGHT);
	docx_line(s, &(struct docx_paragraph){ .style = "DateLine" }, plan->dated);
	str_put(s, "</w:tc>");
}

static void put_title(struct str *s, const struct paper *p)
{
	if (str_blank(p->type))
		return;
	docx_line(s, &(struct docx_paragraph){ .style = "Title" }, p->type);
	if (str_blank(p->subject))
		return;
	put_balanced(s, "Subtitle", p->subject, PAPER_SIZE_TEXT, PAPER_WIDTH);
	put_rule(s, paper_measure(p->subject, PAPER_SIZE_TEXT, PAPER_WIDTH).rule, PAPER_WIDTH,
	         PAPER_RULE_GAP_TEXT);
}

/* The dashes of several stand below the colon. */
static enum err put_addressees(struct str *s, struct arena *a, const struct paper_plan *plan)
{
	const struct paper *p = plan->paper;
	const char *line;

	if (p->n_addressees == 0)
		return ERR_OK;
	if (p->n_addressees == 1) {
		TRY(msg_format(&line, a, MSG_PAPER_TO_ONE, p->addressees[0]));
		docx_line(s, &(struct docx_paragraph){ .style = "Addressee" }, line);
		return ERR_OK;
	}
	docx_line(s, &(struct docx_paragraph){ .style = "AddresseeHead" },
	          msg_text(MSG_PAPER_TO));
	for (size_t i = 0; i < p->n_addressees; i++)
		docx_line(s, &(struct docx_paragraph){ .style = "AddresseeItem" },
		          plan->addressees[i]);
	return ERR_OK;
}

ERR_RESULT docx_head(struct docx *d)
{
	static const int widths[] = { PAPER_HEAD_LEFT, PAPER_HEAD_RIGHT };
	const struct paper_plan *plan = d->plan;
	struct str *s = &d->body;

	open_columns(s, widths);
	open_row(s);
	put_office(s, &plan->paper->head);
	put_state(s);
	str_put(s, "</w:tr>");
	open_row(s);
	put_number(s, plan);
	str_put(s, "</w:tr></w:tbl>");
	put_title(s, plan->paper);
	return put_addressees(s, d->arena, plan);
}

/* ---- recipients and signature ---- */

static void put_recipients(struct str *s, const struct paper_plan *plan)
{
	open_cell(s, PAPER_SIGN_LEFT);
	if (plan->paper->n_recipients > 0)
		docx_line(s,
		          &(struct docx_paragraph){ .style = "SentHead",
		                                    .before = PAPER_SIGN_BEFORE },
		          msg_text(MSG_PAPER_SENT_TO));
	for (size_t i = 0; i < plan->paper->n_recipients; i++)
		docx_line(s, &(struct docx_paragraph){ .style = "SentItem" },
		          plan->recipients[i]);
	if (plan->paper->n_recipients == 0)
		docx_line(s, &(struct docx_paragraph){ .style = "SentItem" }, NULL);
	str_put(s, "</w:tc>");
}

static void put_signature(struct str *s, const struct paper_signature *sign)
{
	open_cell(s, PAPER_SIGN_RIGHT);
	for (size_t i = 0; i < sign->n_authority; i++)
		docx_line(s,
		          &(struct docx_paragraph){ .style = "Signature",
		                                    .before = i ? 0 : PAPER_SIGN_BEFORE },
		          sign->authority[i]);
	docx_line(s,
	          &(struct docx_paragraph){ .style = "Signature", .before = PAPER_SIGN_SPACE },
	          sign->name);
	str_put(s, "</w:tc>");
}

void docx_end(struct docx *d)
{
	static const int widths[] = { PAPER_SIGN_LEFT, PAPER_SIGN_RIGHT };
	struct str *s = &d->body;

	open_columns(s, widths);
	open_row(s);
	put_recipients(s, d->plan);
	put_signature(s, &d->plan->paper->signature);
	str_put(s, "</w:tr></w:tbl>");
}

/* ---- appendices ---- */

void docx_appendix(struct docx *d, const struct paper_appendix_head *head, int width)
{
	struct str *s = &d->body;

	docx_line(s, &(struct docx_paragraph){ .style = "AppendixLabel" }, head->label);
	if (!str_blank(head->title))
		put_balanced(s, "AppendixTitle", head->title, PAPER_SIZE_TEXT, width);
	put_balanced(s, "Attached", head->attached, PAPER_SIZE_TEXT, width);
	put_rule(s, paper_measure(head->attached, PAPER_SIZE_TEXT, width).rule, width,
	         PAPER_RULE_GAP_TEXT);
	docx_line(s, &(struct docx_paragraph){ .style = "Gap", .before = PAPER_AFTER }, NULL);
}
