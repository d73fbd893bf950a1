/* document_office.c - whose report it is: the letterhead, else the office of the place where it
 * is dated, else the one that its last sentence names. */
#include <string.h>
#include <utf8proc.h>

#include "text/document_parts.h"

enum { LONGEST_OFFICE = 160 };

static const char *const committees[] = { "ủy ban nhân dân", "uỷ ban nhân dân", "ubnd" };
static const char *const units[] = { "xã",     "phường",    "thị trấn", "huyện",  "quận",
	                             "thị xã", "thành phố", "tỉnh",     "đặc khu" };

static const char *const agencies[] = { "sở", "phòng", "bộ", "ban", "cục", "chi cục" };

/* What follows one of these words and a blank; NULL. */
static const char *after_one_of(const char *text, const char *const *words, size_t n)
{
	const char *best = NULL;

	for (size_t i = 0; i < n; i++) {
		const char *after = words_after(text, words[i]);

		if (after && (!best || after > best))
			best = after;
	}
	return best ? best + strspn(best, " ") : NULL;
}

static const char *after_committee(const char *text)
{
	return after_one_of(text, committees, ARRAY_LEN(committees));
}

static const char *after_unit(const char *text)
{
	return after_one_of(text, units, ARRAY_LEN(units));
}

static void put_point(struct str *s, int32_t c)
{
	utf8proc_uint8_t bytes[4];

	str_put_n(s, (const char *)bytes, (size_t)utf8proc_encode_char(c, bytes));
}

/* Small letters; names with a capital for each word. */
static void put_cased(struct str *s, const char *text, size_t n, bool names)
{
	bool first = true;
	size_t used;

	for (size_t i = 0; i < n; i += used) {
		int32_t c = point_at(text + i, &used);

		put_point(s, first && names ? utf8proc_toupper(c) : utf8proc_tolower(c));
		first = c == ' ';
	}
}

/* "ỦY BAN NHÂN DÂN XÃ AN THẠNH" as sentences write it: "UBND xã An Thạnh"; other offices in
 * small letters but for the first. */
static enum err put_office(struct build *b, const char *text)
{
	const char *unit = after_committee(text), *name;
	struct str s;

	str_init(&s, b->arena, (size_t)LONGEST_OFFICE * 2);
	if (unit && *unit && (name = after_unit(unit)) != NULL) {
		str_put(&s, "UBND ");
		put_cased(&s, unit, (size_t)(name - unit), false);
		put_cased(&s, name, strlen(name), true);
	} else {
		size_t used;

		/* "Sở Nội vụ", "Văn phòng": the field's name has its own capital. */
		const char *field = after_one_of(text, agencies, ARRAY_LEN(agencies));
		size_t own = field ? (size_t)(field - text) : strlen(text);

		put_point(&s, point_at(text, &used));
		put_cased(&s, text + used, own - used, false);
		if (field && *field) {
			put_point(&s, point_at(field, &used));
			put_cased(&s, field + used, strlen(field) - used, false);
		}
	}
	return str_finish(&s, &b->head.office);
}

static bool is_motto(const char *text)
{
	return words_start(text, "cộng hòa xã hội") || words_start(text, "cộng hoà xã hội") ||
	       words_start(text, "độc lập") || words_start(text, "đảng cộng sản");
}

/* The last office of the letterhead; its name may stand on a line of its own. */
static enum err read_letterhead(struct build *b, size_t end)
{
	const char *office = NULL;

	for (size_t i = 0; i < end; i++) {
		const char *text = b->blocks[i].block.text.text;

		if (b->blocks[i].block.kind != BLOCK_HEAD || is_motto(text) ||
		    !is_upper_text(text) || strlen(text) > LONGEST_OFFICE)
			continue;
		if (office && after_unit(text) && after_committee(office) &&
		    *after_committee(office) == '\0')
			TRY(arena_printf(b->arena, &office, "%s %s", office, text));
		else if (!words_start(text, "số"))
			office = text;
	}
	return office ? put_office(b, office) : ERR_OK;
}

/* Words of a name begin with capitals: their length. */
static size_t name_length(const char *text)
{
	size_t at = 0, used;

	while (is_upper_letter(point_at(text + at, &used))) {
		size_t n = strcspn(text + at, " ,.;:)/");

		at += n;
		if (text[at] != ' ' || !is_upper_letter(point_at(text + at + 1, &used)))
			break;
		at++;
	}
	return at;
}

/* The first "UBND xã An Thạnh" of a text whose name begins with `place`. */
static enum err find_mention(struct build *b, const char *text, const char *place, bool *found)
{
	for (const char *at = text; !*found && (at = words_in(at, "ubnd")) != NULL; at += 4) {
		const char *unit = after_committee(at), *name = unit ? after_unit(unit) : NULL;
		size_t n = name ? name_length(name) : 0;
		const char *mention;

		if (n == 0 || n > LONGEST_OFFICE || strncmp(name, place, strlen(place)) != 0)
			continue;
		TRY(arena_strndup(b->arena, &mention, at, (size_t)(name - at) + n));
		b->head.office = mention;
		*found = true;
	}
	return ERR_OK;
}

/* Whether the type stands on the line of the title. */
static bool words_at_start(const struct build *b, size_t at)
{
	size_t n = strlen(b->head.type);

	return n == 0 || strncasecmp(b->blocks[at].block.text.text, b->head.type, n) == 0;
}

enum err build_office(struct build *b)
{
	size_t title = b->at_title != SIZE_MAX ? b->at_title : b->head_end;
	bool found = false;

	/* The type's own line is no office. */
	if (title > 0 && title < b->n_blocks && !words_at_start(b, title))
		title--;
	TRY(read_letterhead(b, title));
	for (size_t i = 0; i < b->n_blocks && b->head.office[0] == '\0' && b->head.place[0];
	     i++)
		TRY(find_mention(b, b->blocks[i].block.text.text, b->head.place, &found));
	for (size_t i = 0; i < b->n_blocks && b->head.office[0] == '\0'; i++)
		if (words_start(b->blocks[i].block.text.text, "trên đây là"))
			TRY(find_mention(b, b->blocks[i].block.text.text, "", &found));
	return ERR_OK;
}
