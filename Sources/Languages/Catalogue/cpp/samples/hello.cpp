#include <iostream>

int main() {
    std::cout << "Hello from Carrel\n";
}
