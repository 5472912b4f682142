# Debian packages: asks dpkg first, so that nothing is touched or fetched when all are there.

# What Swift itself needs on Debian 12, then what Carrel is built with, then what it runs and is set up with.
readonly run_packages=(
    binutils gcc git libc6-dev libcurl4-openssl-dev libedit2 libncurses6 libpython3.11 libsqlite3-0 libstdc++-12-dev
    libxml2 pkg-config tzdata zlib1g-dev
    libfcgi-dev libmariadb-dev libargon2-dev libsodium-dev libre2-dev libarchive-dev libicu-dev
    libcmark-gfm-dev libcmark-gfm-extensions-dev
    mariadb-server nginx-light libnginx-mod-http-brotli-static brotli docker.io iptables e2fsprogs mmdebstrap python3
    python3-pip unzip util-linux passwd curl ca-certificates
)
readonly check_packages=(shellcheck systemd)
readonly test_packages=(chromium nodejs python3-venv tidy argon2 runsc)

missing_packages() {
    local name
    for name in "$@"; do
        # shellcheck disable=SC2016 # the field is dpkg-query's, not ours
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || echo "$name"
    done
}

# need_packages NAME…: installs those that are missing, without starting the services some of them bring.
need_packages() {
    command -v dpkg-query >/dev/null ||
        fail "This system has no dpkg; Carrel installs itself on Debian 12, elsewhere install by hand: $*."
    local missing
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} > 0)) || return 0
    substep "installing ${missing[*]}"
    hold_services
    apt-get -qq update || {
        release_services
        fail "The Debian package lists can't be fetched; check /etc/apt/sources.list and the network."
    }
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends "${missing[@]}" </dev/null \
        >"${TMPDIR:-/tmp}/carrel-apt.$$.log" 2>&1 || {
        tail -n 5 "${TMPDIR:-/tmp}/carrel-apt.$$.log" >&2
        release_services
        fail "Debian packages could not be installed; try by hand: apt-get install ${missing[*]}"
    }
    rm -f "${TMPDIR:-/tmp}/carrel-apt.$$.log"
    release_services
    keep_services_off_at_boot "${missing[@]}"
}

readonly service_policy=/usr/sbin/policy-rc.d
made_service_policy=no

# Debian starts the services of a package when it is installed, unless this file forbids it. One that exists stays.
hold_services() {
    [[ ! -e $service_policy ]] || return 0
    printf '#!/bin/sh\nexit 101\n' >"$service_policy"
    chmod 0755 "$service_policy"
    made_service_policy=yes
}

release_services() {
    [[ $made_service_policy == yes ]] || return 0
    rm -f "$service_policy"
    made_service_policy=no
}

# Our own servers are started by scripts/start; those of a package we just installed would only take memory and ports.
keep_services_off_at_boot() {
    [[ -d /run/systemd/system ]] || return 0
    local name
    for name in "$@"; do
        case $name in
            docker.io) systemctl --quiet disable docker.service docker.socket containerd.service ;;
            mariadb-server) systemctl --quiet disable mariadb.service ;;
            nginx-light) systemctl --quiet disable nginx.service ;;
        esac
    done
}
