#!/bin/sh
# cchc serve: starts, answers, says what is wrong with its settings, and ends cleanly.
cd "$(dirname "$0")/../.." || exit 2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
expect() { # what, wanted, got
	[ "$2" = "$3" ] || { echo "$1: $3 instead of $2" >&2; bad=1; }
}
build/cchc serve --db "$dir/a.db" --listen 127.0.0.1:0 >"$dir/out" 2>"$dir/err" &
pid=$!
i=0
while ! grep -qs http:// "$dir/out" && [ $i -lt 100 ]; do sleep 0.1; i=$((i + 1)); done
url=$(grep -o 'http://[0-9.:]*' "$dir/out")
expect "login page" 200 "$(curl -s -o "$dir/page" -w '%{http_code}' "$url/login")"
grep -q 'Đăng nhập' "$dir/page" || { echo "the login page has no words" >&2; bad=1; }
expect "stranger" 303 "$(curl -s -o /dev/null -w '%{http_code}' "$url/")"
second=$(build/cchc serve --db "$dir/a.db" --listen "${url#http://}" 2>&1)
expect "taken port" 2 $?
echo "$second" | grep -q "${url#http://}" || { echo "does not name the taken port: $second" >&2; bad=1; }
kill -TERM $pid
wait $pid
expect "end" 0 $?
expect "errors" "" "$(cat "$dir/err")"
printf '# mine\nhttp_threads = 0\nhttp_treads = 4\n' >"$dir/conf"
says=$(build/cchc serve --db "$dir/a.db" --config "$dir/conf" 2>&1)
expect "bad settings" 2 $?
expect "lines named" 2 "$(echo "$says" | grep -c "^$dir/conf:[23]: ")"
build/cchc serve --db "$dir/a.db" --config "$dir/none" >/dev/null 2>&1
expect "no settings file" 2 $?
build/cchc serve --db "$dir/a.db" --listen nowhere >/dev/null 2>&1
expect "bad address" 2 $?
CCHC_HTTP_WORKERS=many build/cchc serve --db "$dir/a.db" >/dev/null 2>&1
expect "bad environment" 2 $?
build/cchc settings | grep -q '^# http_threads = 8$' || { echo "settings does not list http_threads" >&2; bad=1; }
exit $bad
