# A library: it defines a function and does nothing when it is sourced.

# slug TITLE: the title in small letters, with one - for all that is no letter or digit; "untitled" when nothing is left.
slug() {
    local text=${1,,}
    # Bash alone, without sed: every call of a program costs more than the whole function.
    text=${text//[^a-z0-9]/-}
    while [[ $text == *--* ]]; do
        text=${text//--/-}
    done
    text=${text#-}
    text=${text%-}
    printf '%s\n' "${text:-untitled}"
}
