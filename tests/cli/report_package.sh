#!/bin/bash
# report_package.sh - a signed report as a package: written, verified without a database, derived
# again after its frozen content was thrown away; what was altered, cut or edited is told.
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
build/cchc demo --db "$db" --dossiers 300 --seed 5 >/dev/null || exit 1
unit=$(sql "$db" "select u.code from account a join unit u on u.id = a.unit_id where a.login = 'lapbieu'")
of=(--db "$db" --unit "$unit" --period 2025-Q1)
act() { expect 0 build/cchc report do "${of[@]}" --action "$1" --as "$2" "${@:3}"; }

expect 0 build/cchc report open --db "$db" --period 2025-Q1
expect 1 build/cchc report export "${of[@]}" --to "$dir/early.goi"
has "$dir/err" "chưa được ký"
act to-check lapbieu
act submit lapbieu
act sign lanhdao
expect 0 build/cchc report export "${of[@]}" --to "$dir/one.goi"
expect 0 build/cchc report verify "$dir/one.goi"
has "$dir/out" "nội dung nguyên vẹn"
has "$dir/out" "không có chữ ký số"
expect 0 build/cchc report check "${of[@]}"
has "$dir/out" "đúng như đã ký"
has "$dir/out" "0 ô có số liệu hiện nay khác"

# cut in the middle, altered, no package
head -c 5000 "$dir/one.goi" >"$dir/cut.goi"
expect 1 build/cchc report verify "$dir/cut.goi"
echo text >"$dir/none.goi"
expect 1 build/cchc report verify "$dir/none.goi"
has "$dir/err" "không phải gói báo cáo"

# thrown away, the same bytes come again
sql "$db" "delete from package_cell"
sql "$db" "delete from package_bytes"
expect 0 build/cchc report check "${of[@]}"
has "$dir/out" "đúng như đã ký"
expect 0 build/cchc report export "${of[@]}" --to "$dir/two.goi"
expect 0 build/cchc report verify "$dir/two.goi"

# a row altered behind the program's back
sql "$db" "update dossier set finished_on = finished_on + 200, finished_at = finished_at + 17280000000000 where finished_on between 20072 and 20161"
expect 1 build/cchc report check "${of[@]}"
has "$dir/out" "KHÁC nội dung đã ký"
exit $bad
