#include <string.h>

#include "base/embedded.h"
#include "doc/paper_docx_parts.h"
#include "doc/zip_write.h"

enum { XML_MOST = 64 * 1024 * 1024 }; /* bytes of one part */

/* ---- runs and paragraphs ---- */

static void escape(struct str *s, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '&')
			str_put(s, "&amp;");
		else if (text.at[i] == '<')
			str_put(s, "&lt;");
		else if (text.at[i] == '>')
			str_put(s, "&gt;");
		else if (text.at[i] == '"')
			str_put(s, "&quot;");
		else
			str_put_char(s, text.at[i]);
	}
}

void docx_escape(struct str *s, const char *text)
{
	escape(s, slice_of(text));
}

/* Line breaks and tabs are elements of their own. */
static void put_pieces(struct str *s, const char *text)
{
	for (;;) {
		size_t n = strcspn(text, "\n\t\r");

		if (n > 0) {
			str_put(s, "<w:t xml:space=\"preserve\">");
			escape(s, (struct slice){ text, n });
			str_put(s, "</w:t>");
		}
		if (text[n] == '\0')
			return;
		if (text[n] != '\r')
			str_put(s, text[n] == '\n' ? "<w:br/>" : "<w:tab/>");
		text += n + 1;
	}
}

void docx_run(struct str *s, const char *text, unsigned weight, int size)
{
	if (!text || text[0] == '\0')
		return;
	str_put(s, "<w:r>");
	if (weight || size) {
		str_put(s, "<w:rPr>");
		if (weight & PAPER_BOLD)
			str_put(s, "<w:b/><w:bCs/>");
		if (weight & PAPER_ITALIC)
			str_put(s, "<w:i/><w:iCs/>");
		if (size)
			str_printf(s, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/>", 2 * size,
			           2 * size);
		str_put(s, "</w:rPr>");
	}
	put_pieces(s, text);
	str_put(s, "</w:r>");
}

void docx_open(struct str *s, const struct docx_paragraph *p)
{
	str_printf(s, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>", p->style);
	if (p->keep_next)
		str_put(s, "<w:keepNext/>");
	if (p->before)
		str_printf(s, "<w:spacing w:before=\"%d\"/>", p->before);
	if (p->left || p->right)
		str_printf(s, "<w:ind w:left=\"%d\" w:right=\"%d\"/>", p->left, p->right);
	if (p->align)
		str_printf(s, "<w:jc w:val=\"%s\"/>", p->align);
	str_put(s, "</w:pPr>");
}

void docx_close(struct str *s)
{
	str_put(s, "</w:p>");
}

void docx_line(struct str *s, const struct docx_paragraph *p, const char *text)
{
	docx_open(s, p);
	docx_run(s, text, 0, 0);
	docx_close(s);
}

/* ---- footnotes and marks ---- */

static void put_note(struct docx *d, const struct paper_text *note)
{
	int id = ++d->n_notes;

	str_printf(&d->body,
	           "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>"
	           "<w:footnoteReference w:id=\"%d\"/></w:r>",
	           id);
	str_printf(&d->notes, "<w:footnote w:id=\"%d\">", id);
	docx_open(&d->notes, &(struct docx_paragraph){ .style = "FootnoteText" });
	str_put(&d->notes, "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>"
	                   "<w:footnoteRef/></w:r>");
	docx_run(&d->notes, " ", 0, 0);
	for (size_t i = 0; i < note->n; i++)
		docx_run(&d->notes, note->runs[i].text, note->runs[i].weight, 0);
	docx_close(&d->notes);
	str_put(&d->notes, "</w:footnote>");
}

static int open_mark(struct docx *d, const char *mark)
{
	if (str_blank(mark))
		return 0;
	str_printf(&d->body, "<w:bookmarkStart w:id=\"%d\" w:name=\"%s\"/>", ++d->n_marks,
	           mark);
	return d->n_marks;
}

static void close_mark(struct docx *d, int id)
{
	if (id)
		str_printf(&d->body, "<w:bookmarkEnd w:id=\"%d\"/>", id);
}

void docx_text(struct docx *d, const struct paper_text *t, unsigned weight)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct paper_run *r = &t->runs[i];
		int mark = open_mark(d, r->mark);

		docx_run(&d->body, r->text, r->weight | weight, 0);
		close_mark(d, mark);
		if (r->note)
			put_note(d, r->note);
	}
}

/* ---- blocks ---- */

static const char *style_of(const struct paper_block *b)
{
	static const char *const headings[] = { "Heading1", "Heading2", "Heading3" };

	switch (b->kind) {
	case PAPER_HEADING:
		return headings[b->level - 1];
	case PAPER_BASIS:
		return "Basis";
	case PAPER_LINE:
		return "Caption";
	case PAPER_NOTE:
		return "TableNote";
	case PAPER_PARAGRAPH:
	case PAPER_ITEM:
	case PAPER_TABLE:
		return "BodyText";
	}
	return "BodyText";
}

static void put_block(struct docx *d, const struct paper_block *b, int width, bool keep_next)
{
	int mark;

	if (b->kind == PAPER_TABLE) {
		docx_table(d, b->table, width);
		return;
	}
	docx_open(&d->body,
	          &(struct docx_paragraph){ .style = style_of(b), .keep_next = keep_next });
	mark = open_mark(d, b->mark);
	docx_text(d, &b->text, b->weight);
	close_mark(d, mark);
	docx_close(&d->body);
}

/* Two tables without a paragraph between them would be one. */
static bool needs_gap(const struct paper_part *part, size_t i)
{
	return part->at[i].kind == PAPER_TABLE &&
	       (i + 1 == part->n || part->at[i + 1].kind == PAPER_TABLE);
}

static void put_blocks(struct docx *d, const struct paper_part *part)
{
	for (size_t i = 0; i < part->n; i++) {
		bool last = i + 1 == part->n && part->ends_body && !d->plan->end;

		put_block(d, &part->at[i], paper_width(part->landscape),
		          last || paper_block_keeps(&part->at[i]));
		if (needs_gap(part, i))
			docx_line(&d->body, &(struct docx_paragraph){ .style = "Gap" }, NULL);
	}
	if (part->ends_body && d->plan->end)
		docx_line(&d->body,
		          &(struct docx_paragraph){ .style = "BodyText", .keep_next = true },
		          d->plan->end);
}

/* ---- sections ---- */

static void put_section(struct docx *d, const struct paper_part *part)
{
	bool contact = !str_blank(d->plan->paper->contact);

	str_put(&d->body, "<w:sectPr>"
	                  "<w:headerReference w:type=\"default\" r:id=\"rId4\"/>"
	                  "<w:headerReference w:type=\"first\" r:id=\"rId5\"/>");
	str_printf(&d->body,
	           "<w:footerReference w:type=\"default\" r:id=\"rId6\"/>"
	           "<w:footerReference w:type=\"first\" r:id=\"%s\"/>",
	           contact && part->first ? "rId7" : "rId6");
	str_printf(&d->body, "<w:type w:val=\"nextPage\"/><w:pgSz w:w=\"%d\" w:h=\"%d\"%s/>",
	           part->landscape ? PAPER_LONG : PAPER_SHORT,
	           part->landscape ? PAPER_SHORT : PAPER_LONG,
	           part->landscape ? " w:orient=\"landscape\"" : "");
	str_printf(&d->body,
	           "<w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" "
	           "w:header=\"%d\" w:footer=\"%d\" w:gutter=\"0\"/>",
	           PAPER_MARGIN, PAPER_MARGIN, PAPER_MARGIN, PAPER_MARGIN_LEFT,
	           PAPER_PAGE_NUMBER_AT, PAPER_PAGE_NUMBER_AT);
	if (part->restarts)
		str_put(&d->body, "<w:pgNumType w:start=\"1\"/>");
	str_put(&d->body, "<w:cols w:space=\"720\"/>");
	if (part->restarts)
		str_put(&d->body, "<w:titlePg/>");
	str_put(&d->body, "</w:sectPr>");
}

/* The section of the last part stands behind the last paragraph, the others in one. */
static enum err put_part(struct docx *d, const struct paper_part *part, bool last)
{
	if (part->first)
		TRY(docx_head(d));
	if (part->appendix)
		docx_appendix(d, part->appendix, paper_width(part->landscape));
	put_blocks(d, part);
	if (part->ends_body)
		docx_end(d);
	str_put(&d->body, "<w:p><w:pPr><w:pStyle w:val=\"Gap\"/>");
	if (!last)
		put_section(d, part);
	str_put(&d->body, "</w:pPr></w:p>");
	if (last)
		put_section(d, part);
	return ERR_OK;
}

static enum err document_part(const char **out, struct docx *d)
{
	str_put(&d->body,
	        DOCX_XML "<w:document xmlns:w=\"" DOCX_W "\" xmlns:r=\"" DOCX_R "\"><w:body>");
	for (size_t i = 0; i < d->plan->n_parts; i++)
		TRY(put_part(d, &d->plan->parts[i], i + 1 == d->plan->n_parts));
	str_put(&d->body, "</w:body></w:document>");
	return str_finish(&d->body, out);
}

/* ---- the other files ---- */

static void start_notes(struct str *s)
{
	static const char *const kinds[] = { "separator", "continuationSeparator" };

	str_put(s, DOCX_XML "<w:footnotes xmlns:w=\"" DOCX_W "\">");
	for (int i = 0; i < 2; i++)
		str_printf(s,
		           "<w:footnote w:type=\"%s\" w:id=\"%d\"><w:p><w:pPr>"
		           "<w:spacing w:after=\"0\"/></w:pPr><w:r><w:%s/></w:r></w:p>"
		           "</w:footnote>",
		           kinds[i], i - 1, kinds[i]);
}

static enum err core_part(const char **out, struct arena *a, const struct paper *p)
{
	char at[INSTANT_TEXT];
	struct str s;

	str_init(&s, a, XML_MOST);
	str_put(&s, DOCX_XML "<cp:coreProperties xmlns:cp=\"" DOCX_PACKAGE
	                     "/metadata/core-properties\""
	                     " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
	                     " xmlns:dcterms=\"http://purl.org/dc/terms/\""
	                     " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
	                     "<dc:title>");
	docx_escape(&s, p->title ? p->title : "");
	str_put(&s, "</dc:title><dc:creator>");
	docx_escape(&s, p->issuer_name ? p->issuer_name : "");
	str_put(&s, "</dc:creator><dc:language>vi-VN</dc:language>");
	if (!instant_is_none(p->created)) {
		instant_iso(p->created, at);
		str_printf(&s,
		           "<dcterms:created xsi:type=\"dcterms:W3CDTF\">%.10sT%s:00+07:00"
		           "</dcterms:created>",
		           at, at + 11);
	}
	str_put(&s, "</cp:coreProperties>");
	return str_finish(&s, out);
}

static enum err contact_part(const char **out, struct arena *a, const struct paper *p)
{
	struct str s;

	str_init(&s, a, XML_MOST);
	str_put(&s, DOCX_XML "<w:ftr xmlns:w=\"" DOCX_W "\">");
	docx_line(&s, &(struct docx_paragraph){ .style = "Contact" }, p->contact);
	str_put(&s, "</w:ftr>");
	return str_finish(&s, out);
}

/* Styles, settings and what else is the same in every document. */
static const char FOLDER[] = "paper/docx/";
enum { MOST_FILES = 32 };

static size_t fixed_files(struct zip_file_bytes *files)
{
	size_t n = 0;

	for (size_t i = 0; i < embedded_count && n < MOST_FILES; i++) {
		const struct embedded_file *f = &embedded_files[i];

		if (str_starts(f->path, FOLDER))
			files[n++] = (struct zip_file_bytes){ f->path + strlen(FOLDER),
				                              f->bytes, f->n };
	}
	return n;
}

static enum err write_files(struct str *to, struct docx *d)
{
	struct zip_file_bytes files[MOST_FILES + 4];
	const char *document, *notes, *core, *contact;
	size_t n = fixed_files(files);

	str_init(&d->body, d->arena, XML_MOST);
	str_init(&d->notes, d->arena, XML_MOST);
	start_notes(&d->notes);
	TRY(document_part(&document, d));
	str_put(&d->notes, "</w:footnotes>");
	TRY(str_finish(&d->notes, &notes));
	TRY(core_part(&core, d->arena, d->plan->paper));
	TRY(contact_part(&contact, d->arena, d->plan->paper));
	files[n++] = (struct zip_file_bytes){ "word/document.xml", document, d->body.len };
	files[n++] = (struct zip_file_bytes){ "word/footnotes.xml", notes, d->notes.len };
	files[n++] = (struct zip_file_bytes){ "word/footer2.xml", contact, strlen(contact) };
	files[n++] = (struct zip_file_bytes){ "docProps/core.xml", core, strlen(core) };
	return zip_write(to, files, n);
}

ERR_RESULT paper_docx(struct str *to, struct arena *a, const struct paper *p)
{
	struct paper_plan plan;
	struct docx d = { .plan = &plan, .arena = a };

	TRY(paper_plan(&plan, a, p));
	return write_files(to, &d);
}
