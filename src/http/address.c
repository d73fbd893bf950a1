#include "http/address.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

enum err address_parse(union address *out, const char *text)
{
	const char *colon = strrchr(text, ':');
	char host[ADDRESS_TEXT];
	long long port;
	union address a = { .any = { 0 } };

	if (!colon || !str_to_int(colon + 1, &port) || port < 0 || port > 65535 ||
	    (size_t)(colon - text) >= sizeof(host))
		return err_set(ERR_INPUT, "no address with a port: %s", text);
	memcpy(host, text, (size_t)(colon - text));
	host[colon - text] = '\0';
	size_t n = strlen(host);
	if (n > 2 && host[0] == '[' && host[n - 1] == ']') {
		host[n - 1] = '\0';
		a.six = (struct sockaddr_in6){ .sin6_family = AF_INET6,
			                       .sin6_port = htons((uint16_t)port) };
		if (inet_pton(AF_INET6, host + 1, &a.six.sin6_addr) != 1)
			return err_set(ERR_INPUT, "no IPv6 address: %s", text);
	} else {
		a.four = (struct sockaddr_in){ .sin_family = AF_INET,
			                       .sin_port = htons((uint16_t)port) };
		if (inet_pton(AF_INET, host, &a.four.sin_addr) != 1)
			return err_set(ERR_INPUT, "no IPv4 address: %s", text);
	}
	*out = a;
	return ERR_OK;
}

void address_text(char out[ADDRESS_TEXT], const struct sockaddr *address)
{
	const struct sockaddr_in *four = (const void *)address;
	const struct sockaddr_in6 *six = (const void *)address;
	const void *part = address->sa_family == AF_INET6 ? (const void *)&six->sin6_addr
	                                                  : (const void *)&four->sin_addr;

	out[0] = '\0';
	inet_ntop(address->sa_family, part, out, ADDRESS_TEXT);
}

bool address_is_loopback(const struct sockaddr *address)
{
	char text[ADDRESS_TEXT];

	address_text(text, address);
	return str_starts(text, "127.") || str_eq(text, "::1") ||
	       str_starts(text, "::ffff:127.");
}

bool address_forwarded(char out[ADDRESS_TEXT], const char *header)
{
	struct slice rest = slice_of(header ? header : ""), one, last = { "", 0 };
	struct in6_addr ignored;
	char text[ADDRESS_TEXT];

	while (slice_cut(&rest, ',', &one))
		last = slice_trim(one);
	if (last.len == 0 || last.len >= sizeof(text))
		return false;
	memcpy(text, last.at, last.len);
	text[last.len] = '\0';
	if (inet_pton(AF_INET, text, &ignored) != 1 && inet_pton(AF_INET6, text, &ignored) != 1)
		return false;
	memcpy(out, text, last.len + 1);
	return true;
}
