export const names = {
  keyword: `
    auto break case const continue default do else enum extern for goto if inline register restrict return sizeof
    static struct switch typedef union volatile while _Alignas _Alignof _Generic _Noreturn _Static_assert #include
    #define #ifdef #ifndef #endif alignas catch class co_await co_return co_yield concept consteval constexpr
    constinit decltype delete explicit export final friend mutable namespace new noexcept operator override private
    protected public requires static_assert template this throw try typename using virtual const_cast dynamic_cast
    reinterpret_cast static_cast
  `,
  type: `
    bool char double float int long short signed unsigned void FILE size_t ptrdiff_t int8_t int16_t int32_t int64_t
    uint8_t uint16_t uint32_t uint64_t time_t va_list string string_view vector map set unordered_map unordered_set
    array deque queue stack list pair tuple optional variant function unique_ptr shared_ptr weak_ptr span ostream
    istream ifstream ofstream stringstream exception runtime_error std
  `,
  constant: `
    NULL true false EOF EXIT_SUCCESS EXIT_FAILURE INT_MAX INT_MIN LONG_MAX SIZE_MAX stdin stdout stderr errno
    nullptr cout cin cerr endl npos
  `,
  function: `
    abs abort assert atof atoi calloc exit fclose feof fgets fflush fopen fprintf fputs fread free fscanf fseek
    fwrite getchar getenv isalpha isdigit isspace malloc memcmp memcpy memmove memset perror printf putchar puts
    qsort rand realloc remove scanf snprintf sprintf sqrt srand sscanf strcat strchr strcmp strcpy strdup strerror
    strlen strncmp strncpy strstr strtok strtol time tolower toupper std::move std::sort std::find std::count
    std::min std::max std::swap std::make_unique std::make_shared std::getline std::to_string push_back emplace_back
    begin end size empty insert erase
  `
}

export const snippets = [
  ["for", "over numbers", "for (int ${1:i} = 0; ${1:i} < ${2:n}; ${1:i}++) {\n\t${0}\n}"],
  ["while", "loop", "while (${1:condition}) {\n\t${0}\n}"],
  ["if", "condition", "if (${1:condition}) {\n\t${0}\n}"],
  ["switch", "choice", "switch (${1:value}) {\ncase ${2:1}:\n\t${0}\n\tbreak;\ndefault:\n\tbreak;\n}"],
  ["struct", "structure", "struct ${1:name} {\n\t${0}\n};"],
  ["function", "function", "${1:int} ${2:name}(${3:void}) {\n\t${0}\n}"],
  ["include", "header", "#include <${1:stdio.h}>\n${0}"],
  ["main", "program", "int main() {\n\t${0}\n\treturn 0;\n}"],
  ["class", "class", "class ${1:Name} {\npublic:\n\t${1:Name}(${2}) {}\n\nprivate:\n\t${0}\n};"],
  ["forr", "over items", "for (const auto& ${1:item} : ${2:items}) {\n\t${0}\n}"],
  ["try", "catch an exception", "try {\n\t${1}\n} catch (const std::exception& error) {\n\t${0}\n}"]
]
