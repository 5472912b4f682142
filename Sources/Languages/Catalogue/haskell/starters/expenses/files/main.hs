-- Adds up expenses.csv by category. Open that file, change it, and run this again.

import Data.Char (isDigit, isSpace)
import Data.Either (partitionEithers)
import Data.List (dropWhileEnd, sortOn)
import qualified Data.Map.Strict as Map
import Data.Ord (Down (..))
import System.IO
import Text.Printf (printf)

-- | Money in cents: whole numbers add up without rounding.
type Cents = Integer

-- | Reads "date,category,amount", or says which line it is that can't be read.
parse :: (Int, String) -> Either String (String, Cents)
parse (number, line) = case map trim (fields line) of
    [_, category, amount] | Just cents <- parseCents amount -> Right (category, cents)
    _ -> Left ("Line " ++ show number ++ " is left out: " ++ line)

parseCents :: String -> Maybe Cents
parseCents text = case break (== '.') text of
    (whole, part)
        | not (null whole), all isDigit whole, Just cents <- decimals part -> Just (read whole * 100 + cents)
    _ -> Nothing
  where
    decimals "" = Just 0
    decimals ['.', a] | isDigit a = Just (read [a, '0'])
    decimals ['.', a, b] | all isDigit [a, b] = Just (read [a, b])
    decimals _ = Nothing

fields :: String -> [String]
fields text = case break (== ',') text of
    (field, _ : rest) -> field : fields rest
    (field, "") -> [field]

trim :: String -> String
trim = dropWhileEnd isSpace . dropWhile isSpace

main :: IO ()
main = do
    hSetEncoding stdout utf8
    content <- readFile "expenses.csv"
    -- The first line has the names of the columns.
    let numbered = filter (not . all isSpace . snd) (drop 1 (zip [1 ..] (lines content)))
        (faults, expenses) = partitionEithers (map parse numbered)
        totals = sortOn (Down . snd) (Map.toList (Map.fromListWith (+) expenses))
        largest = maximum (1 : map snd totals)
    mapM_ putStrLn faults
    mapM_ (\(category, cents) -> putStrLn (row category cents ++ "  " ++ bar largest cents)) totals
    putStrLn (row "together" (sum (map snd totals)))
  where
    row category cents = printf "%-10s%7d.%02d" category (cents `div` 100) (cents `mod` 100) :: String
    bar largest cents = replicate (fromIntegral (30 * cents `div` largest)) '#'
