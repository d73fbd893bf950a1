/* dispatch.h - finds the command of an argument list in commands.def and runs it. */
#ifndef CLI_DISPATCH_H
#define CLI_DISPATCH_H

#include "cli/cli.h"

/* `argv` without the program's name; gives the exit code. */
int cli_main(int argc, const char *const *argv, FILE *out, FILE *err);

#define COMMAND(words, handler, usage, about) command_fn handler;
#include "cli/commands.def"
#undef COMMAND

#endif
