# The editor and the terminal (CodeMirror 6 and xterm.js) as ES modules. A Python package carries both; pip fetches it,
# checks it against the hash in scripts/vendor.txt, and only its JavaScript is taken out. Nothing of it is committed.

readonly vendor_list=$repository/scripts/vendor.txt

# Sets vendor_directory: where the modules of this list are, whether they are there yet or not.
use_vendor() {
    vendor_directory=$cache/vendor/$(hash_of "$vendor_list")
}

fetch_vendor() {
    [[ ! -f $vendor_directory/xterm/index.js ]] || return 0
    local work wheel part
    work=$(mktemp -d)
    /usr/bin/python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
        --require-hashes --requirement "$vendor_list" --dest "$work" >"$work/pip.log" 2>&1 || {
        tail -n 3 "$work/pip.log" >&2
        fail "The editor modules can't be fetched with pip; check the network, or pip's index settings."
    }
    wheel=$(find "$work" -name '*.whl')
    part=$vendor_directory.part.$$
    mkdir -p "$part/codemirror" "$part/xterm"
    unzip -q -j "$wheel" 'nicegui/elements/codemirror/dist/*' -d "$part/codemirror"
    unzip -q -j "$wheel" 'nicegui/elements/xterm/dist/*' -d "$part/xterm"
    unzip -q -j "$wheel" '*/LICENSE*' -d "$part"
    rm -rf "$vendor_directory" "$work"
    mv "$part" "$vendor_directory"
}
