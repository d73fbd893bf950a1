#include "app/audit/audit_json_cli.h"

#include "json/json.h"

static void put_text(struct json *j, const char *key, const char *text)
{
	json_key(j, key);
	json_text(j, text);
}

/* Each line once: places come in the order of the document. */
static void put_lines(struct json *j, const struct audit_finding *f)
{
	json_key(j, "lines");
	json_begin_array(j);
	for (size_t i = 0; i < f->n_places; i++)
		if (i == 0 || f->places[i].line.line != f->places[i - 1].line.line ||
		    f->places[i].line.file != f->places[i - 1].line.file)
			json_int(j, f->places[i].line.line);
	json_end(j);
}

static void put_quotes(struct json *j, const struct audit_finding *f)
{
	json_key(j, "quotes");
	json_begin_array(j);
	for (size_t i = 0; i < f->n_places; i++)
		json_text(j, f->places[i].quote);
	json_end(j);
}

static void put_places(struct json *j, const struct document *document,
                       const struct audit_finding *f)
{
	json_key(j, "places");
	json_begin_array(j);
	for (size_t i = 0; i < f->n_places; i++) {
		const struct audit_place *p = &f->places[i];

		json_begin_object(j);
		put_text(j, "file", document->files[p->line.file].name);
		json_key(j, "line");
		json_int(j, p->line.line);
		put_text(j, "quote", p->quote);
		json_key(j, "operand");
		json_bool(j, p->operand);
		json_end(j);
	}
	json_end(j);
}

static void put_finding(struct json *j, const struct document *document,
                        const struct audit_finding *f)
{
	json_begin_object(j);
	put_text(j, "verdict", audit_verdict_word(f->verdict));
	put_text(j, "kind", audit_kind_word(f->kind));
	put_lines(j, f);
	put_quotes(j, f);
	if (document->n_files > 1)
		put_places(j, document, f);
	put_text(j, "relation", f->relation);
	put_text(j, "stated", f->stated);
	put_text(j, "computed", f->computed);
	put_text(j, "message", f->message);
	put_text(j, "correction", f->correction);
	put_text(j, "check", f->check);
	json_end(j);
}

static void put_list(struct json *j, const char *key, const struct document *document,
                     const struct audit_finding *findings, size_t n)
{
	json_key(j, key);
	json_begin_array(j);
	for (size_t i = 0; i < n; i++)
		put_finding(j, document, &findings[i]);
	json_end(j);
}

void audit_json(struct str *to, const struct document *document,
                const struct audit_result *result, bool all)
{
	struct json j;

	json_init(&j, to);
	json_begin_object(&j);
	put_text(&j, "file", document->files[0].name);
	json_key(&j, "relations");
	json_int(&j, (long long)result->n_relations);
	put_list(&j, "findings", document, result->findings, result->n_findings);
	if (all)
		put_list(&j, "holds", document, result->holds, result->n_holds);
	json_end(&j);
}
