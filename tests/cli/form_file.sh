#!/bin/bash
# form_file.sh - cchc form read: the forms in files of other offices, on invented ones.
cd "$(dirname "$0")/../.." || exit 2
. tests/lib/db.sh
bad=0
say() { echo "$1"; [ -n "$2" ] && cat "$2"; bad=1; }
expect() { # code, command...
	local want=$1 got
	shift
	"$@" >"$dir/out" 2>"$dir/err"
	got=$?
	[ $got = "$want" ] || { say "exit $got instead of $want: $*"; cat "$dir/out" "$dir/err"; }
}
has() { grep -qF -- "$2" "$1" || say "missing: $2" "$1"; }

new_db db
{
	printf 'UBND XÃ MINH HỌA\nBÁO CÁO\nCông tác cải cách hành chính quý I năm 2024\n\n'
	printf 'STT\tChỉ tiêu thống kê\tĐơn vị tính\tSố liệu\tGhi chú\n'
	printf '1.\tTỷ lệ thực hiện Kế hoạch giải ngân vốn đầu tư công\t%%\t75,4\t\n'
	printf '1.1.\tKế hoạch được giao\tTriệu đồng\t%s\t\n' "3,887"
	printf '1.2.\tĐã thực hiện\tTriệu đồng\t2.929\tđến ngày 08/3\n'
	printf '2.1.\tTổng số ĐVSN công lập tại địa phương\tĐơn vị\t\t\n'
	printf '2.9.\tSố ĐVSN có nhà công vụ\tĐơn vị\t4\t\n'
} >"$dir/bieu.txt"

# Reading alone needs no database: 1 says that something must be decided.
expect 1 build/cchc form read "$dir/bieu.txt" --set xa-2024 --period 2024-Q1
has "$dir/out" "# Chưa lấy, cần người lập quyết định"
has "$dir/out" '3.887 hay 3,8870'
has "$dir/out" "Số ĐVSN có nhà công vụ"
has "$dir/out" "2 số liệu đọc được chắc chắn, 0 được đoán, 1 chưa lấy"
expect 1 build/cchc form read "$dir/bieu.txt" --set xa-2024 --period 2024-Q1 --json
has "$dir/out" '"code":"1.2","id":'
has "$dir/out" '"loss":"unread-row"'

# What cannot be done.
expect 2 build/cchc form read
expect 2 build/cchc form read "$dir/nothing.xlsx"
printf 'Không có bảng.\n' >"$dir/text.txt"
expect 2 build/cchc form read "$dir/text.txt"
has "$dir/err" "Không nhận ra biểu mẫu nào"
expect 2 build/cchc form read "$dir/bieu.txt" --set khong-co
expect 2 build/cchc form read "$dir/bieu.txt" --store
has "$dir/err" "Chưa lưu gì"

# Storing takes what is sure; a second time changes nothing.
build/cchc demo --db "$db" --dossiers 50 --seed 5 >/dev/null || exit 1
unit=$(sql "$db" "select code from unit where level = 'commune' order by code limit 1")
expect 1 build/cchc form read "$dir/bieu.txt" --db "$db" --unit "$unit" --set xa-2024 --period 2024-Q1 --store
has "$dir/out" "Đã ghi 2 ô, 2 lần thay đổi."
has "$dir/out" "Đầu văn bản khác với kỳ hoặc đơn vị đã chọn"
[ "$(sql "$db" "select value / 1000000 from form_cell where indicator in (select indicator from form_cell where note = 'đến ngày 08/3') and to_change is null")" = 2929 ] || say "the figure with its note is not stored"
expect 1 build/cchc form read "$dir/bieu.txt" --db "$db" --unit "$unit" --set xa-2024 --period 2024-Q1 --store
has "$dir/out" "0 lần thay đổi."
[ "$(sql "$db" "select count(*) from form_file")" = 2 ] || say "the files are not noted"
[ $bad = 0 ] && echo "form_file: ok"
exit $bad
