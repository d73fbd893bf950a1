#include "doc/docx_comment.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "doc/docx_marks.h"
#include "doc/docx_text.h"
#include "doc/office_relations.h"

#define DECLARED        " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define DECLARED_STRICT " xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\""
#define RELATION_TYPE                                                                          \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
#define RELATION_TYPE_STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
#define CONTENT_TYPE                                                                           \
	"application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
#define TYPES_PART "[Content_Types].xml"

enum { MOST_NAMES = 20 }; /* that are tried for a new part or relation */

/* A text to be put into a part in front of byte `at`: there what ends comes before what begins.
 */
struct insert {
	size_t at;
	bool begins;
	size_t order;
	const char *text;
};

struct commenting {
	struct office_package *package;
	const struct docx_comment *comments;
	size_t n_comments;
	const char *document; /* path of the main part */
	struct docx_marks marks;
	const char *declared; /* the attribute that declares "w", where the part does not */
	const char *path;     /* of the comments */
	bool is_new;          /* there were no comments */
	int next_id;
	struct insert *inserts; /* of the document */
	size_t n_inserts;
	struct str texts; /* the comments' own elements */
};

/* ---- parts as bytes ---- */

/* Marks are put in as UTF-8: other encodings of XML are refused.  No Office program uses them.
 */
static enum err part_bytes(struct office_package *p, const char *path, struct slice *out)
{
	const char *declared, *bytes;
	size_t n;

	TRY(office_package_bytes(p, path, &bytes, &n));
	*out = (struct slice){ bytes, n };
	declared = memmem(bytes, n < 200 ? n : 200, "encoding=", 9);
	if ((n >= 2 &&
	     ((unsigned char)bytes[0] >= 0xfe || bytes[0] == '\0' || bytes[1] == '\0')) ||
	    (declared && strncasecmp(declared + 10, "utf-8", 5) != 0))
		return office_refuse(p, p->kind->broken);
	return ERR_OK;
}

struct root {
	struct office_package *package;
	size_t end; /* where the root element's end tag begins, or past an empty one */
	int depth;
	bool has_w, strict;
	long long largest_id; /* of the comments */
	bool named;           /* an Override for `name`, a relation called `name` */
	const char *name;
};

static enum err on_root_start(void *arg, const char *element, const char **attributes)
{
	struct root *r = arg;
	const char *part = office_attribute(attributes, "PartName");
	const char *relation = office_attribute(attributes, "Id");
	const char *id = office_attribute(attributes, "id");
	long long n;

	if (r->depth++ == 0)
		r->has_w = docx_has_prefix(attributes, &r->strict);
	if (r->name && ((part && strcasecmp(part, r->name) == 0) ||
	                (relation && strcmp(relation, r->name) == 0)))
		r->named = true;
	if (strcmp(element, "comment") == 0 && id && str_to_int(id, &n) && n > r->largest_id &&
	    n < 1000000000)
		r->largest_id = n;
	return ERR_OK;
}

static enum err on_root_end(void *arg, const char *element)
{
	struct root *r = arg;

	(void)element;
	if (--r->depth == 0)
		r->end = r->package->at;
	return ERR_OK;
}

static enum err read_root(struct root *out, struct office_package *p, const char *path,
                          const char *name)
{
	static const struct office_handler handler = { .start = on_root_start,
		                                       .end = on_root_end };

	*out = (struct root){ .package = p, .name = name, .largest_id = -1 };
	return office_package_parse(p, path, &handler, out);
}

/* The part with `added` as the last content of its root element. */
static enum err append_to_root(struct str *out, struct slice part, const struct root *root,
                               const char *added)
{
	size_t at = root->end <= part.len ? root->end : part.len;
	const char *name, *close;

	if (at + 2 <= part.len && memcmp(part.at + at, "</", 2) == 0) {
		str_put_n(out, part.at, at);
		str_put(out, added);
		str_put_n(out, part.at + at, part.len - at);
		return str_check(out);
	}
	/* <Types/>: it gets an end tag. */
	close = at >= 2 ? memrchr(part.at, '<', at) : NULL;
	if (!close || memcmp(part.at + at - 2, "/>", 2) != 0)
		return err_set(ERR_INTERNAL, "the end of a part is not where it was");
	name = close + 1;
	str_put_n(out, part.at, at - 2);
	str_printf(out, ">%s</%.*s>", added, (int)strcspn(name, " \t\r\n/>"), name);
	str_put_n(out, part.at + at, part.len - at);
	return str_check(out);
}

/* ---- the comments ---- */

static void put_escaped(struct str *to, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char c = text[i];

		if (c == '&')
			str_put(to, "&amp;");
		else if (c == '<')
			str_put(to, "&lt;");
		else if (c == '>')
			str_put(to, "&gt;");
		else if (c == '"')
			str_put(to, "&quot;");
		else if ((unsigned char)c < 0x20)
			str_put_char(to, ' ');
		else
			str_put_char(to, c);
	}
}

static void put_comment(struct commenting *c, const struct docx_comment *comment, int id)
{
	struct str *to = &c->texts;
	struct slice rest = slice_of(comment->text), line;

	str_printf(to, "<w:comment%s w:id=\"%d\" w:author=\"", c->declared, id);
	put_escaped(to, comment->author, strlen(comment->author));
	str_put(to, "\" w:initials=\"KT\">");
	while (slice_cut(&rest, '\n', &line)) {
		str_put(to, "<w:p><w:r><w:t xml:space=\"preserve\">");
		put_escaped(to, line.at, line.len);
		str_put(to, "</w:t></w:r></w:p>");
	}
	str_put(to, "</w:comment>");
}

static enum err add_insert(struct commenting *c, size_t at, bool begins, const char *text)
{
	struct arena *a = c->package->arena;

	TRY(vec_room(a, c->inserts, c->n_inserts));
	c->inserts[c->n_inserts] = (struct insert){ at, begins, c->n_inserts, text };
	c->n_inserts++;
	return ERR_OK;
}

static enum err place_comment(struct commenting *c, const struct docx_comment *comment)
{
	struct arena *a = c->package->arena;
	const char *declared = c->marks.has_w ? "" : c->declared;
	const char *start_text, *end_text;
	struct docx_span span;
	int id;

	TRY(docx_marks_find(&span, a, &c->marks, comment->place, comment->quote));
	if (span.end == 0)
		return ERR_OK;
	id = c->next_id++;
	TRY(arena_printf(a, &start_text, "<w:commentRangeStart%s w:id=\"%d\"/>", declared, id));
	TRY(arena_printf(a, &end_text,
	                 "<w:commentRangeEnd%s w:id=\"%d\"/><w:r%s><w:commentReference "
	                 "w:id=\"%d\"/></w:r>",
	                 declared, id, declared, id));
	TRY(add_insert(c, span.start, true, start_text));
	TRY(add_insert(c, span.end, false, end_text));
	put_comment(c, comment, id);
	return str_check(&c->texts);
}

static int compare_inserts(const void *a, const void *b)
{
	const struct insert *left = a, *right = b;

	if (left->at != right->at)
		return left->at < right->at ? -1 : 1;
	if (left->begins != right->begins)
		return left->begins - right->begins;
	return (left->order > right->order) - (left->order < right->order);
}

static enum err put_inserts(struct str *out, struct commenting *c, struct slice part)
{
	size_t done = 0;

	qsort(c->inserts, c->n_inserts, sizeof(*c->inserts), compare_inserts);
	for (size_t i = 0; i < c->n_inserts; i++) {
		const struct insert *insert = &c->inserts[i];

		if (insert->at < done || insert->at > part.len)
			return err_set(ERR_INTERNAL, "a mark outside the document");
		str_put_n(out, part.at + done, insert->at - done);
		str_put(out, insert->text);
		done = insert->at;
	}
	str_put_n(out, part.at + done, part.len - done);
	return str_check(out);
}

/* ---- the package ---- */

/* Puts a part back; its time stays, so that the same comments give the same bytes. */
static enum err replace_part(struct office_package *p, const char *path, const char *like,
                             const struct str *bytes)
{
	zip_source_t *source = zip_source_buffer(p->zip, bytes->data, bytes->len, 0);
	zip_int64_t i = zip_name_locate(p->zip, path, ZIP_FL_NOCASE);
	zip_stat_t stat;
	bool timed = zip_stat(p->zip, like, ZIP_FL_NOCASE, &stat) == 0 &&
	             stat.valid & ZIP_STAT_MTIME;

	if (!source)
		return err_set(ERR_NO_MEMORY, "zip source");
	if (i >= 0 && zip_file_replace(p->zip, (zip_uint64_t)i, source, 0) != 0)
		i = -1;
	else if (i < 0)
		i = zip_file_add(p->zip, path, source, ZIP_FL_ENC_UTF_8);
	if (i < 0) {
		zip_source_free(source);
		return err_set(ERR_NO_MEMORY, "cannot put %s", path);
	}
	if (timed)
		(void)zip_file_set_mtime(p->zip, (zip_uint64_t)i, stat.mtime, 0);
	return ERR_OK;
}

static struct str *new_text(struct commenting *c)
{
	struct str *text = arena_alloc(c->package->arena, sizeof(*text));

	if (text)
		str_init(text, c->package->arena, DOCX_MOST_UNPACKED * 2UL);
	return text;
}

static enum err write_document(struct commenting *c)
{
	struct str *out = new_text(c);
	struct slice part;

	if (!out)
		return arena_no_memory(c->package->arena);
	TRY(part_bytes(c->package, c->document, &part));
	TRY(put_inserts(out, c, part));
	return replace_part(c->package, c->document, c->document, out);
}

/* Appends to the root of a part that is there. */
static enum err extend_part(struct commenting *c, const char *path, const struct root *root,
                            const char *added)
{
	struct str *out = new_text(c);
	struct slice part;

	if (!out)
		return arena_no_memory(c->package->arena);
	TRY(part_bytes(c->package, path, &part));
	TRY(append_to_root(out, part, root, added));
	return replace_part(c->package, path, c->document, out);
}

static enum err write_comments(struct commenting *c, const struct root *root)
{
	struct str *out;
	const char *texts;

	TRY(str_finish(&c->texts, &texts));
	if (!c->is_new)
		return extend_part(c, c->path, root, texts);
	out = new_text(c);
	if (!out)
		return arena_no_memory(c->package->arena);
	str_printf(out,
	           "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
	           "<w:comments%s>%s</w:comments>",
	           c->declared, texts);
	TRY(str_check(out));
	return replace_part(c->package, c->path, c->document, out);
}

/* The document says where its comments are. */
static enum err write_relation(struct commenting *c)
{
	struct arena *a = c->package->arena;
	const char *path, *id, *added, *slash = strrchr(c->path, '/');
	struct str *out;
	struct root root;
	enum err e = ERR_OK;

	TRY(office_relations_path(&path, a, c->document));
	for (int n = 1;; n++) {
		TRY(arena_printf(a, &id, "rIdComments%d", n));
		e = read_root(&root, c->package, path, id);
		if (e != ERR_OK || !root.named)
			break;
		if (n == MOST_NAMES)
			return office_refuse(c->package, MSG_DOCX_BROKEN);
	}
	TRY(arena_printf(a, &added, "<Relationship Id=\"%s\" Type=\"%s\" Target=\"%s\"/>", id,
	                 c->marks.strict ? RELATION_TYPE_STRICT : RELATION_TYPE,
	                 slash ? slash + 1 : c->path));
	if (e == ERR_OK)
		return extend_part(c, path, &root, added);
	if (e != ERR_NOT_FOUND)
		return e;
	out = new_text(c);
	if (!out)
		return arena_no_memory(a);
	str_printf(out,
	           "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
	           "relationships\">%s</Relationships>",
	           added);
	TRY(str_check(out));
	return replace_part(c->package, path, c->document, out);
}

/* The package says what kind of part the comments are. */
static enum err write_type(struct commenting *c)
{
	struct arena *a = c->package->arena;
	const char *part, *added;
	struct root root;
	enum err e;

	TRY(arena_printf(a, &part, "/%s", c->path));
	e = read_root(&root, c->package, TYPES_PART, part);
	if (e == ERR_NOT_FOUND)
		return office_refuse(c->package, MSG_DOCX_BROKEN);
	TRY(e);
	if (root.named)
		return ERR_OK;
	TRY(arena_printf(a, &added,
	                 "<Override PartName=\"%s\" ContentType=\"" CONTENT_TYPE "\"/>", part));
	return extend_part(c, TYPES_PART, &root, added);
}

/* Where the comments are, or are to be: beside the document, under a free name. */
static enum err find_comments(struct commenting *c, const struct office_relations *r)
{
	const struct office_relation *found = office_relation_find(r, NULL, "/comments");
	struct office_package *p = c->package;
	const char *name = "comments.xml";

	if (found) {
		TRY(office_part_path(&c->path, p->arena, c->document, found->target));
		if (zip_name_locate(p->zip, c->path, ZIP_FL_NOCASE) >= 0)
			return ERR_OK;
		return office_refuse(p, MSG_DOCX_BROKEN);
	}
	c->is_new = true;
	for (int n = 1; n < MOST_NAMES; n++) {
		TRY(office_part_path(&c->path, p->arena, c->document, name));
		if (zip_name_locate(p->zip, c->path, ZIP_FL_NOCASE) < 0)
			return ERR_OK;
		TRY(arena_printf(p->arena, &name, "comments%d.xml", n));
	}
	return office_refuse(p, MSG_DOCX_BROKEN);
}

static enum err change_parts(struct commenting *c)
{
	struct office_package *p = c->package;
	struct office_relations r;
	struct root root = { .largest_id = -1 };
	enum err e = office_main_part(&c->document, p);

	if (e == ERR_OK)
		e = docx_marks_read(&c->marks, p, c->document);
	if (e == ERR_NOT_FOUND)
		return office_refuse(p, MSG_DOCX_NOT_WORD);
	TRY(e);
	e = office_relations_read(&r, p, c->document);
	if (e != ERR_NOT_FOUND)
		TRY(e);
	TRY(find_comments(c, &r));
	if (!c->is_new)
		TRY(read_root(&root, p, c->path, NULL));
	c->declared = c->marks.strict ? DECLARED_STRICT : DECLARED;
	c->next_id = (int)root.largest_id + 1;
	for (size_t i = 0; i < c->n_comments && i < DOCX_MOST_COMMENTS; i++)
		TRY(place_comment(c, &c->comments[i]));
	if (c->n_inserts == 0)
		return ERR_OK;
	TRY(write_document(c));
	TRY(write_comments(c, &root));
	if (c->is_new) {
		TRY(write_relation(c));
		TRY(write_type(c));
	}
	return ERR_OK;
}

static enum err take_bytes(struct str *to, zip_source_t *source)
{
	char chunk[16384];
	zip_int64_t got;

	if (zip_source_open(source) != 0)
		return err_set(ERR_NO_MEMORY, "zip source");
	while ((got = zip_source_read(source, chunk, sizeof(chunk))) > 0)
		str_put_n(to, chunk, (size_t)got);
	zip_source_close(source);
	return got < 0 ? err_set(ERR_NO_MEMORY, "zip source") : str_check(to);
}

static enum err comment_package(struct str *to, struct commenting *c, zip_source_t *source)
{
	struct office_package *p = c->package;
	enum err e;

	str_init(&c->texts, p->arena, DOCX_MOST_UNPACKED);
	TRY(change_parts(c));
	zip_source_keep(source);
	if (zip_close(p->zip) != 0) {
		zip_source_free(source);
		return err_set(ERR_NO_MEMORY, "cannot write a document: %s",
		               zip_strerror(p->zip));
	}
	p->zip = NULL;
	e = take_bytes(to, source);
	zip_source_free(source);
	return e;
}

ERR_RESULT docx_comment(struct str *to, struct arena *a, struct slice file,
                        const struct docx_comment *comments, size_t n_comments,
                        struct problems *problems)
{
	static const struct office_kind kind = { DOCX_MOST_UNPACKED, MSG_DOCX_BROKEN,
		                                 MSG_DOCX_ENCRYPTED, MSG_DOCX_UNPACKED };
	struct office_package p = { .kind = &kind, .arena = a, .problems = problems };
	struct commenting c = { .package = &p, .comments = comments, .n_comments = n_comments };
	size_t before = problems->n;
	zip_source_t *source;
	enum err e;

	e = office_package_edit(&p, file.at, file.len, &source);
	if (e == ERR_OK)
		e = comment_package(to, &c, source);
	office_package_close(&p);
	return problems->n > before && e == ERR_INPUT ? ERR_OK : e;
}
