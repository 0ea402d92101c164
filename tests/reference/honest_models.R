# Honest tables, unrounded: many designs, analysed as papers do, one line a number.
#   Rscript honest_models.R SEED TABLES > values.csv        (TABLES of each design)
# Columns: design, table, row, group, statistic, value, and what is true of the row
# (kind, adjusted, model, interval, level, test, n, events, order). All data are simulated.
suppressPackageStartupMessages({
  library(MASS); library(survival); library(sandwich); library(boot); library(epitools)
  library(survey); library(geepack)
})
options(warn = -1)
TRUTH <- c("kind", "adjusted", "model", "interval", "level", "test", "n", "events", "order")

# One row of a table: named statistics, and what is true of them.
row_of <- function(row, ..., group = "all", about = list()) {
  values <- c(...)
  out <- data.frame(row, group, statistic = sub("[.].*", "", names(values)), value = unname(values))
  for (name in TRUTH) out[[name]] <- if (is.null(about[[name]])) "" else about[[name]]
  out[!is.na(out$value), ]
}
size_of <- function(n, group = "all") row_of("population", n = n, group = group)

people <- function(n, rate = 0.5) {
  d <- data.frame(
    sex = rbinom(n, 1, runif(1, 0.25, 0.75)), smoker = rbinom(n, 1, runif(1, 0.2, 0.6)),
    age = round(rnorm(n, 55, 12), 1), bmi = rnorm(n, 26, 4), arm = rep_len(0:1, n),
    clinic = sample(1 + seq_len(max(6, n %/% 12)), n, TRUE), weight = runif(n, 0.3, 3))
  d$score <- 0.6 * d$sex - 0.5 * d$smoker + 0.04 * (d$age - 55) + rnorm(1, 0, .3) * d$arm
  d$y <- rbinom(n, 1, plogis(qlogis(rate) + d$score))
  d$count <- rpois(n, exp(0.3 + 0.5 * d$score)); d$years <- runif(n, 0.5, 4)
  d$linear <- 10 + 2 * d$score + rnorm(n, 0, 3)
  d$time <- rexp(n, 0.1 * exp(d$score)); d$died <- rbinom(n, 1, 0.7)
  d$grade <- cut(d$score + rlogis(n), c(-Inf, -1, 0, 1, Inf), labels = FALSE)
  d
}
KIND <- c(sex = "binary", smoker = "binary", arm = "binary", age = "continuous", bmi = "continuous")

# Rows of a fit: estimate and its standard error by covariate, of n people.
rows_of <- function(d, b, se, name, about, level = 95, quantile = qnorm, p = NULL, ci = NULL,
                    extra = NULL) {
  b <- b[names(b) %in% names(KIND)]; se <- se[names(b)]
  q <- quantile(0.5 + level / 200)
  if (is.null(ci)) ci <- cbind(b - q * se, b + q * se)
  if (is.null(p)) p <- 2 * (1 - pnorm(abs(b / se)))
  if (name != "coefficient") { b <- exp(b); ci <- exp(ci) }
  rows <- lapply(names(b), function(x) {
    values <- c(setNames(b[x], name), ci_low = ci[match(x, names(b)), 1],
                ci_high = ci[match(x, names(b)), 2], p_value = unname(p[match(x, names(b))]))
    if (!is.null(extra)) values <- c(values, setNames(extra[[x]], names(extra[[x]])))
    row_of(x, values, about = c(list(kind = KIND[[x]], level = level, n = nrow(d)), about))
  })
  do.call(rbind, c(list(size_of(nrow(d))), rows))
}
about <- function(model, adjusted, interval = "wald", test = "wald", ...)
  list(model = model, adjusted = adjusted, interval = interval, test = test, ...)
se_of <- function(v) sqrt(diag(v))
crude <- function(d, names, make) {
  parts <- lapply(names, function(x) make(reformulate(x, "y"), x))
  do.call(rbind, c(parts[1], lapply(parts[-1], function(x) x[-1, ])))
}
logit <- function(f, d) glm(f, binomial, d)
of_glm <- function(d, fit, name, about, ...) rows_of(d, coef(fit), se_of(vcov(fit)), name, about, ...)
FULL <- ~ sex + smoker + age + bmi
full <- function(y) update(FULL, reformulate(".", y))
with_events <- function(d, a) c(a, list(events = sum(d$y)))

profiled <- function(d, fit, name, a, terms) {
  ci <- suppressMessages(confint(fit))
  if (is.null(dim(ci))) ci <- t(ci)
  ci <- ci[rownames(ci) %in% terms, , drop = FALSE]
  of_glm(d, fit, name, a, ci = ci)
}
lr <- function(fit, terms) drop1(fit, test = "Chisq")[terms, "Pr(>Chi)"]

two_groups <- function(d) {
  t(sapply(0:1, function(k) { x <- d$linear[d$arm == k]; c(mean = mean(x), sd = sd(x), n = length(x)) }))
}
group_rows <- function(s, about = list(kind = "continuous")) do.call(rbind, lapply(1:2, function(k)
  rbind(size_of(s[k, "n"], c("control", "treated")[k]),
        row_of("outcome", s[k, c("mean", "sd")], group = c("control", "treated")[k],
               about = c(about, list(n = s[k, "n"]))))))
counts_rows <- function(m) do.call(rbind, lapply(1:2, function(k) {
  g <- c("exposed", "unexposed")[k]
  rbind(size_of(sum(m[k, ]), g), row_of("ill.yes", n = m[k, 1], percent = 100 * m[k, 1] / sum(m[k, ]), group = g))
}))
table_of <- function() {
  n <- sample(15:150, 2); p <- runif(2, 0.15, 0.7); a <- rbinom(2, n, p)
  a <- pmin(pmax(a, 1), n - 1); cbind(a, n - a)
}

DESIGNS <- list(
  logit_crude_binary = function() { d <- people(sample(60:400, 1)); a <- with_events(d, about("logistic", "crude"))
    crude(d, c("sex", "smoker", "arm"), function(f, x) of_glm(d, logit(f, d), "odds_ratio", a)) },
  logit_crude_continuous = function() { d <- people(sample(60:400, 1)); a <- with_events(d, about("logistic", "crude"))
    crude(d, c("age", "bmi"), function(f, x) of_glm(d, logit(f, d), "odds_ratio", a)) },
  logit_crude_mixed = function() { d <- people(sample(40:300, 1)); a <- with_events(d, about("logistic", "crude"))
    crude(d, names(KIND), function(f, x) of_glm(d, logit(f, d), "odds_ratio", a)) },
  logit_adjusted = function() { d <- people(sample(80:500, 1))
    of_glm(d, logit(full("y"), d), "odds_ratio", with_events(d, about("logistic", "adjusted"))) },
  logit_adjusted_small = function() { d <- people(sample(30:60, 1), 0.3)
    of_glm(d, logit(full("y"), d), "odds_ratio", with_events(d, about("logistic", "adjusted"))) },
  logit_coefficients = function() { d <- people(sample(60:300, 1)); fit <- logit(full("y"), d); s <- summary(fit)$coefficients
    extra <- lapply(setNames(nm = rownames(s)[-1]), function(x) c(se = s[x, 2], z = s[x, 3]))
    of_glm(d, fit, "coefficient", with_events(d, about("logistic", "adjusted")), extra = extra) },
  logit_profile = function() { d <- people(sample(40:200, 1)); fit <- logit(full("y"), d)
    profiled(d, fit, "odds_ratio", with_events(d, about("logistic", "adjusted", "profile")), all.vars(FULL)) },
  logit_profile_lr = function() { d <- people(sample(30:120, 1)); a <- with_events(d, about("logistic", "crude", "profile", "lr"))
    crude(d, c("sex", "smoker", "age"), function(f, x) { fit <- logit(f, d)
      r <- profiled(d, fit, "odds_ratio", a, x); r$value[r$statistic == "p_value"] <- lr(fit, x); r }) },
  logit_wald_lr = function() { d <- people(sample(60:250, 1)); fit <- logit(full("y"), d)
    of_glm(d, fit, "odds_ratio", with_events(d, about("logistic", "adjusted", "wald", "lr")), p = lr(fit, all.vars(FULL))) },
  logit_90 = function() { d <- people(sample(40:300, 1)); a <- with_events(d, about("logistic", "crude"))
    crude(d, c("sex", "smoker", "age"), function(f, x) of_glm(d, logit(f, d), "odds_ratio", a, level = 90)) },
  logit_99 = function() { d <- people(sample(80:300, 1))
    of_glm(d, logit(full("y"), d), "odds_ratio", with_events(d, about("logistic", "adjusted")), level = 99) },
  logit_clustered = function() { d <- people(sample(80:400, 1)); fit <- logit(full("y"), d)
    rows_of(d, coef(fit), se_of(vcovCL(fit, ~clinic)), "odds_ratio", about("logistic", "adjusted", "robust")) },
  logit_clustered_crude = function() { d <- people(sample(40:200, 1)); d$clinic <- sample(1:8, nrow(d), TRUE)
    a <- about("logistic", "crude", "robust")
    crude(d, c("sex", "smoker", "age"), function(f, x) { fit <- logit(f, d)
      rows_of(d, coef(fit), se_of(vcovCL(fit, ~clinic)), "odds_ratio", a) }) },
  logit_survey = function() { d <- people(sample(80:400, 1)); w <- svydesign(~1, weights = ~weight, data = d)
    fit <- svyglm(full("y"), w, family = quasibinomial()); s <- summary(fit)$coefficients
    rows_of(d, coef(fit), se_of(vcov(fit)), "odds_ratio", about("logistic", "adjusted", "t", "t"),
            quantile = function(q) qt(q, fit$df.residual), p = s[all.vars(FULL), 4]) },
  logit_weighted = function() { d <- people(sample(60:300, 1)); d$weight <- round(d$weight * 2) / 2 + 0.5
    a <- about("logistic", "crude", "robust")
    crude(d, c("sex", "smoker", "arm"), function(f, x) of_glm(d, glm(f, quasibinomial, d, weights = weight), "odds_ratio", a)) },
  gee = function() { d <- people(sample(80:300, 1)); d <- d[order(d$clinic), ]
    fit <- geeglm(full("y"), binomial, d, id = clinic, corstr = "exchangeable"); s <- summary(fit)$coefficients
    rows_of(d, coef(fit), setNames(s[, 2], rownames(s)), "odds_ratio", about("logistic", "adjusted", "robust")) },
  ordinal = function() { d <- people(sample(80:300, 1)); fit <- polr(factor(grade) ~ sex + smoker + age + bmi, d, Hess = TRUE)
    of_glm(d, fit, "odds_ratio", about("ordinal", "adjusted")) },
  ordinal_profile = function() { d <- people(sample(60:200, 1)); fit <- polr(factor(grade) ~ sex + smoker, d, Hess = TRUE)
    profiled(d, fit, "odds_ratio", about("ordinal", "adjusted", "profile"), c("sex", "smoker")) },
  probit = function() { d <- people(sample(60:300, 1)); fit <- glm(full("y"), binomial(probit), d)
    of_glm(d, fit, "coefficient", about("", "adjusted")) },
  linear_t = function() { d <- people(sample(12:120, 1)); fit <- lm(full("linear"), d); s <- summary(fit)$coefficients
    rows_of(d, coef(fit), se_of(vcov(fit)), "coefficient", about("linear", "adjusted", "t", "t"),
            quantile = function(q) qt(q, fit$df.residual), p = s[all.vars(FULL), 4],
            extra = lapply(setNames(nm = all.vars(FULL)), function(x) c(se = s[x, 2], t = s[x, 3], df = fit$df.residual))) },
  linear_crude = function() { d <- people(sample(8:60, 1)); d$y <- d$linear
    crude(d, c("sex", "age"), function(f, x) { fit <- lm(f, d); s <- summary(fit)$coefficients
      rows_of(d, coef(fit), se_of(vcov(fit)), "coefficient", about("linear", "crude", "t", "t"),
              quantile = function(q) qt(q, fit$df.residual), p = s[-1, 4]) }) },
  linear_normal_ends = function() { d <- people(sample(30:120, 1)); fit <- lm(full("linear"), d); s <- summary(fit)$coefficients
    of_glm(d, fit, "coefficient", about("linear", "adjusted", "wald", "t"), p = s[all.vars(FULL), 4]) },
  linear_robust = function() { d <- people(sample(40:200, 1)); fit <- lm(full("linear"), d); df <- fit$df.residual
    se <- se_of(vcovHC(fit, "HC3")); b <- coef(fit)
    rows_of(d, b, se, "coefficient", about("linear", "adjusted", "t", "t"), quantile = function(q) qt(q, df),
            p = (2 * pt(-abs(b / se), df))[all.vars(FULL)]) },
  cox = function() { d <- people(sample(60:300, 1)); fit <- coxph(update(FULL, Surv(time, died) ~ .), d)
    of_glm(d, fit, "hazard_ratio", about("cox", "adjusted", events = sum(d$died))) },
  cox_crude = function() { d <- people(sample(40:200, 1)); a <- about("cox", "crude", events = sum(d$died))
    crude(d, c("sex", "smoker", "age"), function(f, x) of_glm(d, coxph(update(f, Surv(time, died) ~ .), d), "hazard_ratio", a)) },
  cox_clustered = function() { d <- people(sample(60:300, 1)); fit <- coxph(update(FULL, Surv(time, died) ~ . + cluster(clinic)), d)
    of_glm(d, fit, "hazard_ratio", about("cox", "adjusted", "robust")) },
  rate_ratio = function() { d <- people(sample(60:300, 1)); fit <- glm(update(FULL, count ~ . + offset(log(years))), poisson, d)
    of_glm(d, fit, "rate_ratio", about("poisson", "adjusted")) },
  rate_ratio_nb = function() { d <- people(sample(60:300, 1)); d$count <- rnbinom(nrow(d), mu = d$count + 1, size = 2)
    of_glm(d, glm.nb(full("count"), d), "rate_ratio", about("", "adjusted")) },
  risk_ratio_robust = function() { d <- people(sample(80:300, 1), 0.3); fit <- glm(full("y"), poisson, d)
    rows_of(d, coef(fit), se_of(sandwich(fit)), "risk_ratio", about("poisson", "adjusted", "robust")) },
  crude_table_woolf = function() { m <- table_of(); w <- oddsratio.wald(m[2:1, 2:1])
    t <- sample(c("chi2", "chi2_yates", "fisher"), 1)
    p <- c(chi2 = chisq.test(m, correct = FALSE)$p.value, chi2_yates = chisq.test(m)$p.value, fisher = fisher.test(m)$p.value)
    rbind(size_of(sum(m)), counts_rows(m), row_of("exposure", odds_ratio = w$measure[2, 1], ci_low = w$measure[2, 2],
      ci_high = w$measure[2, 3], p_value = p[[t]], about = list(kind = "binary", adjusted = "crude", model = "logistic",
      interval = "wald", level = 95, test = t, n = sum(m), events = sum(m[, 1])))) },
  crude_table_exact = function() { m <- table_of(); f <- fisher.test(m)
    rbind(size_of(sum(m)), counts_rows(m), row_of("exposure", odds_ratio = unname(f$estimate), ci_low = f$conf.int[1],
      ci_high = f$conf.int[2], p_value = f$p.value, about = list(kind = "binary", adjusted = "crude",
      interval = "exact", level = 95, test = "fisher", n = sum(m), events = sum(m[, 1])))) },
  fisher_alone = function() { m <- table_of(); f <- fisher.test(m)
    rbind(size_of(sum(m)), row_of("exposure", odds_ratio = unname(f$estimate), ci_low = f$conf.int[1],
      ci_high = f$conf.int[2], p_value = f$p.value, about = list(kind = "binary", adjusted = "crude",
      interval = "exact", level = 95, test = "fisher", n = sum(m), events = sum(m[, 1])))) },
  risk_ratio_table = function() { m <- table_of(); w <- riskratio.wald(m[2:1, 2:1])
    rbind(counts_rows(m), row_of("exposure", risk_ratio = w$measure[2, 1], ci_low = w$measure[2, 2], ci_high = w$measure[2, 3],
      p_value = chisq.test(m, correct = FALSE)$p.value, about = list(kind = "binary", adjusted = "crude", interval = "wald",
      level = 95, test = "chi2", n = sum(m), events = sum(m[, 1])))) },
  risk_difference = function() { m <- table_of(); c <- runif(1) < 0.5; f <- prop.test(m, correct = c)
    rbind(counts_rows(m), row_of("exposure", risk_difference = unname(f$estimate[1] - f$estimate[2]), ci_low = f$conf.int[1],
      ci_high = f$conf.int[2], p_value = f$p.value, chi2 = unname(f$statistic), df = 1, about = list(kind = "binary",
      adjusted = "crude", interval = "wald", level = 95, test = if (c) "chi2_yates" else "chi2", order = "a-b",
      n = sum(m), events = sum(m[, 1])))) },
  proportion_score = function() { n <- sample(20:200, 1); k <- rbinom(1, n, 0.3); f <- prop.test(k, n, correct = runif(1) < .5)
    rbind(size_of(n), row_of("ill.yes", n = k, percent = 100 * k / n, ci_low = 100 * f$conf.int[1], ci_high = 100 * f$conf.int[2],
      about = list(interval = "score", level = 95))) },
  proportion_exact = function() { n <- sample(20:200, 1); k <- rbinom(1, n, 0.3); f <- binom.test(k, n)
    rbind(size_of(n), row_of("ill.yes", n = k, percent = 100 * k / n, ci_low = 100 * f$conf.int[1], ci_high = 100 * f$conf.int[2],
      about = list(interval = "exact", level = 95))) },
  welch = function() { d <- people(sample(12:120, 1)); d$linear <- d$linear * (1 + d$arm * runif(1)); s <- two_groups(d)
    f <- t.test(linear ~ arm, d); o <- runif(1) < .5; sign <- if (o) 1 else -1; ci <- sort(sign * f$conf.int)
    rbind(group_rows(s), row_of("outcome", difference = sign * (s[1, "mean"] - s[2, "mean"]), ci_low = ci[1], ci_high = ci[2],
      t = sign * unname(f$statistic), df = unname(f$parameter), p_value = f$p.value, about = list(kind = "continuous", interval = "t", level = 95,
      test = "welch", order = if (o) "a-b" else "b-a"))) },
  student = function() { d <- people(sample(12:120, 1)); s <- two_groups(d); f <- t.test(linear ~ arm, d, var.equal = TRUE)
    rbind(group_rows(s), row_of("outcome", difference = s[1, "mean"] - s[2, "mean"], ci_low = f$conf.int[1],
      ci_high = f$conf.int[2], t = unname(f$statistic), df = unname(f$parameter), p_value = f$p.value, about = list(kind = "continuous",
      interval = "t", level = 95, test = "t", order = "a-b"))) },
  bootstrap_difference = function() { d <- people(sample(20:80, 1)); d$linear <- exp(d$linear / 5); s <- two_groups(d)
    b <- boot(d, function(d, i) { d <- d[i, ]; mean(d$linear[d$arm == 0]) - mean(d$linear[d$arm == 1]) }, 199, strata = d$arm + 1)
    ci <- quantile(b$t, c(.025, .975))
    rbind(group_rows(s), row_of("outcome", difference = b$t0, ci_low = ci[[1]], ci_high = ci[[2]], p_value = wilcox.test(linear ~ arm, d)$p.value,
      about = list(kind = "continuous", interval = "bootstrap", level = 95, test = "rank", order = "a-b"))) },
  bootstrap_odds = function() { d <- people(sample(60:200, 1)); f <- y ~ sex; fit <- logit(f, d)
    b <- boot(d, function(d, i) coef(glm.fit(cbind(1, d$sex[i]), d$y[i], family = binomial()))[2], 99)
    ci <- quantile(b$t, c(.025, .975), na.rm = TRUE)
    rows_of(d, coef(fit), se_of(vcov(fit)), "odds_ratio", with_events(d, about("logistic", "crude", "bootstrap")), ci = t(ci)) },
  rank_scores = function() { n <- sample(8:50, 2); x <- lapply(n, function(k) pmin(7, pmax(1, round(rnorm(k, 4 + rnorm(1, 0, .6), 1.3)))))
    parts <- lapply(1:2, function(k) { g <- c("control", "treated")[k]; q <- unname(quantile(x[[k]]))
      rbind(size_of(n[k], g), row_of("score", mean = mean(x[[k]]), sd = sd(x[[k]]), median = q[3], q1 = q[2], q3 = q[4],
        min = q[1], max = q[5], group = g, about = list(kind = "whole", n = n[k]))) })
    rbind(do.call(rbind, parts), row_of("score", p_value = wilcox.test(x[[1]], x[[2]])$p.value, about = list(kind = "whole", test = "rank"))) },
  anova = function() { g <- sample(3:4, 1); n <- sample(8:40, g, TRUE); x <- lapply(n, function(k) rnorm(k, 20 + rnorm(1), 4))
    f <- oneway.test(v ~ g, data.frame(v = unlist(x), g = rep(seq_len(g), n)), var.equal = TRUE)
    rbind(do.call(rbind, lapply(seq_len(g), function(k) rbind(size_of(n[k], letters[k]), row_of("outcome", mean = mean(x[[k]]), sd = sd(x[[k]]),
      group = letters[k], about = list(kind = "continuous", n = n[k]))))), row_of("outcome", f = unname(f$statistic), df1 = f$parameter[[1]],
      df2 = f$parameter[[2]], p_value = f$p.value, about = list(kind = "continuous"))) },
  correlation = function() { n <- sample(12:150, 1); x <- rnorm(n); f <- cor.test(x, 0.3 * x + rnorm(n))
    rbind(size_of(n), row_of("pair", r = unname(f$estimate), df = unname(f$parameter), p_value = f$p.value, ci_low = f$conf.int[1],
      ci_high = f$conf.int[2], about = list(n = n, level = 95))) },
  paired = function() { n <- sample(8:60, 1); x <- rnorm(n, 50, 8); y <- x + rnorm(n, 1, 4); f <- t.test(y, x, paired = TRUE)
    rbind(size_of(n), row_of("change", difference = unname(f$estimate), ci_low = f$conf.int[1], ci_high = f$conf.int[2], t = unname(f$statistic),
      df = unname(f$parameter), p_value = f$p.value, about = list(kind = "continuous", interval = "t", level = 95, test = "t", n = n))) },
  chi_square = function() { n <- sample(20:120, 2); l <- sample(2:4, 1); m <- sapply(n, function(k) rmultinom(1, k, rep(1, l)))
    t <- if (l == 2 && runif(1) < .5) "chi2_yates" else "chi2"; f <- chisq.test(m, correct = t == "chi2_yates")
    rbind(size_of(n[1], "before"), size_of(n[2], "after"), do.call(rbind, lapply(1:2, function(k) do.call(rbind, lapply(seq_len(l), function(j)
      row_of(paste0("level.l", j), n = m[j, k], percent = 100 * m[j, k] / n[k], group = c("before", "after")[k]))))),
      row_of("level", chi2 = unname(f$statistic), df = l - 1, p_value = f$p.value, about = list(test = t))) },
  diagnostic = function() { m <- table_of(); s <- c(sensitivity = m[1, 1] / sum(m[, 1]), specificity = m[2, 2] / sum(m[, 2]),
      ppv = m[1, 1] / sum(m[1, ]), npv = m[2, 2] / sum(m[2, ])) * 100
    rbind(size_of(sum(m)), row_of("test", s)) }
)

arguments <- as.integer(commandArgs(TRUE)); seed <- arguments[1]; tables <- arguments[2]
out <- list()
for (k in seq_along(DESIGNS)) for (i in seq_len(tables)) {
  set.seed(seed + 1000 * k + i)
  made <- tryCatch(DESIGNS[[k]](), error = function(e) NULL)
  if (is.null(made) || any(!is.finite(made$value)) || any(abs(made$value) > 1e4)) next
  made <- made[!duplicated(made[c("row", "group", "statistic")]), ]
  out[[length(out) + 1]] <- cbind(design = names(DESIGNS)[k], table = i, made)
}
out <- do.call(rbind, out)
out$value <- sprintf("%.12g", out$value)
write.csv(out, row.names = FALSE, quote = FALSE)
