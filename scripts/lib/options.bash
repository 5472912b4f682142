# The options of scripts/start, and what must be true before it touches anything.

readonly start_usage="Usage: scripts/start [--detach] [--port N] [--base-path /p] [--state DIR]"

# Sets detach, port, base_path and the paths of the instance, from options, else from the environment, else defaults.
read_start_options() {
    detach=no
    port=${CARREL_PORT:-8080}
    base_path=${CARREL_BASE_PATH:-/}
    local directory=${CARREL_STATE:-$repository/var}
    while (($# > 0)); do
        case $1 in
            --detach) detach=yes ;;
            --port | --base-path | --state)
                (($# > 1)) || fail "$1 needs a value. $start_usage"
                case $1 in
                    --port) port=$2 ;;
                    --base-path) base_path=$2 ;;
                    --state) directory=$2 ;;
                esac
                shift
                ;;
            --help | -h)
                say "$start_usage"
                exit 0
                ;;
            *) fail "$1 is not an option. $start_usage" ;;
        esac
        shift
    done
    [[ $port =~ ^[1-9][0-9]{0,4}$ && $port -lt 65536 ]] ||
        fail "The port must be a number from 1 to 65535, not $port; name one with --port."
    base_path=${base_path%/}
    [[ $base_path =~ ^(/[A-Za-z0-9_-]+)*$ ]] ||
        fail "The base path must look like /carrel (letters, digits, - and _), not $base_path; name one with --base-path."
    [[ ${CARREL_RUNTIME:-runc} =~ ^[a-z0-9-]{1,32}$ ]] ||
        fail "CARREL_RUNTIME must be a runtime's name like runsc, not $CARREL_RUNTIME; leave it out for the Engine's own."
    keepers_outlive_us=$detach
    use_instance "$directory"
}

check_machine() {
    ((EUID == 0)) || fail "Carrel starts several users' programs, so it must be started by root; run: sudo $0"
    use_cache
    need_swift
    ! instance_is_running ||
        fail "Carrel is running already with the state directory $state; end it first with: scripts/stop --state $state"
    end_leftovers
    need_free_port
    make_state_directory
    local needed=512
    [[ -d $release_directory && -d $cache/images ]] || needed=6144
    need_space "$state" "$needed"
    need_space "$cache" "$needed"
}

# What a crash of everything at once may have left: nginx without its master, containers without their Engine.
end_leftovers() {
    [[ ! -d $run_directory ]] || stop_services
}

need_free_port() {
    ! (exec 3<>"/dev/tcp/$local_host/$port") 2>/dev/null ||
        fail "Port $port is taken by another program; name a free one with --port."
}

# need_space DIR MEGABYTES
need_space() {
    local free
    free=$(df --output=avail -B1M "$1" | tail -n 1)
    ((free >= $2)) || fail "The disk of $1 has $((free)) MB free and Carrel needs $2 MB; make room there."
}

# One script at a time works on a state directory; the lock ends with this process, not with what it starts.
take_instance() {
    exec 8>"$run_directory/start.lock"
    flock --nonblock 8 || fail "Another scripts/start is working on the state directory $state; wait for it to end."
}
