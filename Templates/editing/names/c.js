export const names = {
  keyword: `
    auto break case const continue default do else enum extern for goto if inline register restrict return sizeof
    static struct switch typedef union volatile while _Alignas _Alignof _Generic _Noreturn _Static_assert #include
    #define #ifdef #ifndef #endif
  `,
  type: `
    bool char double float int long short signed unsigned void FILE size_t ptrdiff_t int8_t int16_t int32_t int64_t
    uint8_t uint16_t uint32_t uint64_t time_t va_list
  `,
  constant: `
    NULL true false EOF EXIT_SUCCESS EXIT_FAILURE INT_MAX INT_MIN LONG_MAX SIZE_MAX stdin stdout stderr errno
  `,
  function: `
    abs abort assert atof atoi calloc exit fclose feof fgets fflush fopen fprintf fputs fread free fscanf fseek
    fwrite getchar getenv isalpha isdigit isspace malloc memcmp memcpy memmove memset perror printf putchar puts
    qsort rand realloc remove scanf snprintf sprintf sqrt srand sscanf strcat strchr strcmp strcpy strdup strerror
    strlen strncmp strncpy strstr strtok strtol time tolower toupper
  `
}

export const snippets = [
  ["for", "over numbers", "for (int ${1:i} = 0; ${1:i} < ${2:n}; ${1:i}++) {\n\t${0}\n}"],
  ["while", "loop", "while (${1:condition}) {\n\t${0}\n}"],
  ["if", "condition", "if (${1:condition}) {\n\t${0}\n}"],
  ["switch", "choice", "switch (${1:value}) {\ncase ${2:1}:\n\t${0}\n\tbreak;\ndefault:\n\tbreak;\n}"],
  ["struct", "structure", "struct ${1:name} {\n\t${0}\n};"],
  ["function", "function", "${1:int} ${2:name}(${3:void}) {\n\t${0}\n}"],
  ["main", "program", "int main(void) {\n\t${0}\n\treturn 0;\n}"],
  ["include", "header", "#include <${1:stdio.h}>\n${0}"]
]
