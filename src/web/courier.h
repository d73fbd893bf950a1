/* courier.h - the thread that takes packages to the installation above and fetches answers;
 * asking another server may take minutes, so nothing else waits for it.
 */
#ifndef WEB_COURIER_H
#define WEB_COURIER_H

#include "web/app.h"

struct courier;
ERR_RESULT courier_start(struct courier **out, struct app *app);
/* Waits for what is under way, at most some minutes. */
void courier_stop(struct courier *c);

#endif
