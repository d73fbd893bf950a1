#!/bin/bash
# backup.sh - cchc backup, backup-check, restore, copy, migrate and verify as an engineer calls
# them, from each engine to the other; a fixture of every release is upgraded on both.
cd "$(dirname "$0")/../.." || exit 2
. tests/lib/pg.sh
dir=$(mktemp -d)
trap 'pg_stop; rm -rf "$dir"' EXIT
pg_start || exit 1
bad=0
say() {
	echo "$*"
	bad=1
}
expect() { # exit code, text that must stand in the answer, command...
	local code=$1 wanted=$2 got
	shift 2
	"$@" >"$dir/out" 2>&1 </dev/null
	got=$?
	[ $got = "$code" ] && grep -qF -- "$wanted" "$dir/out" && return
	say "exit $got, wanted $code with '$wanted': $*"
	head -20 "$dir/out"
}
server() { # a new empty database called $1
	psql -qX "$pg_url" -c "create database $1" || exit 1
	echo "${pg_url/\/postgres?//$1?}"
}
cchc=build/cchc

# From SQLite and back, through PostgreSQL.
expect 0 "" $cchc demo --db "$dir/a.db" --dossiers 200 --seed 5
expect 0 "đạt mọi điều" $cchc verify --db "$dir/a.db"
expect 0 "Đã sao lưu" $cchc backup --db "$dir/a.db" --to "$dir/a.cchc"
[ "$(stat -c %a "$dir/a.cchc")" = 600 ] || say "others may read the backup"
expect 0 "nguyên vẹn" $cchc backup-check "$dir/a.cchc"
expect 0 "đối chiếu" $cchc restore --from "$dir/a.cchc" --to "$dir/b.db"
expect 0 "đạt mọi điều" $cchc verify --db "$dir/b.db"
one=$(server one)
expect 0 "đối chiếu" $cchc restore --from "$dir/a.cchc" --to "$one"
expect 0 "đạt mọi điều" $cchc verify --db "$one"
two=$(server two)
expect 0 "đối chiếu" $cchc copy --from "$dir/a.db" --to "$two"
expect 0 "đối chiếu" $cchc copy --from "$two" --to "$dir/c.db"
expect 0 "đạt mọi điều" $cchc verify --db "$dir/c.db"
expect 0 "Đã sao lưu" $cchc backup --db "$two" --to "$dir/two.cchc"
expect 0 "đối chiếu" $cchc restore --from "$dir/two.cchc" --to "$dir/d.db"
for table in dossier dossier_word unit_closure change_log; do
	for other in b c d; do
		[ "$(sqlite3 "$dir/a.db" "select * from $table" | sort | cksum)" = "$(sqlite3 "$dir/$other.db" "select * from $table" | sort | cksum)" ] ||
			say "$table of $other.db is not that of a.db"
	done
done

# Nothing is written over, and nothing is left behind by what was refused.
expect 2 "đã có" $cchc backup --db "$dir/a.db" --to "$dir/a.cchc"
expect 2 "đã có" $cchc restore --from "$dir/a.cchc" --to "$dir/b.db"
expect 2 "không trống" $cchc restore --from "$dir/a.cchc" --to "$two"
expect 2 "không trống" $cchc copy --from "$dir/a.db" --to "$two"
expect 2 "chưa có bảng" $cchc backup --db "$(server empty)" --to "$dir/e.cchc"
head -c 20000 "$dir/a.cchc" >"$dir/short.cchc"
expect 1 "bị hỏng" $cchc backup-check "$dir/short.cchc"
expect 1 "bị hỏng" $cchc backup-check README.md
expect 2 "bị hỏng" $cchc restore --from "$dir/short.cchc" --to "$dir/f.db"
three=$(server three)
expect 2 "bị hỏng" $cchc restore --from "$dir/short.cchc" --to "$three"
expect 0 "đối chiếu" $cchc restore --from "$dir/a.cchc" --to "$three"
expect 2 "không mở được" $cchc restore --from "$dir/nothing" --to "$dir/f.db"
expect 2 "thiếu --to" $cchc backup --db "$dir/a.db"
expect 2 "thiếu --from" $cchc restore --to "$dir/f.db"
[ -z "$(ls "$dir" | grep -E 'part|^[ef]\.')" ] || say "left behind: $(ls "$dir")"

# A broken database is named, and the exit code says so.
sqlite3 "$dir/b.db" "pragma foreign_keys = 0; delete from applicant where id = (select min(applicant_id) from dossier); delete from unit_closure where depth = 1;"
expect 1 "không đạt  references" $cchc verify --db "$dir/b.db"
grep -q "dossier.applicant_id" "$dir/out" || say "the reference is not named"
grep -q "không đạt  unit_tree" "$dir/out" || say "the tree is not named"

sqlite3 "$dir/c.db" "update schema_migration set checksum = 'x' where number = 3"
expect 1 "0003_procedure.sql was edited" $cchc verify --db "$dir/c.db"

# Every release is upgraded on both engines.
for fixture in tests/fixtures/release-*.cchc; do
	name=$(basename "$fixture" .cchc | tr -cd a-z0-9)
	old=$(server "$name")
	expect 0 "nguyên vẹn" $cchc backup-check "$fixture"
	expect 0 "đối chiếu" $cchc restore --from "$fixture" --to "$dir/$name.db" --as-it-was
	expect 0 "đối chiếu" $cchc restore --from "$fixture" --to "$old" --as-it-was
	expect 1 "hãy chạy cchc migrate" $cchc verify --db "$dir/$name.db"
	expect 2 "cchc migrate" $cchc unit list --db "$dir/$name.db"
	expect 0 "sẽ áp dụng" $cchc migrate --db "$dir/$name.db" --plan
	expect 2 "chưa được xác nhận" $cchc migrate --db "$dir/$name.db"
	sqlite3 "$dir/$name.db" "update dossier_event set kind = 'correct', note = 'Họ tên: Lê A → Lê B; Địa chỉ: (trống) → Thôn 1; xã A; Kênh: Trực tiếp → Trực tuyến' where id = (select min(id) from dossier_event)"
	expect 1 "hãy chạy cchc migrate" $cchc verify --db "$dir/$name.db"
	expect 0 "Đã sao lưu" $cchc migrate --db "$dir/$name.db" --yes
	expect 0 "nguyên vẹn" $cchc backup-check "$dir/$name.db"-*.cchc
	expect 0 "đạt mọi điều" $cchc verify --db "$dir/$name.db"
	[ "$(sqlite3 "$dir/$name.db" "select note from dossier_event where kind = 'correct'")" = "Họ tên; Địa chỉ; Kênh" ] || say "a correction still holds personal values"
	expect 0 "không có gì phải làm" $cchc migrate --db "$dir/$name.db" --yes
	expect 2 "--backup-to" $cchc migrate --db "$old" --yes
	mkdir -p "$dir/kept"
	expect 0 "Đã sao lưu" $cchc migrate --db "$old" --yes --backup-to "$dir/kept"
	expect 0 "nguyên vẹn" $cchc backup-check "$dir"/kept/cchc-*.cchc
	expect 0 "đạt mọi điều" $cchc verify --db "$old"
	rm -rf "$dir/kept"
	expect 0 "đối chiếu" $cchc restore --from "$fixture" --to "$dir/upgraded.db"
	expect 0 "đạt mọi điều" $cchc verify --db "$dir/upgraded.db"
	rm "$dir/upgraded.db"
done
exit $bad
