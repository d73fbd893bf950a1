#include "lib/test_office.h"

static const char units[] =
        "insert into change_log (id, at, origin, action) values (1, 0, 'test', 'test');"
        "insert into unit (id, code, code_qcvn, name, level, letterhead, issues_codes,"
        " valid_from, from_change) values"
        " (1, 'H99', null, 'Tỉnh Demo', 'province', 'TỈNH DEMO', 0, 18000, 1),"
        " (2, 'H99.50.05', '000.05.50.H99', 'Xã A', 'commune', 'XÃ A', 1, 18000, 1),"
        " (3, 'H99.50.06', null, 'Xã B', 'commune', 'XÃ B', 1, 18000, 1),"
        " (4, 'H99.50.07', null, 'Xã C', 'commune', 'XÃ C', 0, 18000, 1),"
        " (5, 'H99.50.05.01', null, 'Trung tâm A', 'office', 'TRUNG TÂM A', 1, 18000, 1);"
        "insert into unit_parent (id, unit_id, parent_id, from_on, change_id) values"
        " (1, 2, 1, 18000, 1), (2, 3, 1, 18000, 1), (3, 4, 1, 18000, 1), (4, 5, 2, 18000, 1);"
        "insert into unit_closure (ancestor_id, unit_id, depth, from_on) values"
        " (1, 1, 0, 18000), (2, 2, 0, 18000), (3, 3, 0, 18000), (4, 4, 0, 18000),"
        " (5, 5, 0, 18000), (1, 2, 1, 18000), (1, 3, 1, 18000), (1, 4, 1, 18000),"
        " (1, 5, 2, 18000), (2, 5, 1, 18000);";

static const char people[] =
        "insert into account (id, login, name, title, unit_id, password_hash, from_change)"
        " values (11, 'intake-a', 'Lê Thị Nhận', 'Công chức', 2, '', 1),"
        " (12, 'specialist-a', 'Trần Văn Thụ', 'Chuyên viên', 2, '', 1),"
        " (13, 'leader-a', 'Phạm Thị Lãnh', 'Phó Chủ tịch', 2, '', 1),"
        " (14, 'intake-b', 'Ngô Văn Bình', 'Công chức', 3, '', 1),"
        " (15, 'compiler-a', 'Đỗ Thị Biểu', 'Công chức', 2, '', 1);"
        "insert into account_role (id, account_id, role, unit_id, from_on, change_id) values"
        " (1, 11, 'INTAKE', 2, 18000, 1), (2, 12, 'SPECIALIST', 2, 18000, 1),"
        " (3, 13, 'LEADER', 2, 18000, 1), (4, 14, 'INTAKE', 3, 18000, 1),"
        " (5, 15, 'COMPILER', 2, 18000, 1);";

static const char procedures[] =
        "insert into field (id, code, name, change_id) values"
        " (21, 'HT', 'Hộ tịch', 1), (22, 'CT', 'Chứng thực', 1);"
        "insert into procedure (id, code, change_id) values"
        " (31, '1.001193', 1), (32, '2.000815', 1), (33, '1.000001', 1);"
        "insert into procedure_version (id, procedure_id, version, name, field_id,"
        " service_level, online_offered, statutory_term, shortened_term, fee_dong,"
        " decision_kind, decision_on, valid_from, from_change) values"
        " (41, 31, 1, 'Thủ tục đăng ký thay đổi hộ tịch', 21, 'partial', 1,"
        "  '7 ngày làm việc', '5 ngày làm việc', 8000, 'announced', 18000, 18000, 1),"
        " (42, 32, 1, 'Thủ tục chứng thực bản sao từ bản chính', 22, 'direct', 0,"
        "  'Trong ngày', '', null, 'announced', 18000, 18000, 1),"
        " (43, 33, 1, 'Thủ tục cũ', 21, 'direct', 0, '3 ngày làm việc', '', null,"
        "  'repealed', 18000, 18000, 1);"
        "insert into procedure_level (id, version_id, level) values"
        " (1, 41, 'commune'), (2, 42, 'commune'), (3, 43, 'commune');"
        "insert into procedure_part (id, version_id, position, name, form, copies, required)"
        " values (51, 41, 1, 'Tờ khai theo mẫu', 'original', 1, 1),"
        " (52, 41, 2, 'Giấy khai sinh', 'copy', 2, 1),"
        " (53, 41, 3, 'Giấy tờ khác', 'any', 1, 0);"
        "insert into procedure_step (id, version_id, position, name, role, budget) values"
        " (61, 41, 1, 'Tiếp nhận', 'INTAKE', '4 giờ làm việc'),"
        " (62, 41, 2, 'Thụ lý', 'SPECIALIST', '3 ngày làm việc'),"
        " (63, 41, 3, 'Ký duyệt', 'LEADER', '1 ngày làm việc');";

void test_office(struct db *db)
{
	test_db_exec(db, units);
	test_db_exec(db, people);
	test_db_exec(db, procedures);
	test_db_exec(db, "insert into procedure_word (word, procedure_id) values"
	                 " ('chung', 32), ('thuc', 32), ('ban', 32), ('sao', 32), ('thu', 32),"
	                 " ('dang', 31), ('ky', 31), ('ho', 31), ('tich', 31), ('thu', 31);");
}
