/* write.c - the C of a *_store.sql: structs, wrappers, constants. */
#include "mksql/sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_c_text(FILE *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '"' || text[i] == '\\')
			fputc('\\', out);
		fputc(text[i] == '\n' ? ' ' : text[i], out);
	}
}

/* One string literal for each line of SQL, parameters as `mark`N, comments left out. */
static void put_statement(FILE *out, struct item *it, const char *text, char mark)
{
	struct scan s = { text, 0, 0 };
	const char *end = text;
	int line = -1;

	for (struct token t = next_token(&s); t.kind != END; t = next_token(&s)) {
		if (token_is(t, ";"))
			break;
		if (t.line != line)
			fprintf(out, "%s\n\t\"", line < 0 ? "" : " \"");
		else if (t.at != end)
			fputc(' ', out);
		line = t.line;
		end = t.at + t.len;
		if (t.kind == PARAMETER) {
			const struct field *f = find_field(&it->in, t.at + 1, t.len - 1);
			fprintf(out, "%c%d", mark, (int)(f - it->in.at) + 1);
		} else {
			put_c_text(out, t.at, t.len);
		}
	}
	fputs("\",\n", out);
}

static void put_struct(FILE *out, const char *name, const char *what, const struct fields *f)
{
	if (!f->n)
		return;
	fprintf(out, "struct q_%s_%s {\n", name, what);
	for (size_t i = 0; i < f->n; i++)
		fprintf(out, "\t%s%s;\n", f->at[i].type->c_type, f->at[i].name);
	fputs("};\n", out);
}

/* One inline wrapper; `before` and `after` are parameters around the struct in. */
static void put_wrapper(FILE *out, const struct item *it, const char *verb, const char *target)
{
	bool in = it->in.n > 0, one = strcmp(verb, "one") == 0,
	     open = strcmp(verb, "open") == 0;

	fprintf(out, "static inline ERR_RESULT q_%s_%s(%sstruct db *db", it->name, verb,
	        open ? "struct db_rows *rows, " : "");
	if (one)
		fputs(", struct arena *a", out);
	if (in)
		fprintf(out, ", const struct q_%s_in *in", it->name);
	if (one)
		fprintf(out, ", struct q_%s_row *row", it->name);
	fprintf(out, ")\n{\n\treturn %s(%sdb%s, &query_%s, %s%s);\n}\n", target,
	        open ? "rows, " : "", one ? ", a" : "", it->name, in ? "in" : "NULL",
	        one ? ", row" : "");
}

static void put_declarations(FILE *out, const struct item *it)
{
	if (it->recordset) {
		fprintf(out, "\nextern const struct recordset recordset_%s;\n", it->name);
		return;
	}
	fputc('\n', out);
	put_struct(out, it->name, "in", &it->in);
	put_struct(out, it->name, "row", &it->out);
	fprintf(out, "extern const struct query query_%s;\n", it->name);
	if (!it->out.n) {
		put_wrapper(out, it, "run", "db_run");
		return;
	}
	put_wrapper(out, it, "open", "db_open_rows");
	fprintf(out,
	        "static inline bool q_%s_next(struct db_rows *rows, struct q_%s_row *row)\n"
	        "{\n\treturn db_next_row(rows, row);\n}\n",
	        it->name, it->name);
	put_wrapper(out, it, "one", "db_one");
}

static void put_fields(FILE *out, const char *name, const char *what, const struct fields *f)
{
	if (!f->n)
		return;
	fprintf(out, "static const struct db_field %s_%s[] = {\n", name, what);
	for (size_t i = 0; i < f->n; i++)
		fprintf(out, "\t{ \"%s\", %s, offsetof(struct q_%s_%s, %s) },\n", f->at[i].name,
		        f->at[i].type->constant, name, what, f->at[i].name);
	fputs("};\n", out);
}

static void put_query(FILE *out, struct item *it)
{
	fputc('\n', out);
	put_fields(out, it->name, "in", &it->in);
	put_fields(out, it->name, "row", &it->out);
	fprintf(out, "const struct query query_%s = {\n\t\"%s\",", it->name, it->name);
	put_statement(out, it, it->text, '?');
	put_statement(out, it, it->postgres ? it->postgres : it->text, '$');
	fprintf(out, "\t%s%s,\n\t%s%s,\n\t%zu,\n\t%zu,\n\t%s,\n};\n",
	        it->in.n ? it->name : "NULL", it->in.n ? "_in" : "",
	        it->out.n ? it->name : "NULL", it->out.n ? "_row" : "", it->in.n, it->out.n,
	        it->writes ? "true" : "false");
}

static void put_quoted(FILE *out, const char *text)
{
	if (!text) {
		fputs("NULL", out);
		return;
	}
	fputc('"', out);
	put_c_text(out, text, strlen(text));
	fputc('"', out);
}

static void put_recordset(FILE *out, const struct item *it)
{
	fprintf(out, "\nstatic const struct recordset_field %s_fields[] = {\n", it->name);
	for (size_t i = 0; i < it->out.n; i++) {
		const struct field *f = &it->out.at[i];

		fprintf(out, "\t{ \"%s\", %s, ", f->name, f->type->constant);
		put_quoted(out, f->expression);
		fputs(" },\n", out);
	}
	fprintf(out, "};\nconst struct recordset recordset_%s = {\n\t\"%s\",\n\t", it->name,
	        it->name);
	put_quoted(out, it->from);
	fputs(",\n\t", out);
	put_quoted(out, it->key);
	fputs(",\n\t", out);
	put_quoted(out, it->scope);
	for (size_t i = 0; i < 3; i++) {
		fputs(",\n\t", out);
		put_quoted(out, *it->search[i] ? it->search[i] : NULL);
	}
	fprintf(out, ",\n\t%s_fields,\n\t%zu,\n};\n", it->name, it->out.n);
}

static FILE *create(const char *path, const char *from)
{
	FILE *out = fopen(path, "w");

	if (!out) {
		fprintf(stderr, "mksql: cannot write %s\n", path);
		exit(1);
	}
	fprintf(out, "/* generated by tools/mksql%s%s */\n", *from ? " from " : "", from);
	return out;
}

static void finish(FILE *out, const char *path)
{
	if (ferror(out) | fclose(out)) {
		fprintf(stderr, "mksql: cannot write %s\n", path);
		remove(path);
		exit(1);
	}
}

void write_header(const struct file *f, const char *path)
{
	FILE *out = create(path, f->path);

	fputs("#pragma once\n#include \"db/db.h\"\n#include \"db/select.h\"\n", out);
	for (size_t i = 0; i < f->n; i++)
		put_declarations(out, f->items[i]);
	finish(out, path);
}

void write_code(const struct file *f, const char *path, const char *header)
{
	const char *base = strrchr(header, '/');
	FILE *out = create(path, f->path);

	fprintf(out,
	        "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n#include \"%s\"\n",
	        base ? base + 1 : header);
	for (size_t i = 0; i < f->n; i++)
		if (f->items[i]->recordset)
			put_recordset(out, f->items[i]);
		else
			put_query(out, f->items[i]);
	finish(out, path);
}

/* One line for each query or each record set of `files`. */
static void put_names(FILE *out, struct file **files, size_t n, bool recordsets,
                      const char *before, const char *after)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < files[i]->n; k++)
			if (files[i]->items[k]->recordset == recordsets)
				fprintf(out, "%s%s%s\n", before, files[i]->items[k]->name,
				        after);
}

void write_list(const char *path, struct file **files, size_t n)
{
	FILE *out = create(path, "");

	fputs("#include \"db/queries.h\"\n", out);
	put_names(out, files, n, false, "extern const struct query query_", ";");
	put_names(out, files, n, true, "extern const struct recordset recordset_", ";");
	fputs("const struct query *const db_queries[] = {\n", out);
	put_names(out, files, n, false, "\t&query_", ",");
	fputs("\tNULL,\n};\nconst struct recordset *const db_recordsets[] = {\n", out);
	put_names(out, files, n, true, "\t&recordset_", ",");
	fputs("\tNULL,\n};\n", out);
	finish(out, path);
}
