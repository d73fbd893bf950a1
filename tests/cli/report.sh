#!/bin/bash
# report.sh - the report commands on a demo database: opening, the steps with their people, and
# that no command changes the figures of a report on its way.
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
act() { # expected code, action, account, options...
	local want=$1 action=$2 as=$3
	shift 3
	expect "$want" build/cchc report do --db "$db" --unit "$unit" --period 2025-Q1 --action "$action" --as "$as" "$@"
}
cells() { sql "$db" "select count(*) from form_cell where from_on = 20072 and to_on = 20161"; }
enter() { # expected code, figure
	printf 'code\tvalue\tnote\n1\t%s\t\n' "$2" >"$dir/figures.tsv"
	expect "$1" build/cchc form enter --db "$db" --unit "$unit" --period 2025-Q1 --form xa-2024/2 --from "$dir/figures.tsv"
}

# regimes, opening
expect 0 build/cchc report regimes --db "$db"
has "$dir/out" "bnv-581"
expect 2 build/cchc report open --db "$db" --period 2025-Q2
has "$dir/err" "không có kỳ 2025-Q2"
expect 2 build/cchc report open --db "$db" --on hôm-nay
expect 2 build/cchc report do --db "$db" --unit "$unit" --period 2025-Q1 --action ky --as lanhdao
has "$dir/err" "to-check"
act 1 to-check lapbieu
has "$dir/err" "Chưa có báo cáo"
expect 0 build/cchc report open --db "$db" --period 2025-Q1
owed=$(sql "$db" "select count(*) from report where period = '2025-Q1'")
[ "$owed" = "$(sql "$db" "select count(*) from unit where valid_from <= 20161 and (valid_to is null or valid_to >= 20161) and level in ('province', 'department', 'district', 'commune')")" ] || say "$owed reports were opened"
expect 0 build/cchc report open --db "$db" --period 2025-Q1
has "$dir/out" "Đã mở 0 báo cáo; có sẵn $owed"

# the steps: whose each is, and the lock
enter 0 5
act 1 submit lapbieu
act 1 to-check lanhdao
act 1 to-check nobody
has "$dir/err" "--as"
act 0 to-check lapbieu
act 0 submit lapbieu
before=$(cells)
enter 2 6
has "$dir/err" "đang trình ký"
act 1 sign lapbieu
act 0 sign lanhdao
enter 2 6
has "$dir/err" "chỉ người ký (Phạm Quang Hải Mẫu)"
act 1 number vanthu --number 0 --notation BC-UBND --dated 20/03/2025
act 0 number vanthu --number 15 --notation BC-UBND --dated "$(date +%Y-%m-%d)"
act 0 send vanthu
enter 2 6
has "$dir/err" "trả lại"
act 1 accept lanhdao
act 1 return sonoivu
has "$dir/err" "lý do"
[ "$(cells)" = "$before" ] || say "a command changed a locked sheet"

# back, and the document that replaces it
expect 0 build/cchc report list --db "$db" --unit "$unit" --period 2025-Q1 --json
has "$dir/out" '"state":"sent"'
receiver=$(sql "$db" "select u.level from report r join unit u on u.id = r.receiver_id join unit c on c.id = r.unit_id where c.code = '$unit'")
[ -n "$receiver" ] || say "the report has no receiver"
act 0 return sonoivu --reason "Biểu 2 chưa khớp"
enter 2 6
act 0 amend lapbieu
enter 0 6
expect 0 build/cchc report list --db "$db" --unit "$unit" --period 2025-Q1 --view unsent
has "$dir/out" "Đang lập"
expect 2 build/cchc report list --db "$db" --unit "$unit" --view nothing
expect 0 build/cchc verify --db "$db" --quick
exit $bad
