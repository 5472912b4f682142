export const names = {
  keyword: `
    dynamic discontiguous initialization module multifile table use_module
  `,
  constant: `
    true false fail user_input user_output user_error
  `,
  function: `
    append arg assert asserta assertz atom atom_chars atom_codes atom_concat atom_length atom_number atom_string
    atomic atomic_list_concat bagof between call char_code clause close compound concat_atom copy_term exclude
    findall flatten foldl forall format functor get_char halt include integer is is_list last length list_to_set
    listing maplist max_list max_member member memberchk min_list msort nb_getval nb_setval nl nonvar not nth0 nth1
    number number_codes number_vars numlist once open permutation phrase predsort print print_message put_char read
    read_term repeat retract retractall reverse select setof sort split_string string_chars string_codes
    string_concat string_length string_lower string_to_atom string_upper sub_atom subtract succ sum_list sumlist tab
    term_to_atom throw union var write write_canonical writeln writeq
  `
}

export const snippets = [
  ["rule", "clause", "${1:head}(${2:X}) :-\n\t${0}."],
  ["main", "program", "main :-\n\t${0}.\n\n:- initialization(main)."],
  ["findall", "all answers", "findall(${1:X}, ${2:goal}, ${3:List})"],
  ["if", "condition", "(   ${1:condition}\n->  ${2:this}\n;   ${0:that}\n)"],
  ["forall", "each answer", "forall(${1:condition}, ${0:action})"]
]
