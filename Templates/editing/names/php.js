export const names = {
  keyword: `
    abstract and array as break callable case catch class clone const continue declare default do echo else elseif
    empty enddeclare endfor endforeach endif endswitch endwhile enum extends final finally fn for foreach function
    global goto if implements include include_once instanceof insteadof interface isset list match namespace new or
    print private protected public readonly require require_once return static switch throw trait try unset use var
    while xor yield
  `,
  type: `
    bool float int iterable mixed never object string void self parent ArrayIterator Closure Countable DateTime
    DateTimeImmutable Exception Generator InvalidArgumentException Iterator JsonException PDO RuntimeException
    stdClass Throwable TypeError
  `,
  constant: `
    true false null PHP_EOL PHP_INT_MAX STDIN STDOUT STDERR __DIR__ __FILE__ __CLASS__
  `,
  function: `
    array_filter array_key_exists array_keys array_map array_merge array_pop array_push array_reduce array_reverse
    array_shift array_slice array_sum array_unique array_values count date explode fclose feof fgets
    file_get_contents file_put_contents fopen implode in_array intdiv is_array is_int is_numeric is_string
    json_decode json_encode ksort max mb_strlen mb_strtolower mb_substr min preg_match preg_replace preg_split
    print_r printf rand range readline round rtrim sort sprintf str_contains str_pad str_repeat str_replace
    str_split strlen strpos strrev strtolower strtoupper substr trim ucfirst usort var_dump
  `
}

export const snippets = [
  ["for", "over numbers", "for ($$${1:i} = 0; $$${1:i} < ${2:10}; $$${1:i}++) {\n\t${0}\n}"],
  ["foreach", "over items", "foreach ($$${1:items} as $$${2:item}) {\n\t${0}\n}"],
  ["while", "loop", "while (${1:condition}) {\n\t${0}\n}"],
  ["if", "condition", "if (${1:condition}) {\n\t${0}\n}"],
  ["function", "function", "function ${1:name}(${2}): ${3:void}\n{\n\t${0}\n}"],
  ["class", "class", "class ${1:Name}\n{\n\tpublic function __construct(${2})\n\t{\n\t\t${0}\n\t}\n}"],
  ["try", "catch an exception", "try {\n\t${1}\n} catch (${2:Exception} $$error) {\n\t${0}\n}"]
]
