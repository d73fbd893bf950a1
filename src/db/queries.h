/* queries.h - every query and record set of the program, gathered by the build from all
 * *_store.sql files, so that a test can prepare each of them on each engine.
 */
#ifndef DB_QUERIES_H
#define DB_QUERIES_H

#include "db/db.h"
#include "db/select.h"

extern const struct query *const db_queries[];        /* ends with NULL */
extern const struct recordset *const db_recordsets[]; /* ends with NULL */

#endif
