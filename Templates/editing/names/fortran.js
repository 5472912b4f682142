export const names = {
  keyword: `
    allocatable allocate associate block call case class close concurrent contains continue critical cycle data
    deallocate default deferred dimension do elemental else elseif elsewhere end enddo endif entry enum exit extends
    external final forall format function generic goto if implicit import in include inout inquire intent interface
    intrinsic kind module namelist none nullify only open operator optional out parameter pointer private procedure
    program protected public pure read recursive result return rewind save select sequence stop submodule subroutine
    target then to type use value where while write
  `,
  type: `
    character complex double integer logical precision real
  `,
  constant: `
    .true. .false. iso_fortran_env error_unit input_unit output_unit int32 int64 real32 real64
  `,
  function: `
    abs achar acos adjustl adjustr aint all allocated anint any asin associated atan atan2 ceiling char cmplx conjg
    cos cosh count cpu_time date_and_time dble dim dot_product exp exponent floor fraction get_command_argument huge
    iachar iand ichar index int ior is_iostat_end lbound len len_trim log log10 matmul max maxloc maxval merge min
    minloc minval mod modulo move_alloc nint norm2 not pack present print product random_number random_seed real
    repeat reshape scan shape sign sin sinh size spread sqrt sum system_clock tan tanh tiny transfer transpose trim
    ubound unpack verify
  `
}

export const snippets = [
  ["do", "over numbers", "do ${1:i} = 1, ${2:n}\n\t${0}\nend do"],
  ["while", "loop", "do while (${1:condition})\n\t${0}\nend do"],
  ["if", "condition", "if (${1:condition}) then\n\t${0}\nend if"],
  ["program", "program", "program ${1:name}\n\timplicit none\n\t${0}\nend program"],
  ["subroutine", "subroutine", "subroutine ${1:name}(${2})\n\t${0}\nend subroutine"],
  ["function", "function", "function ${1:name}(${2}) result(${3:value})\n\t${0}\nend function"],
  ["module", "module", "module ${1:name}\n\timplicit none\ncontains\n\t${0}\nend module"]
]
