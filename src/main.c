#include <stdio.h>

#include "cli/dispatch.h"

int main(int argc, char **argv)
{
	return cli_main(argc - 1, (const char *const *)argv + 1, stdout, stderr);
}
