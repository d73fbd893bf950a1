/* audit_json_cli.h - findings as JSON, for other programs: {"file", "relations", "findings"}.
 */
#ifndef APP_AUDIT_AUDIT_JSON_CLI_H
#define APP_AUDIT_AUDIT_JSON_CLI_H

#include "app/audit/audit.h"
#include "base/str.h"

/* With several files each place names its own: "places": [{"file", "line", "quote"}].
 * `all`: the relations that hold too, in "holds". */
void audit_json(struct str *to, const struct document *document,
                const struct audit_result *result, bool all);

#endif
