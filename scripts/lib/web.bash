# nginx: the only part of an instance that listens on the network. Its settings come from nginx/carrel.conf.in.

readonly web_settings_name=nginx.conf

web_command() {
    command=(
        /usr/sbin/nginx -p "$state" -c "$settings_directory/$web_settings_name" -e "$log_directory/nginx.log"
        -g 'daemon off;'
    )
}

# Where nginx listens, and how a reader on this machine reaches that.
listen_address=${CARREL_LISTEN:-127.0.0.1}
local_host=${listen_address/#0.0.0.0/127.0.0.1}

# Prints the address for a reader on this machine, with a slash at its end.
local_address() {
    echo "http://$local_host:$port$base_path/"
}

write_web_settings() {
    local name text
    install -d -m 0755 "$state/lib/web"
    text=$(<"$release_directory/nginx/carrel.conf.in")
    local -A values=(
        [STATE]=$state [RELEASE]=$release_directory [LOG]=$log_directory
        [SITE_SOCKET]=$site_socket [HUB_SOCKET]=$hub_socket [BASE]=$base_path [VERSION]=$asset_version
        [LISTEN]=$listen_address:$port
        [UPLOAD]=${CARREL_UPLOAD_LIMIT:-64m} [PAGE_RATE]=${CARREL_PAGE_RATE:-100r/s}
        [PAGE_BURST]=${CARREL_PAGE_BURST:-400} [SIGN_IN_RATE]=${CARREL_SIGN_IN_RATE:-60r/m}
        [SIGN_IN_BURST]=${CARREL_SIGN_IN_BURST:-40} [CONNECTIONS]=${CARREL_CONNECTIONS:-1000}
        [PROXIES]=$(trusted_proxies) [TRUSTED]=${CARREL_TRUSTED_PROXIES:+yes}
        [ELSEWHERE]=${base_path:+location / \{ return 404; \}} [ERROR_STYLE]=$(error_style_hash)
    )
    for name in "${!values[@]}"; do
        text=${text//@$name@/"${values[$name]}"}
    done
    [[ $text != *@[A-Z]*@* ]] || fail "nginx/carrel.conf.in has a name that scripts/lib/web.bash does not know."
    printf '%s\n' "$text" >"$settings_directory/$web_settings_name"
}

# Behind a proxy that ends TLS, CARREL_TRUSTED_PROXIES (addresses, separated by spaces) makes nginx believe the address
# and the scheme it forwards.
trusted_proxies() {
    local proxy
    for proxy in ${CARREL_TRUSTED_PROXIES:-}; do
        printf 'set_real_ip_from %s; ' "$proxy"
    done
    [[ -z ${CARREL_TRUSTED_PROXIES:-} ]] || printf 'real_ip_header X-Forwarded-For; real_ip_recursive on;'
}

# The error pages carry one style sheet, allowed by its hash; it is the same in all of them.
error_style_hash() {
    local page
    page=$(<"$release_directory/nginx/errors/502.html")
    page=${page#*<style>}
    printf '%s' "${page%%</style>*}" | python3 -c '
import base64, hashlib, sys
print("sha256-" + base64.b64encode(hashlib.sha256(sys.stdin.buffer.read()).digest()).decode())'
}
