# Where things are. An instance is a state directory and all the processes that were started for it; several live side
# by side on one machine. The cache directory is shared by all of them and may be deleted at any time.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
readonly repository

# The directory for downloads, built programs, the base image and language images.
use_cache() {
    cache=${CARREL_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/carrel}
    mkdir -p "$cache" || fail "The cache directory $cache can't be made; name another in CARREL_CACHE."
    cache=$(cd "$cache" && pwd -P)
}

# use_instance DIR: sets the paths of the instance whose state directory that is; makes nothing.
use_instance() {
    state=$(realpath -m -- "$1")
    instance=$(printf '%s' "$state" | sha256sum | cut -c1-8)
    run_directory=$state/run
    log_directory=$state/log
    settings_directory=$state/etc
    release_directory=$state/release
    database_directory=$state/lib/mysql
    database_socket=$state/run/mariadb/mysql.sock
    engine_directory=$state/lib/docker
    own_engine_socket=$state/run/dockerd/docker.sock
    homes_directory=$state/lib/homes
    runner_socket=$state/run/runner/runner.sock
    site_socket=$state/run/site/site.sock
    hub_socket=$state/run/site/hub.sock
    secret_file=$state/etc/secret
    site_settings=$state/etc/site.env
    own_languages_directory=$state/languages
    image_builds_directory=$state/run/images
}

# A path of a Unix socket holds at most 107 bytes, and the Engine appends 44 to ours.
readonly longest_state_path=60

make_state_directory() {
    ((${#state} <= longest_state_path)) ||
        fail "The path of the state directory $state is too long for Unix sockets;" \
            "name one of at most $longest_state_path characters with --state."
    mkdir -p "$state" || fail "The state directory $state can't be made; name another with --state."
}

# Makes the directories of the instance, each open to nobody but who needs it.
make_instance_directories() {
    install -d -m 0755 "$state/lib" "$run_directory" "$settings_directory"
    install -d -m 0700 "$log_directory" "$run_directory/dockerd" "$homes_directory"
    install -d -o root -g carrel -m 2750 "$run_directory/runner"
    install -d -o carrel -g www-data -m 2750 "$run_directory/site"
    rm -rf "$image_builds_directory" # what an earlier life told
    install -d -m 0755 "$image_builds_directory"
    install -d -o mysql -g carrel -m 0750 "$run_directory/mariadb"
}

# Fails unless the site's user can reach the state directory, naming the first directory on the way that is closed.
need_reachable_state() {
    local part directory=
    local -a parts
    IFS=/ read -ra parts <<<"${state#/}"
    for part in "${parts[@]}"; do
        directory+=/$part
        as_user carrel test -x "$directory" ||
            fail "The user carrel can't reach the state directory $state, because $directory is closed to it;" \
                "name another with --state, for example --state /var/lib/carrel."
    done
}
