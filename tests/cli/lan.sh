#!/bin/bash
# ./run --lan as far as the browser sees it: HTTPS and HTTP/2 through nginx with a certificate made here,
# a login whose cookie holds, the desk; and that a client cannot lie about its address.
cd "$(dirname "$0")/../.." || exit 2
bad=0
wrong() { echo "$*" >&2; bad=1; }
expect() { [ "$2" = "$3" ] || wrong "$1: $3 instead of $2"; } # what, wanted, got
dir=$(mktemp -d)
front=
finish() {
	[ -z "$front" ] || kill "$front" 2>/dev/null
	rm -rf "$dir"
}
trap finish EXIT
build/cchc demo --db "$dir/a.db" --dossiers 200 >/dev/null || exit 1
port=$((20000 + $$ % 20000))
CCHC_LOG_REQUESTS=1 deploy/nginx/lan.sh "$dir/a.db" $port "$dir/tls" >"$dir/out" 2>"$dir/err" &
front=$!
for _ in $(seq 300); do
	grep -qs 'Ctrl+C' "$dir/out" && break
	kill -0 $front 2>/dev/null || break
	sleep 0.1
done
grep -qs "https://.*:$port" "$dir/out" || { cat "$dir/out" "$dir/err" >&2; exit 1; }
url=https://localhost:$port
ask() { curl -s --http2 --cacert "$dir/tls/ca.crt" -b "$dir/jar" -c "$dir/jar" "$@"; }

expect "keys are private" "700 600 600" "$(stat -c %a "$dir/tls" "$dir/tls/ca.key" "$dir/tls/server.key" | tr '\n' ' ' | sed 's/ $//')"
expect "HTTP/2" "2 200" "$(ask -o "$dir/login" -w '%{http_version} %{http_code}' "$url/login")"
curl -s -o /dev/null "$url/login" && wrong "a client that does not know the authority trusts the certificate"
ask -o /dev/null --tlsv1.1 --tls-max 1.1 "$url/login" && wrong "TLS 1.1 is spoken"
field() { sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" "$dir/login" | head -n 1; }
account=tiepnhan
password=$(build/cchc demo --accounts | sed -n '1s/.*: //p')
expect "login" 303 "$(ask -o /dev/null -w '%{http_code}' --data-urlencode "csrf=$(field csrf)" --data-urlencode "request_id=$(field request_id)" \
	--data-urlencode "name=$account" --data-urlencode "password=$password" "$url/login")"
grep -q '__Host-session' "$dir/jar" || wrong "no cookie of a session"
expect "desk" 200 "$(ask -L -o "$dir/desk" -w '%{http_code}' --compressed "$url/desk")"
grep -q 'Bàn làm việc' "$dir/desk" || wrong "the desk has no words"
expect "measures" 403 "$(ask -o /dev/null -w '%{http_code}' "$url/metrics")"
expect "a claimed address" 403 "$(ask -o /dev/null -w '%{http_code}' -H 'X-Forwarded-For: 127.0.0.1' "$url/metrics")"
head -c 34000000 /dev/zero >"$dir/big"
expect "too large" 413 "$(ask -o /dev/null -w '%{http_code}' -F "file=@$dir/big" "$url/login")"
before=$(openssl x509 -in "$dir/tls/server.crt" -noout -serial)
deploy/tls/cchc-certificate "$dir/tls"
expect "the certificate stays" "$before" "$(openssl x509 -in "$dir/tls/server.crt" -noout -serial)"
deploy/tls/cchc-certificate "$dir/tls" hoso.example.vn
openssl x509 -in "$dir/tls/server.crt" -noout -ext subjectAltName | grep -q 'DNS:hoso.example.vn' || wrong "a new name does not come into the certificate"

kill -TERM $front
wait $front
expect "end" 0 $?
front=
curl -s -o /dev/null --cacert "$dir/tls/ca.crt" "$url/healthz" && wrong "something still listens on $port"
grep -v ' info request ' "$dir/err" | grep -v 'client intended to send too large body' >&2 && wrong "the log has more than requests"
exit $bad
