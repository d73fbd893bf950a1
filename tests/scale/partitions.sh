#!/bin/bash
# partitions.sh [DOSSIERS] - four years of dossiers in one table, then split by year and province
# (deploy/postgres/partition.sql): the same questions timed, and a year detached.
cd "$(dirname "$0")/../.." || exit 2
set -e
dossiers=${1:-400000}
. tests/scale/lib.sh
start_server a
fill "$dossiers" 4
write_questions
echo "$dossiers dossiers in one table:"
before=$(sums)
ask
sql a -1 -f deploy/postgres/partition.sql
began=$(date +%s)
sql a -c "call cchc_layout.split(2022, 2027)" 2>/dev/null
echo "split in $(($(date +%s) - began)) s"
sql a -c analyze
[ "$before" = "$(sums)" ] || { echo "rows were lost: $before, now $(sums)"; exit 1; }
echo "in partitions:"
ask
began=$(date +%s%N)
sql a -c "call cchc_layout.detach_year(2023)"
echo "a year detached in $((($(date +%s%N) - began) / 1000000)) ms"
