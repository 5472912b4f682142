export const names = {
  keyword: `
    break case continue do done elif else esac exit export fi for function if in local readonly return select shift
    then time until while declare unset source trap
  `,
  function: `
    alias awk basename bash bc bg cat cd chmod chown command cp curl cut date dd df diff dirname du echo env eval
    exec expr false find fg getopts grep gunzip gzip head hostname id jobs join kill ln ls mapfile mkdir mktemp mv
    nl paste printf ps pwd read rm rmdir sed seq set sleep sort stat tail tar tee test touch tr true type uname uniq
    wait wc which xargs
  `,
  constant: `
    BASH_SOURCE HOME IFS LINENO PATH PWD RANDOM SECONDS USER PIPESTATUS REPLY
  `
}

export const snippets = [
  ["for", "over words", "for ${1:item} in ${2:\"$@\"}; do\n\t${0}\ndone"],
  ["while", "read lines", "while IFS= read -r ${1:line}; do\n\t${0}\ndone <${2:file}"],
  ["if", "condition", "if [[ ${1:condition} ]]; then\n\t${0}\nfi"],
  ["case", "choice", "case ${1:$1} in\n\t${2:pattern}) ${0} ;;\n\t*) ;;\nesac"],
  ["function", "function", "${1:name}() {\n\t${0}\n}"],
  ["strict", "stop at faults", "set -euo pipefail\n${0}"]
]
