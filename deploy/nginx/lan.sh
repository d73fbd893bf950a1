#!/bin/sh
# lan.sh DATABASE PORT FOLDER - cchc behind nginx for the machines of a local network (./run --lan calls
# it): a certificate of this machine's own in FOLDER, nginx on PORT, cchc on a free port of loopback.
# Both end together, at Ctrl+C or when one of them does.  CCHC_PROGRAM: build/cchc unless set.
database=$1 port=$2 folder=$3
here=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
program=${CCHC_PROGRAM:-$here/build/cchc}
nginx=$(PATH=$PATH:/usr/sbin command -v nginx) || {
	echo "Thiếu nginx. Cài bằng: tools/install.sh lan (hoặc: apt-get install nginx-light openssl)" >&2
	exit 1
}
"$here/deploy/tls/cchc-certificate" "$folder" || exit 1
# nginx's workers have another account when root starts it: they pass through, but read nothing.
run=$(mktemp -d "${TMPDIR:-/tmp}/cchc-lan-XXXXXX")
chmod 711 "$run"
server= front=
stop() {
	trap - EXIT INT TERM
	[ -z "$front" ] || kill -QUIT "$front" 2>/dev/null
	[ -z "$front" ] || wait "$front" 2>/dev/null
	[ -z "$server" ] || kill -TERM "$server" 2>/dev/null
	[ -z "$server" ] || wait "$server"
	code=$?
	rm -rf "$run"
	exit "${1:-$code}"
}
trap stop EXIT
trap 'stop 0' INT TERM

CCHC_BEHIND_PROXY=1 "$program" serve --db "$database" --listen 127.0.0.1:0 >"$run/serve.out" &
server=$!
until address=$(grep -so 'http://[0-9.:]*' "$run/serve.out"); do
	kill -0 $server 2>/dev/null || stop 1
	sleep 0.1
done
upload=$("$program" settings | sed -n 's/^# upload_bytes = //p')
sed -e "s|@UPSTREAM@|${address#http://}|" -e "s|@PORT@|$port|" -e "s|@ACCESS_LOG@|off|; s|access_log off cchc|access_log off|" \
	-e "s|@CERTIFICATE@|$folder/server.crt|" -e "s|@KEY@|$folder/server.key|" \
	-e "s|@BODY_BYTES@|${CCHC_UPLOAD_BYTES:-$upload}|" "$here/deploy/nginx/cchc.conf.in" >"$run/cchc.conf"
[ -e /proc/net/if_inet6 ] || sed -i "/listen \[::\]/d" "$run/cchc.conf"
sed -e "s|@FOLDER@|$run|" "$here/deploy/nginx/lan.conf.in" >"$run/nginx.conf"
"$nginx" -e stderr -p "$run" -c "$run/nginx.conf" &
front=$!
i=0
until curl -s -o /dev/null --cacert "$folder/ca.crt" "https://localhost:$port/healthz"; do
	i=$((i + 1))
	if [ $i -gt 100 ] || ! kill -0 $front 2>/dev/null; then
		echo "nginx không chạy được trên cổng $port; chọn cổng khác: ./run --lan --port 9443" >&2
		stop 1
	fi
	sleep 0.1
done
echo "Từ máy này và các máy cùng mạng, mở:"
for name in $(hostname) $(hostname -I 2>/dev/null); do
	case $name in *:*) ;; *) echo "  https://$name:$port" ;; esac
done
echo "Để trình duyệt không cảnh báo: chép $folder/ca.crt sang máy đó, rồi"
echo "  Windows: bấm đúp vào tệp, Install Certificate, Local Machine, Trusted Root Certification Authorities"
echo "  Firefox: Cài đặt, Chứng thư, Nhập;  Android: Cài đặt, Bảo mật, Cài chứng chỉ CA"
echo "Tệp ca.key không được rời máy này. Dừng bằng Ctrl+C."
while kill -0 $server 2>/dev/null && kill -0 $front 2>/dev/null; do
	sleep 1 &
	wait $!
done
stop 1
