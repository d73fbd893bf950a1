/* fact_what.h - puts together what an amount counts, from the words around it; included by the
 * files that read facts. */
#ifndef APP_AUDIT_FACT_WHAT_H
#define APP_AUDIT_FACT_WHAT_H

#include "app/audit/fact.h"

enum { FACT_WHAT_WORDS = 48 /* of each layer; further ones are left out */ };

enum fact_layer {
	FACT_LAYER_OWN,     /* the words of its clause */
	FACT_LAYER_NEAR,    /* further words of its clause, brackets of a label */
	FACT_LAYER_CONTEXT, /* what it stands under: the lead of its paragraph, its list, its
	                       row */
	FACT_LAYER_BEFORE, /* the clause before its own: "Tuyên truyền có chuyển biến, ..." */
	FACT_LAYER_LOOSE, /* what it may stand under: headings, the row of a rate */
	FACT_LAYERS
};

/* A descriptor in the making. */
struct fact_maker {
	int object;
	int left_object; /* first of the clause; `object` was said to be another */
	int context_object;
	bool total, rate, aim, no, counted;
	int dimensions[FACT_LAYERS][FACT_DIMENSIONS]; /* -1: two that contradict each other */
	int words[FACT_LAYERS][FACT_WHAT_WORDS];
	size_t n_words[FACT_LAYERS];
};

void fact_maker_add(struct fact_maker *m, enum fact_layer layer, const struct fact_item *items,
                    size_t n);
/* Whether its own clause says more than what is counted. */
bool fact_maker_tells(const struct fact_maker *m);
/* What another fact says goes to a layer: of a total to its parts, of one to the next. */
void fact_maker_inherit(struct fact_maker *m, const struct fact_what *from, bool as_part);
ERR_RESULT fact_maker_end(struct fact_maker *m, struct fact_what *out, struct arena *a);

/* An object that says little: người, đơn vị, văn bản. */
bool fact_object_is_vague(int object);
/* An object that only counts others: "05 trường hợp", "18 người". */
bool fact_object_is_counter(int object);
/* An index that all offices are measured by: PAR INDEX, SIPAS. */
bool fact_object_is_index(int object);
/* Whether words say anything but fillers. */
bool fact_items_say(const struct fact_item *items, size_t n);
bool fact_set_has(struct fact_set set, int id);

#endif
