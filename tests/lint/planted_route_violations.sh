#!/bin/sh
# A route without a "who may", or with one that is none, must not build.  Each planted row is
# given to mkroutes and then to the compiler with the router's own table; one of them refuses.
cd "$(dirname "$0")/../.." || exit 2
make -s build/tools/mkroutes generated >/dev/null || exit 2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
mkdir -p "$dir/web" "$dir/gen"
builds() { # row; 0 when it builds
	printf '%s\n' "$1" >"$dir/web/routes.def"
	build/tools/mkroutes "$dir/web/routes.def" "$dir/gen/pages.h" "$dir/gen/links.h" 2>"$dir/says" &&
		${CC:-cc} -std=c17 -D_GNU_SOURCE -I"$dir" -Isrc -Ibuild/gen -Wall -Wextra -Werror -fsyntax-only src/web/route.c 2>"$dir/says"
}
compiles() { # the same without mkroutes: what the compiler alone says
	printf '%s\n' "$1" >"$dir/web/routes.def"
	printf '#include "http/http.h"\npage_fn page;\n' >"$dir/gen/pages.h"
	${CC:-cc} -std=c17 -D_GNU_SOURCE -I"$dir" -Isrc -Ibuild/gen -Wall -Wextra -Werror -fsyntax-only src/web/route.c 2>"$dir/says"
}
plant() {
	if builds "$1"; then
		echo "not refused: $1" >&2
		bad=1
	fi
}
plant_c() {
	plant "$1"
	if compiles "$1"; then
		echo "the compiler does not refuse: $1" >&2
		bad=1
	fi
}
builds 'ROUTE(GET, "/a/:id", page, READS, MAY(DOSSIER_READ), "about")' || { cat "$dir/says" >&2; exit 2; }
plant_c 'ROUTE(GET, "/a", page, READS, "about")'
plant_c 'ROUTE(GET, "/a", page, READS, , "about")'
plant_c 'ROUTE(GET, "/a", page, READS, 0, "about")'
plant_c 'ROUTE(GET, "/a", page, READS, MAY(NONE_SUCH), "about")'
plant_c 'ROUTE(GET, "/a", page, READS, ANYBODY, "")'
plant_c 'ROUTE(POST, "/a", page, READS, ANYBODY, "about")'
plant_c 'ROUTE(PUT, "/a", page, WRITES, ANYBODY, "about")'
plant 'ROUTE(GET, "a", page, READS, ANYBODY, "about")'
plant 'ROUTE(GET, "/a//b", page, READS, ANYBODY, "about")'
plant 'ROUTE(GET, "/a/", page, READS, ANYBODY, "about")'
plant 'ROUTE(GET, "/A", page, READS, ANYBODY, "about")'
plant 'ROUTE(GET, "/a", Page, READS, ANYBODY, "about")'
plant 'ROUTE(GET, "/a:id", page, READS, ANYBODY, "about")'
plant 'ROUTE(GET, "/a", page, READS, ANYBODY, "about")
ROUTE(GET, "/a", other, READS, ANYBODY, "about")'
plant 'ROUTE(GET, "/a", page, READS, ANYBODY, "about")
ROUTE(GET, "/b", page, READS, ANYBODY, "about")'
exit $bad
