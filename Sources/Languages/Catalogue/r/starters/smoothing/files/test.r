# Press Run: this file is the project's main file, and runs the tests.

source("smooth.r")

passed <- 0
failed <- 0

expect <- function(what, holds) {
  # isTRUE: neither NA nor a vector counts as true.
  if (isTRUE(holds)) {
    passed <<- passed + 1
  } else {
    failed <<- failed + 1
    cat("FAILED", what, "\n")
  }
}

refused <- function(expression) inherits(try(expression, silent = TRUE), "try-error")

# all.equal and not ==: numbers with fractions are seldom equal to the last bit.
expect("three neighbours", all.equal(smooth_out(c(1, 2, 6)), c(1.5, 3, 4)))
expect("a window of one changes nothing", all.equal(smooth_out(c(4, 8, 15), 1), c(4, 8, 15)))
expect("a window wider than the series is its mean", all.equal(smooth_out(c(1, 2, 3), 9), c(2, 2, 2)))
expect("a gap is filled from its neighbours", all.equal(smooth_out(c(1, NA, 3)), c(1, 2, 3)))
expect("where there is nothing, nothing is made up", all.equal(smooth_out(c(NA_real_, NA_real_)), c(NA_real_, NA_real_)))
expect("no values", identical(smooth_out(numeric(0)), numeric(0)))
expect("an even window is refused", refused(smooth_out(1:5, 2)))
expect("words are refused", refused(smooth_out(c("a", "b"))))

cat(passed, "passed,", failed, "failed\n")
quit(status = if (failed == 0) 0 else 1)
