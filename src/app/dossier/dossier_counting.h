/* dossier_counting.h - what the counters (app/counter) see of a dossier.  Pure. */
#ifndef APP_DOSSIER_DOSSIER_COUNTING_H
#define APP_DOSSIER_DOSSIER_COUNTING_H

#include "app/counter/counter.h"
#include "app/dossier/dossier.h"

struct counter_facts dossier_counter_facts(const struct dossier *d);

#endif
