# Reference for tests/planning/test_planning.py. Run in this folder: Rscript planning.R
# Base R only. Draws two groups of scores, writes them (planning_data.csv) and, from published
# formulas and R's own tests, what a next study needs (planning.csv).
set.seed(20230202)
a <- round(pmin(80, rnorm(21, 63, 10)))
b <- round(pmin(80, rnorm(17, 57, 9)))
data <- data.frame(group = rep(c("a", "b"), c(21, 17)), score = c(a, b))
rows <- list()
add <- function(statistic, n_a, n_b, value, tolerance) {
  rows[[length(rows) + 1]] <<- data.frame(statistic = statistic, n_a = n_a, n_b = n_b,
    value = sprintf("%.15g", value), tolerance = tolerance)
}

superiority <- mean(outer(a, b, ">") + outer(a, b, "==") / 2)
add("superiority", 21, 17, superiority, 1e-12)
for (sizes in list(c(20, 20), c(25, 50), c(60, 60))) {
  n <- sum(sizes)
  share <- sizes[1] / n
  noether <- pnorm(abs(superiority - 0.5) * sqrt(12 * share * (1 - share) * n) - qnorm(0.975))
  add("noether", sizes[1], sizes[2], noether, 1e-9)
  parts <- c(var(a), var(b)) / sizes
  df <- sum(parts)^2 / sum(parts^2 / (sizes - 1))
  add("half_width", sizes[1], sizes[2], qt(0.975, df) * sqrt(sum(parts)), 1e-9)
  p <- replicate(10000, wilcox.test(
    sample(a, sizes[1], TRUE), sample(b, sizes[2], TRUE), exact = FALSE, correct = TRUE
  )$p.value)
  power <- mean(p < 0.05)
  # two simulations, of 10,000 and of 4,000 studies, differ by less than 4 standard errors
  se <- sqrt(power * (1 - power) * (1 / 10000 + 1 / 4000))
  add("simulated_power", sizes[1], sizes[2], power, 4 * se / power)
}
riley <- function(p, fraction, r2) { # n_a: parameters, n_b: events per 1000
  largest <- 1 - exp(2 * (fraction * log(fraction) + (1 - fraction) * log(1 - fraction)))
  size <- function(s) ceiling(p / ((s - 1) * log(1 - r2 / s)))
  add("shrinkage", p, 1000 * fraction, size(0.9), 0)
  add("optimism", p, 1000 * fraction, size(r2 / (r2 + 0.05 * largest)), 0)
  add("overall_risk", p, 1000 * fraction,
    ceiling((qnorm(0.975) / 0.05)^2 * fraction * (1 - fraction)), 0)
}
riley(24, 0.174, 0.288)
riley(12, 0.395, 0.11)
write.csv(data, "planning_data.csv", row.names = FALSE, quote = FALSE)
write.csv(do.call(rbind, rows), "planning.csv", row.names = FALSE, quote = FALSE)
