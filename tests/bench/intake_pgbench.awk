# intake_pgbench.awk - turns the log of one intake (log_statement = all, prefix "%p|") into a
# script for pgbench: the statements of its write, one after another, each with the values it
# had.  Ids that the write made become new ones that grow with time, as the program's do; its
# advisory locks are left out.
#
#	awk -v unit=ID -v code=CODE -v request=ID -f intake_pgbench.awk LOG
#
# A statement is a line "PID|LOG:  execute NAME: text" and "PID|DETAIL:  parameters: $1 = '...',
# $2 = NULL"; each goes on in lines that begin with a tab.
function value(text,   n) {
	if (text == "NULL") return "null"
	text = substr(text, 2, length(text) - 2)
	if (text == code) return "('bench-' || :id1::text)"
	if (text == request) return "('bench-' || :id1::text)"
	# An id of this write: not below that of its change, and within some seconds of it.
	if (first == "" && length(text) > 15 && text ~ /^[0-9]+$/) first = text
	if (first != "" && length(text) == length(first) && text ~ /^[0-9]+$/ &&
	    substr(text, 1, length(text) - 10) == substr(first, 1, length(first) - 10)) {
		if (!(text in ids)) ids[text] = ++n_ids
		return ":id" ids[text]
	}
	gsub(/:/, ".", text) # pgbench would look for a variable
	return "'" text "'"
}
# "$1 = 'a', $2 = NULL": a value ends before ", $2 = ".
function read_values(line,   i, at, next_mark, part) {
	split("", values)
	for (i = 1; ; i++) {
		at = index(line, "$" i " = ")
		if (at != 1) break
		line = substr(line, length("$" i " = ") + 1)
		next_mark = ", $" (i + 1) " = "
		at = index(line, next_mark)
		part = at ? substr(line, 1, at - 1) : line
		values[i] = value(part)
		line = at ? substr(line, at + 2) : ""
	}
	return i - 1
}
function finish(   i) {
	if (statement ~ /pg_advisory_xact_lock/) statement = parameters = ""
	if (statement == "") return
	n_values = parameters == "" ? 0 : read_values(parameters)
	gsub(/[ \t\n]+/, " ", statement)
	sub(/;? *$/, "", statement)
	for (i = n_values; i >= 1; i--) put(i)
	if (statement ~ /^insert into dossier /) found = 1
	out[++n_out] = statement ";"
	statement = parameters = ""
}
# Puts value i where $i stands; sub() would take & in a value for the match.
function put(i,   mark, at, rest, done) {
	mark = "$" i
	rest = statement
	done = ""
	while ((at = index(rest, mark)) > 0) {
		if (substr(rest, at + length(mark), 1) ~ /[0-9]/) {
			done = done substr(rest, 1, at + length(mark) - 1)
		} else {
			done = done substr(rest, 1, at - 1) values[i]
		}
		rest = substr(rest, at + length(mark))
	}
	statement = done rest
}
/^\t/ {
	line = "\n" substr($0, 2)
	if (!mine) next
	if (parameters != "") parameters = parameters line
	else if (statement != "") statement = statement line
	next
}
{
	pid = $0
	sub(/\|.*/, "", pid)
	mine = inside && pid == writer
}
/\|LOG:  statement: begin isolation level read committed/ && !inside {
	writer = pid
	inside = 1
	next
}
mine && /\|LOG:  (statement|execute [^:]*): commit$/ {
	finish()
	if (found) exit
	inside = n_out = n_ids = 0 # another write, not an intake
	first = ""
	split("", ids)
	next
}
mine && /\|LOG:  execute / {
	finish()
	statement = $0
	sub(/^[^:]*:  execute [^:]*: /, "", statement)
}
mine && /\|DETAIL:  parameters: / {
	parameters = $0
	sub(/^[^:]*:  parameters: /, "", parameters)
}
END {
	print "\\set n :n + 1"
	for (i = 1; i <= n_ids; i++)
		printf "\\set id%d (:start + :n * 64 + :client_id) * 128 + %d\n", i, i
	print "begin;"
	for (i = 1; i <= n_out; i++) print out[i]
	print "commit;"
}
