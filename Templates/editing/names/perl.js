export const names = {
  keyword: `
    and cmp continue do else elsif eq for foreach ge given gt if last le local lt my ne next no not or our package
    redo require return state sub unless until use while xor BEGIN END strict warnings utf8
  `,
  function: `
    abs bless chomp chop chr close defined delete die each eof eval exists exit grep hex index int join keys lc
    lcfirst length localtime log map oct open ord pack pop pos print printf push rand read ref reverse rindex say
    scalar shift sin sleep sort splice split sprintf sqrt srand substr system tie time uc ucfirst undef unlink
    unpack unshift values wantarray warn write
  `,
  constant: `
    STDIN STDOUT STDERR ARGV ENV __FILE__ __LINE__ __PACKAGE__ __DATA__ __END__
  `
}

export const snippets = [
  ["for", "over items", "for my $$${1:item} (${2:@items}) {\n\t${0}\n}"],
  ["while", "read lines", "while (my $$${1:line} = <${2:STDIN}>) {\n\t${0}\n}"],
  ["if", "condition", "if (${1:condition}) {\n\t${0}\n}"],
  ["sub", "function", "sub ${1:name} {\n\tmy (${2}) = @_;\n\t${0}\n}"],
  ["test", "test", "use Test::More;\n\nis(${1:got}, ${2:expected}, \"${3:what}\");\n\ndone_testing();"]
]
