// Press Run, then type your name in the console below.

#include <cctype>
#include <iostream>
#include <set>
#include <string>

int main() {
    std::string name;
    std::cout << "What is your name? ";
    std::getline(std::cin, name);
    if (name.empty()) {
        name = "friend";
    }
    std::cout << "Hello, " << name << "!\n";

    std::set<char> letters;
    for (unsigned char letter : name) {
        if (std::isalpha(letter)) {
            letters.insert(static_cast<char>(std::tolower(letter)));
        }
    }
    std::cout << "Your name uses " << letters.size() << " different letters:";
    for (char letter : letters) {
        std::cout << ' ' << letter;
    }
    std::cout << '\n';
}
