# The suites of scripts/test: each runs one kind of test and adds its figures to the tally.

scratch= # where the servers of the tests live
results= # where the tests write their reports

# Static checks that need no build.
suite_lint() {
    step "Checking the text of the source"
    check "Swift is formatted" lint_swift || true
    check "shell scripts" lint_shell || true
    check "JavaScript style" lint_javascript || true
    check "length of files" lint_lengths || true
    check "systemd's units" lint_units || true
}

# The browser's modules that touch no page, in node.
suite_modules() {
    step "Testing the browser's modules"
    local log=$results/modules.tap files
    use_vendor
    fetch_vendor
    mapfile -t files < <(find "$repository/Tests" -name '*.test.js')
    ((${#files[@]} > 0)) || return 0
    # Debian 12's node takes a .js file for CommonJS unless it is told.
    (cd "$repository" && CARREL_VENDOR=$vendor_directory timeout 600 node --experimental-default-type=module --test \
        --test-reporter tap "${files[@]}") >"$log" 2>&1 || grep -B 2 -A 12 '^ *not ok' "$log" | head -n 60 || true
    count "node" "$(sed -n 's/^# pass //p' "$log")" "$(sed -n 's/^# fail //p' "$log")"
}

# Swift's tests, on a MariaDB and an Engine of their own with the language images.
suite_swift() {
    step "Building Carrel and its tests"
    check "the build, every import declared, no warnings" build_everything || return 0

    step "Starting MariaDB and the Docker Engine for the tests"
    start_test_services

    step "Running the Swift tests"
    local log=$results/swift.log report=$results/swift
    (cd "$repository" && CARREL_TEST_MARIADB_SOCKET=$database_socket CARREL_TEST_ENGINE_SOCKET=$engine_socket \
        CARREL_TEST_VENDOR=$vendor_directory timeout 2400 swift test --skip-build --disable-xctest \
        --explicit-target-dependency-import-check error --xunit-output "$report.xml") >"$log" 2>&1 || true
    grep -E '✘|error:' "$log" | head -n 60 || true
    report=$report.xml
    [[ -f $report ]] || {
        tail -n 30 "$log"
        count "Swift" 0 1
        return 0
    }
    local tests bad
    tests=$(sed -n 's/.*<testsuite [^>]*tests="\([0-9]*\)".*/\1/p' "$report" | head -n 1)
    bad=$(sed -n 's/.*<testsuite [^>]*failures="\([0-9]*\)".*/\1/p' "$report" | head -n 1)
    count "Swift" $((${tests:-0} - ${bad:-0})) "${bad:-0}"
}

# In an instance of its own, made like any other, less what only the whole site needs.
start_test_services() {
    use_instance "$scratch/unit"
    make_state_directory
    make_instance_directories
    use_vendor
    fetch_vendor
    use_programs
    mkdir -p "$release_directory/scripts"
    cp -R "$repository/scripts/lib" "$release_directory/scripts/"
    start_database
    # Never the host's: containers that are weak on purpose run in it, and its runtimes are those of prepare_engine_directory.
    CARREL_ENGINE=own choose_engine
    start_engine
    local agent=$build_directory/carrel-agent
    [[ -x $agent ]] || {
        build_agent
        agent=$agent_build_path/release/carrel-agent
    }
    mapfile -t ids < <(CARREL_IMAGES="python javascript ruby c cpp bash" first_languages)
    make_images "$agent" "${ids[@]}"
}

# The whole site in Chromium: one instance at the root, and beside it one below a base path.
suite_site() {
    step "Starting two whole instances"
    check "scripts/start" start_test_site root / || return 0
    check "scripts/start with a base path, beside it" start_test_site based /carrel || return 0

    step "Running the end-to-end tests"
    need_test_environment
    local log=$results/site.log
    (cd "$repository" && CARREL_TEST_ADDRESS=$(test_address root) CARREL_TEST_STATE=$scratch/root \
        CARREL_TEST_BASED_ADDRESS=$(test_address based) CARREL_TEST_BASED_STATE=$scratch/based \
        CARREL_TEST_CHROMIUM=/usr/bin/chromium CARREL_CACHE=$cache CARREL_TEST_RESULTS=$results \
        timeout 3000 "$test_environment/bin/python" -m pytest -p no:cacheprovider -q --color=no \
        --reruns 1 Tests/Scripts Tests/EndToEnd) >"$log" 2>&1 || grep -vE '^\s*$' "$log" | tail -n 80
    # A browser on a busy machine may miss a moment; what passes only at the second try is told, not hidden.
    grep -oE '[0-9]+ rerun' "$log" | tail -n 1 | sed 's/^/      again: /' || true
    count "pytest" "$(grep -oE '[0-9]+ passed' "$log" | tail -n 1 | cut -d' ' -f1)" \
        "$(sum_of "$(grep -oE '[0-9]+ (failed|error)' "$log" | cut -d' ' -f1)")"
}

# Every language of the catalogue: its image, and its sample programs through the helper, in an instance of its own.
suite_languages() {
    step "Building the image of every language (a minute each at first)"
    CARREL_IMAGES=all check "scripts/start with all images" start_test_site languages / || return 0
    step "Running the sample programs of every language"
    local log=$results/languages.log
    "$repository/scripts/carrel" --state "$scratch/languages" check-languages >"$log" 2>&1 || grep -v '^ok ' "$log" || true
    count "languages" "$(grep -c '^ok ' "$log")" "$(grep -cv '^ok ' "$log")"
}

sum_of() {
    local total=0 number
    for number in $1; do
        total=$((total + number))
    done
    echo "$total"
}

# start_test_site NAME BASE: an instance whose limits do not stand in the way of tests that sign in often.
start_test_site() {
    CARREL_SIGN_IN_RATE=6000r/m CARREL_SIGN_IN_BURST=1000 "$repository/scripts/start" --detach \
        --port "$(free_port)" --base-path "$2" --state "$scratch/$1"
}

# The address of a test instance as its start printed it.
test_address() {
    use_instance "$scratch/$1"
    local port base_path
    port=$(site_setting CARREL_PORT)
    base_path=$(site_setting CARREL_BASE_PATH)
    local_address
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Playwright, axe and pytest from their Python packages, in an environment that the cache keeps.
need_test_environment() {
    local list=$repository/Tests/EndToEnd/requirements.txt
    test_environment=$cache/python/$(hash_of "$list")
    [[ ! -f $test_environment/complete ]] || return 0
    substep "fetching $(grep -cvE '^(#|$)' "$list") Python packages"
    rm -rf "$test_environment"
    /usr/bin/python3 -m venv "$test_environment"
    "$test_environment/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$list" \
        >"$results/pip.log" 2>&1 || fail "The Python packages for the tests can't be installed; see $results/pip.log."
    touch "$test_environment/complete"
}
