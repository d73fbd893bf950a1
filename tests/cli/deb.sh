#!/bin/bash
# The Debian package: made twice with the same bytes, installed in a clean system, started, upgraded
# from the version before with its data, removed, purged.  docs/first-layout.md is tried on the way.
cd "$(dirname "$0")/../.." || exit 2
. tests/lib/debian_chroot.sh
bad=0
wrong() { echo "$*" >&2; bad=1; }
expect() { [ "$2" = "$3" ] || wrong "$1: $3 instead of $2"; } # what, wanted, got
chroot_needs || exit 1
work=$(mktemp -d /tmp/cchc-deb-XXXXXX)
server=
finish() {
	[ -z "$server" ] || kill "$server" 2>/dev/null
	chroot_remove
	[ -n "$(ls -A "$work/system" 2>/dev/null)" ] || rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

new=$(cat VERSION)
old=0.0.1
arch=$(dpkg --print-architecture)
package() { echo "build/deb/cchc_$1_$arch.deb"; }
make deb >"$work/make.log" 2>&1 && cp "$(package "$new")" "$work/first.deb" && make deb VERSION=$old >>"$work/make.log" 2>&1 && make deb >>"$work/make.log" 2>&1 || {
	tail -n 20 "$work/make.log" >&2
	exit 1
}
cmp -s "$work/first.deb" "$(package "$new")" || wrong "the same sources made another package"

# The units, as far as they can be judged without running them.
mkdir "$work/units"
for unit in deploy/systemd/*.service deploy/systemd/*.timer; do
	sed -e 's|^ExecStart=/usr/bin/cchc|ExecStart=/bin/true|; s|^ExecStart=/usr/lib/cchc/backup|ExecStart=/bin/true|' "$unit" >"$work/units/${unit##*/}"
done
says=$(systemd-analyze verify --man=no --recursive-errors=no "$work"/units/*.service "$work"/units/*.timer 2>&1)
expect "systemd-analyze verify" "" "$says"
exposure=$(systemd-analyze security --offline=true "$work/units/cchc.service" 2>/dev/null | sed -n 's/.*exposure level.*: \([0-9]*\)\..*/\1/p')
[ "${exposure:-9}" -le 1 ] || wrong "the unit is exposed: $exposure of 10, at most 1"

chroot_make "$work/system" "$(package "$new")" || exit 1
cp "$(package $old)" "$work/system/old.deb"
cp "$(package "$new")" "$work/system/new.deb"
installs() { # file
	in_chroot apt-get install -y -q --no-install-recommends "/$1" >"$work/apt.log" 2>&1 || { tail -n 20 "$work/apt.log" >&2; wrong "$1 does not install"; }
}
as_cchc() { in_chroot runuser -u cchc -- "$@"; }
# What the unit would run; the port is any that is free.
serves() {
	CCHC_LISTEN=127.0.0.1:0 LC_ALL=C.UTF-8 chroot "$work/system" setpriv --reuid=cchc --regid=cchc --init-groups \
		cchc serve --config /etc/cchc/cchc.conf >"$work/serve.out" 2>"$work/serve.err" &
	server=$!
	for _ in $(seq 300); do
		url=$(grep -so 'http://[0-9.:]*' "$work/serve.out") && break
		kill -0 $server 2>/dev/null || break
		sleep 0.1
	done
	expect "readyz" ready "$(curl -s "$url/readyz")"
	curl -s "$url/metrics" | grep -q "^cchc_build_info{version=\"$1\"} 1\$" || wrong "serves another version than $1"
}
ends() {
	kill -TERM $server
	wait $server
	expect "end of the server" 0 $?
	server=
}
database=$work/system/var/lib/cchc/cchc.db
count() { sqlite3 -readonly "$database" "select (select count(*) from unit) || ' units, ' || (select count(*) from dossier) || ' dossiers'"; }

installs old.deb
expect "installed version" "cchc $old" "$(in_chroot cchc --version)"
expect "owner of the data" "cchc:cchc 750" "$(in_chroot stat -c '%U:%G %a' /var/lib/cchc)"
expect "the settings" "root:cchc 640" "$(in_chroot stat -c '%U:%G %a' /etc/cchc/cchc.conf)"
expect "units" enabled "$(in_chroot sh -c 'test -L /etc/systemd/system/multi-user.target.wants/cchc.service && echo enabled')"
as_cchc cchc demo --db /var/lib/cchc/cchc.db --dossiers 300 >/dev/null || wrong "no data can be made"
serves $old
ends
# The data of the release before the journal and the counters, as it stood: the new program has to
# bring it up to date when it starts.
rm "$database"*
cp tests/fixtures/release-0005.cchc "$work/system/tmp/release.cchc"
as_cchc cchc restore --from /tmp/release.cchc --to /var/lib/cchc/cchc.db --as-it-was >"$work/restore.log" 2>&1 || { cat "$work/restore.log" >&2; wrong "the older data cannot be put there"; }
expect "the older schema" 0005_form.sql "$(sqlite3 -readonly "$database" 'select name from schema_migration order by number desc limit 1')"
kept=$(count)
echo "log_slow_ms = 700" >>"$work/system/etc/cchc/cchc.conf"

installs new.deb
expect "upgraded version" "cchc $new" "$(in_chroot cchc --version)"
grep -q '^log_slow_ms = 700$' "$work/system/etc/cchc/cchc.conf" || wrong "the upgrade lost a setting"
serves "$new"
expect "what the upgrade kept" "$kept" "$(count)"
ls "$work"/system/var/lib/cchc/cchc.db-0005-*.cchc >/dev/null 2>&1 || wrong "nothing was backed up before the schema changed"
as_cchc cchc verify --db /var/lib/cchc/cchc.db >"$work/verify.log" 2>&1 || { cat "$work/verify.log" >&2; wrong "the upgraded database is not sound"; }
expect "errors" "" "$(grep -v ' info database.migrated ' "$work/serve.err")"

# The way in from other machines: certificate and nginx as docs/first-layout.md has it.
in_chroot cchc-certificate /etc/cchc/tls hoso.example.vn || wrong "no certificate is made"
in_chroot ln -s ../sites-available/cchc /etc/nginx/sites-enabled/cchc
in_chroot rm -f /etc/nginx/sites-enabled/default
in_chroot nginx -t >"$work/nginx.log" 2>&1 || { cat "$work/nginx.log" >&2; wrong "nginx refuses the site"; }
openssl verify -CAfile "$work/system/etc/cchc/tls/ca.crt" "$work/system/etc/cchc/tls/server.crt" >/dev/null || wrong "the certificate is not signed by its authority"
openssl x509 -in "$work/system/etc/cchc/tls/server.crt" -noout -ext subjectAltName | grep -q 'DNS:hoso.example.vn' || wrong "the certificate lacks a name"
ends
# An empty database, from nothing to the first account, as in docs/first-layout.md.
as_cchc cchc unit add --db /var/lib/cchc/empty.db --code H15 --name "UBND tỉnh" --level province >"$work/unit.log" 2>&1 || { cat "$work/unit.log" >&2; wrong "no first unit"; }
echo 'mật khẩu đủ dài' | as_cchc cchc account add --db /var/lib/cchc/empty.db --login quantri --name "Nguyễn Văn An" --unit H15 --role ADMINISTRATOR >"$work/account.log" 2>&1 || { cat "$work/account.log" >&2; wrong "no first account"; }
as_cchc touch /var/backups/cchc/cchc-20200101T000000Z.backup
as_cchc env CCHC_BACKUPS_KEPT=1 /usr/lib/cchc/backup >"$work/backup.log" 2>&1 || { cat "$work/backup.log" >&2; wrong "the nightly backup fails"; }
expect "backups kept" 1 "$(ls "$work/system/var/backups/cchc" | grep -vc 20200101)"
[ -e "$work/system/var/backups/cchc/cchc-20200101T000000Z.backup" ] && wrong "the old backup was kept"
in_chroot man -w cchc >/dev/null 2>&1 || [ -s "$work/system/usr/share/man/man1/cchc.1.gz" ] || wrong "no manual page"

in_chroot apt-get remove -y -q cchc >"$work/apt.log" 2>&1 || wrong "it cannot be removed"
[ -e "$work/system/usr/bin/cchc" ] && wrong "the program is still there"
[ -s "$work/system/etc/cchc/cchc.conf" ] || wrong "a removal took the settings"
[ -s "$work/system/var/lib/cchc/cchc.db" ] || wrong "a removal took the data"
says=$(in_chroot apt-get purge -y -q cchc 2>&1) || wrong "it cannot be purged"
[ -e "$work/system/etc/cchc/cchc.conf" ] && wrong "a purge left the settings"
[ -s "$work/system/var/lib/cchc/cchc.db" ] || wrong "a purge took the data"
echo "$says" | grep -q 'dữ liệu còn nguyên trong /var/lib/cchc' || wrong "a purge does not say where the data is"
left=$(in_chroot find /etc /usr /lib /var/log -name '*cchc*' ! -path '/etc/passwd*' 2>/dev/null)
expect "left behind" "" "$left"
exit $bad
