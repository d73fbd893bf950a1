/* form_codes_store.h - the procedures behind a figure that was counted from records: what an
 * office above needs so as to count each procedure once, and to say what changed. */
#ifndef APP_FORM_FORM_CODES_STORE_H
#define APP_FORM_FORM_CODES_STORE_H

#include "app/form/form_store.h"

struct form_code {
	const char *procedure; /* mã thủ tục */
	const char *field;     /* lĩnh vực, or "" */
	enum form_tier tier; /* cấp thực hiện; of dossiers FORM_PROVINCE whatever the level */
	dec_t amount; /* dossiers of the procedure; DEC_NONE where procedures are counted */
};
struct form_codes {
	struct form_code *at;
	size_t n;
	bool known; /* they make up the figure: false when somebody entered another one */
};
/* A catalogue row, or a row that counts dossiers; any other one has none. */
ERR_RESULT form_codes_of(struct form_codes *out, struct db *db, struct arena *a,
                         const struct form_sheet *sheet, const struct form_row *row);

#endif
