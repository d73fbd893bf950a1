#include "app/dossier/dossier_export.h"

#define COLUMN(field, title, width) { #field, title },
static const struct {
	const char *field, *title;
} columns[] = {
#include "app/dossier/dossier_export_columns.def"
};
#undef COLUMN

#define COLUMN(field, title, width) width,
const int dossier_export_widths[EXPORT_COLUMNS] = {
#include "app/dossier/dossier_export_columns.def"
};
#undef COLUMN

const char *dossier_export_field(enum dossier_export_column c)
{
	return columns[c].field;
}

const char *dossier_export_title(enum dossier_export_column c)
{
	return columns[c].title;
}
