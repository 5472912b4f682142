export const names = {
  keyword: `
    and as assert async await break case class continue def del elif else except finally for from global if import
    in is lambda match nonlocal not or pass raise return try while with yield
  `,
  constant: `
    True False None NotImplemented Ellipsis __name__ __file__ __doc__
  `,
  function: `
    abs all any ascii bin breakpoint callable chr compile delattr dir divmod enumerate eval exec filter format
    getattr globals hasattr hash help hex id input isinstance issubclass iter len locals map max min next oct open
    ord pow print range repr reversed round setattr sorted sum vars zip __init__ __str__ __repr__ __len__ __iter__
    __next__ __enter__ __exit__ __eq__ __call__
  `,
  type: `
    bool bytearray bytes classmethod complex dict float frozenset int list memoryview object property set slice
    staticmethod str super tuple type Exception ArithmeticError AssertionError AttributeError EOFError
    FileNotFoundError ImportError IndexError IOError KeyboardInterrupt KeyError LookupError NameError
    NotImplementedError OSError OverflowError PermissionError RecursionError RuntimeError StopIteration SyntaxError
    TimeoutError TypeError UnicodeDecodeError ValueError ZeroDivisionError
  `
}

export const snippets = [
  ["for", "over items", "for ${1:item} in ${2:items}:\n\t${0}"],
  ["forr", "over numbers", "for ${1:i} in range(${2:10}):\n\t${0}"],
  ["while", "loop", "while ${1:condition}:\n\t${0}"],
  ["def", "function", "def ${1:name}(${2}):\n\t${0}"],
  ["class", "class", "class ${1:Name}:\n\tdef __init__(self${2}):\n\t\t${0}"],
  ["main", "program", "def main():\n\t${0}\n\n\nif __name__ == \"__main__\":\n\tmain()"],
  ["try", "catch an exception", "try:\n\t${1}\nexcept ${2:Exception} as error:\n\t${0}"],
  [
    "test", "unit test",
    "import unittest\n\n\n" +
      "class ${1:Name}Test(unittest.TestCase):\n\tdef test_${2:something}(self):\n\t\tself.assertEqual(${0})"
  ]
]
