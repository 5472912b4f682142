# How far the image of each language is, for the site's administrators: a file for each language that has something to
# tell, with a word (waiting, building, failed), Unix seconds and a sentence, each on a line of its own. The site reads
# them while they are written, so a file is replaced as a whole.

# Languages that this script has told of and that are not done.
told_builds=()

# tell_build ID STATE [SENTENCE]
tell_build() {
    local part
    mkdir -p "$image_builds_directory"
    part=$(mktemp "$image_builds_directory/.$1.XXXXXX")
    printf '%s\n%s\n%s\n' "$2" "${build_began:-$(date +%s)}" "${3:-}" >"$part"
    chmod 0644 "$part"
    mv "$part" "$image_builds_directory/$1"
}

# tell_waiting ID…: these are to be built, one after the other.
tell_waiting() {
    local id
    for id in "$@"; do
        tell_build "$id" waiting
    done
    told_builds=("$@")
}

forget_build() {
    rm -f "$image_builds_directory/$1"
}

# Nobody builds any more what this script had still to do; a failure stays told.
end_builds() {
    local id
    for id in "${told_builds[@]}"; do
        [[ $(head -n 1 "$image_builds_directory/$id" 2>/dev/null) == failed ]] || forget_build "$id"
    done
    told_builds=()
}

# follow_build ID: copies what a build of the Engine prints, and tells at which step it is.
follow_build() {
    local line
    while IFS= read -r line; do
        printf '%s\n' "$line"
        [[ ! $line =~ ^Step\ ([0-9]+)/([0-9]+) ]] ||
            tell_build "$1" building "step ${BASH_REMATCH[1]} of ${BASH_REMATCH[2]}"
    done
}

# last_line FILE: the last that is not empty.
last_line() {
    grep -v '^[[:space:]]*$' "$1" | tail -n 1
}
