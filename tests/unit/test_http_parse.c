#include "lib/test.h"

#define ZLIB_CONST
#include <zlib.h>

#include "http/address.h"
#include "http/guard.h"
#include "http/gzip.h"
#include "http/parse.h"
#include "http/request.h"

static int setup(void **state)
{
	static struct arena arena;

	arena_init(&arena, 64 << 20);
	*state = &arena;
	return 0;
}

static int teardown(void **state)
{
	arena_release(*state);
	return 0;
}

static void reads_a_form(void **state)
{
	struct params p;

	assert_int_equal(parse_urlencoded(&p, *state,
	                                  slice_of("ten=X%C3%A3+H%C6%B0ng&a=1&a=2&b&"
	                                           "&c=%2B%26")),
	                 ERR_OK);
	assert_string_equal(params_get(&p, "ten"), "Xã Hưng");
	assert_string_equal(params_nth(&p, "a", 1), "2");
	assert_null(params_nth(&p, "a", 2));
	assert_int_equal(params_count(&p, "a"), 2);
	assert_string_equal(params_get(&p, "b"), "");
	assert_string_equal(params_get(&p, "c"), "+&");
	assert_null(params_get(&p, "d"));
	assert_int_equal(p.n, 5);
}

static void makes_texts_one_form(void **state)
{
	struct params p;

	/* "ế" typed as e + circumflex + acute, and as on a Mac; line ends of a browser. */
	assert_int_equal(
	        parse_urlencoded(&p, *state,
	                         slice_of("a=e%CC%82%CC%81&b=1%0D%0A2%0D3&c=%E1%BA%BF")),
	        ERR_OK);
	assert_string_equal(params_get(&p, "a"), "ế");
	assert_string_equal(params_get(&p, "b"), "1\n2\n3");
	assert_string_equal(params_get(&p, "c"), "ế");
}

static void refuses_bad_texts(void **state)
{
	static const char *const bad[] = {
		"a=%",      "a=%4",        "a=%zz", "a=%C3",  "a=%00",          "a=%1B",
		"a=%C0%80", "a=%ED%A0%80", "a=%FF", "a%0A=1", "a=%F4%90%80%80", "%E0%80%80=1",
	};
	struct params p = { NULL, 77 };

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(parse_urlencoded(&p, *state, slice_of(bad[i])), ERR_INPUT);
	assert_int_equal(p.n, 77);
}

static void bounds_the_number_of_fields(void **state)
{
	struct params p;
	struct str many;

	str_init(&many, NULL, 1 << 20);
	for (int i = 0; i < PARSE_MOST_FIELDS; i++)
		str_put(&many, "a=1&");
	assert_int_equal(parse_urlencoded(&p, *state, (struct slice){ many.data, many.len }),
	                 ERR_OK);
	assert_int_equal(p.n, PARSE_MOST_FIELDS);
	str_put(&many, "a=1");
	assert_int_equal(parse_urlencoded(&p, *state, (struct slice){ many.data, many.len }),
	                 ERR_TOO_LARGE);
	str_release(&many);
}

static void reads_typed_params(void **state)
{
	struct params p;

	assert_int_equal(parse_urlencoded(&p, *state, slice_of("id=7&n=-3&d=07/02/2024&x=7a")),
	                 ERR_OK);
	assert_int_equal(params_id(&p, "id").value, 7);
	assert_true(row_is_none(params_id(&p, "x")));
	assert_int_equal(params_int(&p, "n", 1), -3);
	assert_int_equal(params_int(&p, "x", 1), 1);
	assert_int_equal(params_date(&p, "d").days, date_make(2024, 2, 7).days);
	assert_true(date_is_none(params_date(&p, "n")));
}

static void reads_paths(void **state)
{
	static const char *const bad[] = { "", "a", "/a%2Fb", "/a%2fb", "/%0A", "/%", "/%c3" };
	const char *path;

	assert_int_equal(parse_path(&path, *state, slice_of("/h%E1%BB%93-so/a+b")), ERR_OK);
	assert_string_equal(path, "/hồ-so/a+b");
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(parse_path(&path, *state, slice_of(bad[i])), ERR_INPUT);
}

static void reads_cookies(void **state)
{
	struct params p;

	assert_int_equal(
	        parse_cookies(&p, *state, "a=1; __Host-session=AbC-_; =x; bad; c=\"q\""),
	        ERR_OK);
	assert_string_equal(params_get(&p, "__Host-session"), "AbC-_");
	assert_int_equal(p.n, 2);
	assert_int_equal(parse_cookies(&p, *state, NULL), ERR_OK);
	assert_int_equal(p.n, 0);
}

static const char form_type[] = "multipart/form-data; boundary=----x9";

static void reads_a_multipart_form(void **state)
{
	static const char body[] =
	        "------x9\r\nContent-Disposition: form-data; name=\"ten\"\r\n\r\nXã\r\nHưng\r\n"
	        "------x9\r\ncontent-disposition:form-data; filename=\"C:\\a\\ds.csv\"; "
	        "name=\"file\"\r\nContent-Type: text/csv\r\n\r\na,b\r\n--\0----x\r\n"
	        "------x9\r\nContent-Disposition: form-data; name=\"none\"; "
	        "filename=\"\"\r\n\r\n\r\n"
	        "------x9--\r\n";
	struct parsed_form form;

	assert_int_equal(parse_multipart(&form, *state, form_type,
	                                 (struct slice){ body, sizeof(body) - 1 }),
	                 ERR_OK);
	assert_string_equal(params_get(&form.fields, "ten"), "Xã\nHưng");
	assert_int_equal(form.fields.n, 1);
	assert_int_equal(form.n_uploads, 1);
	assert_string_equal(form.uploads[0].field, "file");
	assert_string_equal(form.uploads[0].file_name, "ds.csv");
	assert_int_equal(form.uploads[0].n, 13);
	assert_memory_equal(form.uploads[0].bytes, "a,b\r\n--\0----x", 13);
}

static void refuses_bad_multipart(void **state)
{
	static const struct {
		const char *type, *body;
	} bad[] = {
		{ "multipart/form-data", "--x--" },
		{ "multipart/form-data; boundary=", "----" },
		{ "multipart/form-data; boundary=x", "" },
		{ "multipart/form-data; boundary=x", "--y--" },
		{ "multipart/form-data; boundary=x", "--x" },
		{ "multipart/form-data; boundary=x", "--x\r\n" },
		{ "multipart/form-data; boundary=x", "--xa" },
		{ "multipart/form-data; boundary=x", "preamble\r\n--x--" },
		{ "multipart/form-data; boundary=x",
		  "--x\r\nContent-Type: a\r\n\r\nb\r\n--x--" },
		{ "multipart/form-data; boundary=x",
		  "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb" },
		{ "multipart/form-data; boundary=x",
		  "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x" },
		{ "multipart/form-data; boundary=x",
		  "--x\r\nContent-Disposition: form-data; name=\"a\r\n\r\nb\r\n--x--" },
		{ "multipart/form-data; boundary=x",
		  "--x\r\nContent-Disposition: form-data\r\n\r\nb\r\n--x--" },
		{ "multipart/form-data; boundary=x",
		  "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--x--" },
		{ "multipart/form-data; boundary=x",
		  "--x\r\nContent-Disposition: form-data; x=\"; name=a\"\r\n\r\nb\r\n--x--" },
	};
	struct parsed_form form = { .n_uploads = 9 };

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(
		        parse_multipart(&form, *state, bad[i].type, slice_of(bad[i].body)),
		        ERR_INPUT);
	assert_int_equal(form.n_uploads, 9);
}

static void makes_requests(void **state)
{
	struct req req = { .arena = *state };
	struct received r = { .method = POST,
		              .target = "/units/7?a=1",
		              .content_type =
		                      "application/x-www-form-urlencoded; charset=UTF-8",
		              .body = { "b=2", 3 } };

	assert_int_equal(request_make(&req, &r), ERR_OK);
	assert_string_equal(req.path, "/units/7");
	assert_string_equal(req.target, "/units/7?a=1");
	assert_string_equal(params_get(&req.query, "a"), "1");
	assert_string_equal(params_get(&req.form, "b"), "2");
	r.content_type = "application/json";
	assert_int_equal(request_make(&req, &r), ERR_INPUT);
	r.content_type = "application/x-www-form-urlencodedx";
	assert_int_equal(request_make(&req, &r), ERR_INPUT);
	r.content_type = NULL;
	assert_int_equal(request_make(&req, &r), ERR_INPUT);
}

/* One header a line; the verdict on them. */
static const char *verdict(const char *headers, const char *target)
{
	struct slice rest = slice_of(headers), line, name;
	struct guard g;

	guard_init(&g);
	guard_target(&g, target);
	while (slice_cut(&rest, '\n', &line))
		if (slice_cut(&line, ':', &name))
			guard_header(&g, name, line.at ? line : (struct slice){ "", 0 });
	return guard_verdict(&g);
}

static void guards_against_two_readings(void **state)
{
	static const char *const refused[] = {
		"A:b",
		"Host:a\nHost:a",
		"Host:a\nContent-Length:1\nContent-Length:1",
		"Host:a\nContent-Length:1\nTransfer-Encoding:chunked",
		"Host:a\nTransfer-Encoding:gzip, chunked",
		"Host:a\nTransfer-Encoding:chunked\nTransfer-Encoding:chunked",
		"Host:a\nTransfer-Encoding:identity",
		"Host:a\nContent-Length:+1",
		"Host:a\nContent-Length:1,1",
		"Host:a\nContent-Length:99999999999999999999",
		"Host:a\nContent-Length:",
		"Host:a\nBad Name:x",
		"Host:a\nX\x01:x",
		"Host:a\n:x",
		"Host:a\nX:a\x01",
		"Host:a\nX:a\rb",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++)
		assert_non_null(verdict(refused[i], "/"));
	assert_null(verdict("Host:a\nContent-Length:12\nCookie:x=1; y=2", "/a?b=%20"));
	assert_null(verdict("Host:a\nTransfer-Encoding: Chunked ", "/"));
	assert_non_null(verdict("Host:a", "/a%00b"));
	assert_non_null(verdict("Host:a", "http://a/"));
	assert_non_null(verdict("Host:a", "/a b"));
	assert_non_null(verdict("Host:a", "/\xc3\xa1"));
	assert_non_null(verdict("Host:a", "*"));
}

typedef enum err pack_fn(const unsigned char **out, size_t *n_out, struct arena *a,
                         const void *bytes, size_t n);

/* What another program reads out of a packed text. */
static void assert_unpacks(struct arena *a, pack_fn *pack, const unsigned char *bytes, size_t n)
{
	const unsigned char *packed;
	unsigned char *back = arena_alloc(a, n + 1);
	size_t n_packed;
	z_stream z = { 0 };

	assert_non_null(back);
	assert_int_equal(pack(&packed, &n_packed, a, bytes, n), ERR_OK);
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	z.next_in = packed;
	z.avail_in = (uInt)n_packed;
	z.next_out = back;
	z.avail_out = (uInt)n + 1;
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(inflateEnd(&z), Z_OK);
	assert_int_equal(z.total_out, n);
	assert_memory_equal(back, bytes, n);
}

static void packs_so_that_others_unpack(void **state)
{
	static const size_t sizes[] = { 0, 1, 1000, 65535, 65536, 300000 };
	static unsigned char noise[300000], words[300000];
	uint32_t random = 2463534242u;

	for (size_t i = 0; i < sizeof(noise); i++) {
		random ^= random << 13;
		random ^= random >> 17;
		random ^= random << 5;
		noise[i] = (unsigned char)random;
		words[i] = (unsigned char)"<td>Nguyen Van A</td>"[(i + random % 3) % 21];
	}
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		assert_unpacks(*state, gzip_pack_fast, noise, sizes[i]);
		assert_unpacks(*state, gzip_pack_fast, words, sizes[i]);
		assert_unpacks(*state, gzip_pack_small, words, sizes[i]);
	}
}

/* What an earlier request left in the memory changes nothing. */
static void packs_the_same_in_used_memory(void **state)
{
	static const char page[] =
	        "<tr><td>H99.01.01-261120-0047</td><td>07:58 20/11/2026</td>"
	        "<td>H99.01.01-261120-0033</td><td>07:49 20/11/2026</td></tr>";
	const unsigned char *first, *second;
	struct arena a;
	size_t n, again;

	arena_init(&a, 64 << 20);
	assert_int_equal(gzip_pack_fast(&first, &n, *state, page, sizeof(page)), ERR_OK);
	void *dirt = arena_alloc_unset(&a, 1 << 20);
	assert_non_null(dirt);
	memset(dirt, 0xa5, 1 << 20);
	arena_reset(&a);
	assert_int_equal(gzip_pack_fast(&second, &again, &a, page, sizeof(page)), ERR_OK);
	assert_int_equal(again, n);
	assert_memory_equal(second, first, n);
	arena_release(&a);
}

static void packs_when_asked(void **state)
{
	const unsigned char *packed;
	char text[4000];
	size_t n;

	memset(text, 'x', sizeof(text));
	assert_true(gzip_accepted("gzip, deflate, br"));
	assert_true(gzip_accepted("br;q=1.0, GZIP;q=0.8"));
	assert_false(gzip_accepted("gzip;q=0"));
	assert_false(gzip_accepted("gzip;q=0.000, br"));
	assert_false(gzip_accepted("br"));
	assert_false(gzip_accepted("xgzip"));
	assert_false(gzip_accepted(NULL));
	assert_int_equal(gzip_pack_fast(&packed, &n, *state, text, sizeof(text)), ERR_OK);
	assert_true(n < 200);
	assert_int_equal(packed[0], 0x1f);
	assert_int_equal(packed[1], 0x8b);
}

static void reads_addresses(void **state)
{
	static const char *const bad[] = {
		"",     "127.0.0.1", ":80",      "localhost:80", "127.0.0.1:99999",
		"[::1", "[::1]",     "1.2.3.4:x"
	};
	union address a;
	char text[ADDRESS_TEXT] = "";

	(void)state;
	assert_int_equal(address_parse(&a, "127.0.0.1:8080"), ERR_OK);
	assert_true(address_is_loopback(&a.any));
	assert_int_equal(ntohs(a.four.sin_port), 8080);
	assert_int_equal(address_parse(&a, "[::1]:0"), ERR_OK);
	assert_true(address_is_loopback(&a.any));
	assert_int_equal(address_parse(&a, "0.0.0.0:80"), ERR_OK);
	assert_false(address_is_loopback(&a.any));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(address_parse(&a, bad[i]), ERR_INPUT);
	/* What a client wrote itself stands first; our proxy adds the last. */
	assert_true(address_forwarded(text, "10.9.9.9, 192.0.2.1"));
	assert_string_equal(text, "192.0.2.1");
	assert_false(address_forwarded(text, "10.9.9.9, evil"));
	assert_false(address_forwarded(text, NULL));
	assert_string_equal(text, "192.0.2.1");
}

static void keeps_headers_whole(void **state)
{
	struct resp resp = { .status = 200 };

	str_init(&resp.body, *state, 1000);
	assert_int_equal(resp_header(&resp, "X-A", "a\r\nX-B: c"), ERR_INTERNAL);
	assert_int_equal(resp_file(&resp, "application/pdf", "giay\"x.pdf", true),
	                 ERR_INTERNAL);
	assert_int_equal(resp.n_headers, 0);
	assert_int_equal(resp_file(&resp, "application/pdf", "giay.pdf", true), ERR_OK);
	assert_string_equal(resp.headers[0].value, "attachment; filename=\"giay.pdf\"");
	for (size_t i = 1; i < RESP_MOST_HEADERS; i++)
		assert_int_equal(resp_header(&resp, "X-A", "a"), ERR_OK);
	assert_int_equal(resp_header(&resp, "X-A", "a"), ERR_INTERNAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_form),
		cmocka_unit_test(makes_texts_one_form),
		cmocka_unit_test(refuses_bad_texts),
		cmocka_unit_test(bounds_the_number_of_fields),
		cmocka_unit_test(reads_typed_params),
		cmocka_unit_test(reads_paths),
		cmocka_unit_test(reads_cookies),
		cmocka_unit_test(reads_a_multipart_form),
		cmocka_unit_test(refuses_bad_multipart),
		cmocka_unit_test(makes_requests),
		cmocka_unit_test(guards_against_two_readings),
		cmocka_unit_test(packs_when_asked),
		cmocka_unit_test(packs_so_that_others_unpack),
		cmocka_unit_test(packs_the_same_in_used_memory),
		cmocka_unit_test(reads_addresses),
		cmocka_unit_test(keeps_headers_whole),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
