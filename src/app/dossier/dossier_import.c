#include "app/dossier/dossier_import.h"

#define COLUMN(name, word, label, titles) { word, label },
static const struct {
	const char *word, *label;
} columns[] = {
#include "app/dossier/dossier_import_columns.def"
};
#undef COLUMN

const char *dossier_import_word(enum dossier_import_column c)
{
	return columns[c].word;
}

const char *dossier_import_label(enum dossier_import_column c)
{
	return columns[c].label;
}
