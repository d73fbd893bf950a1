#include "http/http.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/problems.h"

/* A header cannot be split into two by what stands in its value. */
static bool header_safe(const char *value)
{
	for (; *value; value++)
		if ((unsigned char)*value < ' ' || *value == 0x7f)
			return false;
	return true;
}

enum err resp_header(struct resp *resp, const char *name, const char *value)
{
	struct header *h = &resp->headers[resp->n_headers];

	if (resp->n_headers == RESP_MOST_HEADERS)
		return err_set(ERR_INTERNAL, "too many headers: %s", name);
	if (!header_safe(value))
		return err_set(ERR_INTERNAL, "control characters in the header %s", name);
	h->name = name;
	TRY(arena_strdup(resp->body.arena, &h->value, value));
	resp->n_headers++;
	return ERR_OK;
}

enum err resp_redirect(struct resp *resp, struct url to)
{
	resp->status = 303;
	resp->title = NULL;
	str_clear(&resp->body);
	return resp_header(resp, "Location", to.text);
}

enum err resp_file(struct resp *resp, const char *content_type, const char *file_name,
                   bool download)
{
	char value[200];

	for (const char *p = file_name; *p; p++)
		if ((unsigned char)*p >= 0x7f || strchr("\"\\/", *p))
			return err_set(ERR_INTERNAL, "a file name is not plain ASCII");
	int n = snprintf(value, sizeof(value), "%s; filename=\"%s\"",
	                 download ? "attachment" : "inline", file_name);
	if (n < 0 || (size_t)n >= sizeof(value))
		return err_set(ERR_INTERNAL, "a file name is too long");
	resp->content_type = content_type;
	resp->title = NULL;
	return resp_header(resp, "Content-Disposition", value);
}

enum err resp_disk_file(struct resp *resp, FILE *file)
{
	struct stat about;
	int descriptor;

	if (fflush(file) != 0 || fstat(fileno(file), &about) != 0)
		return err_set(ERR_IO, "a temporary file: %s", strerror(errno));
	descriptor = fcntl(fileno(file), F_DUPFD_CLOEXEC, 0);
	if (descriptor < 0)
		return err_set(ERR_IO, "a temporary file: %s", strerror(errno));
	resp_drop_disk_file(resp);
	resp->disk = (struct resp_disk_file){ true, descriptor, (uint64_t)about.st_size };
	return ERR_OK;
}

void resp_drop_disk_file(struct resp *resp)
{
	if (resp->disk.open)
		close(resp->disk.descriptor);
	resp->disk = (struct resp_disk_file){ 0 };
}

enum err req_problems(struct req *req, struct problems *problems)
{
	problems_init(problems, req->arena);
	if (!req->refill)
		return ERR_OK;
	return problems_say(problems, "", 0,
	                    req->files_lost ? MSG_HTTP_REFILL_FILES : MSG_HTTP_REFILL);
}
