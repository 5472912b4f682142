-- Press Run: main.hs is compiled with the modules that it imports, and runs the tests.

import Control.Monad (forM_, unless)
import Roman (fromRoman, toRoman)
import System.Exit (exitFailure)

-- | A sentence, and whether it holds.
tests :: [(String, Bool)]
tests =
    [ (show number ++ " is " ++ numeral, toRoman number == Just numeral) | (number, numeral) <- known ]
        ++ [ (numeral ++ " is " ++ show number, fromRoman numeral == Just number) | (number, numeral) <- known ]
        ++ [ ("every number comes back", all (\n -> (toRoman n >>= fromRoman) == Just n) [1 .. 3999])
           , ("small letters and spaces are read", fromRoman " xlii " == Just 42)
           ]
        ++ [ (show text ++ " is no numeral", fromRoman text == Nothing) | text <- wrong ]
        ++ [ (show number ++ " has no numeral", toRoman number == Nothing) | number <- [0, -1, 4000] ]
  where
    known = [(1, "I"), (4, "IV"), (14, "XIV"), (1990, "MCMXC"), (2024, "MMXXIV")]
    wrong = ["", "IIII", "VX", "IC", "MMMM", "XI V", "12"]

main :: IO ()
main = do
    let failed = [name | (name, holds) <- tests, not holds]
    forM_ failed $ \name -> putStrLn ("FAILED " ++ name)
    putStrLn (show (length tests - length failed) ++ " passed, " ++ show (length failed) ++ " failed")
    unless (null failed) exitFailure
