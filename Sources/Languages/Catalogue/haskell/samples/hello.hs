main :: IO ()
main = putStrLn "Hello from Carrel"
