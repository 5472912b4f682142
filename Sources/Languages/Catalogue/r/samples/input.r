lines <- readLines("stdin")
numbers <- scan(text = lines[2], quiet = TRUE)
cat(lines[1], "'s numbers add up to ", sum(numbers), "\n", sep = "")
