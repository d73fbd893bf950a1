#!/bin/sh
# deb.sh VERSION - build/deb/cchc_VERSION_ARCH.deb out of build/deb/VERSION/cchc (`make deb` calls
# it).  The same sources give the same bytes: times are those of the last commit.
set -e
cd "$(dirname "$0")/.."
version=$1
for tool in dpkg-deb dpkg-shlibdeps strip; do
	command -v $tool >/dev/null || { echo "$tool is missing: apt-get install dpkg-dev binutils" >&2; exit 1; }
done
architecture=$(dpkg --print-architecture)
built=build/deb/$version
root=$built/tree
package=build/deb/cchc_${version}_$architecture.deb
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || stat -c %Y VERSION)}
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8
umask 022

put() { # mode, from, to
	install -D -m "$1" "$2" "$root/$3"
}
rm -rf "$root"
put 755 "$built/cchc" usr/bin/cchc
strip --strip-unneeded "$root/usr/bin/cchc"
put 644 deploy/debian/cchc.conf etc/cchc/cchc.conf
put 755 deploy/systemd/backup usr/lib/cchc/backup
put 755 deploy/tls/cchc-certificate usr/sbin/cchc-certificate
for unit in deploy/systemd/*.service deploy/systemd/*.timer; do put 644 "$unit" "lib/systemd/system/${unit##*/}"; done
mkdir -p "$root/etc/nginx/sites-available"
sed -e 's|@UPSTREAM@|127.0.0.1:8080|' -e 's|@PORT@|443|' -e 's|@ACCESS_LOG@|/var/log/nginx/cchc.log|' \
	-e 's|@CERTIFICATE@|/etc/cchc/tls/server.crt|' -e 's|@KEY@|/etc/cchc/tls/server.key|' \
	-e "s|@BODY_BYTES@|$("$built/cchc" settings | sed -n 's/^# upload_bytes = //p')|" \
	deploy/nginx/cchc.conf.in >"$root/etc/nginx/sites-available/cchc"
put 644 "$built/cchc.1" usr/share/man/man1/cchc.1
doc=usr/share/doc/cchc
for file in docs/server.md docs/first-layout.md docs/first-layout.svg; do put 644 "$file" "$doc/${file##*/}"; done
{ cat deploy/debian/copyright; sed 's/^$/./; s/^/ /' LICENSE; } >"$root/$doc/copyright"
{
	printf 'cchc (%s) stable; urgency=medium\n\n' "$version"
	printf '  * Changes are in the history of the sources.\n\n'
	printf ' -- cchc maintainers <maintainers@cchc.invalid>  %s\n' "$(date -u -R -d "@$SOURCE_DATE_EPOCH")"
} >"$root/$doc/changelog"
gzip -9n "$root/$doc/changelog" "$root/usr/share/man/man1/cchc.1"

# What the program links against, as packages.
mkdir -p "$built/shlibs/debian"
printf 'Source: cchc\n\nPackage: cchc\nArchitecture: any\n' >"$built/shlibs/debian/control"
depends=$(cd "$built/shlibs" && dpkg-shlibdeps -O -e../tree/usr/bin/cchc 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ] || { echo "dpkg-shlibdeps found no libraries" >&2; exit 1; }

mkdir -p "$root/DEBIAN"
(cd "$root" && find etc -type f | sort | sed 's|^|/|') >"$root/DEBIAN/conffiles"
(cd "$root" && find . -path ./DEBIAN -prune -o -type f -print | grep -v '^./etc/' | sort | sed 's|^\./||' | xargs md5sum) >"$root/DEBIAN/md5sums"
for script in postinst prerm postrm; do install -m 755 deploy/debian/$script "$root/DEBIAN/$script"; done
sed -e "s|@VERSION@|$version|" -e "s|@ARCHITECTURE@|$architecture|" -e "s|@SIZE@|$(du -sk --exclude=DEBIAN "$root" | cut -f1)|" \
	-e "s|@DEPENDS@|$depends|" deploy/debian/control.in >"$root/DEBIAN/control"
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
echo "$package"
