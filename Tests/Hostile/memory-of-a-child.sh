# Attack: lets a child run out of memory, so that the first process ends by itself with a code of its own.
# Expect: outOfMemory
# Weak: none because it would take all memory that there is
{ head -c 100 /dev/zero; tail /dev/zero; } | tail -c 1
exit "${PIPESTATUS[0]}"
