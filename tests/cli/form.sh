#!/bin/bash
# form.sh - the form commands on a demo database: what they answer and how they end.
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
field() { sed 's/{"code"/\n{"code"/g' "$dir/out" | grep "^{\"code\":\"$1\"" | grep -o "\"$2\":[^,]*" | head -1; }

new_db db
build/cchc demo --db "$db" --dossiers 600 --seed 5 >/dev/null || exit 1
unit=$(sql "$db" "select u.code from dossier d join unit u on u.id = d.receiving_unit_id where u.level = 'commune' group by 1 order by count(*) desc, 1 limit 1")
at() { echo --db "$db" --unit "$unit" --period "$1" --form "$2"; }

# list, check
expect 0 build/cchc form list
has "$dir/out" "bnv-2022/3"
expect 0 build/cchc form list --db "$db"
has "$dir/out" "xa-2024/8"
for set in bnv-2022 xa-2024; do
	expect 0 build/cchc form check "forms/$set/set.form"
	has "$dir/out" "27 ví dụ"
	grep -q 'tính từ hồ sơ (' "$dir/out" && say "a row of $set is counted record by record"
done
expect 0 build/cchc form check forms/bnv-2022/7.form
has "$dir/out" "7/6.4.1: tính từ sổ đếm"
has "$dir/out" "7/6.4: tính từ sổ đếm; kỳ không bắt đầu hoặc kết thúc tròn nửa tháng: tính từ hồ sơ"
grep -q ' 3/' "$dir/out" && say "form check names rows of another form"
sed 's/entered(\[6\.4\.2\])/entered([6.4.9])/' forms/bnv-2022/7.form >"$dir/mine.form"
expect 1 build/cchc form check "$dir/mine.form"
has "$dir/err" "mine.form:"
has "$dir/err" "cột 26: Không có chỉ tiêu 6.4.9"
expect 2 build/cchc form check "$dir/nothing.form"
printf 'set x\0' >"$dir/nul.form"
expect 2 build/cchc form check "$dir/nul.form"

# enter: what it refuses it says by line, the rest is stored
printf 'code\tvalue\tnote\n1\t75,4\t\n1.1\t3,887\t\n1.2.\t2,929\t\n2.6\t2\tđã chuyển\n9\t1\t\n' >"$dir/7.tsv"
expect 1 build/cchc form enter $(at 2023-12-15..2024-03-08 xa-2024/7) --from "$dir/7.tsv"
has "$dir/err" "dòng 3, chỉ tiêu 1.1: \"3,887\" là 3.887 hay 3,8870?"
has "$dir/err" "dòng 4, chỉ tiêu 1.2"
has "$dir/err" "dòng 6, chỉ tiêu 9"
has "$dir/out" "Đã nhận 2 dòng"
expect 0 build/cchc form show $(at 2023-12-15..2024-03-08 xa-2024/7) --json
[ "$(field 1 value)" = '"value":"75.4"' ] || say "7/1 is $(field 1 value)" "$dir/out"
[ "$(field 1.1 value)" = '"value":null' ] || say "7/1.1 is $(field 1.1 value)"
[ "$(field 2.6 note)" = '"note":"đã chuyển"' ] || say "7/2.6 has $(field 2.6 note)"
expect 0 build/cchc form enter $(at 2024-Q1 xa-2024/2) --from <(printf '2.1\t19\t\n2.2\t7\t\n')
expect 0 build/cchc form show $(at 2024-Q1 xa-2024/2) --json
[ "$(field 2 value)" = '"value":"36.84"' ] || say "2/2 is $(field 2 value)"
[ "$(field 2 source)" = '"source":"computed"' ] || say "2/2 is $(field 2 source)"
[ "$(field 2 denominator)" = '"denominator":"19"' ] || say "2/2 has $(field 2 denominator)"

# show, records: the list is as long as the figure
expect 0 build/cchc form show $(at 2025-Y bnv-2022/3)
has "$dir/out" "Quy ước tính:"
expect 0 build/cchc form show $(at 2025-Y bnv-2022/3) --json
figure=$(field 3.3.1 value | tr -dc 0-9)
[ "${figure:-0}" -gt 0 ] || say "3.3.1 is $(field 3.3.1 value)" "$dir/out"
expect 0 build/cchc form records $(at 2025-Y bnv-2022/3) --code 3.3.1
[ "$(wc -l <"$dir/out")" = "$figure" ] || say "$(wc -l <"$dir/out") records behind $figure"
expect 0 build/cchc form records $(at 2025-Y bnv-2022/3) --code 3.3.1 --json
[ "$(grep -o '"kind":"dossier"' "$dir/out" | wc -l)" = "$figure" ] || say "JSON records behind $figure"
expect 1 build/cchc form records $(at 2025-Y bnv-2022/3) --code 3.4.1
expect 0 build/cchc form show $(at 2025-Y bnv-2022/3) --xlsx "$dir/3.xlsx"
unzip -p "$dir/3.xlsx" xl/worksheets/sheet1.xml >"$dir/sheet.xml" || bad=1
has "$dir/sheet.xml" "<f>ROUND((("

# what there is, when something unknown is named
expect 2 build/cchc form show --db "$db" --unit "H00.00" --form bnv-2022/3 --period 2024-Q1
has "$dir/err" "$unit"
expect 2 build/cchc form show --db "$db" --unit "$unit" --form bnv-2022/9 --period 2024-Q1
has "$dir/err" "bnv-2022/3"
expect 2 build/cchc form show --db "$db" --unit "$unit" --form tinh-2030/3 --period 2024-Q1
has "$dir/err" "xa-2024/8"
expect 2 build/cchc form show --db "$db" --unit "$unit" --form bnv-2022/3 --period 2024-Q2
has "$dir/err" "-H1"
expect 2 build/cchc form records $(at 2025-Y bnv-2022/3) --code 3.9
has "$dir/err" "3.3.1"
expect 2 build/cchc form enter $(at 2024-Q1 xa-2024/2) --from "$dir/nothing.tsv"

# add: a set of one's own; nothing of a faulty one
mkdir "$dir/tinh"
sed 's/^set bnv-2022/set tinh-2026/; s/^  forms .*/  forms 2/' forms/bnv-2022/set.form >"$dir/tinh/set.form"
cp forms/bnv-2022/2.form "$dir/tinh/"
expect 0 build/cchc form add --db "$db" "$dir/tinh"
expect 0 build/cchc form list --db "$db"
has "$dir/out" "tinh-2026/2"
expect 0 build/cchc form show $(at 2025-Y tinh-2026/2)
before=$(sql "$db" "select count(*) from form_definition")
sed -i 's/kind      ratio/kind      share/' "$dir/tinh/2.form"
expect 2 build/cchc form add --db "$db" "$dir/tinh"
has "$dir/err" "2.form:"
[ "$(sql "$db" "select count(*) from form_definition")" = "$before" ] || say "a faulty set was stored"
expect 2 build/cchc form add --db "$db" "$dir/nothing"
exit $bad
