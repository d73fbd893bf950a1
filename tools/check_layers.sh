#!/bin/sh
# check_layers.sh [DIR] - refuses an #include that goes up or across the layers, and a cycle
# between subjects (docs/architecture.md, "Layers are folders").  DIR: default src.
cd "${1:-src}/.." || exit 2
root=$(basename "${1:-src}")
find "$root" -name '*.[ch]' | sort | xargs awk '
# What a file may include: a list of top folders for its kind.
function allowed(f) {
	if (f ~ /^[^\/]*\/main\.c$/) return " cli ";
	if (f ~ /\/base\//) return " base gen ";
	if (f ~ /\/json\//) return " base json ";
	if (f ~ /\/html\//) return " base html gen ";
	if (f ~ /\/http\//) return " base html http ";
	if (f ~ /\/db\//) return " base db gen ";
	if (f ~ /\/calc\//) return " base calc ";
	if (f ~ /\/text\//) return " base text ";
	if (f ~ /\/doc\//) return " base text doc ";
	if (f ~ /\/web\//) return " base json html http db app web cli gen ";
	if (f ~ /\/cli\//) return " base json db app cli gen ";
	if (f ~ /_store\.[ch]$/) return " base json db app ";
	if (f ~ /_(page|api)\.[ch]$/) return " base text json html http app gen ";
	if (f ~ /_view\.h$/) return " base text html app ";
	if (f ~ /_(pdf|xlsx|docx|csv|zip)\.[ch]$/) return " base text json doc app ";
	if (f ~ /_cli\.[ch]$/) return " base text json db app cli gen ";
	return " base text calc json app ";
}
function is_pure(f) {
	return f ~ /\/app\// && f !~ /_(store|page|api|view|pdf|xlsx|docx|csv|zip|cli)\.[ch]$/;
}
function subject(path) { sub(/^.*app\//, "", path); sub(/\/.*/, "", path); return path }
/^#include "/ {
	split($0, part, "\""); header = part[2]; folder = header; sub(/\/.*/, "", folder);
	if (index(allowed(FILENAME), " " folder " ") == 0) {
		print FILENAME ":" FNR ": must not include " folder "/" > "/dev/stderr"; bad = 1;
	}
	if (is_pure(FILENAME) && header ~ /_(store|page|view|cli)(\.sql)?\.h$/) {
		print FILENAME ":" FNR ": a pure file must not include " header > "/dev/stderr"; bad = 1;
	}
	if (FILENAME ~ /_store\.[ch]$/ && header ~ /_(page|view|cli|pdf|xlsx|csv)\.h$/) {
		print FILENAME ":" FNR ": a store must not include " header > "/dev/stderr"; bad = 1;
	}
	if (folder == "app" && FILENAME ~ /\/app\//) {
		from = subject(FILENAME); to = subject(header);
		if (from != to) print from, to;
	}
}
END { exit bad }' >"${TMPDIR:-/tmp}/layers.$$"
bad=$?
sort -u "${TMPDIR:-/tmp}/layers.$$" | tsort >/dev/null 2>"${TMPDIR:-/tmp}/cycles.$$" || {
	echo "subjects include each other in a circle:" >&2
	cat "${TMPDIR:-/tmp}/cycles.$$" >&2
	bad=1
}
rm -f "${TMPDIR:-/tmp}/layers.$$" "${TMPDIR:-/tmp}/cycles.$$"
exit $bad
