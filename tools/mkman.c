/* mkman - the manual page of the program, from its own tables.
 *
 *	mkman VERSION >cchc.1
 *
 * Commands come from src/cli/commands.def, settings from src/base/settings.def, so that the
 *page cannot forget one.
 */
#include <stdio.h>

struct command {
	const char *words, *usage, *about;
};
#define COMMAND(words, handler, usage, about) { words, usage, about },
static const struct command commands[] = {
#include "cli/commands.def"
};
#undef COMMAND

struct setting {
	const char *name, *text, *about;
	long long number, least, most;
};
#define SETTING_TEXT(name, otherwise, about) { #name, otherwise, about, 0, 0, 0 },
#define SETTING_INT(name, otherwise, least, most, about)                                       \
	{ #name, NULL, about, otherwise, least, most },
static const struct setting settings[] = {
#include "base/settings.def"
};
#undef SETTING_TEXT
#undef SETTING_INT

/* Text of ours never looks like a request to troff. */
static void put(const char *text)
{
	if (*text == '.' || *text == '\'')
		fputs("\\&", stdout);
	for (; *text; text++)
		if (*text == '\\')
			fputs("\\e", stdout);
		else if (*text == '-')
			fputs("\\-", stdout);
		else
			putchar(*text);
}

static void put_commands(void)
{
	puts(".SH LỆNH");
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		printf(".TP\n\\fBcchc ");
		put(commands[i].words);
		printf("\\fR ");
		put(commands[i].usage);
		putchar('\n');
		put(commands[i].about);
		putchar('\n');
	}
}

static void put_settings(void)
{
	puts(".SH CÀI ĐẶT\nTệp của \\fB\\-\\-config\\fR, mỗi dòng một cài đặt dạng \\fItên = "
	     "giá trị\\fR; "
	     "biến môi trường \\fBCCHC_TÊN\\fR ghi đè tệp.");
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
		printf(".TP\n\\fB%s\\fR = ", settings[i].name);
		if (settings[i].text)
			put(settings[i].text);
		else
			printf("%lld (%lld \\- %lld)", settings[i].number, settings[i].least,
			       settings[i].most);
		putchar('\n');
		put(settings[i].about);
		putchar('\n');
	}
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: mkman VERSION\n", stderr);
		return 2;
	}
	printf(".TH CCHC 1 \"\" \"cchc %s\" \"Cải cách hành chính\"\n", argv[1]);
	puts(".SH TÊN\ncchc \\- hồ sơ thủ tục hành chính và báo cáo cải cách hành chính\n"
	     ".SH CÁCH DÙNG\n.B cchc\n.I LỆNH\n.RI [ TÙY_CHỌN ]\n"
	     ".SH MÔ TẢ\nMột chương trình gồm máy chủ web, các lệnh và bộ tính biểu mẫu, trên "
	     "SQLite "
	     "hoặc PostgreSQL.");
	put_commands();
	put_settings();
	puts(".SH TÍN HIỆU\n.TP\nSIGTERM, SIGINT\nThôi nhận kết nối, trả lời xong các yêu cầu "
	     "đang xử lý, "
	     "ghi xong những gì đang chờ rồi dừng.\n.TP\nSIGHUP\nĐọc lại cài đặt; cài đặt nào "
	     "phải khởi động "
	     "lại mới có hiệu lực thì được nêu tên trong nhật ký.\n"
	     ".SH TỆP\n/etc/cchc/cchc.conf, /var/lib/cchc/\n"
	     ".SH MÃ THOÁT\n0 xong; 1 câu trả lời là “không” (một phép kiểm tra không đạt); 2 "
	     "lệnh hoặc dữ "
	     "liệu sai.\n.SH XEM THÊM\n/usr/share/doc/cchc/");
	return ferror(stdout) != 0;
}
