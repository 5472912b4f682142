ages <- list(ada = 36)
cat("before\n")
print(ages[["grace"]] + ages[[7]])
