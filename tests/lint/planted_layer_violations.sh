#!/bin/sh
# Plants one violation of each layer rule; the checker must refuse every one of them.
cd "$(dirname "$0")/../.." || exit 2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
plant() { # file, header
	rm -rf "$dir/src"
	mkdir -p "$(dirname "$dir/src/$1")"
	printf '#include "%s"\n' "$2" >"$dir/src/$1"
	if tools/check_layers.sh "$dir/src" 2>/dev/null; then
		echo "not refused: $1 includes $2" >&2
		bad=1
	fi
}
plant base/a.c app/unit/unit.h
plant json/a.c db/db.h
plant html/a.c http/http.h
plant http/a.c web/router.h
plant db/a.c app/unit/unit.h
plant calc/a.c db/db.h
plant doc/a.c app/slip/slip.h
plant app/x/x.c db/db.h
plant app/x/x.c http/http.h
plant app/x/x.c app/y/y_store.h
plant app/x/x_store.c html/html.h
plant app/x/x_store.c app/x/x_page.h
plant app/x/x_page.c db/db.h
plant app/x/x_page.c web/router.h
plant app/x/x_pdf.c db/db.h
plant app/x/x_cli.c http/http.h
plant main.c web/app.h
rm -rf "$dir/src"
mkdir -p "$dir/src/app/x" "$dir/src/app/y"
echo '#include "app/y/y.h"' >"$dir/src/app/x/x.c"
echo '#include "app/x/x.h"' >"$dir/src/app/y/y.c"
if tools/check_layers.sh "$dir/src" 2>/dev/null; then
	echo "not refused: a circle of subjects" >&2
	bad=1
fi
exit $bad
