# Processes and their pid files. A pid file holds "PID STARTTIME BOOT", so that a number that the system has given to
# somebody else's process since is never taken for ours.

# Prints when the process began, in clock ticks since boot; nothing when there is none.
process_start_time() {
    local line fields
    read -r line 2>/dev/null <"/proc/$1/stat" || return 0
    read -ra fields <<<"${line##*) }" # from field 3 of the line, its state, on
    [[ ${fields[0]} == Z ]] || echo "${fields[19]}"
}

# write_pid NAME PID
write_pid() {
    printf '%s %s %s\n' "$2" "$(process_start_time "$2")" "$(</proc/sys/kernel/random/boot_id)" >"$run_directory/$1.pid"
}

# recorded_pid NAME: prints "PID STARTTIME" as that part of the instance had them since the machine was booted.
recorded_pid() {
    local pid began boot
    [[ -f $run_directory/$1.pid ]] || return 1
    read -r pid began boot <"$run_directory/$1.pid" || return 1
    [[ -n $boot && $boot == "$(</proc/sys/kernel/random/boot_id)" ]] || return 1
    echo "$pid $began"
}

# live_pid NAME: prints the pid of that part of the instance when it runs, else fails.
live_pid() {
    local recorded pid began
    recorded=$(recorded_pid "$1") || return 1
    read -r pid began <<<"$recorded"
    [[ $(process_start_time "$pid") == "$began" ]] || return 1
    echo "$pid"
}

# end_group PID: ends what a dead program left in the session it led.
end_group() {
    local process line fields
    [[ -z $(process_start_time "$1") ]] || return 0
    for process in /proc/[0-9]*; do
        read -r line 2>/dev/null <"$process/stat" || continue
        read -ra fields <<<"${line##*) }" # from field 3 of the line on; field 6 is the session
        [[ ${fields[3]:-} != "$1" ]] || kill -TERM "${process#/proc/}" 2>/dev/null || true
    done
}

# end_process NAME SIGNAL SECONDS: signals that part of the instance and waits; kills it when the time is up.
end_process() {
    local name=$1 signal=$2 seconds=$3 pid
    if pid=$(live_pid "$name"); then
        kill "-$signal" "$pid" 2>/dev/null || true
        if ! wait_until "$seconds" process_is_gone "$name"; then
            warn "$name did not stop within $seconds s and was killed."
            kill -KILL "$pid" 2>/dev/null || true
            wait_until 5 process_is_gone "$name" || true
        fi
    fi
    [[ $name == *.keeper ]] || ! pid=$(recorded_pid "$name") || end_group "${pid% *}"
    rm -f "$run_directory/$name.pid"
}

process_is_gone() {
    ! live_pid "$1" >/dev/null
}

# wait_until SECONDS COMMAND…: tries the command every 50 ms; fails when the time is up.
wait_until() {
    local deadline=$(($(now_in_milliseconds) + $1 * 1000))
    shift
    until "$@"; do
        (($(now_in_milliseconds) < deadline)) || return 1
        nap 0.05
    done
}

# Sleeps without a child process.
nap() {
    read -rt "$1" <> <(:) || true
}
