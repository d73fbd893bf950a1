/* serve_settings.h - the settings of `cchc serve`: defaults, then the file of --config, then
 * the environment, then the options of the command. */
#ifndef WEB_SERVE_SETTINGS_H
#define WEB_SERVE_SETTINGS_H

#include "base/settings.h"
#include "cli/cli.h"

/* What is wrong in the file or elsewhere goes to `problems`.  ERR_IO: the file cannot be read.
 * The texts live in problems->arena. */
ERR_RESULT serve_settings(struct settings *s, struct problems *problems, struct cli *cli);

#endif
