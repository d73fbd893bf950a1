#!/bin/bash
# deadline.sh - the answers of `cchc deadline`, as text and as JSON, and what it refuses.
cd "$(dirname "$0")/../.." || exit 2
. tests/lib/db.sh
bad=0
check() { # text that must stand in the answer, exit code, options...
	local wanted=$1 code=$2 answer got
	shift 2
	answer=$(build/cchc deadline "$@" 2>&1)
	got=$?
	if [ $got != "$code" ] || [[ $answer != *"$wanted"* ]]; then
		echo "deadline $*: exit $got, wanted $code with: $wanted"
		echo "$answer" | head -5
		bad=1
	fi
}
at="2024-02-07 15:20"
check 'Hạn trả kết quả: 15:20 21/02/2024' 0 --received "$at" --term "5 ngày làm việc"
check '"due":"2024-02-21 15:20","original_due":"2024-02-21 15:20","rule":"nd61"' 0 --received "$at" --term "5 ngày làm việc" --json
check '{"date":"2024-02-08","counted":false' 0 --received "$at" --term "5 ngày làm việc" --json
check '"reason":"Tết Âm lịch"' 0 --received "$at" --term "5 ngày làm việc" --json
check '"basis":"Nghị định số 118/2025/NĐ-CP ngày 09/6/2025"' 0 --received "01/07/2025 08:00" --term "trong ngày" --json
check '"provisional":true' 0 --received "2031-01-20 08:00" --term "10 ngày" --json
check 'TẠM TÍNH' 0 --received "2031-01-20 08:00" --term "10 ngày"
check 'không phải thời điểm' 2 --received "mai" --term "10 ngày"
check 'không phải thời điểm' 2 --term "10 ngày"
check 'Chưa có thời hạn' 2 --received "$at"
check 'Không rõ đơn vị' 2 --received "$at" --term "2 tuần"
check 'nêu nhiều trường hợp' 2 --received "$at" --term "5 ngày hoặc 10 ngày"
check '--unit cần --db' 2 --received "$at" --term "5 ngày" --unit H15
check 'nằm ngoài lịch' 2 --received "2150-12-20 08:00" --term "20 ngày"
new_db demo
build/cchc demo --db "$demo" --dossiers 50 --seed 3 >/dev/null || bad=1
unit=$(sql "$demo" "select code from unit where level = 'province' limit 1")
check 'Hạn trả kết quả: 15:20 21/02/2024' 0 --received "$at" --term "5 ngày làm việc" --db "$demo" --unit "$unit"
check "$unit" 2 --received "$at" --term "5 ngày làm việc" --db "$demo" --unit KHONG.CO
exit $bad
