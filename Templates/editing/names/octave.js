export const names = {
  keyword: `
    break case catch continue do else elseif end end_try_catch end_unwind_protect endfor endfunction endif endswitch
    endwhile for function global if otherwise persistent return switch try until unwind_protect
    unwind_protect_cleanup while
  `,
  constant: `
    true false pi eps Inf NaN NA ans
  `,
  function: `
    abs all any arrayfun bar cell cellfun ceil char columns cos cross cumsum det diag diff disp display dot eig
    error exp eye factorial fclose fgetl fieldnames figure find fix fliplr floor fopen fprintf full func2str gcd
    hist hold horzcat ind2sub input int2str interp1 inv isempty isfield isnumeric isprime kron lcm length linspace
    log log10 log2 lower lu max mean median min mod norm num2cell num2str numel ones plot polyfit polyval primes
    printf prod qr quad rand randi randn randperm rank regexp regexprep rem repmat reshape round rows sin size sort
    sprintf sqrt std strcat strcmp strfind strjoin strrep strsplit strtrim struct sub2ind sum svd tan tic title toc
    trace trapz triu upper validatestring var vertcat xlabel ylabel zeros
  `
}

export const snippets = [
  ["for", "over numbers", "for ${1:i} = 1:${2:n}\n\t${0}\nend"],
  ["while", "loop", "while ${1:condition}\n\t${0}\nend"],
  ["if", "condition", "if ${1:condition}\n\t${0}\nend"],
  ["function", "function", "function ${1:result} = ${2:name}(${3})\n\t${0}\nend"],
  ["switch", "choice", "switch ${1:value}\n\tcase ${2:1}\n\t\t${3}\n\totherwise\n\t\t${0}\nend"],
  ["try", "catch an error", "try\n\t${1}\ncatch err\n\t${0}\nend"]
]
