#!/bin/bash
# patroni.sh [KILLS] - three PostgreSQL servers under Patroni, one etcd, all on this machine; an
# officer takes dossiers in without pause while the primary is killed (SIGKILL, Patroni too).
# Prints how long nobody could write, and that each acknowledged dossier is stored once.
cd "$(dirname "$0")/../.." || exit 2
set -e
kills=${1:-3}
for tool in patroni etcd curl; do
	command -v $tool >/dev/null || { echo "install: apt-get install -y patroni python3-etcd etcd-server curl"; exit 1; }
done
pg_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
work=$(mktemp -d /tmp/cchc-patroni-XXXXXX)
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi; }
[ "$(id -u)" != 0 ] || chown postgres: "$work"
server='' etcd=''
stop() {
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	pkill -9 -f "patroni $work/" || true
	for name in a b c; do (cd "$work" && as "$pg_bin/pg_ctl" -D "$work/$name" -m immediate stop >/dev/null 2>&1) || true; done
	[ -z "$etcd" ] || kill "$etcd" 2>/dev/null || true
	wait 2>/dev/null || true
	rm -rf "$work"
}
trap stop EXIT
now() { echo $(($(date +%s%N) / 1000000)); }
until_true() { # seconds, command...
	local end=$((SECONDS + $1))
	shift
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $end ] || { echo "waited too long for: $*"; tail -n 15 "$work"/[abc].log "$work/server.log"; return 1; }
		read -rt 0.1 <> <(:) || true
	done
}
port() { echo $((6200 + $(printf '%d' "'$1"))); }
rest() { echo $((8200 + $(printf '%d' "'$1"))); }

(cd "$work" && exec etcd --data-dir "$work/etcd" --listen-client-urls http://127.0.0.1:23790 --advertise-client-urls http://127.0.0.1:23790 --listen-peer-urls http://127.0.0.1:23800 --initial-advertise-peer-urls http://127.0.0.1:23800 --initial-cluster default=http://127.0.0.1:23800 --logger zap >"$work/etcd.log" 2>&1) &
etcd=$!
until_true 30 curl -sf http://127.0.0.1:23790/health
start() { # node
	sed -e "s/@NAME@/$1/; s/@ADDRESS@/127.0.0.1/g; s/@ETCD@/127.0.0.1:23790/; s|@FOLDER@|$work/$1|; s|@BIN@|$pg_bin|; s/@PORT@/$(port "$1")/g; s/@REST@/$(rest "$1")/g" deploy/patroni/patroni.yml.in >"$work/$1.yml"
	(cd "$work" && as env HOME="$work" PATH=/usr/bin:/bin patroni "$work/$1.yml" >>"$work/$1.log" 2>&1) &
}
primary() { for name in a b c; do curl -sf "http://127.0.0.1:$(rest $name)/primary" >/dev/null && { echo $name; return 0; }; done; return 1; }
synchronous() { for name in a b c; do curl -sf "http://127.0.0.1:$(rest $name)/synchronous" >/dev/null && return 0; done; return 1; }
for name in a b c; do start $name; done
until_true 120 primary
until_true 120 synchronous
all() { echo "postgresql://cchc@127.0.0.1:$(port a),127.0.0.1:$(port b),127.0.0.1:$(port c)/$1?target_session_attrs=read-write&connect_timeout=2"; }
psql -qX "$(all postgres)" -c 'create database cchc'
for name in a b c; do until_true 60 psql -qX "postgresql://cchc@127.0.0.1:$(port $name)/cchc" -c 'select 1'; done
build/cchc demo --db "$(all cchc)" --dossiers 200 --until 2026-10-31 >/dev/null
build/cchc serve --db "$(all cchc)" --listen 127.0.0.1:18099 2>"$work/server.log" >/dev/null &
server=$!
base=http://127.0.0.1:18099
until_true 30 curl -sf $base/login

field() { sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" <<<"$2" | head -n 1; }
page=$(curl -s -i $base/login)
visit=$(sed -n 's/^Set-Cookie: \(__Host-visit=[^;]*\).*/\1/p' <<<"$page")
cookie=$(curl -s -o /dev/null -D - -H "Cookie: $visit" $base/login --data-urlencode "csrf=$(field csrf "$page")" \
	--data-urlencode "request_id=$(field request_id "$page")" -d name=motcua -d password=thu-nghiem-2026 |
	sed -n 's/^Set-Cookie: \(__Host-session=[^;]*\).*/\1/p')
page=$(curl -s -H "Cookie: $cookie" $base/dossiers/new)
csrf=$(field csrf "$page") request=$(field request_id "$page")
sql() { psql -qAtX "$(all cchc)" -c "$1"; }
procedure=$(sql "select id from procedure where code = '0.000106'")
taken=0 longest=0
take() { # sends one form until it is answered; each form has its own request_id
	local status='' began
	began=$(now)
	until [ "$status" = 303 ]; do
		status=$(curl -s -m 10 -o /dev/null -w '%{http_code}' -H "Cookie: $cookie" "$base/dossiers/new" \
			-d "csrf=$csrf&request_id=${request%-*}-$((1000 + taken))&procedure=$procedure&parts=1&part=0&identity_number=&phone=&name=Demo&kind=person&address=Demo&email=&channel=counter&delivery=counter&quantity=1&fee=&summary=&book=&step=receive") || true
	done
	taken=$((taken + 1))
	local ms=$(($(now) - began))
	[ $ms -le $longest ] || longest=$ms
}
before=$(sql 'select count(*) from dossier')
for ((kill = 1; kill <= kills; kill++)); do
	for ((n = 0; n < 20; n++)); do take; done
	longest=0
	name=$(primary)
	pkill -9 -f "patroni $work/$name.yml" || true
	kill -9 "$(head -n 1 "$work/$name/postmaster.pid")"
	for ((n = 0; n < 40; n++)); do take; done
	echo "kill $kill: primary $name died; the longest a form waited was $longest ms; now $(primary) is primary"
	start "$name"
	until_true 180 curl -sf "http://127.0.0.1:$(rest "$name")/replica"
	until_true 180 synchronous
done
stored=$(($(sql 'select count(*) from dossier') - before))
twice=$(sql "select count(*) from (select request_id from change_log where request_id is not null group by 1 having count(*) > 1) twice")
echo "$taken acknowledged, $stored stored, $twice stored twice"
[ "$stored" = "$taken" ] && [ "$twice" = 0 ]
build/cchc verify --db "$(all cchc)"
