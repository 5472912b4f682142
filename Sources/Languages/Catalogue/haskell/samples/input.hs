main :: IO ()
main = do
    name <- getLine
    numbers <- map read . words <$> getLine
    putStrLn (name ++ "'s numbers add up to " ++ show (sum numbers :: Int))
