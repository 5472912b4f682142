# Counts what passed and failed across all kinds of tests, for the one line at the end.

passed=0
failed=0

# check NAME COMMAND…: a check that counts as one test; its output is shown when it fails.
check() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        passed=$((passed + 1))
        say "      ok    $name"
    else
        failed=$((failed + 1))
        printf '%s\n' "$output" | head -n 60
        say "      FAIL  $name"
        return 1
    fi
}

# count NAME PASSED FAILED: adds a suite's own figures. A suite that ran no test is a failure.
count() {
    local name=$1 good=${2:-0} bad=${3:-0}
    if ((good + bad == 0)); then
        say "      FAIL  $name ran no test"
        bad=1
    else
        say "      $name: $good passed, $bad failed"
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
}

finish() {
    say "$passed passed, $failed failed"
    ((failed == 0 && passed > 0))
}
