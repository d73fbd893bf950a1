#include "lib/slip_samples.h"

#include <stdio.h>

static instant_t at(int year, int month, int day, int minute)
{
	return instant_local(date_make(year, month, day), minute);
}

instant_t sample_created(void)
{
	return at(2024, 2, 7, 15 * 60 + 20);
}

struct slip_dossier sample_dossier(void)
{
	return (struct slip_dossier){
		.office = { .name = "Ủy ban nhân dân xã Hương Sơn",
		            .place = "Hương Sơn",
		            .phone = "0234 3 123 456" },
		.number = "0975",
		.issued_on = date_make(2024, 2, 7),
		.code = "H57.50.05.13-240207-0975",
		.procedure = "Thủ tục đăng ký khai sinh có yếu tố nước ngoài, kết hợp đăng ký "
		             "nhận cha, "
		             "mẹ, con",
		.field = "Hộ tịch",
		.person = { .name = "Nguyễn Thị Ánh Tuyết",
		            .identity = "046190001234",
		            .address = "Thôn Phú Hậu, xã Hương Sơn, huyện Nam Đông, tỉnh Thừa "
		                       "Thiên Huế",
		            .phone = "0905 123 456",
		            .email = "anhtuyet@example.vn" },
		.received_at = at(2024, 2, 7, 15 * 60 + 20),
		.due_at = at(2024, 2, 21, 15 * 60 + 20),
		.officer = "Trần Văn Bình",
		.signer = { "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
		            "Lê Quang Đạo" },
	};
}

struct slip_dossier sample_dossier_2026(void)
{
	struct slip_dossier d = sample_dossier();

	d.issued_on = date_make(2026, 10, 8);
	d.code = "H57.50-261008-0003";
	d.person.address = "Thôn Phú Hậu, xã Hương Sơn, thành phố Huế";
	d.received_at = at(2026, 10, 8, 7 * 60 + 45);
	d.due_at = at(2026, 10, 22, 7 * 60 + 45);
	d.number = NULL;
	d.person.email = NULL;
	return d;
}

struct slip_receipt sample_receipt(struct slip_dossier dossier)
{
	static const struct slip_part parts[] = {
		{ "Tờ khai đăng ký khai sinh theo mẫu", "Bản chính", 1 },
		{ "Giấy chứng sinh hoặc văn bản của người làm chứng xác nhận về việc sinh",
		  "Bản chính", 1 },
		{ "Giấy chứng nhận kết hôn của cha, mẹ (nếu đã đăng ký kết hôn)", "Bản sao",
		  2 },
		{ "Văn bản thỏa thuận của cha, mẹ lựa chọn quốc tịch cho con", "Bản chứng thực",
		  1 },
	};

	return (struct slip_receipt){ .dossier = dossier,
		                      .parts = parts,
		                      .n_parts = sizeof(parts) / sizeof(parts[0]),
		                      .sets = 1,
		                      .return_at = "Bộ phận Tiếp nhận và Trả kết quả",
		                      .fee = "75.000 đồng",
		                      .book = "01/2024",
		                      .line = "0975" };
}

struct slip_supplement sample_supplement(struct slip_dossier dossier)
{
	static const struct slip_part parts[] = {
		{ "Giấy chứng sinh (bản đã nộp bị mờ số)", "Bản chính", 1 },
		{ "Giấy chứng nhận kết hôn của cha, mẹ", "Bản chứng thực", 1 },
		{ "Căn cước công dân của người đi đăng ký", "Bản sao", 2 },
	};

	return (struct slip_supplement){
		.dossier = dossier,
		.parts = parts,
		.n_parts = sizeof(parts) / sizeof(parts[0]),
		.reason = "Giấy chứng sinh không đọc được số; thiếu giấy "
		          "chứng nhận kết hôn có chứng thực.",
		.reply_by = date_make(2024, 2, 28)
	};
}

struct slip_refusal sample_refusal(struct slip_dossier dossier)
{
	return (struct slip_refusal){
		.dossier = dossier,
		.reason = "Hồ sơ không thuộc thẩm quyền giải quyết của Ủy ban nhân dân cấp xã "
		          "theo Điều "
		          "35 Luật Hộ tịch; đề nghị nộp tại Ủy ban nhân dân cấp huyện nơi cư "
		          "trú.",
	};
}

struct slip_apology sample_apology(struct slip_dossier dossier)
{
	return (struct slip_apology){
		.dossier = dossier,
		.reason = "phải xác minh nơi cư trú của người mẹ tại địa phương khác, chưa "
		          "nhận được văn "
		          "bản trả lời.",
		.new_due_at = at(2026, 10, 29, 10 * 60),
		.times = 2,
	};
}

struct slip_stop sample_stop(struct slip_dossier dossier)
{
	return (struct slip_stop){
		.dossier = dossier,
		.basis = "Đơn đề nghị của người nộp hồ sơ ngày 12/10/2026.",
		.reason = "Người nộp hồ sơ đề nghị không tiếp tục thực hiện thủ tục.",
		.stopped_at = at(2026, 10, 12, 9 * 60 + 5),
	};
}

struct slip_control sample_control(struct slip_dossier dossier)
{
	static struct slip_step steps[3];

	steps[0] = (struct slip_step){ .from = "Trần Văn Bình (Bộ phận Một cửa)",
		                       .to = "Phạm Thu Hà (Tư pháp - Hộ tịch)",
		                       .name = "Thẩm định hồ sơ",
		                       .at = at(2024, 2, 7, 16 * 60),
		                       .due_at = at(2024, 2, 16, 11 * 60) };
	steps[1] = (struct slip_step){ .from = "Phạm Thu Hà (Tư pháp - Hộ tịch)",
		                       .to = "Lê Quang Đạo (Phó Chủ tịch)",
		                       .name = "Ký duyệt",
		                       .at = at(2024, 2, 15, 9 * 60 + 30),
		                       .due_at = at(2024, 2, 20, 11 * 60),
		                       .timing = SLIP_EARLY };
	steps[2] = (struct slip_step){ .from = "Lê Quang Đạo (Phó Chủ tịch)",
		                       .to = "Trần Văn Bình (Bộ phận Một cửa)",
		                       .name = "Trả kết quả",
		                       .at = at(2024, 2, 22, 14 * 60),
		                       .due_at = INSTANT_NONE,
		                       .timing = SLIP_LATE,
		                       .note = "Lãnh đạo đi công tác" };
	return (struct slip_control){ .dossier = dossier, .steps = steps, .n_steps = 3 };
}

struct slip_follow_up sample_follow_up(struct slip_follow_up_line *lines, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		lines[i] = (struct slip_follow_up_line){
			.code = "H57.50.05.13-240207-0975",
			.procedure = i % 3 ? "Chứng thực bản sao từ bản chính"
			                   : "Đăng ký khai sinh kết hợp nhận cha, mẹ, con",
			.person = "Nguyễn Thị Ánh Tuyết",
			.contact = "Thôn Phú Hậu, xã Hương Sơn; 0905 123 456",
			.agency = "UBND xã Hương Sơn",
			.sets = 1 + (int)(i % 4),
			.received_at = at(2024, 2, 7, 15 * 60 + 20),
			.due_at = i % 3 ? INSTANT_NONE : at(2024, 2, 21, 15 * 60 + 20),
			.returned_at = at(2024, 2, 7, 16 * 60),
			.return_channel = i % 5 ? "Trực tiếp" : "Bưu chính",
		};
	}
	return (struct slip_follow_up){
		.office = { .name = "Ủy ban nhân dân xã Hương Sơn", .place = "Hương Sơn" },
		.from = date_make(2024, 1, 1),
		.to = date_make(2024, 3, 31),
		.printed_on = date_make(2024, 4, 1),
		.lines = lines,
		.n_lines = n,
	};
}
