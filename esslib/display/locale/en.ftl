### Words and sentences of figures, tables and pages, in English.
### A fact in braces arrives written.

## Marks

synthetic = Synthetic data: no real answer was used.
withheld = Fewer than { $n } people: count not shown (–), nor anything that would give it back.
unprotected = Nothing is withheld: small counts are shown, and people can be recognised. Give it to nobody.

## Flow chart

flow-line = { $label }: { $n }
flow-invited = Invitations sent
flow-no_response = No response
flow-responses = Responses received
flow-excluded = Not included
flow-included = Included
flow-analysed = Analysed
flow-without_score = Without score, an answer missing

## Box plots

box-tick =
    { $label }
    n = { $n }
    mean ± SD: { $mean_sd }
box-key =
    Solid line: median; dotted line: mean; box: quartiles; whiskers: extremes;
    { $dots ->
        [averaged] one dot per respondent, at the mean of several neighbours
        [thinned] at most { $n } dots per group, evenly spaced by rank
       *[each] one dot per respondent
    }
box-test = Difference of means: { $difference } points { $interval }, { $p } (Mann-Whitney)

## Explorable notebook

explore-total = Total score
explore-axis = { $outcome } ({ $low } to { $high } points)
explore-group = { $label }: n = { $n }, mean ± SD { $mean_sd }, median { $median } { $quartiles }
explore-no_test = With these choices one of the groups has no score: there is nothing to compare.

## Map

map-none = Not stated: { $n }
map-credit = Map outlines: { $credit }

## Distribution of the scores

distribution-score = Score (points)
distribution-share =
    Share of respondents with
    at most this score (%)
distribution-expected = Score expected under a normal distribution
distribution-score_of = { $dots ->
    [averaged] Score (mean of neighbours)
   *[each] Observed score
}

## Stacked bars

likert-axis = Share of respondents (%)

## Items by class

heat-mean_points = Mean points
heat-share_percent = Share of the difference (%)
heat-na_percent = “Not applicable” (%)
heat-alt-row = “{ $item }”: { $cells }

## Eigenvalues

scree-observed = answers of the cohort
scree-random = answers shuffled at random (95th percentile)
scree-component = Component
scree-eigenvalue = Eigenvalue
scree-alt = Components above chance: { $n }. The first has an eigenvalue of { $eigenvalue }, against { $random } for shuffled answers; it holds { $percent } of the variance of the items.

## Sentences on the questionnaire

reading-ends = Items with more than { $limit } of the answers at the minimum (floor effect): { $n_floor } of { $n }; at the maximum (ceiling effect): { $n_ceiling } of { $n }. For the whole score: { $floor } of the respondents at the minimum, { $ceiling } at the maximum.
reading-carriers = Items that carry most of the difference: { $most }; together, { $together }. Those that carry least: { $least }.
cells-attained = Of { $n } cells of the regression, at most { $rounded } can be met if the numbers are rounded, at most { $truncated } if they are cut off. The cohort meets { $met }.
reading-spread = Over { $n } cohorts reconstructed from the same printed numbers, alpha of the complete respondents goes from { $alpha_minimum } to { $alpha_maximum } and omega from { $omega_minimum } to { $omega_maximum }.

## Forest plots

forest-odds_ratio = OR [{ $level } CI]
forest-coefficient = Coefficient [{ $level } CI]
forest-p = p
forest-odds_ratio_axis = Odds ratio (logarithmic scale)
forest-coefficient_axis = Regression coefficient (log odds ratio)
forest-difference = Difference [CI]
forest-difference_axis = Difference of the mean scores (points)
forest-pooled = Summary (random effects)
forest-prediction = Prediction interval
forest-by_size = { $n } cohorts by rising difference

## Statuses of printed numbers, in order

status-reproduced = reproduced
status-differs = differing
status-needs = conditional
status-impossible = impossible

## Printed numbers, tile by tile

fidelity-key = { $label } ({ $n })
fidelity-share = { $n } of { $total }
fidelity-head = Reproduced

## Specifications

multiverse-axis =
    Difference
    (points)
multiverse-axis-log_odds_ratio =
    Coefficient
    (log odds ratio)
multiverse-verdict = The conclusion “{ $conclusion }” { $n ->
    [0] cannot be judged: no specification gives an estimate.
   *[other] holds in { $n_holding } of { $n } specifications ({ $percent }); { $decided }.
}
multiverse-decided = the choice that decides most is “{ $choice }”: { $most_percent } with “{ $most }”, { $least_percent } with “{ $least }”
multiverse-undecided = no choice changes this
multiverse-none = No specification gives an estimate.

## Choices of a specification, and their values

choice-score_direction = Score direction
choice-score_direction-literal = literal
choice-score_direction-any = no effect
choice-contrast = Comparison
choice-outcome = Measure
choice-na_rule = Not applicable
choice-na_rule-item_median = item median
choice-na_rule-person_mean = person mean
choice-na_rule-item_mean = item mean
choice-na_rule-complete_case = complete cases
choice-na_rule-multiple_imputation = multiple imputation
choice-na_scope = Computed over
choice-na_scope-compared_group = compared group
choice-na_scope-whole_sample = whole sample
choice-na_scope-any = no effect
choice-unanswered = Unanswered item
choice-unanswered-exclude = respondent left out
choice-unanswered-as_not_applicable = as not applicable
choice-unanswered-any = no effect
choice-covariate_gaps = Unanswered covariate
choice-covariate_gaps-any = no effect
choice-covariate_gaps-as_coded = as in the printed table
choice-covariate_gaps-complete_cases = respondent left out
choice-covariate_gaps-unexposed = unexposed
choice-covariate_gaps-exposed = exposed
choice-test = Test
choice-test-welch = Welch
choice-test-yuen = Yuen (trimmed means)
choice-test-mann_whitney = Mann-Whitney
choice-test-brunner_munzel = Brunner-Munzel
choice-test-ols = least squares
choice-test-ols_hc3 = least squares, HC3
choice-test-huber = Huber (robust)
choice-test-logit_wald = logistic, Wald
choice-test-logit_profile = logistic, profile
choice-test-logit_firth = Firth logistic
choice-adjustment = Adjustment
choice-adjustment-none = none
choice-adjustment-all = all covariates

## Texts that stand for a figure

alt-separator = ; { "" }
alt-pair = { $label }: { $value }
alt-flow = Flow chart of the recruitment. { $steps }.
alt-box-group = { $label } (n = { $n }): mean ± SD { $mean_sd }, median { $median }, quartiles { $quartiles }, extremes { $extremes }
alt-distribution = Distribution of the scores and departure from normality (Shapiro-Wilk test): { $groups }.
alt-distribution-group = { $label }, { $p }
alt-likert = Answers to the { $n } items as stacked bars. { $groups }.
alt-likert-group = { $label }: agreement most frequent for “{ $most }” ({ $most_share }), least frequent for “{ $least }” ({ $least_share })
alt-forest = Forest plot of { $n } covariates. { $n_clear ->
    [0] Every { $level } confidence interval contains { $neutral }
   *[other] { $level } confidence interval that does not contain { $neutral }: { $rows }
}.
alt-fidelity = { $total } printed numbers, one tile each: { $statuses }. { $places }.
alt-fidelity-place = { $where }: { $n } of { $total } reproduced
alt-multiverse = Curve of { $n } specifications: difference from { $low } to { $high } points, { $clear } intervals without 0.
alt-calibration-group = predicted { $predicted }, observed { $observed } ({ $ci_low } to { $ci_high })
alt-cells = Where the cells of the regression lie among the values that the printed number stands for: { $n } of { $total } cells inside. Outside: { $missed }.
alt-cohorts = Forest plot of the primary difference in { $n } cohorts, from { $low } to { $high } points. { $pooled }

## Tables: headings and cells

table_characteristic = Characteristic
table_group = { $label } (n = { $n })
table_standardised_difference = Standardised difference
table_p = p
table_test = { $sign } = { $name }
table_several = { $label } (several answers allowed)
table_answered = Answered
table_of = { $n } of { $total }
table_mean_sd = Mean ± SD
table_median_quartiles = Median [Q1, Q3]
table_compared = Compared group
table_shapiro_p = p (Shapiro-Wilk)
table_difference = Difference [{ $level } CI]
table_mann_whitney_p = p (Mann-Whitney)
table_rank_biserial = Effect size r
table_item = Item
table_median = Median (points)
table_item_total = Item-rest r
table_alpha_if_dropped = Alpha if dropped
table_odds_ratio_interval = OR [{ $level } CI]
table_odds_ratio = OR
table_chi2_p = p (chi-square)
table_fisher_p = p (Fisher)
table_coefficient = Coefficient [{ $level } CI]
table_wald_p = p (Wald)
table_firth_coefficient = Firth: coefficient [{ $level } CI]
table_firth_p = p (Firth)
table_what = Result
table_statistic = Statistic
table_printed = Printed
table_recomputed = Recomputed
table_match = Comparison
table_effect_size = Effect size
table_method = Interval
table_value_interval = Value [{ $level } CI]
table_test_name = Test
table_test_statistic = Test statistic
table_p_holm = p (Holm)
table_risk_difference = Difference, points [{ $level } CI]
table_holm_p = p (Holm)
table_bh_p = p (BH)
table_wald_estimate = Wald [{ $level } CI], p
table_profile_estimate = Profile [{ $level } CI], p
table_firth_estimate = Firth [{ $level } CI], p
table_definition_estimate = Coefficient { $name } [{ $level } CI], p
table_measure = Measure
table_apparent = Here
table_corrected = Expected elsewhere
table_guide = Guide
table_from_to = { $low } to { $high }
table_range = Range
table_estimate = Value
table_interval = Confidence interval
table_na_interval = Not applicable (%) [95% CI]
table_floor = At the minimum
table_ceiling = At the maximum
table_compared_classes = Compared classes
table_mean_first = Mean, first class
table_mean_second = Mean, second class
table_cliff_delta = Cliff's delta [{ $level } CI]
table_adjusted_p = p (Holm)
table_share = Share of the difference
table_this_cohort = This cohort
table_range_ends = { $low } to { $high }
table_cohorts = Cohorts
table_whole_scale = All items together
table_no_row = none
table_check = Check
table_verdict = Verdict
table_expected = Expected
table_proof = Proof
table_status = Status
table_conclusion = Conclusion
table_specifications = Specifications
table_holds = Holds
table_deciding_choice = Deciding choice
table_most = Holds most
table_least = Holds least
table_choice = Choice
table_value = Value
table_criterion = Criterion
table_target = Target
table_per_group = Per group
table_respondents = Respondents
table_where = Where
table_targets = Targets
table_met = Met
table_reading = Reading chosen
table_achieved = Synthetic cohort
table_missed_by = Missed by
table_coefficient_within = Coefficient, from its cell
table_middle_within = Coefficient, from the bounds
table_guideline = Checklist
table_items_computed = Computed here
table_items_absent = Absent
table_items_all = All
table_item_computed = computed
table_item_absent = absent
table_reported_item = Item
table_place = Where
table_cohort = Cohort
table_group_mean = { $label }, mean (n)
table_mean_n = { $mean } ({ $n })
table_difference_ci = Difference [CI]
table_weight = Weight
table_tau_estimator = Estimate of τ²
table_mean_difference = Mean difference [95% CI]
table_prediction = 95% prediction
table_tau = τ (points)
table_i2 = I²
table_q_p = p (Cochran's Q)
table_reason = Reason

## Tables: captions and notes

table_tableau_1-balance = Standardised difference: gap between the groups (first column minus second) divided by their common standard deviation, without unit; for a question with a single answer, Yang and Dalton's distance, without sign, which like p bears on the whole block and stands on its first row.
table_tableau_1-tests = Tests, not adjusted for their number: { $tests }.
table_tableau_1-note =
    Count and, in brackets, percentage of those who answered the question.
    Where several answers were allowed, percentages add up to more than 100%.
table_comparison-note =
    Difference of means, first group minus second; Welch confidence interval (CI).
    Two-sided Mann-Whitney test, corrected for ties and continuity; r: rank-biserial correlation, positive when the first group scores higher.
    Shapiro-Wilk: a small p value speaks against a normal distribution.
table_effect_sizes-caption = Effect sizes and their intervals
table_effect_sizes-note =
    Hedges' g: difference of means in pooled standard deviations, corrected for small samples.
    Probability of superiority: chance that a respondent of the first group scores higher than one of the second, ties counted half; 0.5 when nothing tells the groups apart. Rank-biserial r: the same, rescaled from −1 to 1.
table_robust_tests-caption = Does the result depend on the test?
table_robust_tests-note =
    Two-sided tests. Brunner-Munzel and Welch do not need the same spread in both groups; permutations assume no distribution.
    p (Holm): adjusted, under the same test, for all comparisons.
table_items-caption = Answers to the items of the score and consistency of each item
table_items-note =
    Number of respondents for each answer; median without the answers “Not applicable”.
    Item-rest r: correlation with the sum of the other items. Alpha if dropped: Cronbach's alpha of the other items.
table_bivariate_checks-caption = Bivariate analysis: shares and their differences; correction for the number of tests
table_multivariate_checks-caption = Logistic regression: the same coefficients estimated in three ways
table_multivariate_checks-note =
    Wald and profile: maximum likelihood; Wald's interval is symmetric, the profile's follows the likelihood, and its test is the likelihood ratio test.
    Firth: penalised likelihood, profile likelihood interval, likelihood ratio test.
table_model_trust-caption = How far the model can be trusted
table_beside_printed-caption = Printed numbers and recomputed numbers
table_beside_printed-note = Recomputed: number from the data of this compendium, with as many decimals as the printed one.
table_counts-caption = Answers
table_counts-note = All answers read are counted.
table_matches-caption = Comparison with the printed numbers
table_matches-note = Each printed number is compared once.
table_risk-caption = Risk of recognising a respondent
table_risk-note = A class gathers the respondents with the same characteristics; no answer is one of them.
table_score_summary-note = Range: lowest and highest score observed.
table_reliability-caption = Internal consistency of the score
table_reliability-note =
    Alpha: Cronbach's alpha with its 95% confidence interval (Feldt); that of an alpha with replaced points is too narrow.
    Ordinal alpha and omega: from polychoric correlations, without interval.
    A dash in place of a value: it cannot be computed in this cohort (fewer than three complete respondents, or an item that does not vary).
table_items_by_class-note = Number of respondents for each answer. Not applicable: share of the answers given; Wilson confidence interval (CI).
table_floor_ceiling-caption = Answers at both ends of the scale
table_floor_ceiling-note = n: respondents with points. Above 15% at one end, the scale no longer tells respondents apart well enough (Terwee).
table_item_differences-note =
    Without the answers “Not applicable”. Share: the item's difference in the sum of the items' differences; negative where the item goes the other way.
    p: Mann-Whitney, adjusted by Holm over all rows.
table_ranges-caption = This cohort among the reconstructed ones
table_audit_summary-caption = Checks of the printed numbers
table_audit_summary-note = Consistent: at least one data set can give these numbers. Impossible: none can.
table_findings-caption = Findings of the audit
table_findings-note = Proof: what was enumerated, or the bound that is broken.
table_fidelity-caption = Printed numbers that the cohort does not give
table_fidelity-note = Impossible: the audit proves that no data consistent with the rest can give this number.
table_verdicts-caption = Each conclusion in all specifications
table_verdicts-note =
    Only specifications that give an estimate count.
    Deciding choice: the one whose values set these shares furthest apart.
table_shares-caption = Share of specifications in which the conclusion holds, choice by choice
table_shares-note = All other choices vary.
table_next_study-caption = Sample sizes for a next study
table_next_study-note =
    Difference: two-sided Mann-Whitney test on the cohort's distribution of the score, and Welch's interval.
    Regression: criteria of Riley et al.; the largest sample counts.
table_families-caption = Printed numbers to be met, and those met
table_families-note = Met: the synthetic cohort's value gives the printed number at the printed precision.
table_readings-caption = Readings chosen
table_readings-note = Each row is a place where the printed numbers contradict each other or say too little.
table_targets-caption = Numbers aimed at and reached
table_targets-note = Missed by: distance from the values that the printed number stands for; ✓ where there is none.
table_attainable-caption = Rows of the regression that no data can meet whole
table_attainable-note = A Wald interval has its coefficient in the middle. The two intervals have no more than one end in common: at least one cell of the row is wrong.
table_cohorts-caption = Primary difference in each cohort
table_cohorts-note =
    Mean score in points, in parentheses the number of respondents; difference of the means, first group minus second, with Welch's confidence interval; p of Mann-Whitney.
    Weight: the cohort's share in the random-effects summary.
table_cohorts_pooled-caption = Random-effects summary of the cohorts
table_cohorts_pooled-note =
    Mean difference with the 95% confidence interval of Hartung and Knapp (scale factor at least 1); prediction: difference expected in a new cohort, at 95%.
    I²: share of the variation between cohorts beyond chance; τ: standard deviation of the difference between cohorts.
table_cohorts_failed-caption = Cohorts without a result
table_cohorts_failed-note = The message is the program's; the cohort is tried again in the next run.

## Tables: labels of codes

table_label-test-chi2 = chi-square without correction
table_label-test-fisher = Fisher's exact
table_label-test-mann_whitney = Mann-Whitney
table_label-test-brunner_munzel = Brunner-Munzel
table_label-test-welch = Welch's t
table_label-test-permutation_difference = Permutations, difference of means
table_label-test-permutation_u = Permutations, Mann-Whitney U
table_label-population = Population
table_label-n_unanswered = No answer
table_label-statistic-n = Count
table_label-statistic-threshold = Threshold
table_label-statistic-points = Points
table_label-statistic-percent = Percentage
table_label-statistic-mean = Mean
table_label-statistic-sd = SD
table_label-statistic-median = Median
table_label-statistic-min = Minimum
table_label-statistic-max = Maximum
table_label-statistic-difference = Difference of means
table_label-statistic-odds_ratio = OR
table_label-statistic-coefficient = Coefficient
table_label-statistic-ci_low = Lower bound of the interval
table_label-statistic-ci_high = Upper bound of the interval
table_label-statistic-p_value = p
table_label-statistic-alpha_complete = Alpha, respondents without any "Not applicable"
table_label-statistic-alpha_item_median = Alpha, "Not applicable" replaced by the item median
table_label-statistic-alpha_ordinal = Ordinal alpha, all respondents
table_label-statistic-omega_ordinal = Ordinal omega, all respondents
table_label-statistic-n_complete = Number of respondents without any "Not applicable"
table_label-statistic-n_components = Components above chance
table_label-statistic-first_component_percent = Variance held by the first component
table_label-statistic-item_total = Item-rest correlation
table_label-statistic-na_percent = Not applicable
table_label-statistic-floor_percent = At the minimum
table_label-statistic-ceiling_percent = At the maximum
table_label-statistic-cliff_delta = Cliff's delta
table_label-statistic-share_percent = Share of the difference
table_label-statistic-outcome = Outcome
table_label-statistic-shapiro_p = p (Shapiro-Wilk)
table_label-size-hedges_g = Hedges' g
table_label-size-cles = Probability of superiority
table_label-size-rank_biserial = Rank-biserial r
table_label-method-noncentral_t = noncentral t
table_label-method-brunner_munzel = Brunner-Munzel
table_label-method-bootstrap = bootstrap (BCa)
table_label-match = Comparison
table_label-nearest = ✓ equal
table_label-truncated = ✓ equal (truncated)
table_label-differs = ≠ different
table_label-check-rounding_convention = Rounding convention
table_label-check-levels_add_up = Counts that must add up
table_label-check-multiple_answers = Multiple answers
table_label-check-subtotal = Subtotals
table_label-check-criteria = Inclusion criteria
table_label-check-group_sizes = Group sizes
table_label-check-percentages = Percentages
table_label-check-order_of_values = Order of the values
table_label-check-percent_of_count = Percent of a count
table_label-check-no_check = Numbers without a check
table_label-check-granularity = Possible means and SDs
table_label-check-difference_of_means = Difference of means
table_label-check-whole_from_parts = Whole and parts
table_label-check-score_direction = Direction of the score
table_label-check-rank_test = Rank test
table_label-check-interval_symmetry = Interval and estimate
table_label-check-p_from_interval = p value and interval
table_label-check-standard_error_bound = Bound of the standard error
table_label-check-duplicated_cells = Identical rows
table_label-check-two_by_two = 2×2 table
table_label-check-exposed_against_counts = Cut of the characteristics
table_label-check-between_tables = From one table to the other
table_label-check-text_against_table = Text and table
table_label-check-repeated_numbers = Repeated numbers
table_label-check-claimed_significance = Claimed significance
table_label-check-counted_rows = Number of factors
table_label-check-rows_lacking = Rows that a table lacks
table_label-verdict-consistent = consistent
table_label-verdict-not_checked = not checked
table_label-verdict-needs = possible
table_label-verdict-impossible = impossible
table_label-status-reproduced = reproduced
table_label-status-differs = differs
table_label-status-needs = other reading
table_label-status-impossible = impossible
table_label-place-bivariate = Bivariate analysis
table_label-place-multivariate = Multivariate analysis
table_label-place-text = Text
table_label-place-methods = Methods
table_label-multivariate-significant = Significant factors of the multivariate analysis
table_label-question-comparison = Difference between two groups
table_label-question-regression = Predictors (logistic regression)
table_label-criterion-simulated_power = Power, by simulation
table_label-criterion-noether = Power, Noether's formula
table_label-criterion-half_width = Precision of the difference
table_label-criterion-shrinkage = Little overfitting
table_label-criterion-optimism = Little optimism of R²
table_label-criterion-overall_risk = Precise overall risk
table_label-kind-contradiction = Numbers that contradict each other
table_label-kind-rounding = Truncated means
table_label-kind-totals = Counts that do not make the total
table_label-kind-two_cuts = One name, two cuts
table_label-kind-left_out = Cells out of reach
table_label-paule_mandel = Paule-Mandel
table_label-dersimonian_laird = DerSimonian-Laird

## Tables: beside a printed number

table_match-nearest = ✓ equal
table_match-truncated = ✓ equal (truncated)
table_match-differs = ≠ different

## Sentences on a comparison

table_sentence = { $contrast }: the mean score is { $first }, and { $second }. The difference of means is { $difference } (Mann-Whitney test: { $p }; after Holm's adjustment for { $n_tests } comparisons: { $p_holm }). The probability of superiority of the first group is { $cles }, and Hedges' g is { $hedges_g } (bootstrap intervals).
table_sentence-difference = { $value } points, { $level } CI { $interval }
table_sentence-size = { $value }, { $level } CI { $interval }
table_sentence-group = { $mean_sd } points (median and quartiles: { $median }; n = { $n }) in the group “{ $label }”

## How far the model can be trusted

table_trust-epv = Events per covariate
table_trust-epv-guide = at least 10
table_trust-vif = Variance inflation
table_trust-vif-guide = less than 5
table_trust-auc = AUC
table_trust-auc-guide = 0.5: chance; 1: perfect
table_trust-slope = Calibration slope
table_trust-slope-guide = 1: right; less: too extreme

## Sentences on the predictors

predictors-multiplicity = Significant tests at the { $alpha } level: { $p_value } of { $n } without correction, { $p_holm } after Holm, { $p_bh } after Benjamini-Hochberg. Without any real effect, { $n } tests at this level would already give { $expected } on average.
predictors-significance = “{ $label }”: { $kind ->
    [all] significant association with every method, { $yes }.
    [none] association not significant whatever the method, { $no }.
   *[some] significant association with { $yes }; not significant with { $no }.
}
predictors-method-chi2 = the chi-square
predictors-method-holm = Holm
predictors-method-bh = Benjamini-Hochberg
predictors-method-wald = Wald
predictors-method-profile = the profile
predictors-method-firth = Firth
predictors-events-few = This is too few: coefficients tend to be exaggerated, their intervals are wide, and a characteristic that is not significant is not thereby without effect.
predictors-events-enough = By this rule, it is enough.
predictors-separation = No combination of covariates separates the two groups perfectly: every coefficient has a finite value. In { $lost } of the { $total } resamples this is not so, and they are left out.
predictors-separated = { $separating }: these characteristics separate the two groups perfectly, and their coefficients would be infinite. Maximum likelihood therefore has no answer; only Firth's regression gives one.
predictors-constant = { $constant }: the same answer from everyone; the model does without.
predictors-definition-test = “{ $label }”, { $analysis }
predictors-printed = Printed numbers met: { $met } of { $total } ({ $percent }).

## Calibration

calibration-ideal = perfect agreement
calibration-seen = group of about { $n } respondents, 95% CI
calibration-predicted = Share predicted by the model
calibration-observed = Observed share

## Risk of recognising a respondent

table_risk-known = What is known
table_risk-n_classes = Classes
table_risk-k = Smallest class
table_risk-n_unique = Respondents alone in their class
table_risk-n_below = Respondents in a class of fewer than { $n }
table_risk-share = Share

## Next study

plan-simulated = simulation
plan-noether = Noether's formula
plan-target = target
plan-n_total = Respondents, both groups together
plan-power = Power
plan-half_width = Half width of the interval (points)
plan-alt-power = Power of the Mann-Whitney test: { $first } with { $n_first } respondents, { $last } with { $n_last }.
plan-alt-precision = Half width of the difference's interval: { $first } points with { $n_first } respondents, { $last } with { $n_last }.
plan-alt-reached = { "" } { $sizes ->
    [0] None of the sizes shown reaches the target.
   *[other] Of the sizes shown, the target is reached from { $n } respondents on.
}
plan-comparison = For a { $power } chance to see a difference of { $difference } points (two-sided Mann-Whitney, level { $alpha }), { $n_first } respondents are needed in one group and { $n_second } in the other, { $n_total } in all.
plan-precision = To know the difference within { $half_width } points, { $n_first } respondents are needed in one group and { $n_second } in the other, { $n_total } in all.
plan-unreachable = No reasonable size reaches this target.

## Goals of a next study

table_goal-half_width = ± { $value } points
table_goal-shrinkage = factor ≥ { $value }
table_goal-optimism = ≤ { $value }
table_goal-overall_risk = ± { $value }

## Cells of the regression

cells-band = Values that round to the printed number
cells-ci_low = Lower bound
cells-coefficient = Coefficient
cells-ci_high = Upper bound
cells-missed = Out of reach
cells-low_end =
    lowest
    rounding
cells-printed =
    printed
    number
cells-high_end =
    highest
    rounding

## Several cohorts

cohorts-title = Comparison of cohorts
cohorts-done = Cohorts analysed: { $n }. Failed: { $n_failed }.
-cohorts-too_few = A summary needs at least two cohorts with a difference and its standard error.
cohorts-pooled = { $n ->
    [0] { -cohorts-too_few }
    [1] { -cohorts-too_few }
   *[other] Mean difference of the score between the two groups of the primary comparison, over { $n } cohorts: { $estimate } points. Prediction interval of a new cohort: { $prediction }. Heterogeneity: I² = { $i2 }, τ² = { $tau2 }, { $p }.
}
cohorts-shown = The first { $shown } cohorts of { $n } are shown; all are in { $file }.
cohorts-pages = Pages of each cohort

## Index page

index-printed = Of { $total } printed numbers, the cohort gives { $reproduced }; { $differs } differ, { $other_reading } are possible under other readings only and { $impossible } are impossible. The audit of the printed numbers among themselves counts { $checks } checks: { $consistent } consistent, { $needs } possible under some readings only, { $contradictory } impossible; { $not_checked } have no power.
index-heading-predictors = Predictors
index-heading-printed = Printed numbers

## Reading an export

export-left_out = Columns left out: { $columns }.
export-none = none
table_reading-caption = How the export was read
table_reading-note = Each text of the export, and the answer that was read in it. The same list, whole, stands in data/interim/reading.csv, for whoever holds the data.
reading_column-text = In the export
reading_column-level = Read as
reading_column-method = By
reading_part-file = The file
reading_part-heading = The headings
reading_part-left_out = Columns left out
reading_part-notice = To be looked at
reading_method-code = the code
reading_method-label = the label
reading_method-pattern = a known wording
reading_method-wording = a known wording
reading_method-option = an answer in the heading
reading_method-parts = several answers
reading_method-number = the number
reading_method-other = "Other"
reading_method-typed = a typed text
reading_method-na_is_blank = "NA" read as no answer: rows
reading_method-typed_under_other = Text among the answers read as "Other": rows
reading_method-not_placed = a place that nothing locates
reading_method-totals = rows of totals, left out
reading_method-repeated_headings = headings repeated, left out

## Pages

page-skip = Skip to the content
page-index = Contents
page-notebook = Notebook
page-notebooks = The notebooks
page-figure = Figure
page-others = Other pages
page-nearby = Pages nearby
page-within = On this page
page-code = Show the code
page-synthetic_mark = Synthetic cohort
page-made_with = Made with { $programs }
page-made_from = { "" } from { $file } (SHA-256 { $sha }…)
page-and = { "" } and { "" }
page-executed = Executed notebook
page-data = Data
page-libraries = Libraries
