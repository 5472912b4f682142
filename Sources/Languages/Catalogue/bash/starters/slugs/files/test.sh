# Press Run: this file is the project's main file, and runs the tests.

source ./slug.sh

passed=0
failed=0

# expect WANTED TITLE: compares.
expect() {
    local found
    found=$(slug "$2")
    if [[ $found == "$1" ]]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED slug %q: %q instead of %q\n' "$2" "$found" "$1"
    fi
}

expect hello-world "Hello, world"
expect a-b-c "  a  b -- c  "
expect 3-owls "3 owls"
expect untitled ""
expect untitled "?!"
# What a shell would make more of, were it not quoted everywhere.
expect a "* a *"
expect home-rm-rf '$HOME; $(rm -rf ~)'
expect n "-n"
expect two-lines $'two\nlines'

echo "$passed passed, $failed failed"
((failed == 0))
