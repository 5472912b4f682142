# The Docker Engine: the one that runs already, else one of the instance's own under its state directory, whose
# containers have no network at all and whose root is an unprivileged user outside (userns-remap).

# engine_at SOCKET ARGUMENTS…: the docker client, with the builder that every Engine has.
engine_at() {
    local socket=$1
    shift
    DOCKER_BUILDKIT=0 DOCKER_CLI_HINTS=false docker --host "unix://$socket" "$@"
}

engine_answers() {
    [[ -S $1 ]] && engine_at "$1" version >/dev/null 2>&1
}

# Sets engine_socket and own_engine (yes or no). CARREL_ENGINE is the socket of an Engine to use if it answers, or
# "own" for one of our own in any case.
choose_engine() {
    local other=${CARREL_ENGINE:-/var/run/docker.sock}
    own_engine=yes
    engine_socket=$own_engine_socket
    if [[ $other != own ]] && engine_answers "$other"; then
        own_engine=no
        engine_socket=$other
    fi
}

# An Engine that was here before us may run containers' root as the host's root. Say so: it is one wall less.
warn_of_weak_engine() {
    [[ $(engine_at "$engine_socket" info --format '{{.SecurityOptions}}') == *name=userns* ]] && return
    warn "The Docker Engine at $engine_socket runs without userns-remap, so a container's root is this machine's root." \
        "Set \"userns-remap\": \"default\" in /etc/docker/daemon.json, or set CARREL_ENGINE=own to let Carrel run its own."
}

# engine_command DATA RUN OPTIONS…: sets the array `command` to start an Engine that keeps to these two directories.
# Without a pid file of its own: after a crash it would take anybody's process of that number for itself.
# iptables, bridge and forwarding stay the host's business: no container of ours has a network.
engine_command() {
    local data=$1 run=$2
    shift 2
    command=(
        dockerd --config-file "$run/daemon.json" --data-root "$data" --exec-root "$run" --pidfile ""
        --host "unix://$run/docker.sock" --group root --bridge none --iptables=false --ip6tables=false
        --ip-forward=false --ip-masq=false --exec-opt native.cgroupdriver=cgroupfs --shutdown-timeout 5
        --log-driver none --log-level warn "$@"
    )
}

own_engine_command() {
    engine_command "$engine_directory" "$run_directory/dockerd" --userns-remap default
}

# prepare_engine_directory RUN: what the Engine's command line refers to. A settings file of its own keeps it from
# reading the host's /etc/docker/daemon.json, and names gVisor's runtime, which no option can.
#
# gVisor answers the programs' calls itself: by ptrace, so that it needs no virtual machine, and without any network. The
# Engine's limits on memory and processes hold for it and all it runs together.
prepare_engine_directory() {
    local runsc
    install -d -m 0700 "$1"
    if runsc=$(command -v runsc); then
        printf '{"runtimes": {"runsc": {"path": "%s", "runtimeArgs": ["--network=none", "--platform=ptrace"]}}}\n' "$runsc"
    else
        echo '{}'
    fi >"$1/daemon.json"
}

# CARREL_RUNTIME is what containers are to be run by: "runsc" for gVisor, or another that the operator's Engine knows.
need_runtime() {
    [[ -n ${CARREL_RUNTIME:-} ]] || return 0
    # shellcheck disable=SC2016 # the variables are the template's, not ours
    engine_at "$engine_socket" info --format '{{range $name, $_ := .Runtimes}}{{println $name}}{{end}}' |
        grep -qx -- "$CARREL_RUNTIME" ||
        fail "The Docker Engine at $engine_socket has no runtime $CARREL_RUNTIME; add it to /etc/docker/daemon.json," \
            "or set CARREL_ENGINE=own to let Carrel run its own, which has runsc."
    substep "containers are run by $CARREL_RUNTIME"
}

# The user that containers' root becomes, with a range of ids, as dockerd itself would make it. Under a lock: two
# instances may start at once.
need_remap_user() {
    (
        flock 9
        getent passwd dockremap >/dev/null ||
            useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin dockremap
        local kind first
        for kind in uid gid; do
            ! grep -qs '^dockremap:' "/etc/sub$kind" || continue
            first=$(next_free_subordinate_id "/etc/sub$kind")
            usermod "--add-sub${kind}s" "$first-$((first + 65535))" dockremap
        done
    ) 9>/run/lock/carrel-users
}

next_free_subordinate_id() {
    touch "$1"
    awk -F: 'BEGIN { free = 100000 } $2 + $3 > free { free = $2 + $3 } END { print free }' "$1"
}

# unmount_below DIR: ends the mounts that an Engine leaves behind there (its network namespace; more after a crash).
unmount_below() {
    local point
    while read -r point; do
        umount --lazy -- "$(printf '%b' "$point")" || true
    done < <(awk -v below="$1/" 'index($5, below) == 1 { print $5 }' /proc/self/mountinfo | LC_ALL=C sort -r)
}

# Removes the containers of the instance from an Engine that goes on without us, if its helper was not able to.
remove_containers() {
    local socket found
    socket=$(site_setting CARREL_ENGINE_SOCKET)
    if [[ $socket == "$own_engine_socket" ]] || ! engine_answers "$socket"; then return 0; fi
    mapfile -t found < <(engine_at "$socket" ps --all --quiet --filter "label=carrel.instance=$instance")
    ((${#found[@]} == 0)) || engine_at "$socket" rm --force "${found[@]}" >/dev/null
}

# An Engine that was killed leaves its containers running. One that starts on the same directories removes what is left
# of them.
end_leftover_containers() {
    local pid
    engine_left containerd || return 0
    prepare_engine_directory "$run_directory/dockerd"
    own_engine_command
    "$lib/fresh-engine" "$state" "${command[@]}" >>"$log_directory/dockerd.log" 2>&1 &
    pid=$!
    wait_until 60 engine_answers "$own_engine_socket" || warn "What is left of a crashed Engine could not be removed."
    kill "$pid" 2>/dev/null || true
    wait "$pid" || true
    wait_until 10 nothing_left containerd || warn "Processes of a crashed Engine are left; see: ps ax | grep $state"
}

# Kills the containers of an Engine that is gone, with the processes that watch over them. The next Engine would do that
# for those it finds noted, but not for one that was just being made.
shims_are_gone() {
    local shims shim children
    mapfile -t shims < <(engine_processes containerd-shim)
    ((${#shims[@]} > 0)) || return 0
    for shim in "${shims[@]}"; do
        read -rd '' -a children < <(cat "/proc/$shim/task/"*/children 2>/dev/null) || true
        kill -KILL "${children[@]}" "$shim" 2>/dev/null || true
    done
    return 1
}

# engine_processes NAME [exactly]: prints the ids of the processes of that name, or whose names begin so, that are at
# work for the instance's own Engine.
engine_processes() {
    local process name
    for process in /proc/[0-9]*; do
        read -r name 2>/dev/null <"$process/comm" || continue
        [[ $name == "$1" || ($name == "$1"* && $# == 1) ]] || continue
        ! grep -qsF "$run_directory/dockerd/" "$process/cmdline" || echo "${process#/proc/}"
    done
}

engine_left() {
    [[ -n $(engine_processes "$@") ]]
}

nothing_left() {
    ! engine_left "$1"
}
