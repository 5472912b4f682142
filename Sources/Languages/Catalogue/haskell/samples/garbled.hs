main :: IO ()
main = = do
