# Attack: lets a child run out of memory, so that the first process ends by itself with a code of its own.
# Expect: outOfMemory
{ head -c 100 /dev/zero; tail /dev/zero; } | tail -c 1
exit "${PIPESTATUS[0]}"
