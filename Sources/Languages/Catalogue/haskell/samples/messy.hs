main::IO ()
main=do
   putStrLn   "a"
   print  [1,2]
