# Reference for tests/compare/test_pooled.py. Run in this folder: Rscript pooled.R. Needs metafor.
suppressPackageStartupMessages(library(metafor))
set.seed(20)
k <- c(two = 2, alike = 5, varied = 12, many = 150)
spread <- c(two = 4, alike = 0, varied = 6, many = 3)
data <- do.call(rbind, lapply(names(k), function(case) {
  variance <- round(runif(k[[case]], 2, 16), 3)
  difference <- round(rnorm(k[[case]], 12, sqrt(spread[[case]]^2 + variance * (case != "alike"))), 3)
  data.frame(case, difference, variance)
}))
write.csv(data, "pooled_data.csv", row.names = FALSE, quote = FALSE)

summarised <- function(frame, method) {
  precise <- list(tol = 1e-12, threshold = 1e-12)
  fit <- rma(frame$difference, frame$variance, method = method, test = "adhoc", control = precise)
  new <- predict(fit)
  # metafor makes I2 from tau2, we make it from Q; the two agree for DerSimonian-Laird only
  values <- c(
    estimate = fit$beta[1], ci_low = fit$ci.lb, ci_high = fit$ci.ub, prediction_low = new$pi.lb,
    prediction_high = new$pi.ub, tau2 = fit$tau2, i2 = if (method == "DL") fit$I2 else NA,
    q = fit$QE, q_p = fit$QEp, first_weight = weights(fit)[[1]]
  )
  name <- c(PM = "paule_mandel", DL = "dersimonian_laird")[[method]]
  data.frame(case = frame$case[1], method = name, statistic = names(values),
             value = sprintf("%.12g", values))
}
cases <- split(data, data$case)
write.csv(
  do.call(rbind, lapply(cases, function(frame) {
    rbind(summarised(frame, "PM"), summarised(frame, "DL"))
  })), "pooled.csv", row.names = FALSE, quote = FALSE
)
