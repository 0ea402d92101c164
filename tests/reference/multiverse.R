# Reference for tests/multiverse/test_multiverse.py. Run in this folder: Rscript multiverse.R
# Packages MASS and sandwich. Draws a synthetic sample, writes it (multiverse_data.csv) and R's
# estimates of the difference between its groups (multiverse.csv).
set.seed(20230202)
n <- 58
data <- data.frame(
  first = rep(c(1, 0), c(17, 41)), a = rbinom(n, 1, 0.4), b = rbinom(n, 1, 0.6)
)
data$score <- round(2 * (48 + 4 * data$first + 3 * data$a + rt(n, 3) * (6 + 4 * data$first))) / 2
x <- data$score[data$first == 1]
y <- data$score[data$first == 0]
row <- function(test, adjustment, values) {
  data.frame(test = test, adjustment = adjustment, estimate = values[1], ci_low = values[2],
    ci_high = values[3], p_value = values[4])
}

welch <- function() {
  t <- t.test(x, y)
  c(-diff(t$estimate), t$conf.int, t$p.value)
}
yuen <- function(trim = 0.2) { # Yuen (1974), from its formulas
  part <- function(v) {
    v <- sort(v)
    g <- floor(trim * length(v))
    h <- length(v) - 2 * g
    w <- pmin(pmax(v, v[g + 1]), v[length(v) - g])
    c(mean(v, trim = trim), (length(v) - 1) * var(w) / (h * (h - 1)), h)
  }
  p <- part(x)
  q <- part(y)
  se <- sqrt(p[2] + q[2])
  df <- (p[2] + q[2])^2 / (p[2]^2 / (p[3] - 1) + q[2]^2 / (q[3] - 1))
  d <- p[1] - q[1]
  c(d, d + c(-1, 1) * qt(0.975, df) * se, 2 * pt(-abs(d / se), df))
}
brunner_munzel <- function(u, v) { # Brunner & Munzel (2000), from its ranks
  r <- rank(c(u, v))
  i <- seq_along(u)
  m <- length(u)
  k <- length(v)
  su <- sum((r[i] - rank(u) - mean(r[i]) + (m + 1) / 2)^2) / (m - 1)
  sv <- sum((r[-i] - rank(v) - mean(r[-i]) + (k + 1) / 2)^2) / (k - 1)
  w <- m * k * (mean(r[i]) - mean(r[-i])) / ((m + k) * sqrt(m * su + k * sv))
  df <- (m * su + k * sv)^2 / ((m * su)^2 / (m - 1) + (k * sv)^2 / (k - 1))
  2 * pt(-abs(w), df)
}
inverted <- function() { # outermost pairwise differences that some shift beside them keeps
  shifts <- sort(unique(as.vector(outer(x, y, "-"))))
  beside <- sort(c(shifts, shifts - 1e-6, shifts + 1e-6))
  kept <- beside[which(sapply(beside, function(s) brunner_munzel(x - s, y)) >= 0.05)]
  c(median(outer(x, y, "-")), round(range(kept), 3), brunner_munzel(x, y))
}
regression <- function(formula, covariance) {
  fit <- lm(formula, data)
  se <- sqrt(covariance(fit)[2, 2])
  d <- unname(coef(fit)[2])
  df <- fit$df.residual
  c(d, d + c(-1, 1) * qt(0.975, df) * se, 2 * pt(-abs(d / se), df))
}
huber <- function(formula) {
  fit <- MASS::rlm(formula, data, psi = MASS::psi.huber, maxit = 500, acc = 1e-12)
  s <- summary(fit)$coefficients[2, ]
  c(s[1], s[1] + c(-1, 1) * qnorm(0.975) * s[2], 2 * pnorm(-abs(s[1] / s[2])))
}
hc3 <- function(fit) sandwich::vcovHC(fit, type = "HC3")
none <- score ~ first
all <- score ~ first + a + b
result <- rbind(
  row("welch", "none", welch()), row("yuen", "none", yuen()),
  row("brunner_munzel", "none", inverted()),
  row("ols", "none", regression(none, vcov)), row("ols", "all", regression(all, vcov)),
  row("ols_hc3", "none", regression(none, hc3)), row("ols_hc3", "all", regression(all, hc3)),
  row("huber", "none", huber(none)), row("huber", "all", huber(all))
)
result[3:6] <- lapply(result[3:6], function(v) sprintf("%.15g", v))
write.csv(data, "multiverse_data.csv", row.names = FALSE, quote = FALSE)
write.csv(result, "multiverse.csv", row.names = FALSE, quote = FALSE)
