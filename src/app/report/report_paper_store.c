#include "app/report/report_paper_store.h"

#include "app/account/account_store.h"
#include "app/form/form_store.h"
#include "app/narrative/narrative_store.h"
#include "app/package/package_store.h"
#include "app/report/report_freeze_store.h"
#include "app/report/report_store.h"
#include "app/unit/unit_store.h"
#include "base/str.h"

/* ---- content ---- */

static bool was_signed(enum report_state s)
{
	return s != REPORT_COMPILING && s != REPORT_CHECKING && s != REPORT_SUBMITTED &&
	       s != REPORT_EXEMPT;
}

static enum err read_frozen(struct report_paper *p, struct db *db, struct arena *a)
{
	struct package_frozen frozen;
	struct package_bytes bytes;
	struct problems problems;

	problems_init(&problems, a);
	TRY(package_find(&frozen, db, a, p->report.id));
	TRY(package_bytes_of(&bytes, db, a, frozen.id));
	TRY(package_read(&p->content, a, bytes.at, bytes.n, &problems));
	p->as_signed = true;
	return ERR_OK;
}

/* A report that was signed before contents were frozen has none. */
static enum err read_content(struct report_paper *p, struct db *db, struct arena *a)
{
	enum err e = was_signed(p->report.state) ? read_frozen(p, db, a) : ERR_NOT_FOUND;

	return e == ERR_NOT_FOUND ? report_collect(&p->content, db, a, p->report.id) : e;
}

/* The definitions that the content names, not those that are installed now. */
static enum err read_set(struct report_paper *p, struct db *db, struct arena *a)
{
	const struct package_content *c = &p->content;
	struct form_text *texts;
	struct problems problems;

	if (c->n_definitions == 0)
		return ERR_OK;
	problems_init(&problems, a);
	TRY(arena_array(a, &texts, c->n_definitions));
	for (size_t i = 0; i < c->n_definitions; i++) {
		TRY(arena_printf(a, &texts[i].name, "%s.form", c->definitions[i].form));
		TRY(package_definition_text(&texts[i].text, db, a, c->definitions[i].sha256));
	}
	TRY(form_set_load(&p->set, &problems, a, texts, c->n_definitions));
	if (!p->set)
		return err_set(ERR_DB, "set %s: %s", c->set,
		               problems.first ? problems.first->message : "");
	return ERR_OK;
}

/* A draft has its text with the figures of now. */
static enum err draft_text(struct report_paper *p, struct db *db, struct arena *a)
{
	const struct narrative_freezing f = { .report_id = p->report.id,
		                              .set = p->set,
		                              .content = &p->content,
		                              .receiver_name = p->report.receiver_name };

	return narrative_text_freeze(&p->content.text, db, a, &f);
}

static enum err read_text(struct report_paper *p, struct db *db, struct arena *a)
{
	struct problems problems;

	if (!p->as_signed && p->set && str_blank(p->content.text))
		TRY(draft_text(p, db, a));
	if (str_blank(p->content.text))
		return ERR_OK;
	problems_init(&problems, a);
	TRY(narrative_thaw(&p->text, a, &problems, p->content.text));
	if (problems.first)
		return err_set(ERR_DB, "text of a report, line %d: %s", problems.first->line,
		               problems.first->message);
	return ERR_OK;
}

/* ---- people and office ---- */

static enum err read_office(struct report_paper *p, struct db *db, struct arena *a,
                            const struct report_paper_of *of)
{
	struct account signer;
	struct unit u;
	enum err e;

	TRY(unit_find(&u, db, a, ROW_NONE, p->report.unit_id, of->today));
	p->office_name = u.name;
	p->letterhead_parent = u.letterhead_parent;
	p->letterhead = u.letterhead;
	p->place = u.place;
	if (row_is_none(p->report.signer_id))
		return ERR_OK;
	e = account_find(&signer, db, a, ROW_NONE, p->report.signer_id, of->today);
	if (e == ERR_OK)
		p->signer_title = signer.title;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

ERR_RESULT report_paper_open(struct report_paper *out, struct db *db, struct arena *a,
                             const struct report_paper_of *of)
{
	struct report_paper p = { 0 };

	TRY(report_find(&p.report, db, a, of->scope, of->report, of->today));
	TRY(read_content(&p, db, a));
	TRY(read_set(&p, db, a));
	TRY(read_text(&p, db, a));
	TRY(read_office(&p, db, a, of));
	*out = p;
	return ERR_OK;
}
