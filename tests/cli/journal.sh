#!/bin/bash
# journal.sh - the journal from the command line: sealing, verifying, erasing, the digest of a
# day with a time stamp of a throw-away authority (openssl ts).
cd "$(dirname "$0")/../.." || exit 2
cchc=$PWD/build/cchc
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0
check() { # what, command...
	local what=$1
	shift
	"$@" >"$dir/out" 2>&1 || {
		echo "FAILED: $what"
		cat "$dir/out"
		failed=1
	}
}
fails() { ! "$@"; }

db=$dir/j.db
"$cchc" demo --db "$db" --dossiers 40 >/dev/null || exit 1
check "nothing is sealed yet" grep -q "Đã kiểm tra 0 thay đổi" <("$cchc" journal verify --db "$db")
# As if it had been sealed yesterday, so that the day is over.
yesterday=$(date -d yesterday +%F)
check "it is sealed" "$cchc" journal seal --db "$db"
check "it is sound" "$cchc" journal verify --db "$db"
today=$(TZ=Asia/Ho_Chi_Minh date +%F)
check "today is not over" fails "$cchc" journal digest --db "$db" --on "$today"

# Erasing.
person=$(sqlite3 "$db" "select applicant_id from dossier order by id limit 1")
check "an erasure needs a reason" fails "$cchc" journal erase --db "$db" --subject applicant --record "$person"
check "personal values are erased" "$cchc" journal erase --db "$db" --subject applicant --record "$person" --reason "theo đơn"
check "the chain still holds" "$cchc" journal verify --db "$db"
[ "$(sqlite3 "$db" "select count(*) from journal_personal where erased_change_id is not null")" -gt 0 ] || {
	echo "FAILED: nothing was erased"
	failed=1
}

# A day that is over: a journal kept by a server whose clock stood a day back.
faketime=$(command -v faketime)
[ -n "$faketime" ] || { echo "FAILED: faketime is missing; run tools/install.sh test"; exit 1; }
old=$dir/old.db
"$faketime" "$yesterday 12:00:00" "$cchc" demo --db "$old" --dossiers 20 >/dev/null || exit 1
check "sealed yesterday" "$faketime" "$yesterday 12:00:00" "$cchc" journal seal --db "$old"
check "the digest of yesterday" "$cchc" journal digest --db "$old" --on "$yesterday" --request "$dir/q.tsq" --pdf "$dir/d.pdf"
check "the paper holds the hash" bash -c "pdftotext '$dir/d.pdf' - | tr -d ' \n' | grep -q \"\$(sed -n 2p '$dir/out')\""

cat >"$dir/ca.cnf" <<END
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical,CA:true
[stamp]
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = one
[one]
serial = $dir/serial
default_policy = 1.2.3.4
digests = sha256
signer_digest = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
END
echo 01 >"$dir/serial"
authority() { # name
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Root $1" -config "$dir/ca.cnf" -extensions ca -keyout "$dir/$1.key" -out "$dir/$1.pem"
	openssl req -newkey rsa:2048 -nodes -subj "/CN=Stamp $1" -config "$dir/ca.cnf" -keyout "$dir/$1-t.key" -out "$dir/$1-t.csr"
	openssl x509 -req -days 2 -in "$dir/$1-t.csr" -CA "$dir/$1.pem" -CAkey "$dir/$1.key" -CAcreateserial -extfile "$dir/ca.cnf" -extensions stamp -out "$dir/$1-t.pem"
} 2>/dev/null
stamp() { # name, query, out
	openssl ts -reply -config "$dir/ca.cnf" -section one -queryfile "$2" -signer "$dir/$1-t.pem" -inkey "$dir/$1-t.key" -out "$3" 2>/dev/null
}
authority good
authority other
stamp good "$dir/q.tsq" "$dir/q.tsr" || { echo "FAILED: openssl makes no time stamp"; exit 1; }
openssl ts -query -digest "$(printf '%064d' 7)" -sha256 -no_nonce -cert -out "$dir/w.tsq" 2>/dev/null
stamp good "$dir/w.tsq" "$dir/w.tsr"
check "a stamp of another hash is refused" fails "$cchc" journal digest --db "$old" --on "$yesterday" --stamp "$dir/w.tsr" --ca "$dir/good.pem"
check "a stamp of a stranger is refused" fails "$cchc" journal digest --db "$old" --on "$yesterday" --stamp "$dir/q.tsr" --ca "$dir/other.pem"
check "the stamp is kept" "$cchc" journal digest --db "$old" --on "$yesterday" --stamp "$dir/q.tsr" --ca "$dir/good.pem"
check "and shown" grep -q "Dấu thời gian" <("$cchc" journal digest --db "$old" --on "$yesterday")
check "sealed again" "$cchc" journal seal --db "$old"
check "it is sound with its stamp" "$cchc" journal verify --db "$old"
sqlite3 "$old" "update journal_digest set token_at = token_at + 1000000"
check "an altered stamp is found" fails "$cchc" journal verify --db "$old"

# What is altered is named, by exit code 1.
sqlite3 "$db" "update change_log set origin = 'elsewhere' where id = (select change_id from journal_seal where number = 17)"
"$cchc" journal verify --db "$db" >"$dir/out"
[ $? = 1 ] && grep -q "Số 17:" "$dir/out" || {
	echo "FAILED: number 17 is not named"
	failed=1
}
exit $failed
