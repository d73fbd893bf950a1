#!/bin/bash
# report_paper.sh - a report of a demo database as Word and PDF: number and day in the head and
# every appendix, the same bytes again, both opened by what offices have (LibreOffice, poppler)
# with the same pages, both read alike by the auditor.
cd "$(dirname "$0")/../.." || exit 2
. tests/lib/db.sh
bad=0
say() { echo "$1"; [ -n "$2" ] && cat "$2"; bad=1; }
for tool in soffice pdftotext pdfinfo; do
	command -v $tool >/dev/null || { echo "$tool is missing: apt-get install libreoffice-writer-nogui poppler-utils"; exit 1; }
done

new_db db
build/cchc demo --db "$db" --dossiers 300 --seed 5 >/dev/null || exit 1
build/cchc report open --db "$db" --period 2025-Q1 >/dev/null || exit 1
unit=$(sql "$db" "select u.code from account a join unit u on u.id = a.unit_id where a.login = 'lapbieu'")
act() { # action, account, options...
	local action=$1 as=$2
	shift 2
	build/cchc report do --db "$db" --unit "$unit" --period 2025-Q1 --action "$action" --as "$as" "$@" >/dev/null || say "cannot $action"
}
print() { build/cchc report "$1" --db "$db" --unit "$unit" --period 2025-Q1 --to "$dir/$2.$1" || say "report $1: exit $?"; }
count() { # file, words, how often
	local n
	n=$(pdftotext -layout "$1" - | tr -s ' \n' '  ' | grep -oF -- "$2" | wc -l)
	[ "$n" = "$3" ] || say "$(basename "$1"): \"$2\" stands there $n times instead of $3"
}
pages() { pdfinfo "$1" | sed -n 's/^Pages: *//p'; }

# before it has a number: room for it
print pdf draft
count "$dir/draft.pdf" "Số: /BC-UBND" 1
count "$dir/draft.pdf" "(Kèm theo Báo cáo số /BC-UBND" 7

act to-check lapbieu
act submit lapbieu
act sign lanhdao
today=$(date +%F)
act number vanthu --number 7 --notation BC-UBND --dated "$today"

# number and day are filled in one act
print docx report
print pdf report
month=$(date -d "$today" +%-m)
[ "$month" -lt 3 ] && month=0$month
day="ngày $(date -d "$today" +%d) tháng $month năm $(date -d "$today" +%Y)"
count "$dir/report.pdf" "Số: 07/BC-UBND" 1
count "$dir/report.pdf" "(Kèm theo Báo cáo số 07/BC-UBND $day" 7
count "$dir/report.pdf" "TM. ỦY BAN NHÂN DÂN" 1
count "$dir/report.pdf" "./." 1
count "$dir/report.pdf" "Phụ lục VII" 1

# the same bytes again
for kind in docx pdf; do
	print $kind again
	cmp -s "$dir/report.$kind" "$dir/again.$kind" || say "the $kind is another one the second time"
done

# LibreOffice opens the Word file and breaks it into the same pages
soffice "-env:UserInstallation=file://$dir/profile" --headless --convert-to pdf --outdir "$dir/office" "$dir/report.docx" >/dev/null 2>&1
[ -s "$dir/office/report.pdf" ] || say "LibreOffice cannot open the Word file"
[ "$(pages "$dir/office/report.pdf")" = "$(pages "$dir/report.pdf")" ] ||
	say "LibreOffice makes $(pages "$dir/office/report.pdf") pages of what the PDF has on $(pages "$dir/report.pdf")"
words() { pdftotext "$1" - | tr -s ' \n\f' '\n\n\n' | sort >"$dir/$2"; }
words "$dir/report.pdf" ours
words "$dir/office/report.pdf" theirs
cmp -s "$dir/ours" "$dir/theirs" || say "LibreOffice shows other words" <(diff "$dir/ours" "$dir/theirs" | head -20)

# the auditor reads both alike, and finds number and day
for kind in docx pdf; do
	build/cchc audit "$dir/report.$kind" | sed 's/^\( *dòng\) [0-9]*:/\1:/' >"$dir/audit.$kind"
done
cmp -s "$dir/audit.docx" "$dir/audit.pdf" || say "the auditor reads them differently" <(diff "$dir/audit.docx" "$dir/audit.pdf")
grep -q "Đã kiểm tra" "$dir/audit.docx" || say "the auditor has checked nothing" "$dir/audit.docx"

# what names no report
build/cchc report pdf --db "$db" --unit "$unit" --period 2024-Q9 --to "$dir/none.pdf" 2>"$dir/err" && say "a period without a report is printed"
grep -qF "Chưa có báo cáo" "$dir/err" || say "no word about the missing report" "$dir/err"
build/cchc report docx --db "$db" --unit H00.77 --period 2025-Q1 --to "$dir/none.docx" 2>"$dir/err" && say "a unit that is none is printed"
[ -e "$dir/none.pdf" ] || [ -e "$dir/none.docx" ] && say "a file was written"
exit $bad
