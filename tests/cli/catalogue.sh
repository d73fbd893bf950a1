#!/bin/bash
# catalogue.sh - cchc unit, account and procedure: a first unit and account, trees, search.
cd "$(dirname "$0")/../.." || exit 2
. tests/lib/db.sh
bad=0
check() { # text that must stand in the answer, exit code, command ...
	local wanted=$1 code=$2 answer got
	shift 2
	answer=$(build/cchc "$@" 2>&1 <<<"$password")
	got=$?
	if [ $got != "$code" ] || [[ $answer != *"$wanted"* ]]; then
		echo "$*: exit $got, wanted $code with: $wanted"
		echo "$answer" | head -5
		bad=1
	fi
}
password="một câu dễ nhớ"
new_db db
check 'H99 UBND tỉnh Mẫu' 0 unit add --db "$db" --code h99 --name "UBND tỉnh Mẫu" --level province --code-qcvn 000.00.00.H99 --from 01/01/2020
check 'H99.01' 0 unit add --db "$db" --code H99.01 --name "UBND xã Mẫu" --level commune --parent 000.00.00.H99 --code-qcvn 000.00.01.H99 --from 01/01/2020
check 'Không có đơn vị nào mang mã' 2 unit add --db "$db" --code H99.02 --name "UBND xã" --level commune --parent H98
check 'là mã kiểu cũ' 2 unit add --db "$db" --code 000.00.02.H99 --name "UBND xã" --level commune --parent H99
check 'Chưa có ngày' 2 unit add --db "$db" --code H99.02 --name "UBND xã" --level commune --parent H99 --from 31/02/2020
check 'thiếu --db' 2 unit list
check 'UBND tỉnh Mẫu (Tỉnh, thành phố)' 0 unit list --db "$db"
check '[]' 0 unit list --db "$db" --on 31/12/2019 --json
check 'Quản trị hệ thống' 0 account add --db "$db" --login quantri --name "Người Mẫu" --unit H99 --role ADMINISTRATOR
check 'đã có người dùng' 2 account add --db "$db" --login quantri --name "Người Mẫu" --unit H99 --role ADMINISTRATOR
check 'Chưa chọn vai trò' 2 account add --db "$db" --login khac --name "Người Mẫu" --unit H99 --role KING
check 'mang mã của --unit' 2 account add --db "$db" --login khac --name "Người Mẫu" --unit H98 --role INTAKE
password="ngắn" check 'ít nhất 10 ký tự' 2 account add --db "$db" --login khac --name "Người Mẫu" --unit H99 --role INTAKE
[ "$(sql "$db" 'select count(*) from account')" = 1 ] || { echo "a refused account was kept"; bad=1; }
new_db demo
build/cchc demo --db "$demo" --dossiers 50 --seed 3 >/dev/null || bad=1
check '1.001193' 0 procedure search "khai sinh" --db "$demo"
check '"code":"1.001193"' 0 procedure search 'KHAI SI' --db "$demo" --level commune --json
check '[]' 0 procedure search 'không có thủ tục này' --db "$demo" --json
check 'Chưa có từ cần tìm' 2 procedure search --db "$demo"
check '1.001193' 0 procedure list --db "$demo" --level commune
check 'Chưa có ngày' 2 procedure list --db "$demo" --on mai
exit $bad
