/* security.h - the headers that every answer carries. */
#ifndef WEB_SECURITY_H
#define WEB_SECURITY_H

#include "http/http.h"

/* Adds them; a page that set its own Cache-Control keeps it.  Nothing personal is stored in a
 * browser or on the way: no-store. */
void security_headers(struct resp *resp);

#endif
