/* static_files.h - the files of static/, packed once at the start. */
#ifndef WEB_STATIC_FILES_H
#define WEB_STATIC_FILES_H

#include "http/http.h"

struct static_files;

/* Packs those that gain by it, into `a`. */
ERR_RESULT static_files_make(const struct static_files **out, struct arena *a);

/* Whether a path is one of theirs ("/static/..."). */
bool static_files_own(const char *path);

/* Answers it: for ever when the query names the file's fingerprint (static_link), else asked
 * again each time.  ERR_NOT_FOUND. */
ERR_RESULT static_files_answer(const struct static_files *files, const struct req *req,
                               struct resp *resp);

#endif
