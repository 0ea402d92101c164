# Reference for tests/predictors/test_predictors.py. Run in this folder: Rscript predictors.R
# Needs epitools and brglm2. Draws a synthetic cohort, writes it (predictors_data.csv) and R's
# statistics on it.
suppressPackageStartupMessages({library(epitools); library(brglm2)})
set.seed(3249)
n <- 81
x <- data.frame(
  a = rbinom(n, 1, 0.5), b = rbinom(n, 1, 0.35), c = rbinom(n, 1, 0.7), d = rbinom(n, 1, 0.15)
)
y <- rbinom(n, 1, plogis(-1 + 1.2 * x$a - 0.8 * x$b + 0.6 * x$c))
z <- ifelse(y == 1, 0, rbinom(n, 1, 0.2)) # an empty cell: separates the outcome
data <- data.frame(y, x, z)
data[3, "b"] <- NA
write.csv(data, "predictors_data.csv", row.names = FALSE, quote = FALSE, na = "")
out <- function(frame, file) {
  numbers <- sapply(frame, is.numeric)
  frame[numbers] <- lapply(frame[numbers], function(v) sprintf("%.15g", v))
  write.csv(frame, file, row.names = FALSE, quote = FALSE)
}

crude <- do.call(rbind, lapply(c("a", "b", "c", "d", "z"), function(name) {
  cells <- table(factor(data[[name]], 0:1), factor(data$y, 0:1)) # exposure by outcome
  used <- if (any(cells == 0)) cells + 0.5 else cells
  odds <- oddsratio.wald(used, correction = FALSE)$measure[2, ]
  test <- suppressWarnings(chisq.test(cells, correct = FALSE))
  exposed <- prop.test(cells["1", "1"], sum(cells["1", ]), correct = FALSE)
  unexposed <- prop.test(cells["0", "1"], sum(cells["0", ]), correct = FALSE)
  p <- unname(c(exposed$estimate, unexposed$estimate))
  l <- c(exposed$conf.int[1], unexposed$conf.int[1])
  u <- c(exposed$conf.int[2], unexposed$conf.int[2])
  data.frame(
    covariate = name, secured_exposed = cells["1", "1"], secured_unexposed = cells["0", "1"],
    other_exposed = cells["1", "0"], other_unexposed = cells["0", "0"],
    odds_ratio = odds[1], ci_low = odds[2], ci_high = odds[3], chi2 = test$statistic,
    p_value = test$p.value, p_fisher = fisher.test(cells)$p.value,
    # Newcombe (1998), method 10, from Wilson's intervals
    risk_exposed = p[1], risk_unexposed = p[2], risk_difference = p[1] - p[2],
    rd_ci_low = p[1] - p[2] - sqrt((p[1] - l[1])^2 + (u[2] - p[2])^2),
    rd_ci_high = p[1] - p[2] + sqrt((u[1] - p[1])^2 + (p[2] - l[2])^2)
  )
}))
crude$p_holm <- p.adjust(crude$p_value, "holm")
crude$p_bh <- p.adjust(crude$p_value, "BH")
out(crude, "predictors_bivariate.csv")

complete <- na.omit(data)
covariates <- c("a", "b", "c", "d")
formula <- reformulate(covariates, "y")
tight <- glm.control(epsilon = 1e-14, maxit = 100)
ml <- glm(formula, binomial, complete, control = tight)
wald <- confint.default(ml)

# (Penalised) profile likelihood from its definition: maximise over the other coefficients
loglik <- function(beta, X, y, weight) {
  eta <- drop(X %*% beta)
  information <- crossprod(X * dlogis(eta), X)
  sum(plogis((2 * y - 1) * eta, log.p = TRUE)) +
    weight * as.numeric(determinant(information, logarithm = TRUE)$modulus)
}
maximise <- function(X, y, weight, fixed = integer(0), at = 0) {
  free <- setdiff(seq_len(ncol(X)), fixed)
  whole <- function(b) replace(replace(numeric(ncol(X)), free, b), fixed, at)
  target <- function(b) -loglik(whole(b), X, y, weight)
  start <- numeric(length(free))
  for (i in 1:4) {
    fit <- optim(start, target, method = "BFGS", control = list(reltol = 1e-16, maxit = 1000))
    start <- fit$par
  }
  list(value = -fit$value, beta = whole(start))
}
profiled <- function(X, y, weight) {
  best <- maximise(X, y, weight)
  do.call(rbind, lapply(2:ncol(X), function(j) {
    gap <- function(at) {
      2 * (best$value - maximise(X, y, weight, j, at)$value) - qchisq(0.95, 1)
    }
    centre <- best$beta[j]
    limit <- function(side) {
      ends <- sort(c(centre, centre + side))
      uniroot(gap, ends, extendInt = if (side > 0) "upX" else "downX", tol = 1e-11)$root
    }
    ratio <- 2 * (best$value - maximise(X, y, weight, j, 0)$value)
    data.frame(
      coefficient = centre, ci_low = limit(-1), ci_high = limit(1),
      p = pchisq(ratio, 1, lower.tail = FALSE)
    )
  }))
}
X <- model.matrix(formula, complete)
firth <- profiled(X, complete$y, 0.5)
firth$coefficient <- coef(glm(
  formula, binomial, complete, method = "brglmFit", type = "AS_mean", epsilon = 1e-12, maxit = 1000
))[-1]
ordinary <- profiled(X, complete$y, 0)
ordinary$coefficient <- coef(ml)[-1]
names(firth) <- paste0("firth_", names(firth))
names(ordinary) <- paste0("profile_", names(ordinary))
vif <- sapply(covariates, function(name) {
  1 / (1 - summary(lm(reformulate(setdiff(covariates, name), name), complete))$r.squared)
})
estimates <- coef(summary(ml))[-1, ]
out(data.frame(
  covariate = covariates, coefficient = estimates[, 1], se = estimates[, 2],
  ci_low = wald[-1, 1], ci_high = wald[-1, 2], p_value = estimates[, 4], firth, ordinary, vif
), "predictors_multivariate.csv")

separated <- na.omit(data[c("y", "a", "z")])
X <- model.matrix(y ~ a + z, separated)
alone <- profiled(X, separated$y, 0.5)
names(alone) <- paste0("firth_", names(alone))
out(data.frame(covariate = c("a", "z"), alone), "predictors_separated.csv")
null <- glm(y ~ 1, binomial, complete)
out(data.frame(
  n = nrow(complete), n_events = sum(complete$y),
  events_per_variable = min(table(complete$y)) / length(covariates),
  log_likelihood = as.numeric(logLik(ml)),
  pseudo_r2 = 1 - as.numeric(logLik(ml)) / as.numeric(logLik(null))
), "predictors_fit.csv")

# Accuracy and Harrell's optimism on resamples that are written down, so that both programs use them
auc <- function(y, p) {
  r <- rank(round(p, 12))
  (sum(r[y == 1]) - sum(y) * (sum(y) + 1) / 2) / (sum(y) * sum(1 - y))
}
accuracy <- function(y, p) c(auc(y, p), mean((y - p)^2))
draws <- t(replicate(30, sample(nrow(complete), replace = TRUE)))
write.csv(draws - 1, "predictors_resamples.csv", row.names = FALSE)
gains <- t(apply(draws, 1, function(rows) {
  fit <- glm(formula, binomial, complete[rows, ], control = tight)
  log_odds <- predict(fit, complete)
  line <- coef(glm(complete$y ~ log_odds, family = binomial, control = tight))
  own <- accuracy(complete$y[rows], plogis(log_odds[rows]))
  c(own - accuracy(complete$y, plogis(log_odds)), 1 - line[2], -line[1])
}))
apparent <- c(accuracy(complete$y, fitted(ml)), 1, 0)
out(data.frame(
  statistic = c("auc", "brier", "calibration_slope", "calibration_intercept"), apparent,
  optimism = colMeans(gains), corrected = apparent - colMeans(gains)
), "predictors_optimism.csv")

predicted <- round(fitted(ml), 10)
group <- cut(predicted, unique(quantile(predicted, 0:5 / 5)), include.lowest = TRUE)
wilson <- sapply(split(complete$y, group), function(v) {
  suppressWarnings(prop.test(sum(v), length(v), correct = FALSE))$conf.int
})
out(data.frame(
  n = as.vector(table(group)), predicted = as.vector(tapply(predicted, group, mean)),
  observed = as.vector(tapply(complete$y, group, mean)), ci_low = wilson[1, ], ci_high = wilson[2, ]
), "predictors_calibration.csv")
