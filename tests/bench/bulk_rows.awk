# bulk_rows.awk - a list of n invented dossiers as another system exports it:
#	awk -f bulk_rows.awk -v n=20000 -v unit=H99.01.01 procedures.txt
# procedures.txt: a code a line.  The same n gives the same rows.
function pick(list, m) { return list[int(rand() * m) + 1] }
function day(d) { return strftime("%d/%m/%Y", 1704067200 + d * 86400, 1) }
{ procedures[++n_procedures] = $1 }
END {
	srand(7);
	n_family = split("Nguyễn Trần Lê Phạm Hoàng Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý", family, " ");
	n_middle = split("Văn Thị Hữu Đức Minh Ngọc Quốc Thanh Kim Xuân", middle, " ");
	n_given = split("An Bình Cường Dung Đạt Giang Hà Hùng Khánh Lan Linh Mai Nam Nga Phúc Quân Sơn Tâm Thảo Tuấn Uyên Vinh Yến", given, " ");
	n_summary = split("Đăng ký khai sinh|Xác nhận tình trạng hôn nhân|Cấp bản sao trích lục|Chứng thực hợp đồng|Đăng ký biến động đất đai", summary, "|");
	print "Số hồ sơ,Mã TTHC,Chủ hồ sơ,Số CCCD,Số điện thoại,Địa chỉ,Trích yếu,Ngày tiếp nhận,Ngày hẹn trả,Ngày có kết quả,Ngày trả kết quả,Trạng thái,Hình thức nộp";
	per_day = int(n / 700) + 1;
	for (i = 0; i < n; i++) {
		d = int(i / per_day);
		done = rand() < 0.9;
		at = sprintf("%02d:%02d", 7 + int(rand() * 10), int(rand() * 60));
		printf "%s-%s-%06d,%s,%s %s %s,%012.0f,09%08.0f,\"Thôn %d, xã Bình An\",%s,%s %s,%s 17:00,%s,%s,%s,%s\n",
			unit, strftime("%y%m%d", 1704067200 + d * 86400, 1), i % per_day + 1,
			pick(procedures, n_procedures), pick(family, n_family), pick(middle, n_middle), pick(given, n_given),
			79000000000 + int(rand() * n * 0.7), rand() * 99999999, rand() * 12 + 1, pick(summary, n_summary),
			day(d), at, day(d + 5), done ? day(d + 3) " 16:00" : "", done ? day(d + 4) " 09:00" : "",
			done ? "Đã trả kết quả" : "Đang xử lý", rand() < 0.6 ? "Trực tuyến" : "Trực tiếp";
	}
}
