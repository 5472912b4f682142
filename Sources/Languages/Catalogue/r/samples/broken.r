cat("never printed\n"
cat("nor this\n")
