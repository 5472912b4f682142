// Attack: has the compiler instantiate templates without end.
// Expect: outOfMemory or outOfTime
// Weak: none because a compiler without a limit takes all memory that there is
template <int depth, typename left, typename right> struct node {
    using type = node<depth - 1, node<depth - 1, left, right>, node<depth - 1, right, node<depth, left, left>>>;
    static constexpr long value = node<depth - 1, typename node<depth - 1, left, type>::type, type>::value +
                                  node<depth - 1, type, typename node<depth - 1, type, right>::type>::value;
};
template <typename left, typename right> struct node<0, left, right> {
    using type = left;
    static constexpr long value = 1;
};
int main() { return node<60, int, long>::value; }
