/* The text of a report: parsed and rendered or refused with a problem; what was rendered is
 * written down and read again as the same bytes; cut into sections it is the same text. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/form/form_shipped.h"
#include "app/narrative/narrative_render.h"
#include "base/vntext.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static enum err fill(struct narrative_input *in, struct arena *a, const struct form_set *set)
{
	static const struct narrative_name units[] = { { "xã A", { 0 } }, { "xã *B*", { 0 } } };
	struct narrative_cell *cells;

	TRY(arena_array(a, &cells, set->n_rows));
	for (size_t i = 0; i < set->n_rows; i++)
		cells[i] = (struct narrative_cell){
			.value = i % 3 ? dec_from_int((int64_t)i * 7) : DEC_NONE,
			.numerator = dec_from_int(7),
			.denominator = i % 2 ? dec_from_int(19) : DEC_NONE,
			.note = i % 5 ? NULL : "# ghi chú\n{{x}}",
		};
	*in = (struct narrative_input){ .set = set, .period = "Q1" };
	in->cells[NARRATIVE_NOW] = in->cells[NARRATIVE_LAST_YEAR] = cells;
	in->missing = (struct narrative_names){ units, 2 };
	in->variables[NARRATIVE_THE_UNIT] = "Xã [[Mẫu";
	return ERR_OK;
}

static void freeze(struct arena *a, const struct narrative *text)
{
	const char *frozen, *again;
	struct narrative thawed;
	struct problems problems;

	problems_init(&problems, a);
	if (narrative_freeze(&frozen, a, text) != ERR_OK ||
	    strlen(frozen) > NARRATIVE_LONGEST ||
	    narrative_thaw(&thawed, a, &problems, frozen) != ERR_OK)
		return;
	if (problems.n > 0 || thawed.n_figures != text->n_figures)
		abort();
	if (narrative_freeze(&again, a, &thawed) == ERR_OK && strcmp(frozen, again) != 0)
		abort();
}

static void run(struct arena *a, const struct form_set *set, const char *source)
{
	struct narrative_input input;
	struct narrative_parsed parsed;
	struct narrative text;
	struct problems problems, remarks;

	problems_init(&problems, a);
	problems_init(&remarks, a);
	if (fill(&input, a, set) != ERR_OK ||
	    narrative_settle(&source, a, set, source) != ERR_OK ||
	    narrative_parse(&parsed, a, &problems, set, source) != ERR_OK || problems.n > 0)
		return;
	if (narrative_render(&text, a, &remarks, &parsed, &input) == ERR_OK)
		freeze(a, &text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	ARENA_CLEANUP struct arena a;
	struct form_shipped shipped;
	const char *source;

	arena_init(&a, 256 << 20);
	if (text_is_valid((const char *)bytes, n) &&
	    form_shipped_load(&shipped, &a, "xa-2024") == ERR_OK &&
	    arena_strndup(&a, &source, (const char *)bytes, n) == ERR_OK)
		run(&a, shipped.set, source);
	return 0;
}
