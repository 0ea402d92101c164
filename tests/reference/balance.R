# Reference for tests/compare/test_balance.py. Run in this folder: Rscript balance.R
# Needs effectsize and MASS. Draws two synthetic groups (balance_data.csv) and R's statistics on them.
suppressPackageStartupMessages(library(effectsize))
set.seed(20261126)
n <- c(21, 60)
group <- rep(c("a", "b"), n)
draw <- function(levels, a, b) {
  c(sample(levels, n[1], TRUE, a), sample(levels, n[2], TRUE, b))
}
data <- data.frame(
  group = group,
  ties = c(round(rnorm(n[1], 41, 8)), round(rnorm(n[2], 44, 12))),
  continuous = round(c(rnorm(n[1], 1, 2), rnorm(n[2])), 3),
  even = draw(c("no", "yes"), c(.4, .6), c(.6, .4)),
  rare = draw(c("no", "yes"), c(.9, .1), c(.95, .05)),
  three = draw(c("x", "y", "z"), c(.3, .3, .4), c(.5, .3, .2)),
  five = draw(letters[1:5], c(.05, .1, .4, .2, .25), c(.02, .13, .15, .5, .2)),
  absent = draw(letters[1:4], c(.5, .5, 0, 0), c(.4, .3, .2, .1))
)
data$ties[c(3, 40)] <- NA
data$three[c(5, 30, 71)] <- NA

# Yang & Dalton (2012) from its formula
distance <- function(counts) {
  shares <- prop.table(counts, 2)[-1, , drop = FALSE]
  covariance <- function(p) diag(p, length(p)) - p %o% p
  gap <- shares[, 1] - shares[, 2]
  sqrt(drop(gap %*% MASS::ginv((covariance(shares[, 1]) + covariance(shares[, 2])) / 2) %*% gap))
}
statistics <- function(name) {
  x <- data[[name]]
  missing <- sum(is.na(x))
  if (is.numeric(x)) {
    a <- x[group == "a" & !is.na(x)]
    b <- x[group == "b" & !is.na(x)]
    test <- suppressWarnings(wilcox.test(a, b, exact = FALSE))
    return(data.frame(
      variable = name, n_missing = missing, test = "mann_whitney",
      standardised_difference = cohens_d(a, b, pooled_sd = FALSE)$Cohens_d,
      statistic = unname(test$statistic), p_value = test$p.value
    ))
  }
  counts <- table(x, group)
  chi2 <- suppressWarnings(chisq.test(counts, correct = FALSE))
  exact <- any(chi2$expected < 5)
  data.frame(
    variable = name, n_missing = missing, test = if (exact) "fisher" else "chi2",
    standardised_difference = distance(counts),
    statistic = if (exact) NA else unname(chi2$statistic),
    p_value = if (exact) fisher.test(counts)$p.value else chi2$p.value
  )
}

write.csv(data, "balance_data.csv", row.names = FALSE, quote = FALSE, na = "")
write.csv(
  do.call(rbind, lapply(names(data)[-1], statistics)), "balance.csv",
  row.names = FALSE, quote = FALSE, na = ""
)
