x <- 1
f <- function(a {
}
