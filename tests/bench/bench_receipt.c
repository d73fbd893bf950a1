/* bench_receipt.c - milliseconds and bytes of one receipt PDF (two copies), warm; the first
 * one, with the font still to be loaded, is shown apart.  Issue: <= 15 ms. */
#include <stdio.h>
#include <time.h>

#include "app/slip/slip_pdf.h"
#include "lib/slip_samples.h"

enum { RUNS = 200, MOST_BYTES = 1 << 20 };

static long long now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static size_t draw_once(void)
{
	struct slip_receipt slip = sample_receipt(sample_dossier());
	struct arena arena;
	struct str pdf;
	size_t n;

	arena_init(&arena, 4 << 20);
	str_init(&pdf, &arena, MOST_BYTES);
	n = slip_receipt_pdf(&pdf, &arena, &slip, sample_created()) == ERR_OK ? pdf.len : 0;
	arena_release(&arena);
	return n;
}

int main(void)
{
	long long start = now_us(), first, all;
	size_t bytes = draw_once();

	first = now_us() - start;
	start = now_us();
	for (int i = 0; i < RUNS; i++) {
		if (draw_once() != bytes)
			return 1;
	}
	all = now_us() - start;
	printf("receipt PDF: %.2f ms, %zu bytes (first in a thread: %.1f ms)\n",
	       (double)all / RUNS / 1000, bytes, (double)first / 1000);
	return bytes == 0;
}
