#include <iostream>
#include <iterator>
#include <numeric>
#include <string>

int main() {
    std::string name;
    std::getline(std::cin, name);
    int sum = std::accumulate(std::istream_iterator<int>(std::cin), {}, 0);
    std::cout << name << "'s numbers add up to " << sum << '\n';
}
