# The system users an instance runs as.

# as_user NAME COMMAND…: runs the command with that user's ids and groups and none of ours.
as_user() {
    local name=$1
    shift
    setpriv --reuid "$name" --regid "$(id -gn "$name")" --init-groups "$@"
}

need_site_user() {
    getent passwd carrel >/dev/null && return
    useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin \
        --comment "Carrel site" carrel
}
