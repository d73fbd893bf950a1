#include "base/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum err durable_error(const char *path)
{
	enum err e = errno == ENOSPC || errno == EDQUOT                    ? ERR_DISK_FULL
	             : errno == EROFS || errno == EACCES || errno == EPERM ? ERR_READ_ONLY
	             : errno == EEXIST                                     ? ERR_CONFLICT
	                                                                   : ERR_IO;

	return err_set(e, "%s: %s", path, strerror(errno));
}

enum err durable_create(struct durable_file *f, struct arena *a, const char *path)
{
	const char *temporary;
	struct durable_file made = { .path = path };

	if (access(path, F_OK) == 0)
		return err_set(ERR_CONFLICT, "%s is there already", path);
	TRY(arena_printf(a, &temporary, "%s.part-%ld", path, (long)getpid()));
	int fd = open(temporary, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0)
		return durable_error(temporary);
	made.temporary = temporary;
	made.file = fdopen(fd, "w+b");
	if (!made.file) {
		close(fd);
		unlink(temporary);
		return err_set(ERR_NO_MEMORY, "no memory to write %s", path);
	}
	*f = made;
	return ERR_OK;
}

static enum err sync_path(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);

	if (fd < 0)
		return durable_error(path);
	int failed = fsync(fd);
	enum err e = failed ? durable_error(path) : ERR_OK;
	close(fd);
	return e;
}

static enum err sync_folder_of(const char *path)
{
	char *copy = strdup(path);

	if (!copy)
		return err_set(ERR_NO_MEMORY, "no memory for a path");
	enum err e = sync_path(dirname(copy), O_RDONLY | O_DIRECTORY);
	free(copy);
	return e;
}

enum err durable_rename(const char *temporary, const char *path)
{
	TRY(sync_path(temporary, O_RDWR));
	if (rename(temporary, path))
		return durable_error(path);
	return sync_folder_of(path);
}

enum err durable_keep(struct durable_file *f)
{
	FILE *file = f->file;

	f->file = NULL;
	enum err e = fflush(file) ? durable_error(f->path) : ERR_OK;
	if (fclose(file) && e == ERR_OK)
		e = durable_error(f->path);
	if (e == ERR_OK)
		e = durable_rename(f->temporary, f->path);
	if (e != ERR_OK)
		unlink(f->temporary);
	return e;
}

void durable_close(struct durable_file *f)
{
	if (!f->file)
		return;
	fclose(f->file);
	f->file = NULL;
	unlink(f->temporary);
}
