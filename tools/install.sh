#!/bin/sh
# install.sh run|lan|test - installs the Debian packages that are missing.  Needs root or sudo only
# when something is missing; says the exact command when it may not.
run="gcc libc6-dev make pkg-config libmicrohttpd-dev libsqlite3-dev libpq-dev
  libexpat1-dev libzip-dev libxlsxwriter-dev libpango1.0-dev libzint-dev libsodium-dev libssl-dev
  libutf8proc-dev zlib1g-dev libisal-dev libzstd-dev libcurl4-openssl-dev fonts-liberation2 ca-certificates poppler-utils"
test="$run libcmocka-dev libicu-dev clang clang-tidy clang-format libclang-rt-14-dev pmccabe
  zbar-tools postgresql pgbouncer sqlite3 curl faketime git unzip libreoffice-writer-nogui procps chromium debootstrap dpkg-dev openssl systemd softhsm2 opensc libengine-pkcs11-openssl"
lan="$run openssl curl"
case $1 in run) want=$run ;; lan) want=$lan ;; test) want=$test ;; *) echo "usage: install.sh run|lan|test" >&2; exit 2 ;; esac
missing=
for package in $want; do
	dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
# Any nginx will do.
[ "$1" = run ] || PATH=$PATH:/usr/sbin command -v nginx >/dev/null || missing="$missing nginx-light"
# The browser tests run on Node; any installation of it will do.
if [ "$1" = test ]; then
	command -v node >/dev/null || missing="$missing nodejs"
	command -v npm >/dev/null || missing="$missing npm"
fi
[ -z "$missing" ] && exit 0
as=
[ "$(id -u)" = 0 ] || as=sudo
if [ -n "$as" ] && ! command -v sudo >/dev/null; then
	echo "Missing packages. As root, run: apt-get update && apt-get install -y --no-install-recommends$missing" >&2
	exit 1
fi
echo "Installing:$missing"
export DEBIAN_FRONTEND=noninteractive
$as apt-get update -q >/dev/null && $as apt-get install -y -q --no-install-recommends $missing >/dev/null || {
	echo "The packages could not be installed. Try: apt-get install$missing" >&2
	exit 1
}
