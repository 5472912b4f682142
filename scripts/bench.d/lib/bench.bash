# What the groups of scripts/bench share that need an instance: packages, an instance, and the way to the measuring
# program. Standard output is for figures alone, so all else goes to standard error.

source "${BASH_SOURCE[0]%/*}/../../lib/carrel.bash"

readonly bench_directory=$repository/scripts/bench.d

scratch=
own_instance=no
bench_state=
measuring=
measuring_python=/usr/bin/python3

# use_bench_instance: sets bench_state to the state directory of a running instance: the one that CARREL_BENCH_STATE
# names, else a new one below $scratch, which ends with this script. It starts with the number of open files that a
# terminal gives (1,024), so that nobody's larger one hides a limit of ours. CARREL_… before it are settings of it; no
# containers wait unless CARREL_SPARES says so.
use_bench_instance() {
    ((EUID == 0)) || fail "The bench starts servers as several users, so it must be run by root; run: sudo $0"
    need_scratch
    if [[ -n ${CARREL_BENCH_STATE:-} ]]; then
        bench_state=$(realpath -- "$CARREL_BENCH_STATE")
        return
    fi
    bench_state=$scratch/site
    own_instance=yes
    printf 'starting an instance in %s\n' "$bench_state" >&2
    (
        ulimit -Sn 1024
        CARREL_SPARES=${CARREL_SPARES:-0} CARREL_IMAGES_LATER=no CARREL_SIGN_IN_RATE=6000r/m CARREL_SIGN_IN_BURST=1000 \
            "$repository/scripts/start" --detach --port "$(free_port)" --base-path / --state "$bench_state"
    ) >"$scratch/start.log" 2>&1 || {
        tail -n 20 "$scratch/start.log" >&2
        fail "The instance for the bench did not start."
    }
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Sets scratch, a directory that every user can pass through and that ends with this script.
need_scratch() {
    [[ -z $scratch ]] || return 0
    scratch=$(mktemp -d /tmp/carrel-bench.XXXXXX)
    chmod 0755 "$scratch"
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

# need_python_packages LIST: sets python_packages to an environment that the cache keeps, with what that list pins.
need_python_packages() {
    use_cache
    need_packages python3-venv >&2
    need_scratch
    python_packages=$cache/python/$(hash_of "$1")
    [[ ! -f $python_packages/complete ]] || return 0
    rm -rf "$python_packages"
    /usr/bin/python3 -m venv "$python_packages"
    "$python_packages/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$1" \
        >"$scratch/pip.log" 2>&1 || {
        tail -n 5 "$scratch/pip.log" >&2
        fail "The Python packages of $1 can't be installed with pip; check the network, or pip's index settings."
    }
    touch "$python_packages/complete"
}

clean_up() {
    local status=$?
    trap - EXIT
    trap '' INT TERM
    release_services
    if [[ -n $measuring ]]; then
        if kill "$measuring" 2>/dev/null; then wait "$measuring" || true; fi
    fi
    if [[ $own_instance == yes ]]; then
        "$repository/scripts/stop" --state "$bench_state" >&2 || status=2
    fi
    rm -rf "$scratch"
    exit "$status"
}

# measure GROUP ARGUMENTS…: runs the measuring program of a group, which prints the figures, by $measuring_python. In the
# background, because a shell hears signals only while it waits.
measure() {
    local group=$1
    shift
    ulimit -n 16384 || fail "The bench needs 16,384 open files; raise the hard limit (ulimit -Hn) for this user."
    PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$bench_directory/lib "$measuring_python" \
        "$bench_directory/$group.d/measure.py" "$@" &
    measuring=$!
    wait "$measuring"
}
