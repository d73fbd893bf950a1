/* form_xlsx.h - one form of a sheet as an Excel workbook in the printed layout: STT, Chỉ tiêu
 * thống kê, Đơn vị tính, Số liệu, Ghi chú.  Rows with a formula over rows of the same form
 * carry a live formula; an overridden one keeps its figure. */
#ifndef APP_FORM_FORM_XLSX_H
#define APP_FORM_FORM_XLSX_H

#include "app/form/form_store.h"

/* Appends the file's bytes to `out`. */
ERR_RESULT form_xlsx(struct str *out, struct arena *a, const struct form_sheet *sheet,
                     const struct form *form, instant_t created);

#endif
