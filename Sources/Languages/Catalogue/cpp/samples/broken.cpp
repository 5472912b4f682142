#include <iostream>

int main() {
    int number = "never printed";
    std::cout << number << '\n';
}
