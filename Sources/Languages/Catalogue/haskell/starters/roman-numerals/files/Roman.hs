-- | Roman numerals from I to MMMCMXCIX.
module Roman (toRoman, fromRoman) where

import Data.Char (isSpace, toUpper)
import Data.List (dropWhileEnd, stripPrefix)

-- | Largest first; the pairs with a smaller letter before a larger one count as letters of their own.
symbols :: [(Int, String)]
symbols =
    [ (1000, "M"), (900, "CM"), (500, "D"), (400, "CD")
    , (100, "C"), (90, "XC"), (50, "L"), (40, "XL")
    , (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")
    ]

-- | The numeral for a number from 1 to 3999.
toRoman :: Int -> Maybe String
toRoman number
    | number < 1 || number > 3999 = Nothing
    | otherwise = Just (go number symbols)
  where
    go rest ((value, symbol) : more)
        | rest >= value = symbol ++ go (rest - value) ((value, symbol) : more)
        | otherwise = go rest more
    go _ [] = ""

-- | The number that a numeral stands for; small letters count as well.
fromRoman :: String -> Maybe Int
fromRoman text
    -- IIII or VX would come through: only what we would write ourselves is a numeral.
    | toRoman number == Just letters = Just number
    | otherwise = Nothing
  where
    letters = map toUpper (dropWhileEnd isSpace (dropWhile isSpace text))
    number = go letters symbols
    go rest ((value, symbol) : more) = case stripPrefix symbol rest of
        Just after -> value + go after ((value, symbol) : more)
        Nothing -> go rest more
    go _ [] = 0
