-- The note of a correction held the corrected name, address and e-mail in clear, which erasing in
-- the journal does not reach.  From now on it names the fields; their values stand in the
-- journal.  A value that itself looks like such a note adds at most the name of a field.
update dossier_event set note = substr(
	case when '; ' || note like '%; Họ tên: % → %' then '; Họ tên' else '' end ||
	case when '; ' || note like '%; Đối tượng: % → %' then '; Đối tượng' else '' end ||
	case when '; ' || note like '%; Số giấy tờ: % → %' then '; Số giấy tờ' else '' end ||
	case when '; ' || note like '%; Điện thoại: % → %' then '; Điện thoại' else '' end ||
	case when '; ' || note like '%; Thư điện tử: % → %' then '; Thư điện tử' else '' end ||
	case when '; ' || note like '%; Địa chỉ: % → %' then '; Địa chỉ' else '' end ||
	case when '; ' || note like '%; Kênh: % → %' then '; Kênh' else '' end ||
	case when '; ' || note like '%; Nhận kết quả: % → %' then '; Nhận kết quả' else '' end ||
	case when '; ' || note like '%; Trích yếu: % → %' then '; Trích yếu' else '' end ||
	case when '; ' || note like '%; Sổ theo dõi: % → %' then '; Sổ theo dõi' else '' end ||
	case when '; ' || note like '%; Phí, lệ phí: % → %' then '; Phí, lệ phí' else '' end ||
	case when '; ' || note like '%; Số lượng: % → %' then '; Số lượng' else '' end, 3)
where kind = 'correct';
