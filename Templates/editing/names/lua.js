export const names = {
  keyword: `
    and break do else elseif end for function goto if in local not or repeat return then until while
  `,
  constant: `
    true false nil _G _VERSION self
  `,
  function: `
    assert collectgarbage dofile error getmetatable ipairs load loadfile next pairs pcall print rawequal rawget
    rawlen rawset require select setmetatable tonumber tostring type xpcall io.close io.lines io.open io.read
    io.write math.abs math.ceil math.floor math.huge math.max math.min math.pi math.random math.sqrt os.clock
    os.date os.exit os.getenv os.time string.byte string.char string.find string.format string.gmatch string.gsub
    string.len string.lower string.match string.rep string.reverse string.sub string.upper table.concat table.insert
    table.remove table.sort table.unpack
  `
}

export const snippets = [
  ["for", "over numbers", "for ${1:i} = 1, ${2:10} do\n\t${0}\nend"],
  ["forp", "over a table", "for ${1:key}, ${2:value} in pairs(${3:items}) do\n\t${0}\nend"],
  ["while", "loop", "while ${1:condition} do\n\t${0}\nend"],
  ["if", "condition", "if ${1:condition} then\n\t${0}\nend"],
  ["function", "function", "local function ${1:name}(${2})\n\t${0}\nend"]
]
