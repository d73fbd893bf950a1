# pg.sh - a PostgreSQL cluster of our own for tests: `. tests/lib/pg.sh`, pg_start, pg_stop.
# It lives in a temporary directory, is reached through a socket there, and syncs nothing.  As
# root it runs as the user postgres, since PostgreSQL refuses root.
pg_dir=
pg_url=
pg_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
pg_user() { # command...
	if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi
}
pg_start() { # sets pg_url; 1 and a message when it cannot
	[ -n "$pg_bin" ] || { echo "PostgreSQL is missing; install it: apt-get install -y postgresql"; return 1; }
	pg_dir=$(mktemp -d /tmp/cchc-pg-XXXXXX) || return 1
	[ "$(id -u)" != 0 ] || chown postgres: "$pg_dir"
	(
		cd "$pg_dir" || exit 1
		pg_user "$pg_bin/initdb" -D "$pg_dir/data" -A trust -U cchc -E UTF8 --locale=C -N >"$pg_dir/log" 2>&1 &&
			pg_user "$pg_bin/pg_ctl" -D "$pg_dir/data" -l "$pg_dir/server.log" -w -t 60 -o "-F -k $pg_dir -c listen_addresses= -c shared_buffers=64MB -c max_connections=300 -c full_page_writes=off -c autovacuum_naptime=10min -c max_wal_size=4GB -c checkpoint_timeout=1h" start >>"$pg_dir/log" 2>&1
	) || { cat "$pg_dir"/*log; echo "PostgreSQL did not start"; pg_stop; return 1; }
	pg_url="postgresql:///postgres?host=$pg_dir&user=cchc"
}
pg_stop() {
	[ -n "$pg_dir" ] || return 0
	[ ! -e "$pg_dir/data/postmaster.pid" ] || (cd "$pg_dir" && pg_user "$pg_bin/pg_ctl" -D "$pg_dir/data" -m immediate -w stop >/dev/null 2>&1)
	rm -rf "$pg_dir"
	pg_dir=
}
