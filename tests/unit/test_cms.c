/* Signatures made with keys of a throw-away authority, in a file and on a token (SoftHSM), and
 * verified by us and by the openssl command. */
#include "lib/test.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "doc/cms.h"

static const char content[] = "{\"unit\":\"H25.01\",\"value\":\"12\"}";

struct office {
	char folder[64];
	struct arena arena;
	struct problems problems;
};

static const char make_keys[] =
        "set -e\n"
        "printf "
        "'[req]\\ndistinguished_name=n\\n[n]\\n[ca]\\nbasicConstraints=critical,CA:true\\n"
        "[one]\\nkeyUsage=critical,digitalSignature,nonRepudiation\\n' >c.cnf\n"
        "for ca in good other; do openssl req -x509 -newkey rsa:2048 -nodes -days 30 -utf8 "
        "-subj \"/CN=CA $ca\" -config c.cnf -extensions ca -keyout $ca.key -out $ca.pem; done\n"
        "openssl req -newkey rsa:2048 -nodes -utf8 -subj '/O=UBND xã Thử/CN=Nguyễn Văn Ký' "
        "-config c.cnf -keyout one.key -out one.csr\n"
        "openssl x509 -req -days 30 -in one.csr -CA good.pem -CAkey good.key -set_serial "
        "0xA1B2 "
        "-extfile c.cnf -extensions one -out one.crt\n"
        "cat one.key one.crt good.pem >one.pem\n"
        "openssl pkcs8 -topk8 -in one.key -passout pass:mat-khau -out locked.key\n"
        "cat locked.key one.crt >locked.pem\n"
        "openssl x509 -in one.crt -outform DER -out one.der\n"
        "printf 'directories.tokendir = %s/tokens\\nobjectstore.backend = file\\n' \"$PWD\" "
        ">hsm.cnf\n"
        "mkdir tokens\n"
        "softhsm2-util --init-token --free --label 'Thiết bị 1' --so-pin 12345678 --pin "
        "246810\n"
        "openssl pkcs8 -topk8 -nocrypt -in one.key -out one.p8\n"
        "softhsm2-util --import one.p8 --token 'Thiết bị 1' --label 'khoa ky' --id A1 --pin "
        "246810\n"
        "pkcs11-tool --module \"$MODULE\" --token-label 'Thiết bị 1' --login --pin 246810 "
        "--write-object one.der --type cert --label 'khoa ky' --id A1\n";

static const char module[] = "/usr/lib/softhsm/libsofthsm2.so";

/* The shell's exit code is what is asked; its words stand in the folder. */
static int run(const struct office *o, const char *script)
{
	static const char frame[] =
	        "cd '%s' && export SOFTHSM2_CONF='%s/hsm.cnf' MODULE='%s' && "
	        "sh ./script >log 2>&1";
	char path[96], command[512];

	snprintf(path, sizeof(path), "%s/script", o->folder);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(script, f) >= 0);
	assert_int_equal(fclose(f), 0);
	snprintf(command, sizeof(command), frame, o->folder, o->folder, module);
	FILE *shell = popen(command, "w");
	assert_non_null(shell);
	return pclose(shell);
}

static void put_file(const struct office *o, const char *name, struct slice bytes)
{
	char path[96];

	snprintf(path, sizeof(path), "%s/%s", o->folder, name);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes.at, 1, bytes.len, f), bytes.len);
	assert_int_equal(fclose(f), 0);
}

static const char *in_folder(struct office *o, const char *name)
{
	const char *path;

	assert_int_equal(arena_printf(&o->arena, &path, "%s/%s", o->folder, name), ERR_OK);
	return path;
}

static int set_up(void **state)
{
	static struct office o;

	o = (struct office){ .folder = "/tmp/cms.XXXXXX" };
	assert_non_null(mkdtemp(o.folder));
	arena_init(&o.arena, 16 << 20);
	assert_int_equal(setenv("SOFTHSM2_CONF", in_folder(&o, "hsm.cnf"), 1), 0);
	assert_int_equal(run(&o, make_keys), 0);
	*state = &o;
	return 0;
}

static int tear_down(void **state)
{
	struct office *o = *state;

	assert_int_equal(run(o, "rm -rf \"$PWD\""), 0);
	arena_release(&o->arena);
	return 0;
}

static struct slice signed_with(struct office *o, const struct cms_key *key)
{
	struct slice signature = { NULL, 0 };

	problems_init(&o->problems, &o->arena);
	enum err e = cms_sign(&signature, key, slice_of(content), &o->problems);
	if (e != ERR_OK)
		print_error("%s; %s\n", err_message(),
		            o->problems.first ? o->problems.first->message : "");
	assert_int_equal(e, ERR_OK);
	return signature;
}

static enum err verify(struct office *o, struct cms_signatures *out, struct slice signature,
                       const char *text, const char *ca)
{
	problems_init(&o->problems, &o->arena);
	return cms_verify(out, signature, slice_of(text), ca ? in_folder(o, ca) : NULL,
	                  &o->problems);
}

static void openssl_agrees(struct office *o, struct slice signature)
{
	put_file(o, "s.p7s", signature);
	put_file(o, "content", slice_of(content));
	put_file(o, "changed", slice_of("{}"));
	assert_int_equal(
	        run(o, "openssl cms -verify -binary -inform DER -in s.p7s -content content "
	               "-CAfile good.pem -purpose any -out got && cmp got content"),
	        0);
	assert_int_equal(
	        run(o, "openssl cms -verify -cades -binary -inform DER -in s.p7s -content "
	               "content -CAfile good.pem -purpose any -out got"),
	        0);
	assert_int_not_equal(run(o,
	                         "openssl cms -verify -binary -inform DER -in s.p7s -content "
	                         "changed -CAfile good.pem -purpose any -out got"),
	                     0);
	assert_int_not_equal(run(o,
	                         "openssl cms -verify -binary -inform DER -in s.p7s -content "
	                         "content -CAfile other.pem -purpose any -out got"),
	                     0);
}

static void is_by_the_signer(struct office *o, struct slice signature)
{
	struct cms_signatures s = { .n = 0 };

	assert_int_equal(verify(o, &s, signature, content, "good.pem"), ERR_OK);
	assert_int_equal(s.n, 1);
	assert_string_equal(s.at[0].signer, "Nguyễn Văn Ký");
	assert_string_equal(s.at[0].organization, "UBND xã Thử");
	assert_string_equal(s.at[0].issuer, "CA good");
	assert_string_equal(s.at[0].serial, "A1B2");
	assert_int_equal(s.at[0].chain, CMS_CHAIN_TRUSTED);
	assert_null(s.at[0].why);
	int64_t age = clock_now(&CLOCK_SYSTEM).us - s.at[0].stated_at.us;
	assert_true(age >= -1000000 && age < 10 * US_PER_MINUTE);
	assert_true(instant_cmp(s.at[0].valid_from, s.at[0].stated_at) <= 0);
	assert_true(instant_cmp(s.at[0].valid_to, s.at[0].stated_at) > 0);
}

static void a_key_in_a_file_signs(void **state)
{
	struct office *o = *state;
	struct cms_key key = { .pem = in_folder(o, "one.pem") };
	struct slice signature = signed_with(o, &key);

	is_by_the_signer(o, signature);
	openssl_agrees(o, signature);
	key = (struct cms_key){ .pem = in_folder(o, "locked.pem"), .pin = "mat-khau" };
	is_by_the_signer(o, signed_with(o, &key));
}

static void a_key_on_a_token_signs(void **state)
{
	struct office *o = *state;
	struct cms_key key = {
		.module = module, .token = "Thiết bị 1", .name = "khoa ky", .pin = "246810"
	};
	struct slice signature = signed_with(o, &key);

	is_by_the_signer(o, signature);
	openssl_agrees(o, signature);
}

static void what_openssl_signed_is_verified(void **state)
{
	struct office *o = *state;
	char path[96], bytes[8192];

	put_file(o, "content", slice_of(content));
	assert_int_equal(run(o,
	                     "openssl cms -sign -binary -md sha512 -in content -signer one.crt "
	                     "-inkey one.key -outform DER -out theirs.p7s"),
	                 0);
	snprintf(path, sizeof(path), "%s/theirs.p7s", o->folder);
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	size_t n = fread(bytes, 1, sizeof(bytes), f);
	assert_int_equal(fclose(f), 0);
	is_by_the_signer(o, (struct slice){ bytes, n });
}

static void chains_are_checked_when_asked(void **state)
{
	struct office *o = *state;
	struct cms_key key = { .pem = in_folder(o, "one.pem") };
	struct slice signature = signed_with(o, &key);
	struct cms_signatures s = { .n = 0 };

	assert_int_equal(verify(o, &s, signature, content, NULL), ERR_OK);
	assert_int_equal(s.at[0].chain, CMS_CHAIN_NOT_ASKED);
	assert_int_equal(verify(o, &s, signature, content, "other.pem"), ERR_OK);
	assert_int_equal(s.at[0].chain, CMS_CHAIN_UNKNOWN);
	assert_non_null(s.at[0].why);
	assert_int_equal(verify(o, &s, signature, content, "no-such.pem"), ERR_INPUT);
	assert_int_equal(o->problems.n, 1);
}

static void says(struct office *o, const char *words)
{
	assert_int_equal(o->problems.n, 1);
	if (!strstr(o->problems.first->message, words))
		print_error("%s\n", o->problems.first->message);
	assert_non_null(strstr(o->problems.first->message, words));
}

static void what_was_changed_is_refused(void **state)
{
	struct office *o = *state;
	struct cms_key key = { .pem = in_folder(o, "one.pem") };
	struct slice signature = signed_with(o, &key);
	struct cms_signatures s = { .n = 77 };
	char *copy = arena_alloc(&o->arena, signature.len + 1);

	assert_non_null(copy);
	assert_int_equal(verify(o, &s, signature, "{\"value\":\"13\"}", NULL), ERR_INPUT);
	says(o, "không đúng với nội dung");
	for (size_t cut = 0; cut < signature.len; cut += 61) {
		assert_int_equal(
		        verify(o, &s, (struct slice){ signature.at, cut }, content, NULL),
		        ERR_INPUT);
		says(o, "bị hỏng");
	}
	memcpy(copy, signature.at, signature.len);
	assert_int_equal(
	        verify(o, &s, (struct slice){ copy, signature.len + 1 }, content, NULL),
	        ERR_INPUT);
	says(o, "bị hỏng");
	/* The last bytes are of the signature itself. */
	copy[signature.len - 3] ^= 1;
	assert_int_equal(verify(o, &s, (struct slice){ copy, signature.len }, content, NULL),
	                 ERR_INPUT);
	says(o, "không đúng với nội dung");
	assert_int_equal(s.n, 77);
}

static void a_weak_digest_is_refused(void **state)
{
	struct office *o = *state;
	char path[96], bytes[8192];
	struct cms_signatures s = { .n = 0 };

	put_file(o, "content", slice_of(content));
	assert_int_equal(run(o,
	                     "openssl cms -sign -binary -md sha1 -in content -signer one.crt "
	                     "-inkey one.key -outform DER -out weak.p7s"),
	                 0);
	snprintf(path, sizeof(path), "%s/weak.p7s", o->folder);
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	size_t n = fread(bytes, 1, sizeof(bytes), f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(verify(o, &s, (struct slice){ bytes, n }, content, NULL), ERR_INPUT);
	says(o, "hàm băm quá yếu");
}

static void refuses(struct office *o, const struct cms_key *key, const char *words)
{
	struct slice signature = { NULL, 0 };

	problems_init(&o->problems, &o->arena);
	assert_int_equal(cms_sign(&signature, key, slice_of(content), &o->problems), ERR_INPUT);
	says(o, words);
	assert_null(signature.at);
	assert_null(strstr(err_message(), "246810"));
}

/* In a process of its own, as a command is: OpenSSL's engine keeps its first module and login.
 */
static void refuses_token(struct office *o, const struct cms_key *key, const char *words)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		struct slice signature = { NULL, 0 };

		problems_init(&o->problems, &o->arena);
		bool refused = cms_sign(&signature, key, slice_of(content), &o->problems) ==
		                       ERR_INPUT &&
		               o->problems.n == 1 &&
		               strstr(o->problems.first->message, words) &&
		               !strstr(err_message(), "24681");
		_exit(refused ? 0 : 1);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (status != 0)
		print_error("not said: %s\n", words);
	assert_int_equal(status, 0);
}

static void a_key_that_cannot_be_used_says_why(void **state)
{
	struct office *o = *state;
	struct cms_key key = { .pem = in_folder(o, "no-such.pem") };

	refuses(o, &key, "Không đọc được tệp khóa");
	key.pem = in_folder(o, "good.pem");
	refuses(o, &key, "không có khóa riêng");
	key.pem = in_folder(o, "locked.pem");
	refuses(o, &key, "mật khẩu của khóa không đúng");
	key.pin = "sai";
	refuses(o, &key, "mật khẩu của khóa không đúng");
	key = (struct cms_key){ .pem = in_folder(o, "other.key") };
	refuses(o, &key, "không có chứng thư số");
	key = (struct cms_key){ .module = module, .token = "Thiết bị 1" };
	refuses(o, &key, "Chưa chỉ ra khóa");
	key = (struct cms_key){ .module = "/no/such.so",
		                .token = "Thiết bị 1",
		                .name = "khoa ky",
		                .pin = "246810" };
	refuses_token(o, &key, "thư viện PKCS#11");
	key.module = module;
	key.name = "khoa khac";
	refuses_token(o, &key, "Không dùng được khóa «khoa khac»");
	key.name = "khoa ky";
	key.pin = "246811";
	refuses_token(o, &key, "mã PIN không đúng");
	key.pin = NULL;
	refuses_token(o, &key, "mã PIN không đúng");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_that_cannot_be_used_says_why),
		cmocka_unit_test(a_key_in_a_file_signs),
		cmocka_unit_test(a_key_on_a_token_signs),
		cmocka_unit_test(what_openssl_signed_is_verified),
		cmocka_unit_test(chains_are_checked_when_asked),
		cmocka_unit_test(what_was_changed_is_refused),
		cmocka_unit_test(a_weak_digest_is_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
