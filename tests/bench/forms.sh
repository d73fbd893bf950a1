#!/bin/bash
# forms.sh [N...] - the seven forms of a whole province and of its largest commune for a quarter,
# over N dossiers on both engines (default 500000 and 5000000), each beside one plain GROUP BY.
# Starts from the demo of run.sh (build/bench/demo-*.db, the smallest; a demo of 100,000 is made
# when there is none) and grows copies of it, which are kept for the next run.
cd "$(dirname "$0")/../.." || exit 2
work=build/bench
mkdir -p $work
make -j"$(nproc)" build/cchc benches >/dev/null || exit 1
bench=build/release/tests/bench/bench_forms
sizes=("$@")
[ $# -gt 0 ] || sizes=(500000 5000000)
source_db=$(ls -Sr $work/demo-*.db 2>/dev/null | head -n 1)
if [ -z "$source_db" ]; then
	source_db=$work/demo-100000.db
	build/cchc demo --db "$source_db" --dossiers 100000 >/dev/null || exit 1
fi
. tests/lib/pg.sh
trap 'pg_stop' EXIT
pg_start || exit 1
for n in "${sizes[@]}"; do
	grown=$work/forms-$n.db
	if [ ! -e "$grown" ]; then
		cp "$source_db" "$grown.new" && tests/bench/grow.sh "$grown.new" "$n" >/dev/null || exit 1
		mv "$grown.new" "$grown"
		rm -f "$grown.new"-*
	fi
	echo "## $n dossiers, SQLite"
	$bench "$grown" 2026-Q1 200 || exit 1
	url="postgresql:///forms_$n?host=$pg_dir&user=cchc"
	psql -X -q "$pg_url" -c "create database forms_$n" || exit 1
	build/cchc copy --from "$source_db" --to "$url" >/dev/null || exit 1
	tests/bench/grow.sh "$url" "$n" >/dev/null || exit 1
	echo "## $n dossiers, PostgreSQL"
	$bench "$url" 2026-Q1 200 || exit 1
	psql -X -q "$pg_url" -c "drop database forms_$n"
done
