# Where things are. An instance is a state directory and all the processes that were started for it; several live side
# by side on one machine. The cache directory is shared by all of them and may be deleted at any time.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
readonly repository

# use_cache [DIR]: the directory for downloads, the base image and built images.
use_cache() {
    cache=${1:-${CARREL_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/carrel}}
    mkdir -p "$cache" || fail "The cache directory $cache can't be made; name another in CARREL_CACHE."
    cache=$(cd "$cache" && pwd -P)
}

# use_instance DIR: sets the paths of the instance whose state directory that is; makes nothing.
# shellcheck disable=SC2034 # the variables are read by the other libraries
use_instance() {
    state=$(realpath -m -- "$1")
    instance=$(printf '%s' "$state" | sha256sum | cut -c1-8)
    run_directory=$state/run
    log_directory=$state/log
    settings_directory=$state/etc
    release_directory=$state/release
    database_directory=$state/lib/mysql
    database_socket=$state/run/database/mysql.sock
    engine_directory=$state/lib/docker
    own_engine_socket=$state/run/engine/docker.sock
    runner_socket=$state/run/runner/runner.sock
    site_socket=$state/run/site/site.sock
    hub_socket=$state/run/site/hub.sock
    secret_file=$state/etc/secret
    site_settings=$state/etc/site.env
}

# A path of a Unix socket holds at most 107 bytes, and the Engine appends about 40 to ours.
readonly longest_state_path=64

# Makes the directories of the instance, each open to nobody but who needs it.
make_instance_directories() {
    ((${#state} <= longest_state_path)) ||
        fail "The path of the state directory $state is too long for Unix sockets;" \
            "name one of at most $longest_state_path characters with --state."
    mkdir -p "$state" || fail "The state directory $state can't be made; name another with --state."
    install -d -m 0755 "$state/lib" "$run_directory" "$settings_directory" "$log_directory"
    install -d -m 0700 "$run_directory/engine"
    install -d -o root -g carrel -m 2750 "$run_directory/runner"
    install -d -o carrel -g www-data -m 2750 "$run_directory/site"
    install -d -o mysql -g carrel -m 0750 "$run_directory/database"
}

# Fails unless the site's user can reach the state directory.
need_reachable_state() {
    local directory=$state
    as_user carrel test -x "$state" && return
    while [[ $directory != / ]]; do
        directory=$(dirname "$directory")
        as_user carrel test -x "$directory" ||
            fail "The user carrel can't reach the state directory $state, because $directory is closed to it;" \
                "name another with --state, for example --state /var/lib/carrel."
    done
    fail "The user carrel can't reach the state directory $state; open it with: chmod a+rx $state"
}
