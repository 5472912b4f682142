# Press Run, then type your name in the console below.

console <- file("stdin", open = "r")

cat("What is your name? ")
name <- trimws(readLines(console, n = 1))
if (length(name) == 0 || name == "") name <- "friend"
cat("Hello, ", name, "!\n", sep = "")

letters_used <- strsplit(gsub(" ", "", tolower(name)), "")[[1]]
cat("How often each letter is in your name:\n")
print(sort(table(letters_used), decreasing = TRUE))
