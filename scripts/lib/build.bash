# Carrel's own programs: a release build, kept in the cache under a hash of everything that goes into it.

# Sets build_directory: the built programs of this source tree, whether they are there yet or not.
use_programs() {
    build_hash=$(cd "$repository" && {
        swift --version 2>/dev/null
        find Package.swift Sources -type f ! -path 'Sources/Languages/Catalogue/*' -print0 | LC_ALL=C sort -z |
            xargs -0 sha256sum
    } | sha256sum | cut -c1-12)
    build_directory=$cache/programs/$build_hash
}

# A compiler that is there but does not run lacks Debian packages; need_packages brings them.
need_swift() {
    command -v swift >/dev/null ||
        fail "There is no Swift compiler in PATH; install Swift 6 for Debian 12 from swift.org and run this again."
    local version
    version=$(swift_version)
    ((${version:-6} >= 6)) || fail "Carrel needs Swift 6, and this is Swift $version; install a newer one."
}

need_working_swift() {
    [[ -n $(swift_version) ]] ||
        fail "The Swift compiler $(command -v swift) does not run: $(swift --version 2>&1 | tail -n 1)"
}

# The major version, or nothing when the compiler does not run.
swift_version() {
    { swift --version 2>/dev/null || true; } | sed -n 's/.*Swift version \([0-9]*\).*/\1/p' | head -n 1
}

readonly agent_build_path=$repository/.build-agent

# The agent runs inside images that have no Swift, so it is one static file. Its own scratch path keeps the two kinds
# of build from undoing each other.
build_agent() {
    swift_build "carrel-agent" --scratch-path "$agent_build_path" --static-swift-stdlib -Xswiftc -static-executable
}

build_programs() {
    [[ ! -x $build_directory/carrel-agent ]] || return 0
    local part=$build_directory.part.$$ program
    # Small generics are called across targets for every field of a page: specialised, a page costs a tenth less.
    swift_build carrel --static-swift-stdlib -Xswiftc -cross-module-optimization
    swift_build carrel-runner --static-swift-stdlib -Xswiftc -cross-module-optimization
    build_agent
    mkdir -p "$part"
    for program in carrel carrel-runner; do
        install -m 0755 "$repository/.build/release/$program" "$part/"
    done
    install -m 0755 "$agent_build_path/release/carrel-agent" "$part/"
    rm -rf "$build_directory"
    mv "$part" "$build_directory"
    forget_old_builds
}

swift_build() {
    local product=$1 log=$cache/build-$1.log
    shift
    substep "$product"
    (cd "$repository" && swift build -c release --explicit-target-dependency-import-check error --product "$product" \
        "$@") >"$log" 2>&1 || {
        grep -E 'error:' "$log" | head -n 20 >&2 || tail -n 20 "$log" >&2
        fail "$product could not be built; the whole output is in $log."
    }
}

# Keeps the five newest builds in the cache.
forget_old_builds() {
    local old
    while read -r old; do
        rm -rf "$old"
    done < <(find "$cache/programs" -mindepth 1 -maxdepth 1 -printf '%T@ %p\n' | sort -rn | tail -n +6 | cut -d' ' -f2-)
}
