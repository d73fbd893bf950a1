#include "app/audit/audit_check.h"

#include <stdlib.h>

#include "app/audit/fact.h"

static const struct {
	const char *name;
	enum err (*run)(struct audit *x);
} checks[] = {
#define AUDIT_CHECK(function, about) { #function, function },
#include "app/audit/audit_checks.def"
#undef AUDIT_CHECK
	{ NULL, NULL }
};

const char *audit_verdict_word(enum audit_verdict verdict)
{
	static const char *const words[] = {
		[AUDIT_HOLDS] = "holds", [AUDIT_SUSPECT] = "suspect", [AUDIT_FAIL] = "fail"
	};

	return words[verdict];
}

const char *audit_kind_word(enum audit_kind kind)
{
	static const char *const words[] = {
#define AUDIT_KIND(name, word, label) word,
#include "app/audit/audit_kinds.def"
#undef AUDIT_KIND
	};

	return words[kind];
}

const char *audit_kind_label(enum audit_kind kind)
{
	static const char *const labels[] = {
#define AUDIT_KIND(name, word, label) label,
#include "app/audit/audit_kinds.def"
#undef AUDIT_KIND
	};

	return labels[kind];
}

/* In the order of the document; what stands at one place, the surer first. */
static int compare_findings(const void *left, const void *right)
{
	const struct audit_finding *a = left, *b = right;
	int order = 0;

	if (a->n_places > 0 && b->n_places > 0)
		order = doc_line_compare(a->places[0].line, b->places[0].line);
	if (order == 0)
		order = (int)b->verdict - (int)a->verdict;
	if (order == 0)
		order = (int)a->kind - (int)b->kind;
	return order;
}

static void sort(struct audit_finding *findings, size_t n)
{
	if (n > 0)
		qsort(findings, n, sizeof(*findings), compare_findings);
}

enum err audit_run(struct audit_result *out, struct arena *a, const struct document *document,
                   const struct audit_options *options)
{
	struct audit x = { .arena = a, .document = document, .options = options };

	TRY(facts_of(&x.facts, &x));
	for (size_t i = 0; checks[i].run; i++) {
		x.check = checks[i].name;
		TRY(checks[i].run(&x));
	}
	sort(x.findings, x.n_findings);
	sort(x.holds, x.n_holds);
	*out = (struct audit_result){ .findings = x.findings,
		                      .n_findings = x.n_findings,
		                      .holds = x.holds,
		                      .n_holds = x.n_holds,
		                      .n_relations = x.n_relations };
	return ERR_OK;
}
