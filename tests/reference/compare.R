# Reference for tests/compare/test_compare.py. Run in this folder: Rscript compare.R
# Base R only. Draws synthetic groups, writes them (compare_data.csv) and R's statistics on them.
set.seed(20230202)
draw <- function(case, a, b) {
  data.frame(case = case, group = rep(c("a", "b"), c(length(a), length(b))), score = c(a, b))
}
cases <- list(
  draw("ties", round(pmin(80, rnorm(21, 64, 10))), round(pmax(20, rnorm(60, 47, 12)))),
  draw("halves", round(2 * rnorm(17, 60, 9)) / 2, round(2 * rnorm(43, 60, 11)) / 2),
  draw("continuous", rnorm(12, 1, 2), rnorm(15, 0, 1)),
  draw("small", c(41.5, 44, 44, 47.25), c(40, 41.5, 42, 44, 39.5, 38)),
  draw("exact", c(3.1, 4.7, 9.2, 5.5), c(1.3, 2.2, 4.9, 0.4, 3.6))
)
data <- do.call(rbind, cases)

statistics <- function(frame) {
  a <- frame$score[frame$group == "a"]
  b <- frame$score[frame$group == "b"]
  welch <- t.test(a, b)
  test <- suppressWarnings(wilcox.test(a, b, exact = if (frame$case[1] == "exact") TRUE else FALSE))
  # tol.root: R's default stops the search 1e-4 away from the limits
  shift <- suppressWarnings(
    wilcox.test(a, b, exact = FALSE, conf.int = TRUE, tol.root = 1e-12)
  )
  describe <- function(x, name) {
    normal <- shapiro.test(x)
    n <- length(x)
    # median ranks of Filliben (1975); the two lowest values of a normal group of this mean and sd
    ranks <- c(1 - 0.5^(1 / n), (2 - 0.3175) / (n + 0.365))
    values <- c(
      length(x), mean(x), sd(x), median(x), quantile(x, 0.25), quantile(x, 0.75), min(x), max(x),
      normal$statistic, normal$p.value, mean(x) + sd(x) * qnorm(ranks)
    )
    names(values) <- paste(
      name,
      c(
        "n", "mean", "sd", "median", "q1", "q3", "min", "max", "shapiro_w", "shapiro_p",
        "expected_1", "expected_2"
      ),
      sep = "."
    )
    values
  }
  u <- unname(test$statistic)
  values <- c(
    describe(a, "a"), describe(b, "b"),
    difference = mean(a) - mean(b), ci_low = welch$conf.int[1], ci_high = welch$conf.int[2],
    hodges_lehmann = median(outer(a, b, "-")), hl_ci_low = shift$conf.int[1],
    hl_ci_high = shift$conf.int[2], u = u, p_value = test$p.value,
    rank_biserial = mean(sign(outer(a, b, "-"))),
    cles = mean(outer(a, b, ">") + outer(a, b, "==") / 2),
    difference_of_medians = median(a) - median(b),
    welch_t = unname(welch$statistic), welch_p = welch$p.value
  )
  data.frame(case = frame$case[1], statistic = names(values), value = sprintf("%.15g", values))
}
write.csv(data, "compare_data.csv", row.names = FALSE, quote = FALSE)
write.csv(
  do.call(rbind, lapply(cases, statistics)), "compare.csv", row.names = FALSE, quote = FALSE
)
