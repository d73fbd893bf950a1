/* sealer.h - the thread that seals the journal while the server runs: whatever was committed is
 * in the chain about a second later. */
#ifndef WEB_SEALER_H
#define WEB_SEALER_H

#include "web/app.h"

struct sealer;
ERR_RESULT sealer_start(struct sealer **out, struct app *app);
void sealer_stop(struct sealer *s); /* seals what is left first */

#endif
