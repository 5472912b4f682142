# What the scripts print: numbered steps with their time, plain lines, and one-sentence failures.

step_number=0
step_total=0
step_began=0

now_in_milliseconds() {
    local time=${EPOCHREALTIME/[.,]/}
    echo $((time / 1000))
}

# Prints "0.4 s", "12 s" or "3 min 5 s" for a number of milliseconds.
duration() {
    local milliseconds=$1
    if ((milliseconds < 10000)); then
        printf '%d.%d s' $((milliseconds / 1000)) $((milliseconds % 1000 / 100))
    elif ((milliseconds < 120000)); then
        printf '%d s' $((milliseconds / 1000))
    else
        printf '%d min %d s' $((milliseconds / 60000)) $((milliseconds / 1000 % 60))
    fi
}

say() {
    printf '%s\n' "$*"
}

warn() {
    printf 'Warning: %s\n' "$*" >&2
}

# Ends the script with one sentence that names the problem and its fix.
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# step "Doing something": opens the next numbered step, closing the one before.
step() {
    step_done
    step_number=$((step_number + 1))
    step_began=$(now_in_milliseconds)
    if ((step_total > 0)); then
        say "[$step_number/$step_total] $1…"
    else
        say "$1…"
    fi
}

# substep "python (2 of 4)": a line within the step that is open.
substep() {
    say "      $1"
}

step_done() {
    ((step_began > 0)) || return 0
    say "      done in $(duration $(($(now_in_milliseconds) - step_began)))"
    step_began=0
}
