#!/bin/sh
# Plants each thing that a template must not do; mktmpl must refuse every one, with file and line,
# and must accept the sound templates at the end.
cd "$(dirname "$0")/../.." || exit 2
make -s build/tools/mktmpl >/dev/null || exit 2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
template() { printf '{{view struct t_view "t_view.h"}}\n%s\n' "$1" >"$dir/t.html"; }
refused() { # markup, part of the message
	template "$1"
	if message=$(build/tools/mktmpl "$dir/t.html" "$dir/t.c" 2>&1); then
		echo "not refused: $1" >&2
		bad=1
	fi
	case $message in
	"$dir/t.html:"[0-9]*": "*"$2"*) ;;
	*) echo "refused with another message: $1: $message" >&2; bad=1 ;;
	esac
	[ ! -e "$dir/t.c" ] || { echo "half a file was written: $1" >&2; bad=1; rm -f "$dir/t.c"; }
}
accepted() { # markup, part of the C that must come out
	template "$1"
	build/tools/mktmpl "$dir/t.html" "$dir/t.c" || { echo "not accepted: $1" >&2; bad=1; return; }
	grep -qF -- "$2" "$dir/t.c" || { echo "other C than expected ($2):" >&2; cat "$dir/t.c" >&2; bad=1; }
	rm -f "$dir/t.c"
}

# Places that escaping does not make safe.
refused '<script>{{v->x}}</script>' 'script in a page'
refused '<script>alert(1)</script>' 'script in a page'
refused '<style>{{v->x}}</style>' '<style> is refused'
refused '<p class={{v->x}}>a</p>' 'needs quotes'
refused '<p {{v->x}}>a</p>' 'only in text and in quoted values'
refused '<p onclick="{{v->x}}">a</p>' 'onclick= is refused'
refused '<p style="color: {{v->x}}">a</p>' 'style= is refused'
refused '<p {{attr onclick="x" if v->x}}>a</p>' 'refused'
refused '<p {{attr href="x" if v->x}}>a</p>' 'refused'
refused '<iframe srcdoc="{{v->x}}"></iframe>' 'srcdoc= is refused'
refused '<!-- {{v->x}} -->' 'in an HTML comment'
refused '<a href="javascript:alert(1)">a</a>' 'javascript:'
refused '<a href="/x/{{v->id}}">a</a>' 'struct url'
refused '<a href="{{v->a}}{{v->b}}">a</a>' 'struct url'
refused '<form method="{{v->m}}" action="{{v->to}}"></form>' 'method='

# Forms.
refused '<form method="post" action="{{v->to}}"><button>a</button></form>' 'needs {{tokens}}'
refused '<form method="POST" action="{{v->to}}"></form>' 'needs {{tokens}}'
refused '<form method="get" action="{{v->to}}">{{tokens}}</form>' 'belongs into a form'
refused '{{tokens}}' 'belongs into a form'
refused '<button formmethod="post">a</button>' 'formmethod= is refused'

# Tags.
refused '<div>a' 'is not closed'
refused '<div><b>a</div></b>' 'where <b> of line 2 is open'
refused 'a</div>' 'closes nothing'
refused '{{if v->x}}<div>{{end}}</div>' 'is not closed before'
refused '<div>{{if v->x}}</div>{{end}}' 'outside this {{if}}'
refused '<p><ul></ul></p>' 'cannot stand in <p>'
refused '<a href="#x"><a href="#y">b</a></a>' 'cannot stand in <a>'
refused '<div/>' 'is no HTML'
refused '<p class="a' 'has no end'
refused 'a < b' 'a bare <'
refused '<p {{if v->x}}class="a{{end}}">b</p>' 'elsewhere in the tag'

# Directives.
refused '{{if v->x}}a' 'without {{end}}'
refused '{{end}}' 'without {{if}}'
refused '{{if v->x}}{{else}}{{else}}{{end}}' 'stands once'
refused '{{each row v->rows}}{{end}}' 'write {{each'
refused '{{v->x' '{{ without }}'
refused '{{}}' 'empty'
refused '{{use "late.h"}}' 'before {{view}}'
refused '{{include other(v)}}' 'write {{include'
printf '<p>no view</p>\n' >"$dir/t.html"
build/tools/mktmpl "$dir/t.html" "$dir/t.c" 2>/dev/null && { echo "not refused: no {{view}}" >&2; bad=1; }

accepted '<b title="{{v->x}}">{{v->y}}</b>' 'html_put(o, v->x);'
accepted '<a href="{{v->to}}">a</a>' 'html_put_url(o, v->to);'
accepted '<a href="#f-{{v->name}}">a</a>' 'html_put(o, v->name);'
accepted '<form method="post" action="{{v->to}}">{{tokens}}</form>' 'html_put_tokens(o);'
accepted '<input {{attr checked if v->x}}>' 'html_lit(o, " checked", 8);'
accepted '{{include tmpl_part(&v->part)}}' 'tmpl_part(o, &v->part);'
accepted '{{each p along v->first}}{{p->x}}{{end}}' 'p = p->next'
accepted '{{# a comment }}' '(void)v;'
accepted '<table>
	<tr>
		<td>{{v->x}}</td>
	</tr>
</table>' 'html_lit(o, "<table><tr><td>", 15);'
accepted '<b>a</b>
	<i>b</i>' '<b>a</b>\n<i>b</i>'
accepted '<pre>a
  b</pre>' '<pre>a\n  b</pre>'
accepted 'what??!' 'what\?\?!'
exit $bad
