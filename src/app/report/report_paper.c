#include "app/report/report_paper.h"

#include <stdio.h>
#include <string.h>

#include "app/form/form_eval.h"
#include "base/messages.h"
#include "base/str.h"
#include "base/vec.h"
#include "base/vntext.h"

/* ---- letterhead ---- */

ERR_RESULT report_paper_issuer(const char **out, struct arena *a, const struct report_paper *p)
{
	const char *committee = msg_text(MSG_REPORT_PAPER_UBND), *upper;
	size_t n = strlen(committee);

	if (str_eq(p->office_name, p->content.unit.name) && !str_blank(p->letterhead)) {
		*out = p->letterhead;
		return ERR_OK;
	}
	TRY(text_upper(a, &upper, p->content.unit.name));
	*out = upper;
	if (!str_starts(upper, committee) || upper[n] != ' ')
		return ERR_OK;
	return arena_printf(a, out, "%s\n%s", committee, upper + n + 1);
}

/* ---- signature ---- */

static enum err add_line(struct report_authority *to, struct arena *a, const char *line)
{
	TRY(vec_room(a, to->at, to->n));
	to->at[to->n++] = line;
	return ERR_OK;
}

/* "CHỦ TỊCH" of "PHÓ CHỦ TỊCH"; NULL: no deputy. */
static const char *head_of(const char *title)
{
	const char *deputy = msg_text(MSG_REPORT_PAPER_DEPUTY);

	return str_starts(title, deputy) ? title + strlen(deputy) : NULL;
}

static enum err add_deputy(struct report_authority *to, struct arena *a, const char *head,
                           const char *title)
{
	const char *line;

	TRY(msg_format(&line, a, MSG_REPORT_PAPER_IN_PLACE, head));
	TRY(add_line(to, a, line));
	return add_line(to, a, title);
}

/* The signer's title in capitals.  Of a chairman and deputies the post alone is printed: their
 * office stands above it. */
static enum err post_of(const char **out, struct arena *a, const struct report_paper *p)
{
	const char *chairman = msg_text(MSG_REPORT_PAPER_CHAIRMAN), *upper, *head;

	*out = NULL;
	if (str_blank(p->signer_title))
		return ERR_OK;
	TRY(text_upper(a, &upper, p->signer_title));
	head = head_of(upper);
	*out = upper;
	if (!str_starts(head ? head : upper, chairman))
		return ERR_OK;
	return arena_strndup(a, out, upper,
	                     (head ? (size_t)(head - upper) : 0) + strlen(chairman));
}

/* Chairman and deputies of a committee sign for it; others by their own post. */
static enum err add_title(struct report_authority *to, struct arena *a,
                          const struct report_paper *p, const char *title)
{
	const char *head = head_of(title), *issuer;

	TRY(report_paper_issuer(&issuer, a, p));
	if (str_starts(issuer, msg_text(MSG_REPORT_PAPER_UBND)) &&
	    str_eq(head ? head : title, msg_text(MSG_REPORT_PAPER_CHAIRMAN)))
		TRY(add_line(to, a, msg_text(MSG_REPORT_PAPER_FOR_UBND)));
	return head ? add_deputy(to, a, head, title) : add_line(to, a, title);
}

static enum err add_text_line(struct report_authority *to, struct arena *a,
                              const struct narrative_runs *runs)
{
	struct str s;
	const char *line;

	str_init(&s, a, NARRATIVE_LONGEST);
	for (size_t i = 0; i < runs->n; i++)
		str_put(&s, runs->at[i].text);
	TRY(str_finish(&s, &line));
	return add_line(to, a, line);
}

ERR_RESULT report_paper_authority(struct report_authority *out, struct arena *a,
                                  const struct report_paper *p)
{
	struct report_authority lines = { 0 };
	const char *title, *head;

	for (size_t i = 0; i < p->text.n; i++) {
		if (p->text.blocks[i].kind == NARRATIVE_SIGNATORY)
			TRY(add_text_line(&lines, a, &p->text.blocks[i].runs));
	}
	TRY(post_of(&title, a, p));
	head = title ? head_of(title) : NULL;
	if (lines.n == 0 && title)
		TRY(add_title(&lines, a, p, title));
	else if (lines.n > 0 && head && str_eq(lines.at[lines.n - 1], head)) {
		lines.n--;
		TRY(add_deputy(&lines, a, head, title));
	}
	*out = lines;
	return ERR_OK;
}

/* ---- figures ---- */

ERR_RESULT report_paper_number(const char **out, struct arena *a, const struct report *r)
{
	*out = NULL;
	if (r->number == REPORT_NO_NUMBER)
		return ERR_OK;
	return arena_printf(a, out, "%02lld", (long long)r->number);
}

ERR_RESULT report_paper_figure(const char **out, struct arena *a,
                               const struct package_cell *cell)
{
	char text[DEC_TEXT];

	*out = "";
	if (!cell || dec_is_none(cell->value))
		return ERR_OK;
	return arena_strdup(a, out, dec_vn(cell->value, -1, text));
}

static void put_sentence(struct str *s, const char *text)
{
	if (str_blank(text))
		return;
	if (s->len > 0)
		str_put(s, s->data[s->len - 1] == '.' ? " " : ". ");
	str_put(s, text);
}

/* Why a row stands blank that somebody expects. */
static const char *why_blank(const struct package_cell *cell)
{
	static const struct {
		const char *word;
		enum msg text;
	} words[] = { { "no-lists", MSG_REPORT_PAPER_NO_LISTS },
		      { "nothing-given", MSG_REPORT_PAPER_NOTHING_GIVEN },
		      { "too-large", MSG_ROLLUP_BLANK_LARGE } };

	for (size_t i = 0; cell->blank && i < ARRAY_LEN(words); i++)
		if (str_eq(cell->blank, words[i].word))
			return msg_text(words[i].text);
	return NULL;
}

/* The row's tier has ended: "Cấp huyện kết thúc hoạt động từ ngày 01/7/2025". */
static const char *why_closed(const struct report_paper *p, const struct form_row *row)
{
	struct form_input in = { .set = p->set,
		                 .period =
		                         period_of_days(p->content.from_on, p->content.to_on) };
	const char *why = NULL;

	for (enum form_tier t = 0; t < FORM_TIERS; t++)
		if (str_eq(form_tier_word(t), p->content.tier))
			in.tier = t;
	if (row->kind == FORM_GROUP || form_row_fills(&why, &in, row))
		return NULL;
	return why;
}

/* "2/3": of a rate whose parts stand in no rows of their own, so that a reader can check it. */
static ERR_RESULT put_parts(struct str *s, struct arena *a, const struct form_row *row,
                            const struct package_cell *cell)
{
	bool shown = row->denominator && row->denominator->op == CALC_REF && row->numerator &&
	             row->numerator->op == CALC_REF;
	char part[DEC_TEXT], whole[DEC_TEXT];
	const char *text;

	if (row->kind != FORM_RATIO || shown || dec_is_none(cell->value) ||
	    dec_is_none(cell->numerator) || dec_is_none(cell->denominator))
		return ERR_OK;
	TRY(arena_printf(a, &text, "%s/%s", dec_vn(cell->numerator, -1, part),
	                 dec_vn(cell->denominator, -1, whole)));
	put_sentence(s, text);
	return ERR_OK;
}

ERR_RESULT report_paper_note(const char **out, struct arena *a, const struct report_paper *p,
                             const struct form_row *row, const struct package_cell *cell)
{
	char given[24], owed[24];
	const char *text;
	struct str s;

	str_init(&s, a, NARRATIVE_LONGEST);
	if (!cell) {
		put_sentence(&s, why_closed(p, row));
		return str_finish(&s, out);
	}
	put_sentence(&s, cell->note);
	TRY(put_parts(&s, a, row, cell));
	if (cell->given < cell->owed && !dec_is_none(cell->value)) {
		snprintf(given, sizeof(given), "%lld", (long long)cell->given);
		snprintf(owed, sizeof(owed), "%lld", (long long)cell->owed);
		TRY(msg_format(&text, a, MSG_REPORT_PAPER_GIVEN, given, owed));
		put_sentence(&s, text);
	}
	if (!str_eq(cell->reason, cell->note))
		put_sentence(&s, cell->reason);
	put_sentence(&s, why_blank(cell));
	return str_finish(&s, out);
}

const char *report_paper_decision(const struct report_paper *p, size_t i)
{
	const struct package_setting *said = &p->content.settings[i];
	const struct form_setting *setting =
	        p->set ? form_find_setting(p->set, said->name) : NULL;

	for (size_t k = 0; setting && k < setting->n_choices; k++)
		if (str_eq(setting->choices[k].word, said->word))
			return setting->choices[k].text;
	return NULL;
}
