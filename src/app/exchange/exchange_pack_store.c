/* The container of a report that was signed here. */
#include "app/exchange/exchange_row_store.h"
#include "app/exchange/exchange_store.sql.h"
#include "app/package/package_store.h"
#include "app/report/report_package_store.h"

/* As it came. */
static ERR_RESULT received(struct slice *out, struct db *db, struct arena *a, row_id report)
{
	struct q_exchange_in_bytes_of_in in = { report };
	struct q_exchange_in_bytes_of_row row;

	TRY(q_exchange_in_bytes_of_one(db, a, &in, &row));
	*out = (struct slice){ (const char *)row.content.at, row.content.n };
	return ERR_OK;
}

ERR_RESULT exchange_pack(struct slice *out, struct db *db, struct arena *a, row_id report,
                         date_t today)
{
	struct package_frozen frozen;
	struct package_file file;
	struct report r;

	TRY(package_find(&frozen, db, a, report));
	if (frozen.received)
		return received(out, db, a, report);
	TRY(report_find(&r, db, a, ROW_NONE, report, today));
	TRY(report_package_open(&file, db, a, &r));
	return package_zip_write(out, a, &file);
}
