# A release: a copy of all that an instance runs and serves, in its state directory, so that editing the clone (or
# deleting it) changes nothing under a running site.

# install_release: replaces $release_directory when something in it would change. Sets asset_version.
install_release() {
    local stamp part=$release_directory.part
    asset_version=$(hash_of_tree "$repository/Templates" "$vendor_directory" | cut -c1-8)
    stamp="$build_hash $asset_version $(hash_of_tree "$catalogue" "$own_languages_directory" "$repository/nginx" "$repository/scripts/lib")"
    if [[ $(cat "$release_directory/stamp" 2>/dev/null) == "$stamp" ]]; then
        substep "nothing has changed"
        return
    fi
    rm -rf "$part"
    mkdir -p "$part/bin"
    install -m 0755 "$build_directory"/* "$part/bin/"
    mkdir -p "$repository/Templates"
    cp -R "$repository/Templates" "$part/Templates"
    cp -R "$repository/nginx" "$part/nginx"
    install -d "$part/scripts"
    cp -R "$repository/scripts/lib" "$part/scripts/lib"
    cp -R "$vendor_directory" "$part/vendor"
    copy_languages "$part/languages"
    chmod -R u=rwX,go=rX "$part"
    compress_assets "$part/Templates" "$part/vendor"
    echo "$stamp" >"$part/stamp"
    rm -rf "$release_directory"
    mv "$part" "$release_directory"
}

# nginx sends the .br or the .gz beside a file to readers that take it; browsers take the first from this machine and over
# TLS only.
compress_assets() {
    local -a assets=("$@" -type f \( -name '*.js' -o -name '*.css' -o -name '*.svg' \))
    find "${assets[@]}" -exec brotli --best --keep --force {} +
    find "${assets[@]}" -size +1k -exec gzip -9 -k -f -n {} +
}

# hash_of_tree DIR…: 12 digits for the names and contents of all files below.
hash_of_tree() {
    local directory
    for directory in "$@"; do
        [[ ! -d $directory ]] || (cd "$directory" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum)
    done | sha256sum | cut -c1-12
}
