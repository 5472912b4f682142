// Attack: has the compiler compute a constant for ever.
// Expect: exited 1
// Weak: none because the compiler itself gives up; what is seen is that it does so within its time
constexpr unsigned long count(unsigned long n) {
    unsigned long total = 0;
    for (unsigned long index = 0; index < n; index++) total += index * index;
    return total;
}
constexpr unsigned long result = count(1UL << 62);
int main() { return result; }
