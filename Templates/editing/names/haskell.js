export const names = {
  keyword: `
    as case class data default deriving do else forall foreign hiding if import in infix infixl infixr instance let
    module newtype of otherwise qualified then type where
  `,
  type: `
    Bool Char Double Either Eq Float Foldable Functor IO Int Integer Map Maybe Monad Monoid Num Ord Ordering
    Rational Read Semigroup Set Show String Text Traversable Word Applicative Enum Bounded
  `,
  constant: `
    True False Nothing Just Left Right LT EQ GT
  `,
  function: `
    abs all and any appendFile break ceiling compare concat concatMap const curry cycle div divMod drop dropWhile
    either elem error even filter flip floor fmap foldl foldr fromIntegral fst gcd getArgs getContents getLine head
    id init interact iterate last lcm length lines lookup map mapM mapM_ max maximum maybe min minimum mod negate
    not null odd or otherwise print product pure putStr putStrLn read readFile repeat replicate return reverse round
    scanl sequence show snd span splitAt sqrt subtract sum tail take takeWhile toUpper truncate uncurry undefined
    unlines unwords words writeFile zip zipWith nub sort sortBy isPrefixOf intercalate
  `
}

export const snippets = [
  ["main", "program", "main :: IO ()\nmain = do\n\t${0}"],
  ["case", "choice", "case ${1:value} of\n\t${2:pattern} -> ${0}"],
  ["data", "type", "data ${1:Name} = ${2:Constructor}\n\tderiving (Show, Eq)"],
  ["if", "condition", "if ${1:condition} then ${2:this} else ${0:that}"],
  ["fn", "function", "${1:name} :: ${2:Int} -> ${3:Int}\n${1:name} ${4:x} = ${0}"]
]
