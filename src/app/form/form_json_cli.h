/* form_json_cli.h - a form of a sheet, and the records behind a figure, as JSON.  Figures are
 * decimal texts ("53.12") or null. */
#ifndef APP_FORM_FORM_JSON_CLI_H
#define APP_FORM_FORM_JSON_CLI_H

#include "app/form/form_records_store.h"
#include "json/json.h"

void form_json_sheet(struct str *out, const struct form_sheet *sheet, const struct form *form);

/* An object whose last member is the open array "records"; the caller ends both. */
void form_json_records_begin(struct json *j, const struct form_sheet *sheet,
                             const struct form_row *row, const struct form_parts *parts);
void form_json_record(struct json *j, const struct form_part *part,
                      const struct form_records *records, const struct form_record *record);

#endif
