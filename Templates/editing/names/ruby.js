export const names = {
  keyword: `
    alias and begin break case class def defined? do else elsif end ensure extend for if in include loop module next
    not or private protected public raise redo require require_relative rescue retry return self super then undef
    unless until when while yield attr_accessor attr_reader attr_writer
  `,
  constant: `
    true false nil ARGV ENV STDIN STDOUT STDERR __FILE__ __method__
  `,
  function: `
    abs all? any? capitalize chars chomp collect compact count delete downcase each each_char each_line
    each_with_index each_with_object empty? first flatten format gets group_by gsub include? inject inspect is_a?
    join keys last length lambda map max max_by merge min min_by new nil? p pop print printf proc push puts rand
    reduce reject reverse round select shift shuffle size sleep sort sort_by split start_with? strip sub sum tally
    times to_a to_f to_h to_i to_s to_sym uniq upcase upto values zip
  `,
  type: `
    Array Class Comparable Complex Date Dir Enumerable Exception File Float Hash Integer IO Kernel Math Module
    Numeric Object Proc Range Rational Regexp Set StandardError String Struct Symbol Time ArgumentError IndexError
    KeyError NameError NoMethodError RuntimeError TypeError ZeroDivisionError
  `
}

export const snippets = [
  ["each", "over items", "${1:items}.each do |${2:item}|\n\t${0}\nend"],
  ["while", "loop", "while ${1:condition}\n\t${0}\nend"],
  ["if", "condition", "if ${1:condition}\n\t${0}\nend"],
  ["def", "method", "def ${1:name}(${2})\n\t${0}\nend"],
  ["class", "class", "class ${1:Name}\n\tdef initialize(${2})\n\t\t${0}\n\tend\nend"],
  ["begin", "catch an error", "begin\n\t${1}\nrescue ${2:StandardError} => error\n\t${0}\nend"],
  [
    "test", "test",
    "require \"minitest/autorun\"\n\nclass ${1:Name}Test < Minitest::Test\n" +
      "\tdef test_${2:something}\n\t\tassert_equal ${0}\n\tend\nend"
  ]
]
