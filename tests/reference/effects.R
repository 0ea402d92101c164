# Reference for tests/compare/test_effects.py, on the groups of compare.R (compare_data.csv).
# Run in this folder after compare.R: Rscript effects.R. Needs effectsize and coin.
suppressPackageStartupMessages({library(effectsize); library(coin)})
data <- read.csv("compare_data.csv")
data$group <- factor(data$group)

# Brunner & Munzel (2000) from its formulas
brunner_munzel <- function(a, b) {
  n <- c(length(a), length(b))
  pooled <- rank(c(a, b))
  first <- pooled[seq_along(a)]
  second <- pooled[-seq_along(a)]
  v <- c(
    sum((first - rank(a) - mean(first) + (n[1] + 1) / 2)^2) / (n[1] - 1),
    sum((second - rank(b) - mean(second) + (n[2] + 1) / 2)^2) / (n[2] - 1)
  )
  cles <- (mean(first) - (n[1] + 1) / 2) / n[2]
  se <- sqrt(sum(n * v))
  statistic <- n[1] * n[2] * (mean(first) - mean(second)) / (sum(n) * se)
  df <- sum(n * v)^2 / sum((n * v)^2 / (n - 1))
  half <- qt(0.975, df) * sqrt(v[1] / (n[1] * n[2]^2) + v[2] / (n[2] * n[1]^2))
  c(
    bm.cles = cles, bm.ci_low = max(0, cles - half), bm.ci_high = min(1, cles + half),
    bm.statistic = statistic, bm.df = df, bm.p_value = 2 * pt(-abs(statistic), df)
  )
}

statistics <- function(frame) {
  a <- frame$score[frame$group == "a"]
  b <- frame$score[frame$group == "b"]
  # effectsize gives d and g; limits from the noncentral t, for effectsize stops its search early
  g <- hedges_g(a, b, pooled_sd = TRUE)$Hedges_g
  d <- cohens_d(a, b, pooled_sd = TRUE)$Cohens_d
  scale <- sqrt(length(a) * length(b) / (length(a) + length(b)))
  limit <- function(tail) {
    gap <- function(ncp) pt(d * scale, length(a) + length(b) - 2, ncp) - tail
    uniroot(gap, d * scale + c(-8, 8), tol = 1e-13)$root / scale * g / d
  }
  # coin sums tails by distance from the centre; twice the smaller tail is what we state
  exact <- function(test) {
    lower <- pvalue(test(score ~ group, frame, distribution = "exact", alternative = "less"))
    upper <- pvalue(test(score ~ group, frame, distribution = "exact", alternative = "greater"))
    min(1, 2 * min(lower, upper))
  }
  frame$score <- round(frame$score * 20, 9) # coin's exact distribution takes whole numbers
  whole <- all(frame$score == round(frame$score))
  values <- c(
    g.estimate = g, g.ci_low = limit(0.975), g.ci_high = limit(0.025), brunner_munzel(a, b),
    permutation.difference = if (whole) exact(oneway_test) else NA,
    permutation.u = exact(wilcox_test)
  )
  data.frame(case = frame$case[1], statistic = names(values), value = sprintf("%.15g", values))
}
write.csv(
  do.call(rbind, lapply(split(data, data$case), statistics)), "effects.csv",
  row.names = FALSE, quote = FALSE
)
