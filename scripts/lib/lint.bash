# What a machine can say about the source text. Each check prints what is wrong and fails.

lint_swift() {
    (cd "$repository" && swift format lint --strict --recursive --parallel Sources Tests Package.swift)
}

# A library is checked where it is sourced, so that it is the programs that are named here.
lint_shell() {
    local -a programs
    mapfile -t programs < <(cd "$repository" && find scripts .ci -type f ! -name '*.bash' -print0 |
        xargs -0 grep -lE '^#!/bin/(ba)?sh')
    (cd "$repository" && shellcheck --external-sources --check-sourced "${programs[@]}")
}

# JavaScript as we write it: no semicolon at the end of a line, lines of at most 120 columns.
lint_javascript() {
    local status=0
    (cd "$repository" && LC_ALL=C.UTF-8 grep -rnE --include='*.js' '^.{121}|^[^/*]*;[[:space:]]*$' Templates Tests) ||
        status=$?
    ((status == 1)) # grep found nothing
}

# A file is read in one sitting: at most 400 lines.
lint_lengths() {
    (cd "$repository" && find Sources Tests Templates nginx scripts -type f \( -name '*.swift' -o -name '*.js' \
        -o -name '*.css' -o -name '*.bash' -o -name '*.py' -o -name '*.html' \) -exec awk '
        FNR == 401 { print FILENAME ": longer than 400 lines"; bad = 1 }
        END { exit bad }' {} +)
}

# The units for systemd: it understands every line, and a service's exposure, by its own measure of ten, is at most 2.1.
# The programs are not where the units will have them, so another stands there.
lint_units() {
    local units status=0 unit
    units=$(mktemp -d)
    cp "$repository"/scripts/systemd/carrel-* "$units/"
    sed -i 's|^ExecStart=[^ ]*|ExecStart=/bin/true|' "$units"/*.service
    systemd-analyze verify --man=no --recursive-errors=no "$units"/carrel-* || status=1
    for unit in "$units"/*.service; do
        systemd-analyze security --offline=yes --no-pager --threshold=21 "$unit" >"$units/exposure" || {
            echo "${unit##*/}:"
            grep -E '✗' "$units/exposure" | head -n 20
            status=1
        }
    done
    rm -rf "$units"
    return "$status"
}

# build_everything OPTIONS…: programs and tests, with every import declared and without a warning of ours. Files that
# gave a warning are touched, so that the next build says it again.
build_everything() {
    local log=$cache/build-tests.log file
    (cd "$repository" && swift build --build-tests --explicit-target-dependency-import-check error "$@") >"$log" 2>&1 || {
        grep -E 'error:' "$log" | LC_ALL=C sort -u | head -n 30
        say "The build failed; its whole output is in $log."
        return 1
    }
    local -a warnings
    mapfile -t warnings < <(grep -E "^$repository/(Sources|Tests|Package).*: warning: " "$log" | LC_ALL=C sort -u)
    ((${#warnings[@]} > 0)) || return 0
    printf '%s\n' "${warnings[@]}"
    for file in "${warnings[@]%%:*}"; do
        touch "$file"
    done
    return 1
}
