/* replay.c - runs a fuzz target over the files it is given: the regressions of ./test. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST_INPUT = 1 << 22 };

static int replay(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *bytes = malloc(LARGEST_INPUT);

	if (!f || !bytes) {
		fprintf(stderr, "%s: cannot be read\n", path);
		return 1;
	}
	size_t n = fread(bytes, 1, LARGEST_INPUT, f);
	fclose(f);
	/* An exact copy, so that the sanitizer sees a read past the end. */
	uint8_t *exact = malloc(n ? n : 1);
	if (!exact)
		return 1;
	for (size_t i = 0; i < n; i++)
		exact[i] = bytes[i];
	LLVMFuzzerTestOneInput(exact, n);
	free(exact);
	free(bytes);
	return 0;
}

int main(int argc, char **argv)
{
	int bad = 0;

	for (int i = 1; i < argc; i++)
		bad |= replay(argv[i]);
	printf("%d inputs replayed\n", argc - 1);
	return bad;
}
