# Reference for tests/score/test_factors.py and test_known_groups.py.
# Run in this folder after items.R: Rscript factors.R. Needs psych (with mnormt).
# Polychoric correlations are maximised here to 1e-10, because psych::polychoric stops at 1e-4;
# psych's own are kept beside them. psych::omega needs GPArotation, so omega is written out from
# the loadings of psych::fa.
suppressPackageStartupMessages(library(psych))
set.seed(81)
data <- read.csv("items_data.csv")
codes <- c("agree_fully", "agree", "disagree", "disagree_fully")
points <- sapply(data[-1], function(v) match(v, codes))
items <- colnames(points)
k <- length(items)
out <- function(frame, file) {
  numbers <- sapply(frame, is.numeric)
  frame[numbers] <- lapply(frame[numbers], function(v) ifelse(is.na(v), "", sprintf("%.15g", v)))
  write.csv(frame, file, row.names = FALSE, quote = FALSE)
}

cuts <- function(margin) {
  inner <- head(cumsum(margin), -1) / sum(margin)
  c(-Inf, qnorm(inner), Inf)
}
misfit <- function(rho, counts) {
  a <- cuts(rowSums(counts))
  b <- cuts(colSums(counts))
  s <- matrix(c(1, rho, rho, 1), 2)
  cells <- which(counts > 0, arr.ind = TRUE)
  p <- apply(cells, 1, function(at) {
    low <- c(a[at[1]], b[at[2]])
    high <- c(a[at[1] + 1], b[at[2] + 1])
    mnormt::sadmvn(low, high, c(0, 0), s, abseps = 1e-12)
  })
  -sum(counts[cells] * log(p))
}
pair <- function(i, j) {
  known <- !is.na(points[, i]) & !is.na(points[, j])
  counts <- table(points[known, i], points[known, j])
  optimize(misfit, c(-0.9999, 0.9999), counts = counts, tol = 1e-10)$minimum
}
rho <- diag(k)
dimnames(rho) <- list(items, items)
for (i in 2:k) for (j in 1:(i - 1)) rho[i, j] <- rho[j, i] <- pair(i, j)
theirs <- suppressWarnings(psych::polychoric(points, correct = 0, global = FALSE))$rho
lower <- lower.tri(rho)
out(data.frame(
  first = items[col(rho)[lower]], second = items[row(rho)[lower]],
  rho = rho[lower], psych = theirs[lower]
), "factors_polychoric.csv")

axes <- fa(rho, 1, fm = "pa", max.iter = 5000, min.err = 1e-14, warnings = FALSE)
loadings <- axes$loadings[, 1]
omega <- sum(loadings)^2 / (sum(loadings)^2 + sum(1 - loadings^2))
out(data.frame(item = items, loading = loadings), "factors_loadings.csv")
out(data.frame(
  statistic = c("alpha_ordinal", "omega_ordinal"),
  estimate = c(psych::alpha(rho)$total$raw_alpha, omega)
), "factors_reliability.csv")

eigenvalues <- function(x) eigen(cor(x, use = "pairwise"), symmetric = TRUE)$values
shuffled <- t(replicate(20000, eigenvalues(apply(points, 2, sample))))
horn <- suppressWarnings(fa.parallel(points, fa = "pc", n.iter = 500, quant = 0.95, plot = FALSE))
out(data.frame(
  component = seq_len(k), eigenvalue = eigenvalues(points), psych = horn$pc.values,
  random_mean = colMeans(shuffled),
  random_quantile = apply(shuffled, 2, quantile, 0.95), n_retained = horn$ncomp
), "factors_parallel.csv")

# groups that differ: by the answer to the last item
last <- points[, k]
group <- ifelse(last <= 2, "a", ifelse(last == 3, "b", "c"))
compared <- function(a, b) {
  rows <- lapply(items[-k], function(item) {
    x <- na.omit(points[which(group == a), item])
    y <- na.omit(points[which(group == b), item])
    test <- suppressWarnings(wilcox.test(x, y, exact = FALSE, correct = TRUE))
    welch <- t.test(x, y)
    data.frame(
      variable = item, group_a = a, group_b = b, n_a = length(x), n_b = length(y),
      mean_a = mean(x), mean_b = mean(y), difference = mean(x) - mean(y),
      ci_low = welch$conf.int[1], ci_high = welch$conf.int[2],
      cliff_delta = mean(sign(outer(x, y, "-"))), p_value = test$p.value
    )
  })
  do.call(rbind, rows)
}
groups <- rbind(compared("a", "b"), compared("a", "c"), compared("b", "c"))
groups$p_holm <- p.adjust(groups$p_value, "holm")
out(groups, "factors_groups.csv")

rates <- do.call(rbind, lapply(items, function(item) {
  given <- data[[item]][data[[item]] != ""]
  n <- sum(given == "not_applicable")
  wilson <- prop.test(n, length(given), correct = FALSE)$conf.int
  data.frame(
    item = item, n_not_applicable = n, na_percent = 100 * n / length(given),
    na_ci_low = 100 * wilson[1], na_ci_high = 100 * wilson[2]
  )
}))
out(rates, "factors_not_applicable.csv")
