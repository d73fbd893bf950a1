#!/bin/sh
# The look holds together: each class that a template names is in the stylesheet or the script,
# each icon is in the sprite, and what a first page loads stays small.
cd "$(dirname "$0")/../.." || exit 2
bad=0
templates=$(find src -name '*.html')
for class in $(cat $templates | tr '\n' ' ' | sed 's/{{[^}]*}}/ /g' | grep -oE 'class="[^"]*"' | sed 's/class="//; s/"$//' | tr ' ' '\n' | sort -u); do
	grep -qE "\.$class([^a-z0-9-]|$)" static/cchc.css static/cchc.js ||
		{ echo "class \"$class\" of $(grep -lE "class=\"[^\"]*\b$class\b" $templates | head -1) is not in static/cchc.css" >&2; bad=1; }
done
for icon in $(grep -hoE 'icon\("[a-z]+"\)' $templates | sed 's/.*("//; s/").*//' | sort -u) $(sed -n 's/^NAV(.*, *"\([a-z]*\)").*/\1/p' src/web/nav.def 2>/dev/null); do
	grep -q "id=\"$icon\"" static/icons.svg || { echo "icon \"$icon\" is not in static/icons.svg" >&2; bad=1; }
done
small() { # file, most bytes compressed
	n=$(gzip -9 -c "$1" | wc -c)
	[ "$n" -le "$2" ] || { echo "$1: $n bytes compressed, at most $2" >&2; bad=1; }
}
small static/cchc.css 10240
small static/cchc.js 10240
small static/icons.svg 5120
exit $bad
