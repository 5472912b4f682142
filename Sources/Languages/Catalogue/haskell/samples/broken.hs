main :: IO ()
main = putStrLn (length "never printed")
