main :: IO ()
main = do
    putStrLn "before"
    print (head (drop 7 [1, 2, 3 :: Int]))
