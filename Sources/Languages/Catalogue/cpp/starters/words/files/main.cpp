// Counts the words of the file that is its argument (see Run settings).

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace {

/// A word in small letters without what is no letter at its ends: "Sea," and "sea" are the same.
std::string bare(std::string word) {
    auto is_letter = [](unsigned char c) { return std::isalnum(c) || c >= 0x80; };
    auto begin = std::find_if(word.begin(), word.end(), is_letter);
    auto end = std::find_if(word.rbegin(), std::make_reverse_iterator(begin), is_letter).base();
    std::string result(begin, end);
    for (char &c : result) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return result;
}

} // namespace

int main(int count, char **arguments) {
    if (count != 2) {
        std::cerr << "Name one file in the arguments of the run settings.\n";
        return 2;
    }
    std::ifstream file(arguments[1]);
    if (!file) {
        std::cerr << arguments[1] << " can't be read.\n";
        return 1;
    }

    std::map<std::string, int> counts;
    int together = 0;
    for (std::string word; file >> word;) {
        if (word = bare(word); !word.empty()) {
            ++counts[word];
            ++together;
        }
    }

    // A map is sorted by its keys; a stable sort keeps that order among words that are equally frequent.
    std::vector<std::pair<std::string, int>> frequent(counts.begin(), counts.end());
    std::stable_sort(frequent.begin(), frequent.end(), [](const auto &a, const auto &b) { return a.second > b.second; });

    std::cout << together << " words, " << counts.size() << " different\n";
    for (std::size_t i = 0; i < frequent.size() && i < 8; ++i) {
        std::cout << std::setw(4) << frequent[i].second << "  " << frequent[i].first << '\n';
    }
}
