#include "app/form/form_json_cli.h"

static void put_text(struct json *j, const char *key, const char *text)
{
	json_key(j, key);
	json_text(j, text);
}

static void put_figure(struct json *j, const char *key, dec_t figure)
{
	json_key(j, key);
	json_dec(j, figure);
}

static void put_head(struct json *j, const struct form_sheet *sheet, const struct form *form)
{
	put_text(j, "set", sheet->set->code);
	put_text(j, "form", form->code);
	put_text(j, "title", form->title);
	put_text(j, "unit", sheet->unit.code);
	put_text(j, "unit_name", sheet->unit.name);
	put_text(j, "level", form_tier_word(sheet->unit.tier));
	put_text(j, "period", sheet->period.code);
	json_key(j, "from");
	json_date(j, sheet->period.from);
	json_key(j, "to");
	json_date(j, sheet->period.to);
}

static void put_problem(struct json *j, const struct form_problem *p)
{
	json_begin_object(j);
	put_text(j, "severity", form_severity_word(p->severity));
	put_text(j, "kind", p->kind);
	json_key(j, "codes");
	json_begin_array(j);
	for (size_t i = 0; i < p->n_codes; i++)
		json_text(j, p->codes[i]);
	json_end(j);
	put_figure(j, "stated", p->stated);
	put_figure(j, "computed", p->computed);
	put_text(j, "message", p->message);
	json_end(j);
}

static void put_row(struct json *j, const struct form_row *row, const struct form_cell *cell)
{
	json_begin_object(j);
	put_text(j, "code", row->code);
	put_text(j, "id", row->id);
	put_text(j, "label", row->label);
	put_text(j, "unit", *row->unit ? row->unit : NULL);
	put_text(j, "kind", form_kind_word(row->kind));
	put_figure(j, "value", cell->value);
	put_figure(j, "numerator", cell->numerator);
	put_figure(j, "denominator", cell->denominator);
	put_text(j, "source", form_source_word(cell->source));
	put_figure(j, "computed", cell->computed);
	put_text(j, "note", cell->note);
	put_text(j, "reason", cell->reason);
	put_text(j, "why_blank", cell->why_blank);
	json_key(j, "problems");
	json_begin_array(j);
	for (const struct form_problem *p = cell->problems; p; p = p->next)
		put_problem(j, p);
	json_end(j);
	json_end(j);
}

static void put_setting(struct json *j, const struct form_sheet *sheet, size_t i)
{
	const struct form_setting *s = &sheet->set->settings[i];

	json_begin_object(j);
	put_text(j, "name", s->name);
	put_text(j, "title", s->title);
	put_text(j, "value", sheet->decisions[i].word);
	put_text(j, "text", form_sheet_sentence(sheet, i));
	put_text(j, "decided_by", sheet->decisions[i].unit_name);
	json_end(j);
}

void form_json_sheet(struct str *out, const struct form_sheet *sheet, const struct form *form)
{
	struct json j;

	json_init(&j, out);
	json_begin_object(&j);
	put_head(&j, sheet, form);
	json_key(&j, "rows");
	json_begin_array(&j);
	for (size_t i = 0; i < form->n_rows; i++) {
		const struct form_row *row = &sheet->set->rows[(size_t)form->first + i];

		put_row(&j, row, &sheet->cells[row->at]);
	}
	json_end(&j);
	json_key(&j, "settings");
	json_begin_array(&j);
	for (size_t i = 0; i < sheet->set->n_settings; i++)
		put_setting(&j, sheet, i);
	json_end(&j);
	json_end(&j);
}

/* ---- records ---- */

static const char *const kind_words[] = { "dossier", "procedure", "unit" };

static void put_part(struct json *j, const struct form_part *part)
{
	json_begin_object(j);
	put_text(j, "code", part->row->code);
	put_text(j, "form", part->row->form->code);
	put_figure(j, "count", part->value);
	json_end(j);
}

void form_json_records_begin(struct json *j, const struct form_sheet *sheet,
                             const struct form_row *row, const struct form_parts *parts)
{
	json_begin_object(j);
	put_head(j, sheet, row->form);
	put_text(j, "code", row->code);
	put_text(j, "id", row->id);
	put_figure(j, "value", sheet->cells[row->at].value);
	put_figure(j, "computed", sheet->cells[row->at].computed);
	put_text(j, "source", form_source_word(sheet->cells[row->at].source));
	json_key(j, "parts");
	json_begin_array(j);
	for (size_t i = 0; i < parts->n; i++)
		put_part(j, &parts->at[i]);
	json_end(j);
	json_key(j, "records");
	json_begin_array(j);
}

void form_json_record(struct json *j, const struct form_part *part,
                      const struct form_records *records, const struct form_record *record)
{
	json_begin_object(j);
	put_text(j, "part", part->row->code);
	put_text(j, "kind", kind_words[records->kind]);
	put_text(j, "code", record->code);
	for (size_t i = 1; i < records->n_columns; i++)
		put_text(j, records->fields[i], record->texts[i]);
	json_end(j);
}
