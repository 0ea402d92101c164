# Reference for tests/score/test_scoring.py, test_imputation.py and test_instrument.py.
# Run in this folder: Rscript items.R. Needs psych.
suppressPackageStartupMessages(library(psych))
set.seed(81)
n <- 60
k <- 6
codes <- c("agree_fully", "agree", "disagree", "disagree_fully")
trait <- rnorm(n)
items <- sapply(seq_len(k), function(i) {
  pmin(4, pmax(1, round(2.5 + (0.4 + 0.1 * i) * trait + rnorm(n, 0, 0.8))))
})
colnames(items) <- paste0("q", seq_len(k))
group <- rep(c("a", "b", "c"), c(17, 28, 15))
hole <- matrix(runif(n * k) < 0.12, n, k)
unanswered <- matrix(FALSE, n, k)
unanswered[5, 2] <- unanswered[40, c(1, 6)] <- TRUE
answers <- matrix(codes[items], n, k, dimnames = dimnames(items))
answers[hole] <- "not_applicable"
answers[unanswered] <- ""
points <- items
points[hole | unanswered] <- NA
scored <- rowSums(unanswered) == 0

fill <- function(block, f) apply(block, 2, function(x) replace(x, is.na(x), f(x, na.rm = TRUE)))
total <- function(f, scope) {
  result <- rep(NA, n)
  for (g in unique(scope)) {
    rows <- scored & scope == g
    result[rows] <- rowSums(fill(points[rows, ], f))
  }
  result
}
person <- rowMeans(points, na.rm = TRUE) * k
person[!scored] <- NA
whole <- rep("all", n)
totals <- data.frame(
  item_median.compared_group = total(median, group),
  item_median.whole_sample = total(median, whole),
  item_mean.compared_group = total(mean, group),
  item_mean.whole_sample = total(mean, whole),
  person_mean.whole_sample = person,
  complete_case.whole_sample = ifelse(scored, rowSums(points), NA)
)
write.csv(
  data.frame(group, answers), "items_data.csv", row.names = FALSE, quote = FALSE
)
out <- function(frame, file) {
  numbers <- sapply(frame, is.numeric)
  frame[numbers] <- lapply(frame[numbers], function(v) ifelse(is.na(v), "", sprintf("%.15g", v)))
  write.csv(frame, file, row.names = FALSE, quote = FALSE)
}
out(totals, "items_totals.csv")

complete <- as.data.frame(points[complete.cases(points), ])
alpha_of <- function(data) suppressWarnings(psych::alpha(data, check.keys = FALSE))
a <- alpha_of(complete)
imputed <- as.data.frame(fill(points, median))
reliability <- function(name, data) {
  result <- alpha_of(data)
  data.frame(
    statistic = paste0("alpha_", name), estimate = result$total$raw_alpha,
    ci_low = unlist(result$feldt$lower.ci), ci_high = unlist(result$feldt$upper.ci)
  )
}
alphas <- rbind(reliability("complete", complete), reliability("imputed", imputed))
out(alphas, "items_reliability.csv")
out(data.frame(
  item = colnames(items), n = colSums(!is.na(points)),
  median = apply(points, 2, median, na.rm = TRUE),
  item_total = a$item.stats$r.drop, alpha_if_dropped = a$alpha.drop$raw_alpha
), "items_statistics.csv")
