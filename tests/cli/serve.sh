#!/bin/bash
# cchc serve: starts, answers, says what is wrong with its settings, and ends cleanly.
cd "$(dirname "$0")/../.." || exit 2
. tests/lib/db.sh
new_db a
bad=0
expect() { # what, wanted, got
	[ "$2" = "$3" ] || { echo "$1: $3 instead of $2" >&2; bad=1; }
}
echo "log_slow_ms = 5000" >"$dir/live"
build/cchc serve --db "$a" --config "$dir/live" --listen 127.0.0.1:0 >"$dir/out" 2>"$dir/err" &
pid=$!
i=0
while ! grep -qs http:// "$dir/out" && [ $i -lt 100 ]; do sleep 0.1; i=$((i + 1)); done
url=$(grep -o 'http://[0-9.:]*' "$dir/out")
expect "login page" 200 "$(curl -s -o "$dir/page" -w '%{http_code}' "$url/login")"
grep -q 'Đăng nhập' "$dir/page" || { echo "the login page has no words" >&2; bad=1; }
expect "stranger" 303 "$(curl -s -o /dev/null -w '%{http_code}' "$url/")"
second=$(build/cchc serve --db "$a" --listen "${url#http://}" 2>&1)
expect "taken port" 2 $?
echo "$second" | grep -q "${url#http://}" || { echo "does not name the taken port: $second" >&2; bad=1; }
for path in healthz readyz metrics; do
	expect "$path" 200 "$(curl -s -o /dev/null -w '%{http_code}' "$url/$path")"
done
expect "metrics through a proxy" 403 "$(curl -s -o /dev/null -w '%{http_code}' -H 'X-Forwarded-For: 192.0.2.1' "$url/metrics")"
expect "errors" "" "$(cat "$dir/err")"
# Settings read again: what may change does, what may not is named, a bad file changes nothing.
logged() { # pattern
	i=0
	while ! grep -qs "$1" "$dir/err" && [ $i -lt 100 ]; do sleep 0.1; i=$((i + 1)); done
	grep -qs "$1" "$dir/err" || { echo "the log never says: $1" >&2; cat "$dir/err" >&2; bad=1; }
}
printf 'log_slow_ms = 5000\nlog_requests = 1\nhttp_threads = 3\n' >"$dir/live"
kill -HUP $pid
logged 'info settings.reloaded changed=log_requests wait_for_restart=http_threads$'
curl -s -o /dev/null "$url/dossiers/4711"
logged 'info request method=GET route=/dossiers/:id status=303 ms=[0-9]* incident=[0-9A-Z]\{8\}$'
printf 'log_requests = 7\n' >"$dir/live"
kill -HUP $pid
logged 'error settings.refused line=1 text='
curl -s -o /dev/null "$url/units/4712"
logged 'info request method=GET route=/units/:id'
printf 'log_requests = 1\nlog_json = 1\n' >"$dir/live"
kill -HUP $pid
logged '"event":"settings.reloaded","changed":"log_json,log_slow_ms"}$'
grep -q '4711\|4712' "$dir/err" && { echo "the log has an id of a path" >&2; bad=1; }
cp "$dir/err" "$dir/seen"
kill -TERM $pid
wait $pid
expect "end" 0 $?
expect "errors at the end" "" "$(cat "$dir/err" | tail -n +$(($(wc -l <"$dir/seen") + 1)))"
printf '# mine\nhttp_threads = 0\nhttp_treads = 4\n' >"$dir/conf"
says=$(build/cchc serve --db "$a" --config "$dir/conf" 2>&1)
expect "bad settings" 2 $?
expect "lines named" 2 "$(echo "$says" | grep -c "^$dir/conf:[23]: ")"
build/cchc serve --db "$a" --config "$dir/none" >/dev/null 2>&1
expect "no settings file" 2 $?
build/cchc serve --db "$a" --listen nowhere >/dev/null 2>&1
expect "bad address" 2 $?
CCHC_HTTP_WORKERS=many build/cchc serve --db "$a" >/dev/null 2>&1
expect "bad environment" 2 $?
build/cchc settings | grep -q '^# http_threads = 8$' || { echo "settings does not list http_threads" >&2; bad=1; }
exit $bad
