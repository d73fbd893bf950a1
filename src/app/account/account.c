/* account.c - the tables of roles and permissions, and what a draft must satisfy. */
#include "app/account/account.h"

#include <string.h>

#include "base/password.h"
#include "base/str.h"
#include "base/vntext.h"

#define ROLE(name, title, permissions) [ROLE_##name] = { #name, title, permissions },
static const struct {
	const char *name, *title;
	uint64_t permissions;
} roles[] = {
#include "app/account/roles.def"
};
#undef ROLE

#define PERMISSION(name, about) [PERMISSION_##name] = about,
static const char *const permissions[] = {
#include "app/account/permissions.def"
};
#undef PERMISSION

static const uint64_t data_permissions =
        MAY(DOSSIER_READ) | MAY(DOSSIER_RECEIVE) | MAY(DOSSIER_PROCESS) | MAY(DOSSIER_DECIDE) |
        MAY(DOSSIER_IMPORT) | MAY(PERSON_UNMASK) | MAY(FORM_READ) | MAY(FORM_ENTER);

const char *role_name(enum role r)
{
	return roles[r].name;
}

const char *role_title(enum role r)
{
	return roles[r].title;
}

uint64_t role_permissions(enum role r)
{
	return roles[r].permissions;
}

bool role_parse(enum role *out, const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(roles); i++)
		if (str_eq(roles[i].name, name)) {
			*out = (enum role)i;
			return true;
		}
	return false;
}

const char *role_title_of(const char *name)
{
	enum role r;

	return role_parse(&r, name) ? role_title(r) : name;
}

uint64_t role_permissions_of(const char *name)
{
	enum role r;

	return role_parse(&r, name) ? role_permissions(r) : 0;
}

const char *permission_about(enum permission p)
{
	return permissions[p];
}

bool role_reads_data(enum role r)
{
	return (roles[r].permissions & data_permissions) != 0;
}

bool role_excludes(enum role a, enum role b)
{
	return (a == ROLE_ADMINISTRATOR && role_reads_data(b)) ||
	       (b == ROLE_ADMINISTRATOR && role_reads_data(a));
}

static bool is_small_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Small letters of the trimmed text, or false. */
static bool write_login(char out[ACCOUNT_LOGIN_LONGEST + 1], const char *text)
{
	struct slice s = slice_trim(slice_of(text));

	if (s.len < ACCOUNT_LOGIN_SHORTEST || s.len > ACCOUNT_LOGIN_LONGEST)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		out[i] = ascii_lower(s.at[i]);
		if (!is_small_letter(out[i]) && !(i > 0 && strchr("0123456789.-_", out[i])))
			return false;
	}
	out[s.len] = '\0';
	return true;
}

ERR_RESULT account_draft_check(struct account_draft *draft, struct problems *problems)
{
	char login[ACCOUNT_LOGIN_LONGEST + 1];

	if (str_blank(draft->login))
		TRY(problems_say(problems, "login", 0, MSG_ACCOUNT_LOGIN_MISSING));
	else if (!write_login(login, draft->login))
		TRY(problems_say(problems, "login", 0, MSG_ACCOUNT_LOGIN_BAD, draft->login));
	else
		TRY(arena_strdup(problems->arena, &draft->login, login));
	if (str_blank(draft->name))
		TRY(problems_say(problems, "name", 0, MSG_ACCOUNT_NAME_MISSING));
	else if (text_length(draft->name) > ACCOUNT_NAME_LONGEST)
		TRY(problems_say(problems, "name", 0, MSG_ACCOUNT_NAME_TOO_LONG));
	if (!draft->title)
		draft->title = "";
	if (text_length(draft->title) > ACCOUNT_NAME_LONGEST)
		TRY(problems_say(problems, "title", 0, MSG_ACCOUNT_NAME_TOO_LONG));
	if (row_is_none(draft->unit_id))
		TRY(problems_say(problems, "unit_id", 0, MSG_ACCOUNT_UNIT_MISSING));
	return ERR_OK;
}

ERR_RESULT account_password_check(const char *password, const char *again, const char *login,
                                  struct problems *problems)
{
	if (!password || text_length(password) < PASSWORD_SHORTEST)
		return problems_say(problems, "password", 0, MSG_ACCOUNT_PASSWORD_SHORT);
	if (strlen(password) > PASSWORD_LONGEST)
		return problems_say(problems, "password", 0, MSG_ACCOUNT_PASSWORD_LONG);
	if (login && str_eq(password, login))
		return problems_say(problems, "password", 0, MSG_ACCOUNT_PASSWORD_IS_LOGIN);
	if (again && !str_eq(password, again))
		return problems_say(problems, "password_again", 0,
		                    MSG_ACCOUNT_PASSWORD_DIFFERS);
	return ERR_OK;
}
