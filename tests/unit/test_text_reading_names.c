#include "lib/test.h"

#include "lib/reading_text.h"

static void reads_names_are_no_amounts(void **state)
{
	static const struct reading_case cases[] = {
		{ "Dịch vụ mức độ 3, 4 của 77 TTHC; mức độ 3,4 là 30 TTHC; mức độ 3 và 4 có 55 "
		  "hồ sơ; mức độ 2 là 38 hồ sơ.",
		  "77 \"TTHC\" | 30 \"TTHC\" | 55 \"hồ sơ\" | 38 \"hồ sơ\"" },
		{ "Chính quyền 3 cấp, cả 3 cấp, 04 cấp; 05 cấp ủy; thực hiện 5 rõ.",
		  "5 {padded} \"cấp ủy\"" },
		{ "Kỳ họp 08 HĐND, lần thứ 7, Khóa XIII, khóa 12, Đề án 08 của Chính phủ, bồi "
		  "dưỡng đối tượng 4.",
		  "" },
		{ "Theo khoản 2 Điều 7 và điều 9 có 03 hình thức.",
		  "3 {padded} \"hình thức\"" },
		{ "Tổng đài 1900 1234, Tổng đài Dịch vụ công 1055 của tỉnh, hotline "
		  "0912345678, (0254) 3897123, ĐT: 0254.3897.123.",
		  "" },
		{ "Qua đường dây nóng 9, Zalo 1.032, Tổng đài 1022: 12, lớp chuyển đổi số 85.",
		  "9 | 1.032 {dots} | 12 | 85" },
		{ "Hệ thống ISO 9001:2015 và TCVN 9001:2008 tại 12 xã.", "12 \"xã\"" },
		{ "Biểu mẫu 5, Phụ lục 3, mẫu số 06, biểu số 02a/VPCP/KSTT, Bảng 4 kèm theo, "
		  "loại I, hạng II.",
		  "cite () 02a/VPCP/KSTT [02a VPCP/KSTT]" },
		{ "Thôn 3, tổ 5, khu phố 2, phường 7, quận 1, Chương trình 135, phòng 201, "
		  "tầng 2, quốc lộ 51.",
		  "" },
		{ "Công văn số 3, 4 về chế độ; Nghị quyết 19 của Trung ương; theo Chỉ thị 05 "
		  "đạt 95%.",
		  "95%" },
		{ "Phát biểu 5 ý kiến, phân loại 12 hồ sơ, thông báo 03 kết quả, tổng số 132 "
		  "TTHC, trong số 45 hồ sơ.",
		  "5 \"ý kiến\" | 12 \"hồ sơ\" | 3 {padded} \"kết quả\" | 132 \"TTHC\" | 45 "
		  "\"hồ sơ\"" },
		{ "Trực 24/7, 24/24 giờ, từ 7h30 đến 11 giờ 30 phút, 08:00 - 17:00, lúc 8 giờ, "
		  "trong 48 giờ.",
		  "48 \"giờ\"" },
		{ "Công nghệ 4.0, mạng 5G, Covid-19, mã TT01, H40, Windows 10, phiên bản 2.0, "
		  "cấp độ 3.",
		  "" },
		{ "Xem https://dichvucong.abc.gov.vn/p/dvc-2024.html hoặc motcua12@abc.gov.vn, "
		  "05 tin.",
		  "5 {padded} \"tin\"" },
		{ "D:2025/KeHoachNoiVu/Mau12.", "" },
		{ "\\\\maychu\\baocao\\2024 và 3 tệp", "3 \"tệp\"" },
	};

	(void)state;
	check_readings(cases, ARRAY_LEN(cases));
}

static void reads_numbers_of_headings_and_items(void **state)
{
	static const struct reading_case cases[] = {
		{ "1. Kết quả đạt 12 hồ sơ", "12 \"hồ sơ\"" },
		{ "2.1. Công tác 5 văn bản", "5 \"văn bản\"" },
		{ "2.1 Kết quả 5 văn bản", "5 \"văn bản\"" },
		{ "1 Kiểm soát TTHC", "" },
		{ "3) Công khai 4 TTHC", "4 \"TTHC\"" },
		{ "06 Nghị quyết được ban hành", "6 {padded} \"Nghị quyết\"" },
		{ "12 Nghị quyết được ban hành", "12 \"Nghị quyết\"" },
		{ "(1) Rà soát; (2) Công khai 15 TTHC", "15 \"TTHC\"" },
		{ "Không = 0 Có = 1; tổng = 142 hồ sơ", "142 \"hồ sơ\"" },
		{ "Giai đoạn 1 thực hiện 5 xã, đợt 2: 12 hồ sơ; lần 3 có 4 người; 3.3.1 là "
		  "mục.",
		  "5 \"xã\" | 12 \"hồ sơ\" | 4 \"người\"" },
		{ "Mô hình “3 không”, 5S tại nhà 12A, ISO/IEC 27001, khối 2, cụm 3; tiêu chí "
		  "19.2, mục 2.3.",
		  "" },
		{ "Fax: (84) 274 3822 825, đường dây nóng 1800.1096; trong 2 năm 2022-2023.",
		  "years 2022-2023" },
	};

	(void)state;
	check_readings(cases, ARRAY_LEN(cases));
}

static void reads_days(void **state)
{
	static const struct reading_case cases[] = {
		{ "Phú An, ngày 09 tháng 4 năm 2024", "day 9/4/2024" },
		{ "Hội nghị ngày 05 tháng 06 năm 2022, ngày 28/4/2021, 09/3/2024, 15/05/2016, "
		  "4/4/2014.",
		  "day 5/6/2022 | day 28/4/2021 | day 9/3/2024 | day 15/5/2016 | day "
		  "4/4/2014" },
		{ "Ban hành 24 tháng 5 năm 2018, 28-4-2021, 28.4.2021.",
		  "day 24/5/2018 | day 28/4/2021 | day 28/4/2021" },
		{ "Họp ngày ngày 19 tháng 01 năm 2021.", "day 19/1/2021" },
		{ "Tổ chức ngày 08, 09 tháng 02 năm 2022; ngày 17, 18/8/2022; ngày 14 và "
		  "15/6/2024; ngày 20-22/6/2024.",
		  "day 8/2/2022 | day 9/2/2022 | day 17/8/2022 | day 18/8/2022 | day 14/6/2024 "
		  "| day 15/6/2024 | window 20/06/2024..22/06/2024 | day 20/6/2024 | day "
		  "22/6/2024" },
		{ "Phú An, ngày tháng năm 2025", "day ?/?/2025 blank" },
		{ "Phú An, ngày    tháng 11 năm 2021", "day ?/11/2021 blank" },
		{ "(Kèm theo Báo cáo ngày /4/2024)", "day ?/4/2024 blank" },
		{ "Phú An, ngày .... tháng .... năm 2024", "day ?/?/2024 blank" },
		{ "Phú An, ngày … tháng 5 năm 202…", "day ?/5/? blank" },
		{ "Ngày, tháng, năm sinh; hàng ngày tháng 5; ngày tháng năm sinh",
		  "month 5/?" },
		{ "Trước 15/03/2024, trước ngày 01/11/2024, trước ngày 25/11, ngày 15 hàng "
		  "tháng, ngày 30/6.",
		  "day 15/3/2024 | day 1/11/2024 | day 25/11/? | day 30/6/?" },
		{ "Ngày 31/02/2024, 30/02/2023, ngày 32/13/2024, 29/02/2024, ngày 31/4.",
		  "day 31/2/2024 impossible | day 30/2/2023 impossible | day 32/13/2024 "
		  "impossible | day 29/2/2024 | day 31/4/? impossible" },
		{ "Ngày 08/ 3/2024 và 08 / 3 / 2024, ngày 5/1/24.",
		  "day 8/3/2024 | day 8/3/2024 | day 5/1/2024" },
	};

	(void)state;
	check_readings(cases, ARRAY_LEN(cases));
}

static void reads_periods(void **state)
{
	static const struct reading_case cases[] = {
		{ "Trong tháng 11 năm 2021, Tháng 2/2024, tháng 9, 10/2024 và tháng 7.",
		  "month 11/2021 | month 2/2024 | month 9/2024 | month 10/2024 | month 7/?" },
		{ "Quý II/2024, Quý I năm 2024, quý III-2022, quý 4/2023, quý I; quý IV, năm "
		  "2023.",
		  "quarter 2/2024 | quarter 1/2024 | quarter 3/2022 | quarter 4/2023 | quarter "
		  "1/? | quarter 4/2023" },
		{ "Quý I và quý II năm 2024, quý I, II/2024; quý III, quý IV/2023.",
		  "quarter 1/2024 | quarter 2/2024 | quarter 1/2024 | quarter 2/2024 | quarter "
		  "3/2023 | quarter 4/2023" },
		{ "6 tháng đầu năm 2024, 06 tháng cuối năm 2023, 9 tháng đầu năm 2024, 9 tháng "
		  "năm 2022, sáu tháng đầu năm, 3 tháng đầu năm 2024, 11 tháng đầu năm 2023, 6 "
		  "tháng/2024.",
		  "half 1/2024 | half 2/2023 | nine 2024 | nine 2022 | half 1/? | quarter "
		  "1/2024 | window 01/01/2023..30/11/2023 | half 1/2024" },
		{ "Báo cáo quý I, 6 tháng, quý III, hàng năm.", "quarter 1/? | quarter 3/?" },
		{ "Thời hạn 6 tháng, sau 03 tháng.", "6 \"tháng\" | 3 {padded} \"tháng\"" },
		{ "Năm 2024, trong năm 2023, năm 2020, 2021 và 2022.",
		  "year 2024 | year 2023 | year 2020 | year 2021 | year 2022" },
	};

	(void)state;
	check_readings(cases, ARRAY_LEN(cases));
}

static void reads_windows_and_spans_of_years(void **state)
{
	static const struct reading_case cases[] = {
		{ "Từ 15/11/2023 đến 14/02/2024; từ ngày 05/11/2022 đến hết ngày 04/11/2023; "
		  "từ 01/02/2022 đến ngày 25/8/2022; 15/12/2022 – 14/3/2023.",
		  "window 15/11/2023..14/02/2024 | day 15/11/2023 | day 14/2/2024 | window "
		  "05/11/2022..04/11/2023 | day 5/11/2022 | day 4/11/2023 | window "
		  "01/02/2022..25/08/2022 | day 1/2/2022 | day 25/8/2022 | window "
		  "15/12/2022..14/03/2023 | day 15/12/2022 | day 14/3/2023" },
		{ "Từ ngày 15/12 đến ngày 14/3/2024; từ 01/01 đến 15/3/2024; từ 15/12/2023 đến "
		  "nay.",
		  "window 15/12/2023..14/03/2024 | day 15/12/2023 | day 14/3/2024 | window "
		  "01/01/2024..15/03/2024 | day 1/1/2024 | day 15/3/2024 | window 15/12/2023.. "
		  "| day 15/12/2023" },
		{ "Tính đến ngày 15/9/2022, tính đến 30/6/2024, đến hết ngày 31/12/2023, đến "
		  "ngày 30/11/2023, đến hết quý II/2024, tính đến tháng 6/2024, đến hết năm "
		  "2023.",
		  "as-of ..15/09/2022 | day 15/9/2022 | as-of ..30/06/2024 | day 30/6/2024 | "
		  "as-of ..31/12/2023 | day 31/12/2023 | as-of ..30/11/2023 | day 30/11/2023 | "
		  "as-of ..30/06/2024 | as-of ..30/06/2024 | as-of ..31/12/2023" },
		{ "Từ tháng 01 đến tháng 6 năm 2024; từ quý I đến quý III/2023; từ năm 2021 "
		  "đến năm 2024.",
		  "window 01/01/2024..30/06/2024 | window 01/01/2023..30/09/2023 | years "
		  "2021-2024" },
		{ "Giai đoạn 2021-2030, 2021 - 2030, 2022 – 2030, 2020 -2025, nhiệm kỳ "
		  "2020-2025, tầm nhìn đến năm 2030, năm 2021-2025.",
		  "years 2021-2030 | years 2021-2030 | years 2022-2030 | years 2020-2025 | "
		  "years 2020-2025 | year 2030 | years 2021-2025" },
		{ "So với cùng kỳ năm 2022, so với năm 2021, cùng kỳ năm trước, so với cùng "
		  "kỳ, so với 6 tháng đầu năm 2023, quý trước.",
		  "year 2022 before | year 2021 before | year ? before | year ? before | half "
		  "1/2023 before | year ? before" },
		{ "Ngân sách 2022; Kế hoạch CCHC 2024; tiếp nhận 2015 hồ sơ, đạt 2024 lượt, "
		  "12/2021, (11/2023).",
		  "year 2022 | year 2024 | 2.015 \"hồ sơ\" | 2.024 \"lượt\" | month 12/2021 | "
		  "month 11/2023" },
		{ "Quý 1, 2, 3 năm 2024; quý 2, 05 hồ sơ.",
		  "quarter 1/2024 | quarter 2/2024 | quarter 3/2024 | quarter 2/? | 5 {padded} "
		  "\"hồ sơ\"" },
	};

	(void)state;
	check_readings(cases, ARRAY_LEN(cases));
}

static void reads_citations(void **state)
{
	static const struct reading_case cases[] = {
		{ "Căn cứ Quyết định số 07/QĐ-UBND ngày 04 tháng 01 năm 2024 của UBND huyện "
		  "Tân Phú về việc ban hành Kế hoạch.",
		  "cite Quyết định(QĐ) 07/QĐ-UBND [07 QĐ-UBND] of UBND huyện Tân Phú on day "
		  "4/1/2024 | day 4/1/2024" },
		{ "Nghị quyết số 75/NQ-CP ngày 15/8/2021 của Chính phủ ban hành chương trình; "
		  "Quyết định số 469/QĐ-TTg; Chỉ thị số 27/CT-TTg; Quyết định số 906/QĐ-BNV.",
		  "cite Nghị quyết(NQ) 75/NQ-CP [75 NQ-CP] of Chính phủ on day 15/8/2021 | day "
		  "15/8/2021 | cite Quyết định(QĐ) 469/QĐ-TTg [469 QĐ-TTg] | cite Chỉ thị(CT) "
		  "27/CT-TTg [27 CT-TTg] | cite Quyết định(QĐ) 906/QĐ-BNV [906 QĐ-BNV]" },
		{ "Nghị định số 62/2018/NĐ-CP, Quyết định số 25/2017/QĐ-UBND, Quyết định số "
		  "46/2016/QĐ-TTg, Thông tư số 02/2018/TT-VPCP, Thông tư liên tịch số "
		  "72/2014/TTLT-BTC-BNV, Luật số 81/2015/QH13.",
		  "cite Nghị định(NĐ) 62/2018/NĐ-CP [62 2018 NĐ-CP] | cite Quyết định(QĐ) "
		  "25/2017/QĐ-UBND [25 2017 QĐ-UBND] | cite Quyết định(QĐ) 46/2016/QĐ-TTg [46 "
		  "2016 QĐ-TTg] | cite Thông tư(TT) 02/2018/TT-VPCP [02 2018 TT-VPCP] | cite "
		  "Thông tư liên tịch(TTLT) 72/2014/TTLT-BTC-BNV [72 2014 TTLT-BTC-BNV] | cite "
		  "Luật() 81/2015/QH13 [81 2015 QH13]" },
		{ "Nghị quyết số 20-NQ/TW, Chỉ thị số 08-CT/TU, Quy định số 05-QĐ/HU, Kết luận "
		  "số 49-KL/TW, Đề án số 03-ĐA/TU, Kế hoạch số 03-KH/BCĐ.",
		  "cite Nghị quyết(NQ) 20-NQ/TW [20 NQ/TW] | cite Chỉ thị(CT) 08-CT/TU [08 "
		  "CT/TU] | cite Quy định(QyĐ) 05-QĐ/HU [05 QĐ/HU] | cite Kết luận(KL) "
		  "49-KL/TW [49 KL/TW] | cite Đề án(ĐA) 03-ĐA/TU [03 ĐA/TU] | cite Kế "
		  "hoạch(KH) 03-KH/BCĐ [03 KH/BCĐ]" },
		{ "Công văn số 582/BNV-CCHC, số 9319/VPCP-KSTT, Công văn 136/UBND-NC, "
		  "989/STP-HCTP, 1294/VP-HCTC, số 28/QĐ-UBQGCĐS¹.",
		  "cite Công văn() 582/BNV-CCHC [582 BNV-CCHC] | cite () 9319/VPCP-KSTT [9319 "
		  "VPCP-KSTT] | cite Công văn() 136/UBND-NC [136 UBND-NC] | cite () "
		  "989/STP-HCTP [989 STP-HCTP] | cite () 1294/VP-HCTC [1294 VP-HCTC] | cite () "
		  "28/QĐ-UBQGCĐS [28 QĐ-UBQGCĐS]" },
		{ "Báo cáo số 482 /BC-UBND và Công văn số 709 /UBND-CCHC ngày 02/3/2022 của "
		  "UBND huyện V/v hướng dẫn.",
		  "cite Báo cáo(BC) 482 /BC-UBND [482 BC-UBND] | cite Công văn() 709 "
		  "/UBND-CCHC [709 UBND-CCHC] of UBND huyện on day 2/3/2022 | day 2/3/2022" },
	};

	(void)state;
	check_readings(cases, ARRAY_LEN(cases));
}

static void reads_citations_in_heads_and_lists(void **state)
{
	static const struct reading_case cases[] = {
		{ "Số: 150/BC-UBND", "cite () 150/BC-UBND [150 BC-UBND]" },
		{ "Số:     /KH-UBND", "cite () /KH-UBND [ KH-UBND]" },
		{ "Số: ....../BC-VP", "cite () /BC-VP [ BC-VP]" },
		{ "Số:      -KH/ĐU", "cite () -KH/ĐU [ KH/ĐU]" },
		{ "(Kèm theo Báo cáo số: /BC-UBND ngày /4/2024 của UBND xã)",
		  "cite Báo cáo(BC) /BC-UBND [ BC-UBND] of UBND xã on day ?/4/2024 blank | day "
		  "?/4/2024 blank" },
		{ "Nghị định 131/2005/NĐ-CP, Kết luận 49-KL/TW, Công văn 4066/UBND-KSTTHC, Kế "
		  "hoạch 155/KH-UBND, QĐ 469/QĐ-TTg.",
		  "cite Nghị định(NĐ) 131/2005/NĐ-CP [131 2005 NĐ-CP] | cite Kết luận(KL) "
		  "49-KL/TW [49 KL/TW] | cite Công văn() 4066/UBND-KSTTHC [4066 UBND-KSTTHC] | "
		  "cite Kế hoạch(KH) 155/KH-UBND [155 KH-UBND] | cite QĐ(QĐ) 469/QĐ-TTg [469 "
		  "QĐ-TTg]" },
		{ "Các Báo cáo: số 284/BC-VP ngày 05/4/2024, số 705/BC-VP ngày 06/7/2024 của "
		  "Văn phòng Sở.",
		  "cite () 284/BC-VP [284 BC-VP] on day 5/4/2024 | day 5/4/2024 | cite () "
		  "705/BC-VP [705 BC-VP] of Văn phòng Sở on day 6/7/2024 | day 6/7/2024" },
		{ "Nghị quyết số 19, 20-NQ/TW; Quyết định số 12, 13 và 14/QĐ-UBND ngày "
		  "05/01/2024.",
		  "cite Nghị quyết(NQ) 19 [19 NQ/TW] | cite Nghị quyết(NQ) 20-NQ/TW [20 NQ/TW] "
		  "| cite Quyết định(QĐ) 12 [12 QĐ-UBND] | cite Quyết định(QĐ) 13 [13 QĐ-UBND] "
		  "| cite Quyết định(QĐ) 14/QĐ-UBND [14 QĐ-UBND] on day 5/1/2024 | day "
		  "5/1/2024" },
		{ "Theo kế hoạch số 5756/KH-UBND của Chủ tịch UBND tỉnh.",
		  "cite kế hoạch(KH) 5756/KH-UBND [5756 KH-UBND] of Chủ tịch UBND tỉnh" },
		{ "Nghị định số 34/NĐ-CP, Kế hoạch số 06-NQ-TU, Quyết định số 2023/QĐ-UBND, "
		  "Quyết định số 470 ngày 28/3/2021 của Thủ tướng Chính phủ.",
		  "cite Nghị định(NĐ) 34/NĐ-CP [34 NĐ-CP] malformed | cite Kế hoạch(KH) "
		  "06-NQ-TU [06 NQ-TU] malformed | cite Quyết định(QĐ) 2023/QĐ-UBND [2023 "
		  "QĐ-UBND] | cite Quyết định(QĐ) 470 [470 ] of Thủ tướng Chính phủ on day "
		  "28/3/2021 malformed | day 28/3/2021" },
		{ "Công văn số 124/SNV-CCHC của Sở Nội vụ ngày 12 tháng 3 năm 2024; Thông tư "
		  "số 02/2018/TT-VPCP ngày 24/11/2018 của Bộ trưởng, Chủ nhiệm Văn phòng Chính "
		  "phủ hướng dẫn.",
		  "cite Công văn() 124/SNV-CCHC [124 SNV-CCHC] of Sở Nội vụ on day 12/3/2024 | "
		  "day 12/3/2024 | cite Thông tư(TT) 02/2018/TT-VPCP [02 2018 TT-VPCP] of Bộ "
		  "trưởng, Chủ nhiệm Văn phòng Chính phủ on day 24/11/2018 | day 24/11/2018" },
		{ "Quyết định số 56/QĐ-UBND, ngày 06/02/2024 của Chủ tịch UBND thị xã và Kế "
		  "hoạch số 8/KH-UBND của Bộ Tài chính và Bộ Nội vụ phê duyệt.",
		  "cite Quyết định(QĐ) 56/QĐ-UBND [56 QĐ-UBND] of Chủ tịch UBND thị xã on day "
		  "6/2/2024 | day 6/2/2024 | cite Kế hoạch(KH) 8/KH-UBND [8 KH-UBND] of Bộ Tài "
		  "chính và Bộ Nội vụ" },
		{ "Nơi nhận: VT, HCQT(hnb); D:2025/KeHoachCCHC/Truc.; 06/11 ĐVHC; 3 hồ "
		  "sơ/TTHC.",
		  "6/11 {padded} \"ĐVHC\" | 3 \"hồ sơ/TTHC\"" },
		{ "Nghị quyết số 31c/NQ-CP ngày 08/11/2011 của Chính phủ; thông báo kết luận "
		  "số 57/TB-VP; Giấy mời số 79/GM-UBND.",
		  "cite Nghị quyết(NQ) 31c/NQ-CP [31c NQ-CP] of Chính phủ on day 8/11/2011 | "
		  "day 8/11/2011 | cite thông báo kết luận(TB) 57/TB-VP [57 TB-VP] | cite Giấy "
		  "mời(GM) 79/GM-UBND [79 GM-UBND]" },
	};

	(void)state;
	check_readings(cases, ARRAY_LEN(cases));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_names_are_no_amounts),
		cmocka_unit_test(reads_numbers_of_headings_and_items),
		cmocka_unit_test(reads_days),
		cmocka_unit_test(reads_periods),
		cmocka_unit_test(reads_windows_and_spans_of_years),
		cmocka_unit_test(reads_citations),
		cmocka_unit_test(reads_citations_in_heads_and_lists),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
