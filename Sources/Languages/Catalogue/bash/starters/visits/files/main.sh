# Counts what is in visits.log. Open that file, change it, and run this again.

set -euo pipefail

# Arrays with words instead of numbers as their keys.
declare -A pages visitors
number=0
refused=0

# The || takes a last line that has no line break at its end.
while read -r time visitor page status rest || [[ -n ${time:-} ]]; do
    number=$((number + 1))
    [[ -n $time && $time != \#* ]] || continue
    if [[ ! ${status:-} =~ ^[1-5][0-9][0-9]$ || -n $rest ]]; then
        echo "Line $number is left out: it is not a time, a visitor, a page and a status." >&2
        continue
    fi
    visitors[$visitor]=1
    if ((status >= 400)); then
        refused=$((refused + 1))
    else
        pages[$page]=$((${pages[$page]:-0} + 1))
    fi
done <visits.log

echo "${#visitors[@]} visitors, $refused refused"
for page in "${!pages[@]}"; do
    printf '%4d  %s\n' "${pages[$page]}" "$page"
done | sort -k1,1nr -k2
