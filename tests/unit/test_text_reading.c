#include "lib/test.h"

#include "lib/reading_text.h"

static void reads_counts_and_bounds(void **state)
{
	static const struct reading_case cases[] = {
		{ "Toàn huyện có 145 TTHC.", "145 \"TTHC\"" },
		{ "Tổng số là 2788 hồ sơ.", "2.788 \"hồ sơ\"" },
		{ "Trễ hạn 00 hồ sơ, đúng hạn 07 hồ sơ.",
		  "0 {padded} \"hồ sơ\" | 7 {padded} \"hồ sơ\"" },
		{ "Đăng 04 chuyên mục và 8 bài viết.",
		  "4 {padded} \"chuyên mục\" | 8 \"bài viết\"" },
		{ "Cấp 2.788 tài khoản, 113.000 lượt, 694.105 hồ sơ, 5.494.051 giao dịch.",
		  "2.788 {dots} \"tài khoản\" | 113.000 {dots} \"lượt\" | 694.105 {dots} \"hồ "
		  "sơ\" | 5.494.051 {dots} \"giao dịch\"" },
		{ "Hoàn thành 1644/1.859 nhiệm vụ, 1.279/1.393 chỉ tiêu.",
		  "1.644/1.859 {dots} \"nhiệm vụ\" | 1.279/1.393 {dots} \"chỉ tiêu\"" },
		{ "Bố trí phòng làm việc 45 m², 120 km đường.",
		  "45 \"m²\" | 120 \"km đường\"" },
		{ "Tiếp nhận hơn 5.000 lượt, trên 14.500 hồ sơ, trên 90 phiếu.",
		  ">5.000 {dots} \"lượt\" | >14.500 {dots} \"hồ sơ\" | >90 \"phiếu\"" },
		{ "Khoảng 300 lượt người, gần 20 hộ, dưới 15 phút, xấp xỉ 40 hồ sơ.",
		  "~300 \"lượt người\" | <20 \"hộ\" | <15 \"phút\" | ~40 \"hồ sơ\"" },
		{ "Ước chi cả năm khoảng 795.416.000 đồng.", "~795.416.000 đồng {dots}" },
		{ "Hỗ trợ ước khoảng trên 500.000 đồng/người/tháng.",
		  "~500.000 đồng {dots per}" },
		{ "Số hóa tối thiểu 45% hồ sơ, đạt tối thiểu 92% trở lên, ít nhất 03 lần/năm.",
		  ">=45% \"hồ sơ\" | >=92% | >=3 {padded per} \"lần\"" },
		{ "Phấn đấu từ 45% hồ sơ tại cấp xã được số hóa trong năm 2025 trở lên.",
		  ">=45% \"hồ sơ\" | year 2025" },
		{ "Không quá 05 ngày làm việc, tối đa 30 phút, không dưới 10 người, từ 50% trở "
		  "xuống.",
		  "<=5 {padded} \"ngày làm việc\" | <=30 \"phút\" | >=10 \"người\" | <=50%" },
		{ "Nhóm đạt từ 60% - dưới 90% kế hoạch", "60..90% {label} \"kế hoạch\"" },
		{ "Có 2-3 mô hình, tăng 4-5%, từ 02 đến 04 ngày, 3 – 5 cuộc, 5% - 10%.",
		  "2..3 \"mô hình\" | 4..5% {change} | 2..4 {padded} \"ngày\" | 3..5 \"cuộc\" "
		  "| 5..10%" },
		{ "Mỗi phòng giảm 03 người, bình quân 25 hồ sơ/ngày.",
		  "3 {padded change per} \"người\" | 25 {per} \"hồ sơ\"" },
		{ "Chi 400.000đồng/người/tháng.", "400.000 đồng {dots per}" },
		{ "Số hồ sơ: 86; kết quả là 77 hồ sơ đúng hạn.", "86 | 77 \"hồ sơ đúng hạn\"" },
		{ "Giải quyết 29 hồ sơ trên 35 hồ sơ đã nhận trên địa bàn 12 xã.",
		  "29 \"hồ sơ\" | 35 \"hồ sơ\" | 12 \"xã\"" },
		{ "Các đơn vị nêu trên 05 ngày gửi một lần; cấp trên 03 văn bản.",
		  "5 {padded} \"ngày gửi một lần\" | 3 {padded} \"văn bản\"" },
		{ "Đạt 29 hồ sơ/35 hồ sơ; 29/tổng số 35 hồ sơ; 02 lớp/90 học viên.",
		  "29/35 \"hồ sơ\" | 29/35 \"hồ sơ\" | 2 {padded} \"lớp\" | 90 \"học viên\"" },
		{ "Đã đối chiếu 40 + 25 = 65 hồ sơ.", "40 | 25 | 65 \"hồ sơ\"" },
		{ "Năm 2021² đạt 12¹ hồ sơ, phí 3⁴ đồng.",
		  "year 2021 | 12 \"hồ sơ\" | 3 đồng" },
		{ "Có05 tổ, 06tổ, 12TTHC, 15 ,5%, 2 .788 hồ sơ.",
		  "5 {padded} \"tổ\" | 6 {padded} \"tổ\" | 12 \"TTHC\" | 15,5% {comma} | 2.788 "
		  "{dots} \"hồ sơ\"" },
		{ "Kết quả khảo sát: hài lòng 550 phiếu; hồ sơ trễ hạn (05), đúng hạn (120).",
		  "550 \"phiếu\" | 5 {padded} | 120" },
	};

	(void)state;
	check_readings(cases, ARRAY_LEN(cases));
}

static void reads_nouns_that_are_counted(void **state)
{
	static const struct reading_case cases[] = {
		{ "Có 25 bài viết về chuyển đổi số được đăng.",
		  "25 \"bài viết về chuyển đổi số\"" },
		{ "Tổng số 86 hồ sơ, trong đó 80 hồ sơ trước hạn, 4 hồ sơ quá hạn, 2 hồ sơ "
		  "không hợp lệ.",
		  "86 \"hồ sơ\" | 80 \"hồ sơ trước hạn\" | 4 \"hồ sơ quá hạn\" | 2 \"hồ sơ "
		  "không hợp lệ\"" },
		{ "Hiện có 11 người hoạt động không chuyên trách và 20 cán bộ, công chức.",
		  "11 \"người hoạt động không chuyên trách\" | 20 \"cán bộ\"" },
		{ "Đã xử lý 05 tồn tại, tặng 12 bằng khen, 03 người có công, 130 thẻ bảo hiểm "
		  "y tế.",
		  "5 {padded} \"tồn tại\" | 12 \"bằng khen\" | 3 {padded} \"người có công\" | "
		  "130 \"thẻ bảo hiểm y tế\"" },
		{ "Nhận 12 văn bản đến, 15 văn bản đi; tổng số văn bản đến 250 văn bản.",
		  "12 \"văn bản đến\" | 15 \"văn bản đi\" | 250 \"văn bản\"" },
		{ "Gồm 02 (hai) đơn vị, ba (03) phòng và 01 (một) tổ.",
		  "2 {padded} \"đơn vị\" | 3 {padded} \"phòng\" | 1 {padded} \"tổ\"" },
		{ "Có 15 cá nhân/tổ chức góp ý, 12 lượt cán bộ/năm.",
		  "15 \"cá nhân/tổ chức góp ý\" | 12 {per} \"lượt cán bộ\"" },
	};

	(void)state;
	check_readings(cases, ARRAY_LEN(cases));
}

static void reads_groups_and_decimal_marks(void **state)
{
	static const struct reading_case cases[] = {
		{ "Tổng vốn 4,887 triệu đồng và 2,302,826 đồng, 12,345.50 tạ.",
		  "4.887.000.000 đồng {comma3} | 2.302.826 đồng {commas} | 12.345,50 {commas "
		  "point} \"tạ\"" },
		{ "Đạt 0,125%, 12,345%, 12.345%, 46,8%, 86.1%, 100.00%, 87,5 %, 35 phần trăm.",
		  "0,125% {comma} | 12,345% {comma} | 12,345% {point} | 46,8% {comma} | 86,1% "
		  "{point} | 100,00% {point} | 87,5% {comma} | 35%" },
		{ "Số đo 1.234,56 và 0.5, 1.302.82 và 1.2345.",
		  "1.234,56 {dots comma} | 0,5 {point} | 130.282 {label broken} | 1,2345 "
		  "{point}" },
		{ "Quyết toán 2 302 826 đồng.", "2.302.826 đồng" },
		{ "Vốn được giao 5.315.70 triệu đồng, chi 2.302.8261 đồng; mục 3.3.1.",
		  "531.570.000.000 đồng {label broken} | 23.028.261 đồng {label broken}" },
		{ "Nhiệt độ -5%; giảm còn -3 điểm; số 12 - 15.",
		  "-5% | -3 {change into} \"điểm\"" },
	};

	(void)state;
	check_readings(cases, ARRAY_LEN(cases));
}

static void reads_rates_and_points(void **state)
{
	static const struct reading_case cases[] = {
		{ "Đạt 100% (17/17), 99,02% (1.279/1.291), 98%/năm.",
		  "100% | 17/17 | 99,02% {comma} | 1.279/1.291 {dots} | 98% {per}" },
		{ "Tăng 3,2 điểm phần trăm, giảm 2 điểm %, chênh 5% điểm.",
		  "3,2 points {comma change} | 2 points {change} | 5 points" },
		{ "Đạt 85,5/100 điểm và 4.5/5 điểm; 1/3 số hộ; tỷ lệ 50/50.",
		  "85,5/100 {comma} \"điểm\" | 4,5/5 {point} \"điểm\" | 1/3 \"số hộ\" | "
		  "50/50" },
	};

	(void)state;
	check_readings(cases, ARRAY_LEN(cases));
}

static void reads_parts_of_a_whole_and_ranks(void **state)
{
	static const struct reading_case cases[] = {
		{ "07/12 đơn vị hoàn thành; 1.384/2.400 học sinh; 22/22; đến 06/11 đơn vị.",
		  "7/12 {padded} \"đơn vị hoàn thành\" | 1.384/2.400 {dots} \"học sinh\" | "
		  "22/22 | 6/11 {padded} \"đơn vị\"" },
		{ "PAPI hạng 46/63, xếp thứ 12/63, đứng thứ 3 toàn tỉnh, xếp hạng 5.",
		  "46/63 {rank} | 12/63 {rank} | 3 {rank} \"toàn tỉnh\" | 5 {rank}" },
	};

	(void)state;
	check_readings(cases, ARRAY_LEN(cases));
}

static void reads_money(void **state)
{
	static const struct reading_case cases[] = {
		{ "Chi 2.302.826.000 đồng; 5.494.051 triệu đồng; 193 triệu đồng; 120,5 triệu; "
		  "4.630 tỷ đồng.",
		  "2.302.826.000 đồng {dots} | 5.494.051.000.000 đồng {dots} | 193.000.000 "
		  "đồng | 120.500.000 đồng {comma} | 4.630.000.000.000 đồng {dots}" },
		{ "Trị giá 2 tỷ 500 triệu đồng; 1,5 tỷ; 300 nghìn đồng; 12.500đ/hồ sơ; 50.000 "
		  "VNĐ; 2 nghìn tỷ đồng.",
		  "2.500.000.000 đồng | 1.500.000.000 đồng {comma} | 300.000 đồng | 12.500 "
		  "đồng {dots per} | 50.000 đồng {dots} | 2.000.000.000.000 đồng" },
		{ "Thu hút 1,2 triệu người, 15.000 nghìn lượt, 25 nghìn lượt.",
		  "1.200.000 {comma} \"người\" | 15.000.000 {dots twice} \"lượt\" | 25.000 "
		  "\"lượt\"" },
		{ "Có 08 hợp đồng, Hội đồng 15 người, 03 đồng chí, cộng đồng 5 thôn, đồng thời "
		  "04 tổ.",
		  "8 {padded} \"hợp đồng\" | 15 \"người\" | 3 {padded} \"đồng chí\" | 5 "
		  "\"thôn\" | 4 {padded} \"tổ\"" },
		{ "Chiếm 3 tỷ lệ khác nhau", "3" },
	};

	(void)state;
	check_readings(cases, ARRAY_LEN(cases));
}

static void reads_growth_and_levels_before(void **state)
{
	static const struct reading_case cases[] = {
		{ "Tiếp nhận 694 hồ sơ, tăng 66 hồ sơ (tương đương 10,5%) so với cùng kỳ năm "
		  "2023.",
		  "694 \"hồ sơ\" | 66 {change} \"hồ sơ\" | 10,5% {comma change} | year 2023 "
		  "before" },
		{ "Tăng từ 50 lên 62 hồ sơ (24%); giảm từ 15 ngày xuống còn 10 ngày; giảm còn "
		  "8 hồ sơ; tăng lên 95%.",
		  "50 {change from} | 62 {change into} \"hồ sơ\" | 24% {change} | 15 {change "
		  "from} \"ngày\" | 10 {change into} \"ngày\" | 8 {change into} \"hồ sơ\" | "
		  "95% {change into}" },
		{ "Tăng 12 hồ sơ (từ 50 hồ sơ lên 62 hồ sơ); nâng tỷ lệ từ 85% lên 92%.",
		  "12 {change} \"hồ sơ\" | 50 {change from} \"hồ sơ\" | 62 {change into} \"hồ "
		  "sơ\" | 85% {change from} | 92% {change into}" },
		{ "Tăng so với cùng kỳ là 15 hồ sơ; vượt 5% kế hoạch; cao hơn 3% so với năm "
		  "trước; tăng thêm khoảng 04 tổ.",
		  "year ? before | 15 {change} \"hồ sơ\" | 5% {change} \"kế hoạch\" | 3% "
		  "{change} | year ? before | ~4 {padded change} \"tổ\"" },
		{ "Đạt 96% (cùng kỳ năm 2023 đạt 92%); so với 40 hồ sơ của quý trước; so với "
		  "năm 2022 đạt 95%.",
		  "96% | year 2023 before | 92% {change from} | 40 {change from} \"hồ sơ\" | "
		  "year ? before | year 2022 before | 95% {change}" },
		{ "Nâng tổng số lên 145 TTHC, không tăng cường 03 việc.",
		  "145 \"TTHC\" | 3 {padded} \"việc\"" },
	};

	(void)state;
	check_readings(cases, ARRAY_LEN(cases));
}

static void reads_small_amounts_in_words(void **state)
{
	static const struct reading_case cases[] = {
		{ "Gồm hai đơn vị, ba nội dung, bốn mươi lăm hồ sơ, một trăm linh hai phiếu, "
		  "mười hai người.",
		  "2 {words} \"đơn vị\" | 3 {words} \"nội dung\" | 45 {words} \"hồ sơ\" | 102 "
		  "{words} \"phiếu\" | 12 {words} \"người\"" },
		{ "Cơ chế một cửa, một phần, một số, hai bên, ba miền, năm đơn vị, thứ hai, "
		  "bốn tại chỗ.",
		  "" },
	};

	(void)state;
	check_readings(cases, ARRAY_LEN(cases));
}

static void reads_reports_of_provinces(void **state)
{
	static const struct reading_case cases[] = {
		{ "Đã chi 11.450 triệu đồng/12.200 triệu đồng, đạt 93,9% kế hoạch; 2.245,6 tỷ "
		  "đồng.",
		  "11.450.000.000/12.200.000.000 đồng {dots} | 93,9% {comma} \"kế hoạch\" | "
		  "2.245.600.000.000 đồng {dots comma}" },
		{ "Cắt giảm từ 20% đến 30% thời gian; tăng từ 5 đến 7 bậc.",
		  "20..30% {change} \"thời gian\" | 5..7 {change} \"bậc\"" },
		{ "Có 06 TTHC mức độ 4, 15.000 m2 đất, 04 hồ sơ Đề án 06, 250 người/km2.",
		  "6 {padded} \"TTHC mức độ 4\" | 15.000 {dots} \"m2 đất\" | 4 {padded} \"hồ "
		  "sơ Đề án 06\" | 250 {per} \"người\"" },
		{ "Yêu cầu >= 95%, ≥90%, ≤ 2%, < 5%, >= 10 hồ sơ.",
		  ">=95% | >=90% | <=2% | <5% | >=10 \"hồ sơ\"" },
		{ "Tổng số 275.467 hồ sơ (kỳ trước chuyển sang 5.467 hồ sơ; tồn từ quý trước: "
		  "12 hồ sơ; mới tiếp nhận 270.000 hồ sơ).",
		  "275.467 {dots} \"hồ sơ\" | year ? before | 5.467 {dots} \"hồ sơ\" | year ? "
		  "before | 12 \"hồ sơ\" | 270.000 {dots} \"hồ sơ\"" },
		{ "Hồ sơ cấp xã 11.345; cấp huyện: 5.789; cấp tỉnh (22.456).",
		  "11.345 {dots} | 5.789 {dots} | 22.456 {dots}" },
		{ "Total 1,250 dossiers, 45.5% online, 2,302,826 VND; Số TTHC: 1,350 (tỉnh: "
		  "980).",
		  "1.250 {comma3} \"dossiers\" | 45,5% {point} \"online\" | 2.302.826 đồng "
		  "{commas} | 1.350 {comma3} | 980" },
		{ "Xếp hạng 14/63 tỉnh, tăng 07 bậc so với năm 2021, đạt 85,52 điểm/100 điểm.",
		  "14/63 {rank} \"tỉnh\" | 7 {padded change} \"bậc\" | year 2021 before | "
		  "85,52/100 {comma} \"điểm\"" },
		{ "Hộ nghèo giảm còn 2,35% (giảm 0,5% so với năm 2022); thu nhập 65 triệu "
		  "đồng/người/năm.",
		  "2,35% {comma change into} | 0,5% {comma change} | year 2022 before | "
		  "65.000.000 đồng {per}" },
		{ "Dịp lễ 30/4, 8/3 và 20/11 đơn vị.",
		  "day 30/4/? | day 8/3/? | 20/11 \"đơn vị\"" },
		{ "Hỗ trợ 25 hộ x 3.000.000 đồng/hộ = 75.000.000 đồng.",
		  "25 \"hộ\" | 3.000.000 đồng {dots per} | 75.000.000 đồng {dots}" },
		{ "Trẻ em dưới 06 tuổi đạt 100%; từ đủ 18 tuổi trở lên.",
		  "<6 {padded label} \"tuổi\" | 100% | >=18 {label} \"tuổi\"" },
		{ "Chỉ số năm 2023 đạt 84,5%, tăng 2,1% so với năm 2022 (82,4%); tăng gấp 2 "
		  "lần.",
		  "year 2023 | 84,5% {comma} | 2,1% {comma change} | year 2022 before | 82,4% "
		  "{comma change from} | 2 {change} \"lần\"" },
		{ "Có 10 . 000 lượt, nằm trong top 10; mục tiêu: 2025: 80%, 2030: 100%.",
		  "10.000 {dots} \"lượt\" | 10 {rank} | year 2025 | 80% | year 2030 | 100%" },
	};

	(void)state;
	check_readings(cases, ARRAY_LEN(cases));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_counts_and_bounds),
		cmocka_unit_test(reads_nouns_that_are_counted),
		cmocka_unit_test(reads_groups_and_decimal_marks),
		cmocka_unit_test(reads_rates_and_points),
		cmocka_unit_test(reads_parts_of_a_whole_and_ranks),
		cmocka_unit_test(reads_money),
		cmocka_unit_test(reads_growth_and_levels_before),
		cmocka_unit_test(reads_small_amounts_in_words),
		cmocka_unit_test(reads_reports_of_provinces),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
