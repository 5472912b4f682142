export const names = {
  keyword: `
    async await break case catch class const continue debugger default delete do else export extends finally for
    from function get if import in instanceof let new of return set static super switch this throw try typeof var
    void while with yield abstract as asserts declare enum implements infer interface is keyof module namespace
    override private protected public readonly satisfies type unique
  `,
  constant: `
    true false null undefined NaN Infinity globalThis
  `,
  function: `
    decodeURIComponent encodeURIComponent fetch isFinite isNaN parseFloat parseInt queueMicrotask require
    setInterval setTimeout clearInterval clearTimeout structuredClone console.log console.error Object.entries
    Object.keys Object.values Object.assign Object.fromEntries Array.from Array.isArray JSON.parse JSON.stringify
    Math.floor Math.max Math.min Math.random Math.round Promise.all Number.isInteger
  `,
  type: `
    Array ArrayBuffer BigInt Boolean Date Error Function Intl JSON Map Math Number Object Promise Proxy RangeError
    Reflect RegExp Set String Symbol SyntaxError TypeError Uint8Array URL URLSearchParams WeakMap WeakSet console
    process module exports Buffer any bigint boolean never number object string symbol unknown void Awaited Exclude
    Extract NonNullable Omit Parameters Partial Pick Readonly ReadonlyArray Record Required ReturnType
  `
}

export const snippets = [
  ["for", "over numbers", "for (let ${1:i} = 0; ${1:i} < ${2:n}; ${1:i}++) {\n\t${0}\n}"],
  ["forof", "over items", "for (const ${1:item} of ${2:items}) {\n\t${0}\n}"],
  ["while", "loop", "while (${1:condition}) {\n\t${0}\n}"],
  ["if", "condition", "if (${1:condition}) {\n\t${0}\n}"],
  ["function", "function", "function ${1:name}(${2}) {\n\t${0}\n}"],
  ["class", "class", "class ${1:Name} {\n\tconstructor(${2}) {\n\t\t${0}\n\t}\n}"],
  ["try", "catch an error", "try {\n\t${1}\n} catch (error) {\n\t${0}\n}"],
  ["test", "node’s test", "test(\"${1:what}\", () => {\n\tassert.equal(${0})\n})"],
  ["interface", "type of an object", "interface ${1:Name} {\n\t${2:field}: ${3:string}\n}"]
]
