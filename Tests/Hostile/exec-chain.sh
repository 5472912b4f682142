# Attack: replaces itself by itself for ever, under another name each time, so that a list of processes is always old.
# Expect: outOfTime
# Weak: deadline
# Succeeds: still running
exec -a "chain-$RANDOM" bash "$0"
