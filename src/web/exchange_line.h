/* exchange_line.h - the line to the installation above: HTTP with a token. */
#ifndef WEB_EXCHANGE_LINE_H
#define WEB_EXCHANGE_LINE_H

#include "app/exchange/exchange_store.h"

/* ca_file: NULL, the system's; it outlives the line. */
struct exchange_line exchange_line_over_http(const char **ca_file);

#endif
