# The settings of an instance, written anew at each start: site.env for the site, runner.json for the helper.

port=8080
base_path= # "" or "/carrel", without a slash at its end

write_secret() {
    [[ ! -s $secret_file ]] || return 0
    (umask 077 && od -An -tx1 -N32 /dev/urandom | tr -d ' \n' >"$secret_file")
    chown carrel: "$secret_file"
    chmod 0400 "$secret_file"
}

write_site_settings() {
    cat >"$site_settings" <<END
CARREL_STATE=$state
CARREL_BASE_PATH=$base_path
CARREL_PORT=$port
CARREL_FASTCGI_SOCKET=$site_socket
CARREL_HUB_SOCKET=$hub_socket
CARREL_RUNNER_SOCKET=$runner_socket
CARREL_DATABASE_SOCKET=$database_socket
CARREL_DATABASE=carrel
CARREL_TEMPLATES=$release_directory/Templates
CARREL_LANGUAGES=$release_directory/languages
CARREL_IMAGE_BUILDS=$image_builds_directory
CARREL_ASSET_VERSION=$asset_version
CARREL_SECRET_FILE=$secret_file
CARREL_THREADS=${CARREL_THREADS:-64}
CARREL_DEVELOPMENT=${CARREL_DEVELOPMENT:-0}
CARREL_SITE_NAME=${CARREL_SITE_NAME:-Carrel}
CARREL_ENGINE_SOCKET=$engine_socket
CARREL_PROJECTS=${CARREL_PROJECTS:-}
CARREL_PROJECT_FILES=${CARREL_PROJECT_FILES:-}
CARREL_PROJECT_MB=${CARREL_PROJECT_MB:-}
CARREL_FILE_MB=${CARREL_FILE_MB:-}
CARREL_TEXT_MB=${CARREL_TEXT_MB:-}
CARREL_EXECUTE_OPEN=${CARREL_EXECUTE_OPEN:-no}
CARREL_EXECUTE_JOBS=${CARREL_EXECUTE_JOBS:-}
CARREL_EXECUTE_JOBS_EACH=${CARREL_EXECUTE_JOBS_EACH:-}
CARREL_EXECUTE_RATE=${CARREL_EXECUTE_RATE:-}
CARREL_EXECUTE_RUN_MS=${CARREL_EXECUTE_RUN_MS:-}
CARREL_EXECUTE_COMPILE_MS=${CARREL_EXECUTE_COMPILE_MS:-}
CARREL_EXECUTE_OUTPUT=${CARREL_EXECUTE_OUTPUT:-}
END
}

write_runner_settings() {
    local runtime=null
    [[ -z ${CARREL_RUNTIME:-} ]] || runtime="\"$CARREL_RUNTIME\""
    local home_size=${CARREL_HOME_SIZE:-512} homes=null
    if can_keep_homes; then
        make_home_template "$homes_directory" "$home_size"
        homes="\"$homes_directory\""
    fi
    cat >"$settings_directory/runner.json" <<END
{
    "socket": "$runner_socket",
    "allowedUser": "carrel",
    "engineSocket": "$engine_socket",
    "instance": "$instance",
    "languages": "$release_directory/languages",
    "homes": $homes,
    "homeMiB": $home_size,
    "slots": ${CARREL_SLOTS:-$(($(nproc) * 4))},
    "spares": ${CARREL_SPARES:-4},
    "spareMemoryMiB": ${CARREL_SPARE_MEMORY:-null},
    "usedContainers": ${CARREL_USED_CONTAINERS:-null},
    "terminals": ${CARREL_TERMINALS:-64},
    "servers": ${CARREL_SERVERS:-32},
    "runtime": $runtime
}
END
    chmod 0600 "$settings_directory/runner.json"
}

# site_setting NAME: prints what the instance was started with, or nothing.
site_setting() {
    [[ ! -f $site_settings ]] || sed -n "s/^$1=//p" "$site_settings"
}

# in_site_environment COMMAND…: as the site's user, with the instance's settings and nothing of ours.
in_site_environment() {
    local settings
    mapfile -t settings <"$site_settings"
    as_user carrel env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=/nonexistent LANG=C.UTF-8 TZ=UTC "${settings[@]}" "$@"
}

# The site's command line, with arguments.
carrel() {
    in_site_environment "$release_directory/bin/carrel" "$@"
}
