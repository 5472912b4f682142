# Adds up expenses.csv by category. Open that file, change it, and run this again.

expenses <- read.csv("expenses.csv", strip.white = TRUE, colClasses = "character")

# What can't be read as a number becomes NA, with a warning that we give in our own words instead.
expenses$value <- suppressWarnings(as.numeric(expenses$amount))
for (place in which(is.na(expenses$value))) {
  cat("Left out:", expenses$date[place], expenses$category[place], "with the amount", expenses$amount[place], "\n")
}
good <- expenses[!is.na(expenses$value), ]

if (nrow(good) == 0) {
  cat("There is nothing to add up.\n")
} else {
  totals <- sort(tapply(good$value, good$category, sum), decreasing = TRUE)
  bars <- strrep("#", pmax(0, round(30 * totals / max(totals))))
  cat(sprintf("%-10s%10.2f  %s\n", names(totals), totals, bars), sep = "")
  cat(sprintf("%-10s%10.2f\n", "together", sum(totals)))

  cat("\nWhat one purchase costs, by category:\n")
  print(aggregate(value ~ category, data = good, FUN = mean))
}
