# The language images, built without an image registry, in three layers:
#
#   base       Debian's smallest system, by mmdebstrap from the host's own package sources   cached by its recipe
#   language   the Dockerfile of the language's folder on that base                          cached by base + folder
#   agent      the carrel-agent program, added in the Engine that runs it                    tagged by language + agent
#
# The first two need the network. Our own Engine has none and can't lend the host's (userns-remap forbids it), so
# they are made by a second Engine that lives as long as the build does, and are kept as tar files in the cache.

readonly catalogue=$repository/Sources/Languages/Catalogue
readonly debian=bookworm

# Every folder with a language.json is a language: those of the catalogue, and those of the operator, which come instead
# of one of the same name. The names of the other layers are taken. One whose image is made of something that not every
# host has is a language only where it is there.
languages() {
    local manifest id
    for manifest in "$catalogue"/*/language.json "$own_languages_directory"/*/language.json; do
        [[ -f $manifest ]] || continue
        id=$(basename "$(dirname "$manifest")")
        ! host_part "$id" >/dev/null || echo "$id"
    done | grep -vxE 'base|agent' | LC_ALL=C sort -u
}

# host_part ID [DIR]: prints what identifies what the image of a language takes from the host, nothing when it takes
# nothing; copies it into the directory. A language says so with a program `host` in its folder.
host_part() {
    local program
    program=$(language_folder "$1")/host
    [[ ! -x $program ]] || "$program" "${@:2}"
}

# The folder of a language.
language_folder() {
    local folder=$own_languages_directory/$1
    [[ -f $folder/language.json ]] || folder=$catalogue/$1
    echo "$folder"
}

# copy_languages DIR: all folders of languages, as programs read them.
copy_languages() {
    local id
    mkdir -p "$1"
    for id in $(languages); do
        cp -R "$(language_folder "$id")" "$1/$id"
    done
}

# The languages whose images are there before Carrel is said to be ready, by CARREL_IMAGES; `all` means all.
first_languages() {
    local id words=${CARREL_IMAGES:-python javascript c bash}
    [[ $words != all ]] || words=$(languages | xargs)
    for id in $words; do
        [[ -f $(language_folder "$id")/language.json ]] || fail "CARREL_IMAGES names $id; there are: $(languages | xargs)"
        echo "$id"
    done
}

# The others.
later_languages() {
    comm -23 <(languages | LC_ALL=C sort) <(first_languages | LC_ALL=C sort)
}

# hash_of FILE…: 12 digits that change when the contents do.
hash_of() {
    cat -- "$@" | sha256sum | cut -c1-12
}

base_hash() {
    hash_of "$catalogue"/base/* <(echo "$debian $(dpkg --print-architecture)")
}

# The command that prints a language's version, a NUL after each argument.
version_command() {
    python3 -c 'import json, sys; print(*json.load(open(sys.argv[1]))["version"], sep="\0", end="\0")' \
        "$(language_folder "$1")/language.json"
}

declare -A language_hashes=()

# Of the manifest only the version command is part of an image; starters and samples are not.
language_hash() {
    local files folder
    if [[ -n ${language_hashes[$1]:-} ]]; then
        echo "${language_hashes[$1]}"
        return
    fi
    folder=$(language_folder "$1")
    mapfile -t files < <(find "$folder" -type f ! -name language.json ! -name 'starter.*' \
        ! -path "$folder/samples/*" ! -path "$folder/starters/*" | LC_ALL=C sort)
    hash_of "${files[@]}" <(base_hash) <(version_command "$1") <(host_part "$1")
}

image_hash() {
    hash_of "$2" "$catalogue/agent/Dockerfile" <(language_hash "$1")
}

base_file() {
    echo "$cache/images/base-$(base_hash).tar"
}

language_file() {
    echo "$cache/images/$1-$(language_hash "$1").tar"
}

# The host's Debian sources for that suite, so that a site with a mirror of its own needs no other; or CARREL_DEBIAN_MIRROR.
# Prints nothing when the host has none: mmdebstrap then takes Debian's.
debian_sources() {
    if [[ -n ${CARREL_DEBIAN_MIRROR:-} ]]; then
        echo "deb $CARREL_DEBIAN_MIRROR $debian main"
        return
    fi
    # shellcheck disable=SC2016 # the fields are apt's, not ours
    apt-get indextargets --format '$(CODENAME) deb $(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' \
        'Origin: Debian' | awk -v suite="$debian" '$1 == suite || index($1, suite "-") == 1' | cut -d' ' -f2- |
        LC_ALL=C sort -u
}

make_base() {
    mkdir -p "$cache/images"
    exec 7>"$cache/images/base.lock"
    flock 7
    [[ -f $(base_file) ]] || bootstrap_base
    exec 7>&-
}

bootstrap_base() {
    local file sources
    file=$(base_file)
    substep "base: Debian $debian (about a minute)"
    mapfile -t sources < <(debian_sources)
    mmdebstrap --quiet --variant=minbase --include=ca-certificates \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/info/*' \
        --customize-hook="$catalogue/base/customize \"\$1\"" \
        "$debian" "$file.part.tar" "${sources[@]}" >"$cache/images/base.log" 2>&1 ||
        fail "The base image could not be made; see $cache/images/base.log."
    mv "$file.part.tar" "$file"
}

# make_language ID: the cached image of a language, without the agent, through the build Engine.
make_language() {
    local id=$1 file context
    file=$(language_file "$id")
    [[ ! -f $file ]] || return 0
    need_build_engine
    # Beside the Engine's data, so that it goes with them when this script is ended.
    context=$build_engine_directory/context
    cp -R "$(language_folder "$id")" "$context"
    rm -f "$context/host"
    host_part "$id" "$context/host" >/dev/null ||
        fail "What the image for $id takes from this machine could not be copied."
    engine_at "$build_engine_socket" build --network host --tag "carrel/$id:language" "$context" 2>&1 |
        follow_build "$id" >"$cache/images/$id.log" ||
        fail "The image for $id could not be built: $(last_line "$cache/images/$id.log") (see $cache/images/$id.log)"
    rm -rf "$context"
    tell_build "$id" building "keeping the image"
    no_privileged_files "$id"
    label_version "$id"
    engine_at "$build_engine_socket" save --output "$file.part" "carrel/$id:$(language_hash "$id")"
    mv "$file.part" "$file"
}

no_privileged_files() {
    local found
    found=$(engine_at "$build_engine_socket" run --rm --network none "carrel/$1:language" \
        find / -xdev -perm /6000)
    [[ -z $found ]] || fail "The image for $1 has set-user-id programs ($found); install with install-packages."
}

# label_version ID: tags the image with its hash, and labels it with the first line its version command prints.
label_version() {
    local id=$1 words version
    mapfile -d '' -t words < <(version_command "$id")
    version=$(engine_at "$build_engine_socket" run --rm --network none "carrel/$id:language" "${words[@]}" 2>&1) ||
        fail "The image for $id does not tell its version: ${words[*]} said: $version"
    engine_at "$build_engine_socket" build --quiet --label "carrel.version=${version%%$'\n'*}" \
        --tag "carrel/$id:$(language_hash "$id")" - <<<"FROM carrel/$id:language" >>"$cache/images/$id.log" 2>&1 ||
        fail "The image for $id could not be labelled; see $cache/images/$id.log."
}

build_engine_socket=

# Starts the Engine that builds, once, with the base image in it. It ends with the script (see end_build_engine).
need_build_engine() {
    [[ -z $build_engine_socket ]] || return 0
    make_base
    build_engine_directory=$(mktemp -d "$cache/build-engine.XXXXXX")
    prepare_engine_directory "$build_engine_directory/run"
    engine_command "$build_engine_directory/data" "$build_engine_directory/run"
    "${command[@]}" >"$cache/images/build-engine.log" 2>&1 8>&- 9>&- &
    build_engine_pid=$!
    build_engine_socket=$build_engine_directory/run/docker.sock
    wait_until 30 engine_answers "$build_engine_socket" ||
        fail "The Docker Engine that builds the images did not start; see $cache/images/build-engine.log."
    engine_at "$build_engine_socket" import --change 'ENV LANG=C.UTF-8' "$(base_file)" carrel/base >/dev/null
}

end_build_engine() {
    [[ -n $build_engine_socket ]] || return 0
    kill "$build_engine_pid" 2>/dev/null || true
    wait "$build_engine_pid" 2>/dev/null || true
    build_engine_socket=
    unmount_below "$build_engine_directory"
    rm -rf "$build_engine_directory"
}

# load_language ID AGENT: the finished image in the Engine at $engine_socket, tagged with its hash and `current`.
load_language() {
    local id=$1 agent=$2 tag context
    tag=carrel/$id:$(image_hash "$id" "$agent")
    if ! image_exists "$tag"; then
        image_exists "carrel/$id:$(language_hash "$id")" ||
            engine_at "$engine_socket" load --quiet --input "$(language_file "$id")" >/dev/null
        context=$(mktemp -d)
        install -m 0755 "$agent" "$context/carrel-agent"
        cp "$catalogue/agent/Dockerfile" "$context/"
        engine_at "$engine_socket" build --quiet --network none --build-arg "LANGUAGE=carrel/$id:$(language_hash "$id")" \
            --tag "$tag" "$context" >"$cache/images/$id-agent.log" 2>&1 ||
            fail "The agent could not be added to the image of $id; see $cache/images/$id-agent.log."
        rm -rf "$context"
    fi
    engine_at "$engine_socket" tag "$tag" "carrel/$id:current"
}

image_exists() {
    engine_at "$engine_socket" image inspect "$1" >/dev/null 2>&1
}

# make_images AGENT ID…: builds what the cache lacks and loads all of them into the Engine. One that can't be made keeps
# nobody from the others; the script fails at the end.
make_images() {
    local agent=$1 id count=0 status wanted=() lost=()
    shift
    mkdir -p "$cache/images"
    for id in "$@"; do
        language_hashes[$id]=$(language_hash "$id")
        image_exists "carrel/$id:$(image_hash "$id" "$agent")" || wanted+=("$id")
    done
    tell_waiting "${wanted[@]}"
    for id in "$@"; do
        count=$((count + 1))
        build_began=$(date +%s)
        if [[ ! -f $(language_file "$id") && -z $build_engine_socket ]]; then
            tell_build "$id" building "the base system"
            need_build_engine
        fi
        # A condition would make the shell go on after a fault inside.
        set +e
        (set -e && make_image "$id" "$agent" "$count of $#") 2>"$cache/images/$id.fault"
        status=$?
        set -e
        cat "$cache/images/$id.fault" >&2
        if ((status == 0)); then
            forget_build "$id"
        else
            lost+=("$id")
            tell_build "$id" failed "$(last_line "$cache/images/$id.fault")"
        fi
    done
    keep_two_newest base
    end_build_engine
    end_builds
    ((${#lost[@]} == 0)) || fail "These images could not be made: ${lost[*]}."
}

# make_image ID AGENT PLACE: one process a language and cache at a time, so that nobody waits for the many that another
# builds for later.
make_image() {
    local id=$1 agent=$2
    if [[ ! -f $(language_file "$id") ]]; then
        substep "$id ($3): building"
        exec 9>"$cache/images/$id.lock"
        flock 9
        make_language "$id"
        exec 9>&-
    elif ! image_exists "carrel/$id:$(image_hash "$id" "$agent")"; then
        substep "$id ($3): from the cache"
    fi
    load_language "$id" "$agent"
    keep_two_newest "$id"
}

# The cache keeps two versions of each image, for a clone that is one behind.
keep_two_newest() {
    local old
    while read -r old; do
        rm -f "$old"
    done < <(find "$cache/images" -name "$1-*.tar" -printf '%T@ %p\n' | sort -rn | tail -n +3 | cut -d' ' -f2-)
}

# Takes a language's image out of the Engine, so that a fresh one is loaded; containers that run keep theirs.
forget_language() {
    local tag
    for tag in "$(language_hash "$1")" "$(image_hash "$1" "$agent")"; do
        engine_at "$engine_socket" image rm --force "carrel/$1:$tag" >/dev/null 2>&1 || true
    done
}
