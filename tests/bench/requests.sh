#!/bin/bash
# requests.sh PORT DB FOLDER - logs the officers of all communes in and writes what bench_load
# sends: FOLDER/lists.tsv (random account, filter and page) and FOLDER/intakes.tsv.
port=$1
db=$2
out=$3
base=http://127.0.0.1:$port
password=thu-nghiem-2026
field() { # name, page
	sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" <<<"$2" | head -n 1
}
login() { # account: prints the session's cookie
	local page visit
	page=$(curl -s -i "$base/login")
	visit=$(sed -n 's/^Set-Cookie: \(__Host-visit=[^;]*\).*/\1/p' <<<"$page")
	curl -s -o /dev/null -D - -H "Cookie: $visit" "$base/login" \
		--data-urlencode "csrf=$(field csrf "$page")" --data-urlencode "request_id=$(field request_id "$page")" \
		-d "name=$1" -d "password=$password" | sed -n 's/^Set-Cookie: \(__Host-session=[^;]*\).*/\1/p'
}
sql() {
	case $db in
	postgresql://*) psql -At -F ' ' -d "$db" -c "$1" ;;
	*) sqlite3 -readonly -separator ' ' "$db" "$1" ;;
	esac
}
views=(all open overdue today waiting to-return mine returned closed)
: >"$out/lists.tsv"
: >"$out/intakes.tsv"
# The due date of this one is counted in working days; it has parts and steps.
procedure=$(sql "select id from procedure where code = '0.000106'")
accounts=$(sql "select distinct a.login, r.unit_id from account a join account_role r on r.account_id = a.id
	join unit u on u.id = r.unit_id where u.level = 'commune' and r.to_on is null and r.role = 'INTAKE' and a.login like 'xa%'")
while read -r account unit; do
	cookie=$(login "$account")
	[ -n "$cookie" ] || { echo "$account could not log in"; exit 1; }
	page=$(curl -s -H "Cookie: $cookie" "$base/dossiers/new")
	csrf=$(field csrf "$page")
	request=$(field request_id "$page")
	printf 'POST\t/dossiers/new\t%s\t%s\n' "$cookie" \
		"csrf=$csrf&request_id=${request%-*}-{id}&procedure=$procedure&parts=1&part=0&identity_number=&phone=&name=Nguy%E1%BB%85n+V%C4%83n+%C4%90o+M%E1%BA%ABu&kind=person&address=Th%C3%B4n+1&email=&channel=counter&delivery=counter&quantity=1&fee=&summary=&book=&step=receive" >>"$out/intakes.tsv"
	for view in "${views[@]}"; do
		printf 'GET\t/dossiers?view=%s\t%s\t\n' "$view" "$cookie"
		printf 'GET\t/dossiers?view=%s&channel=online\t%s\t\n' "$view" "$cookie"
	done >>"$out/lists.tsv"
	# Pages somewhere in the middle, as a link of the pager leads to them.
	sql "select id, received_at from dossier where receiving_unit_id = $unit order by id % 9973 limit 12" |
		while read -r id at; do
			printf 'GET\t/dossiers?view=all&after=%s&at=%s&of=5000\t%s\t\n' "$id" "$at" "$cookie"
		done >>"$out/lists.tsv"
done <<<"$accounts"
echo "$(wc -l <"$out/intakes.tsv") officers, $(wc -l <"$out/lists.tsv") different lists"
