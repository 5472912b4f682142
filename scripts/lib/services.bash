# The programs of an instance, each under a keeper: mariadb, dockerd (when the Engine is our own), runner, site and
# nginx. They start in this order and stop in the other.

readonly services=(mariadb dockerd runner site nginx)

# keep_running NAME SIGNAL SECONDS COMMAND…: starts the keeper of a program, in a session of its own, so that Ctrl-C in
# this terminal is ours alone to answer. Its keepers end when this script dies, unless it is to leave them (--detach).
keep_running() {
    local name=$1 keeper=("$release_directory/scripts/lib/keep" "$state" "$@")
    [[ ${keepers_outlive_us:-no} == yes ]] || keeper=(setpriv --pdeathsig TERM "${keeper[@]}")
    if [[ $name == site ]]; then
        keeper=("$release_directory/scripts/lib/with-socket" "$site_socket" carrel www-data "${keeper[@]}")
    fi
    trim_log "$log_directory/$name.log"
    setsid "${keeper[@]}" </dev/null >>"$log_directory/$name.log" 2>&1 8>&- &
}

# A log that has grown past 32 MB starts anew; the one before is kept.
trim_log() {
    [[ -f $1 && $(stat -c %s "$1") -gt 33554432 ]] || return 0
    mv "$1" "$1.1"
}

start_database() {
    make_database
    database_command
    keep_running mariadb TERM 30 "${command[@]}"
    wait_for_service mariadb 60 database_answers
    need_database_for carrel
}

start_engine() {
    need_remap_user
    prepare_engine_directory "$run_directory/dockerd"
    own_engine_command
    keep_running dockerd TERM 30 "$release_directory/scripts/lib/fresh-engine" "$state" "${command[@]}"
    wait_for_service dockerd 60 engine_answers "$engine_socket"
}

start_runner() {
    write_runner_settings
    keep_running runner TERM 20 env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        "$release_directory/bin/carrel-runner" --configuration "$settings_directory/runner.json"
    wait_for_service runner 20 test -S "$runner_socket"
}

# A page is made of a few hundred small pieces of memory, all of them free again at its end; malloc keeps seven of a size
# at hand for a thread unless told otherwise.
start_site() {
    local settings
    mapfile -t settings <"$site_settings"
    keep_running site TERM 15 setpriv --reuid carrel --regid carrel --init-groups env -i \
        PATH=/usr/local/bin:/usr/bin:/bin HOME=/nonexistent LANG=C.UTF-8 TZ=UTC \
        GLIBC_TUNABLES=glibc.malloc.tcache_count=256 "${settings[@]}" \
        "$release_directory/bin/carrel" serve
}

start_web() {
    trim_log "$log_directory/access.log"
    write_web_settings
    web_command
    "${command[@]}" -t >"$log_directory/nginx-check.log" 2>&1 ||
        fail "nginx does not accept its settings; see $log_directory/nginx-check.log."
    keep_running nginx QUIT 10 "${command[@]}"
    wait_for_service nginx 60 site_is_healthy
}

# Builds the images of the other languages while people work already, one at a time, unless CARREL_IMAGES_LATER is
# "no". log/images.log tells how far it is. It leads a session of its own, as the keepers do.
start_later_images() {
    local ids command
    mapfile -t ids < <(later_languages)
    [[ ${CARREL_IMAGES_LATER:-yes} == yes ]] && ((${#ids[@]} > 0)) || return 0
    command=(nice "$repository/scripts/images" --state "$state" "${ids[@]}")
    [[ ${keepers_outlive_us:-no} == yes ]] || command=(setpriv --pdeathsig TERM "${command[@]}")
    say "The images of ${#ids[@]} more languages are built meanwhile; /admin/languages tells how far they are."
    setsid "${command[@]}" </dev/null >"$log_directory/images.log" 2>&1 8>&- &
    write_pid images "$!"
}

# Everything in its session hears of it: the script itself only listens between two commands.
stop_later_images() {
    local pid
    ! pid=$(live_pid images) || kill -TERM -- "-$pid" 2>/dev/null || true
    end_process images TERM 30
}

site_is_healthy() {
    curl --silent --fail --max-time 5 --output /dev/null "$(local_address)healthz"
}

# wait_for_service NAME SECONDS COMMAND…: fails with the last lines of its log when the command does not succeed in time.
wait_for_service() {
    local name=$1 seconds=$2
    shift 2
    wait_until "$seconds" "$@" && return
    tail -n 5 "$log_directory/$name.log" >&2 || true
    fail "$name did not start within $seconds s; see $log_directory/$name.log."
}

service_is_running() {
    live_pid "$1" >/dev/null || live_pid "$1.keeper" >/dev/null
}

instance_is_running() {
    local name
    for name in "${services[@]}"; do
        ! service_is_running "$name" || return 0
    done
    return 1
}

# Ends every program of the instance, and what a crash may have left of them.
stop_services() {
    local index
    stop_later_images
    for ((index = ${#services[@]} - 1; index >= 0; index--)); do
        stop_service "${services[index]}"
    done
    unmount_below "$state"
}

stop_service() {
    end_process "$1.keeper" TERM 40
    end_process "$1" TERM 30
    case $1 in
        runner) remove_containers ;;
        dockerd) end_leftover_containers ;;
    esac
}
