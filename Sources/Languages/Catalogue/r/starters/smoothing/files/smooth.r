# The mean of each value and its neighbours, `window` values in all (an odd number). Near the ends, and beside a gap (NA),
# it is the mean of what there is; where there is nothing, NA.
smooth_out <- function(values, window = 3) {
  stopifnot(is.numeric(values), length(window) == 1, window >= 1, window %% 2 == 1)
  reach <- (window - 1) / 2
  # vapply and not sapply: it gives a numeric vector also for no values at all.
  vapply(seq_along(values), function(place) {
    around <- values[max(1, place - reach):min(length(values), place + reach)]
    around <- around[!is.na(around)]
    if (length(around) == 0) NA_real_ else mean(around)
  }, numeric(1))
}
