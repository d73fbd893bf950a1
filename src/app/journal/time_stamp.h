/* time_stamp.h - time stamps of others over a hash: RFC 3161.  Pure.
 *
 * The hash (SHA-256) goes out in a request; the authority signs it together with its time.
 * What comes back is kept as it is, the DER of a TimeStampResp.  Decree 23/2025/NĐ-CP is on
 * the services of time stamping in Vietnam.
 */
#ifndef APP_JOURNAL_TIME_STAMP_H
#define APP_JOURNAL_TIME_STAMP_H

#include "base/arena.h"
#include "base/date.h"

enum { TIME_STAMP_HASH = 32, TIME_STAMP_LARGEST = 256 * 1024 };

/* The DER of a request for `hash`, with the authority's certificate asked for. */
ERR_RESULT time_stamp_request(const unsigned char **out, size_t *n, struct arena *a,
                              const unsigned char hash[TIME_STAMP_HASH]);

/* Whether the response holds a stamp of exactly this hash; *at is its time.  Who signed it is
 * not looked at. */
bool time_stamp_is_of(instant_t *at, const unsigned char *response, size_t n,
                      const unsigned char hash[TIME_STAMP_HASH]);

/* Whether it is such a stamp, signed by an authority that the certificates of `ca_file` (PEM)
 * vouch for; *why says in English what is wrong, for an engineer. */
bool time_stamp_is_signed(const char **why, const unsigned char *response, size_t n,
                          const unsigned char hash[TIME_STAMP_HASH], const char *ca_file);

#endif
