-- Press Run, then type your name in the console below.

import Data.Char (isSpace, toLower)
import Data.List (nub, sort)
import System.IO

main :: IO ()
main = do
    hSetBuffering stdout NoBuffering
    putStr "What is your name? "
    end <- isEOF
    line <- if end then pure "" else getLine
    let name = if all isSpace line then "friend" else line
    putStrLn ("Hello, " ++ name ++ "!")
    let letters = lettersOf name
    putStrLn ("Your name uses " ++ show (length letters) ++ " different letters: " ++ unwords (map pure letters))

-- | The letters of a text, each once, in order.
lettersOf :: String -> [Char]
lettersOf = sort . nub . map toLower . filter (not . isSpace)
