/* document.c - puts the document together. */
#include "text/document.h"

#include <string.h>
#include <utf8proc.h>

#include "text/document_parts.h"

struct doc_line joined_line(const struct joined *j, size_t at)
{
	size_t low = 0, high = j->n_joints;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (j->joints[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return j->n_joints > 0 ? j->joints[low].line : (struct doc_line){ 0, 0 };
}

int table_column_of(const struct table *t, enum column_role role)
{
	for (size_t c = 0; c < t->n_columns; c++)
		if (t->columns[c].role == role)
			return (int)c;
	return -1;
}

static enum err take_blocks(struct build *b, struct document *out)
{
	struct block *blocks;

	TRY(arena_array(b->arena, &blocks, b->n_blocks + 1));
	for (size_t i = 0; i < b->n_blocks; i++)
		blocks[i] = b->blocks[i].block;
	out->blocks = blocks;
	out->n_blocks = b->n_blocks;
	return ERR_OK;
}

enum err document_build(struct document *out, struct arena *a, const struct text_file *files,
                        size_t n_files)
{
	struct build b = { .arena = a, .files = files, .n_files = n_files };
	struct document doc = { .files = files, .n_files = n_files };

	TRY(build_pieces(&b));
	TRY(build_items(&b));
	TRY(build_blocks(&b));
	TRY(build_head(&b));
	TRY(build_annexes(&b));
	TRY(build_sections(&b));
	build_list_parents(&b);
	TRY(build_sentences(&b));
	TRY(build_head_readings(&b));
	TRY(build_office(&b));
	TRY(build_tables(&b, &doc));
	TRY(take_blocks(&b, &doc));
	doc.head = b.head;
	doc.sections = b.sections;
	doc.n_sections = b.n_sections;
	doc.annexes = b.annexes;
	doc.n_annexes = b.n_annexes;
	*out = doc;
	return ERR_OK;
}

enum err text_plain(struct arena *a, const char **out, const char *text, size_t n)
{
	char *room = arena_alloc_unset(a, 2 * n + 1); /* a small letter may be longer */
	size_t used = 0;
	bool blank = false;

	if (!room)
		return arena_no_memory(a);
	for (size_t i = 0; i < n && text[i];) {
		utf8proc_int32_t c;
		utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)text + i,
		                                        (utf8proc_ssize_t)(n - i), &c);

		if (len <= 0)
			break;
		i += (size_t)len;
		if (!is_letter(c) && (c < '0' || c > '9')) {
			blank = used > 0;
			continue;
		}
		if (blank)
			room[used++] = ' ';
		blank = false;
		used += (size_t)utf8proc_encode_char(utf8proc_tolower(c),
		                                     (utf8proc_uint8_t *)room + used);
	}
	room[used] = '\0';
	*out = room;
	return ERR_OK;
}

bool text_says(const char *plain, const char *phrase)
{
	size_t n = strlen(phrase);

	for (const char *at = plain; (at = strstr(at, phrase)); at++)
		if ((at == plain || at[-1] == ' ') && (at[n] == '\0' || at[n] == ' '))
			return true;
	return false;
}
