export const names = {
  keyword: `
    as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub
    ref return self Self static struct super trait type unsafe use where while
  `,
  type: `
    bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize Box BTreeMap BTreeSet Cell Clone Copy
    Cow Debug Default Display Drop Eq Err Error From HashMap HashSet Hash Into Iterator Mutex None Ok Option Ord
    PartialEq PartialOrd Path PathBuf Rc RefCell Result Send Some String Sync ToString Vec VecDeque Arc
  `,
  constant: `
    true false
  `,
  function: `
    println! print! eprintln! format! vec! panic! assert! assert_eq! assert_ne! todo! unimplemented! unreachable!
    matches! write! writeln! dbg! include_str! iter into_iter collect clone unwrap unwrap_or expect map filter fold
    push insert contains len is_empty parse trim split lines to_string as_str
  `
}

export const snippets = [
  ["for", "over items", "for ${1:item} in ${2:items} {\n\t${0}\n}"],
  ["while", "loop", "while ${1:condition} {\n\t${0}\n}"],
  ["match", "choice", "match ${1:value} {\n\t${2:pattern} => ${3:result},\n\t_ => ${0},\n}"],
  ["iflet", "pattern", "if let ${1:Some(value)} = ${2:option} {\n\t${0}\n}"],
  ["fn", "function", "fn ${1:name}(${2}) -> ${3:i32} {\n\t${0}\n}"],
  ["struct", "structure", "struct ${1:Name} {\n\t${0}\n}"],
  ["impl", "methods", "impl ${1:Name} {\n\t${0}\n}"],
  ["test", "test", "#[test]\nfn ${1:name}() {\n\tassert_eq!(${0});\n}"]
]
