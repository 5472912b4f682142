export const names = {
  keyword: `
    and array as asm begin case class const constructor destructor div do downto else end except exports file
    finalization finally for function goto if implementation in inherited initialization inline interface is label
    library mod nil not object of on operator or out override packed private procedure program property protected
    public raise record repeat set shl shr string then threadvar to try type unit until uses var virtual while with
    xor
  `,
  type: `
    AnsiString Boolean Byte Cardinal Char Double Extended Int64 Integer LongInt LongWord Pointer QWord Real ShortInt
    SmallInt Single String Text TextFile TObject TStringList WideString Word Exception
  `,
  constant: `
    True False Nil MaxInt Pi LineEnding
  `,
  function: `
    Abs Append Assign AssignFile Chr Close CloseFile Concat Copy Cos Dec Delete Dispose Eof Eoln Exclude Exit Exp
    FillChar FloatToStr Format FreeAndNil Frac GetMem Halt High Inc Include Insert Int IntToStr Length Ln Low
    LowerCase Move New Odd Ord ParamCount ParamStr Pos Pred Random Randomize Read ReadLn Reset Rewrite Round
    SetLength Sin SizeOf Sqr Sqrt Str StringReplace StrToFloat StrToInt StrToIntDef Succ Trim Trunc UpCase UpperCase
    Val Write WriteLn SysUtils Classes Math
  `
}

export const snippets = [
  ["for", "over numbers", "for ${1:i} := 1 to ${2:n} do\nbegin\n\t${0}\nend;"],
  ["while", "loop", "while ${1:condition} do\nbegin\n\t${0}\nend;"],
  ["if", "condition", "if ${1:condition} then\nbegin\n\t${0}\nend;"],
  ["procedure", "procedure", "procedure ${1:Name}(${2});\nbegin\n\t${0}\nend;"],
  ["function", "function", "function ${1:Name}(${2}): ${3:Integer};\nbegin\n\t${0}\nend;"],
  ["program", "program", "program ${1:Name};\n\nbegin\n\t${0}\nend."],
  ["try", "catch an exception", "try\n\t${1}\nexcept\n\ton E: ${2:Exception} do\n\t\t${0}\nend;"]
]
