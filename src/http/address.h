/* address.h - network addresses as texts. */
#ifndef HTTP_ADDRESS_H
#define HTTP_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>

#include "base/err.h"

union address {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

/* "127.0.0.1:8080" or "[::1]:8080". ERR_INPUT. */
ERR_RESULT address_parse(union address *out, const char *text);

enum { ADDRESS_TEXT = 64 };
void address_text(char out[ADDRESS_TEXT], const struct sockaddr *address); /* without port */
bool address_is_loopback(const struct sockaddr *address);

/* The last address of an X-Forwarded-For header: the one our own proxy saw. False: none. */
bool address_forwarded(char out[ADDRESS_TEXT], const char *header);

#endif
