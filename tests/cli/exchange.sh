#!/bin/bash
# exchange.sh - two installations on this machine, a commune's and its province's, with a server
# each: a report goes up over HTTP, is killed on its way, is returned and answered; the same by
# file; signed with a key; what is altered or cut is refused.
cd "$(dirname "$0")/../.." || exit 2
. tests/lib/db.sh
bad=0
below_server=
above_server=
stop() { for pid in $below_server $above_server; do kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; done; }
trap 'stop; db_end' EXIT
say() { echo "$1"; [ -n "$2" ] && cat "$2"; bad=1; }
expect() { # code, command...
	local want=$1 got
	shift
	"$@" >"$dir/out" 2>"$dir/err"
	got=$?
	[ $got = "$want" ] || { say "exit $got instead of $want: $*"; cat "$dir/out" "$dir/err"; }
}
has() { grep -qF -- "$2" "$1" || say "missing: $2" "$1"; }
until_is() { # what, wanted, command: within 60 seconds
	local i=0
	while [ "$("${@:3}" 2>/dev/null)" != "$2" ]; do
		i=$((i + 1))
		[ $i -le 300 ] || { say "$1: not $2 but $("${@:3}")"; return; }
		read -r -t 0.2 <> <(:) || true
	done
}
serve() { # database, log; sets pid, port
	CCHC_EXCHANGE_SECONDS=1 build/cchc serve --db "$1" --listen 127.0.0.1:${3:-0} >"$2" 2>&1 &
	pid=$!
	port=
	local i=0
	while [ -z "$port" ]; do
		i=$((i + 1))
		[ $i -le 300 ] && kill -0 $pid 2>/dev/null || { say "the server does not start" "$2"; exit 1; }
		read -r -t 0.2 <> <(:) || true
		port=$(grep -oE '127\.0\.0\.1:[0-9]+' "$2" | head -1 | sed 's/.*://')
	done
}

# The same province in two databases: every office keeps its own part.
new_db below
new_db above
for db in "$below" "$above"; do
	build/cchc demo --db "$db" --dossiers 60 --seed 5 >/dev/null || exit 1
	build/cchc report open --db "$db" --period 2025-Q1 >/dev/null || exit 1
done
unit=$(sql "$below" "select u.code from account a join unit u on u.id = a.unit_id where a.login = 'lapbieu'")
province=$(sql "$below" "select code from unit where level = 'province'")
act() { # database, expected code, action, account, options...
	local db=$1 want=$2 action=$3 as=$4
	shift 4
	expect "$want" build/cchc report do --db "$db" --unit "$unit" --period 2025-Q1 --action "$action" --as "$as" "$@"
}
state() { sql "$1" "select r.state from report r join unit u on u.id = r.unit_id where u.code = '$unit' and r.period = '2025-Q1' and r.current = 1"; }
waiting() { sql "$below" "select state from exchange_outbox order by id desc limit 1"; }

# Connections: a token is shown once; it goes over no open line.
expect 0 build/cchc exchange admit --db "$above" --unit "$unit" --name "Xã thử" --installation 2
cp "$dir/out" "$dir/token"
[ "$(wc -c <"$dir/token")" = 44 ] || say "no token" "$dir/token"
[ "$(sql "$above" "select count(*) from exchange_peer where token_sha256 = '$(tr -d '\n' <"$dir/token" | sha256sum | cut -d' ' -f1)'")" = 1 ] || say "the token is not kept as a hash"
serve "$above" "$dir/above.log"
above_server=$pid
above_port=$port
connect() { build/cchc exchange connect --db "$below" --name "Tỉnh" --unit "$province" --token-file "$dir/token" --url "$1"; }
expect 2 connect "http://tinh.example.vn"
has "$dir/err" "https://"
expect 0 connect "http://127.0.0.1:$above_port/"

# The steps of the commune; its server finds the report and takes it up.
act "$below" 0 to-check lapbieu
act "$below" 0 submit lapbieu
act "$below" 0 sign lanhdao
act "$below" 0 number vanthu --number 15 --notation BC-UBND --dated "$(date +%Y-%m-%d)"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -utf8 -subj "/CN=Lãnh đạo" -keyout "$dir/key.pem" -out "$dir/cert.pem" 2>/dev/null
cat "$dir/key.pem" "$dir/cert.pem" >"$dir/signer.pem"
expect 0 build/cchc report sign --db "$below" --unit "$unit" --period 2025-Q1 --pem "$dir/signer.pem"
act "$below" 0 send vanthu
serve "$below" "$dir/below.log"
below_server=$pid
until_is "the package arrives" delivered waiting
until_is "the province has it" sent state "$above"
[ "$(sql "$above" "select count(*) from package_content where received = 1")" = 1 ] || say "it is not there once"
[ "$(sql "$above" "select r.number from report r join unit u on u.id = r.unit_id where u.code = '$unit' and r.current = 1")" = 15 ] || say "its number is not there"

# Nobody else: no token, a wrong one.
code() { curl -s -o "$dir/out" -w '%{http_code}' "$@"; }
[ "$(code "http://127.0.0.1:$above_port/exchange/answers")" = 403 ] || say "a stranger is let in" "$dir/out"
[ "$(code -H "Authorization: Bearer $(tr 'A-Za-z' 'B-ZAb-za' <"$dir/token")" "http://127.0.0.1:$above_port/exchange/answers")" = 403 ] || say "a wrong token is let in" "$dir/out"
[ "$(code -H "Authorization: Bearer $(cat "$dir/token")" "http://127.0.0.1:$above_port/exchange/answers?after=0")" = 200 ] || say "the peer is not let in" "$dir/out"
has "$dir/out" '"word":"taken"'
[ "$(code -H "Authorization: Bearer $(cat "$dir/token")" -F sha256=x -F package=@"$dir/token" "http://127.0.0.1:$above_port/exchange/packages")" = 422 ] || say "nonsense is not refused" "$dir/out"

# The province is away while its people are: killed, started again, the report returned.
kill -9 "$above_server"
{ wait "$above_server"; } 2>/dev/null
act "$above" 0 return sonoivu --reason "Số liệu chưa khớp"
until_is "the commune sees that the line is down" 1 sql "$below" "select count(*) from exchange_peer where trouble is not null"
expect 1 build/cchc exchange status --db "$below" --unit "$unit"
has "$dir/out" "Không nối được"
serve "$above" "$dir/above2.log" "$above_port"
above_server=$pid
sql "$below" "update exchange_peer set next_at = null" >/dev/null
until_is "the commune hears" returned state "$below"
[ "$(waiting)" = returned ] || say "the outbox says $(waiting)"
has <(build/cchc exchange status --db "$below" --unit "$unit") "Số liệu chưa khớp"

# A correction, by hand: servers away, a file carried, then pushed by command: one document.
kill "$below_server"
wait "$below_server" 2>/dev/null
below_server=
act "$below" 0 amend lapbieu
act "$below" 0 to-check lapbieu
act "$below" 0 submit lapbieu
act "$below" 0 sign lanhdao
act "$below" 0 number vanthu --number 16 --notation BC-UBND --dated "$(date +%Y-%m-%d)"
act "$below" 0 send vanthu
expect 0 build/cchc report export --db "$below" --unit "$unit" --period 2025-Q1 --to "$dir/report.goi"
expect 0 build/cchc report sign "$dir/report.goi" --pem "$dir/signer.pem"
unzip -q -o "$dir/report.goi" -d "$dir/unpacked"
openssl cms -verify -binary -inform DER -in "$dir/unpacked/signature.p7s" -content "$dir/unpacked/content.json" -CAfile "$dir/cert.pem" -purpose any -out /dev/null 2>/dev/null || say "openssl does not verify the signature"
head -c 3000 "$dir/report.goi" >"$dir/cut.goi"
printf '{"unit":1}' >"$dir/unpacked/content.json"
(cd "$dir/unpacked" && zip -q -r ../altered.goi .)
expect 1 build/cchc exchange take-in --db "$above" --unit "$province" "$dir/cut.goi" "$dir/altered.goi"
has "$dir/out" "bị cắt"
has "$dir/out" "đã bị sửa"
expect 0 build/cchc exchange take-in --db "$above" --unit "$province" "$dir/report.goi"
expect 0 build/cchc exchange take-in --db "$above" --unit "$province" "$dir/report.goi"
expect 0 build/cchc exchange push --db "$below"
[ "$(waiting)" = delivered ] || say "the outbox says $(waiting)"
[ "$(sql "$above" "select count(*) from package_content where received = 1")" = 2 ] || say "the correction is not there once"
expect 2 build/cchc report sign "$dir/cut.goi" --pem "$dir/signer.pem"
expect 2 build/cchc report sign "$dir/report.goi" --pem "$dir/no.pem"
has "$dir/err" "Không đọc được tệp khóa"

# Nothing contradicts itself afterwards; copies take everything along.
stop
expect 0 build/cchc verify --db "$below"
expect 0 build/cchc verify --db "$above"
new_db copy
expect 0 build/cchc copy --from "$above" --to "$copy"
[ "$(sql "$copy" "select count(*) from exchange_bytes")" = "$(sql "$above" "select count(*) from exchange_bytes")" ] || say "the copy lacks packages"
exit $bad
