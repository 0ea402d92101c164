# What the audit says. Numbers arrive written; `.code` is what programs read where it differs.

## How sentences are joined

comma = { ", " }
semicolon = { "; " }
or = { " or " }
plus = { " + " }
space = { " " }

## Technical names

rounding-up_or_down = to the nearest
    .code = up_or_down
rounding-trunc = by truncation
    .code = trunc
rounding-cut = by truncation
    .code = trunc
statistic-odds_ratio = odds ratio
    .code = odds_ratio
statistic-ci_low = lower bound
    .code = ci_low
statistic-ci_high = upper bound
    .code = ci_high
statistic-p_value = p
    .code = p_value
statistic-estimate = estimate
statistic-mean = mean
statistic-sd = sd
statistic-se = SE
    .code = se
statistic-n = n
statistic-percent = %
    .code = percent
statistic-median = median
statistic-q1 = first quartile
    .code = q1
statistic-q3 = third quartile
    .code = q3
statistic-iqr = interquartile range
    .code = iqr
statistic-min = minimum
    .code = min
statistic-max = maximum
    .code = max
statistic-difference = difference
statistic-risk_ratio = risk ratio
    .code = risk_ratio
statistic-hazard_ratio = hazard ratio
    .code = hazard_ratio
statistic-coefficient = coefficient
method-pearson = Pearson
    .code = pearson
method-yates = Yates
    .code = yates
method-likelihood_ratio = likelihood ratio
    .code = likelihood_ratio
method-wald = Wald
    .code = wald
method-fisher = Fisher
    .code = fisher
slip-point = decimal point lost or moved
    .code = point
slip-sign = sign
slip-digit = one digit
    .code = digit
slip-lost = one digit lost
    .code = lost
slip-added = one digit added
    .code = added
slip-swapped = two digits swapped
    .code = swapped

## Readings

only = only { $readings }
and = { " and " }
nor = { " nor " }
otherwise = if not { $readings }
no-power = no numbers printed so could fail this check
only-levels_add_up = only if people could give several of these answers
only-multiple_answers = only if more people answered
only-criteria = only if the criterion was applied otherwise
only-group_sizes = only if people are in several groups or in none of those printed
only-whole_from_parts = only if the groups are of other people or were scored otherwise
only-score_direction = only if points were counted the other way round
only-rank_test = only if many values are tied
only-duplicated_cells = only if two covariates act alike by chance
only-between_tables = only if the other covariates change the effect so much
only-outcome_definition = only if the outcome was defined otherwise
only-exposed_against_counts = only if the covariate was cut otherwise
only-text_against_table = only if the text is about something else
only-repeated_numbers = only if other people are compared
only-claimed_significance = only by another test or at another level
only-counted_rows = only if other rows are counted
only-rows_lacking = only if these rows were left out on purpose
only-rounding_convention = only if one table is printed in two ways
unseen = { $n } { $n ->
        [one] number that no check looks at
       *[other] numbers that no check looks at
    }
reading-convention-rounded = if rounded to the nearest
reading-convention-truncated = if truncated
reading-convention-half_up = if halves are rounded up
reading-convention-half_down = if halves are rounded down
reading-convention-half_even = if halves are rounded to even
reading-convention-ceiling = if rounded up
reading-convention-floor = if rounded down
reading-kind-whole = of whole numbers
reading-kind-binary = of values 0 and 1
reading-kind-continuous = of values that are not whole numbers
reading-answered-all = if all { $n } answered
reading-answered-fewer = if fewer than { $n } answered
reading-answered-other = of another number of people than { $n }
reading-adjusted-crude = for a crude estimate
reading-adjusted-adjusted = for an adjusted estimate
reading-model-logistic = of a logistic model
reading-model-ordinal = of an ordinal logistic model
reading-model-linear = of a linear model
reading-model-cox = of a Cox model
reading-model-poisson = of a Poisson model
reading-interval-wald = for a Wald interval
reading-interval-robust = for an interval with robust errors
reading-interval-t = for a t interval
reading-interval-profile = for a profile-likelihood interval
reading-interval-exact = for an exact interval
reading-interval-score = for a score interval
reading-interval-bootstrap = for a bootstrap interval
reading-level = at { $level } %
reading-test-wald = for a Wald test
reading-test-lr = for a likelihood-ratio test
reading-test-score = for a score test
reading-test-t = for a t test
reading-test-welch = for a Welch test
reading-test-rank = for a rank test
reading-test-chi2 = for a chi-square test
reading-test-chi2_yates = for a chi-square test with Yates's correction
reading-test-fisher = for Fisher's test
reading-tails-two = for a two-sided test
reading-tails-one = for a one-sided test
reading-tails-corrected = for a p corrected for several comparisons
reading-order-a-b = as the first less the second
reading-order-b-a = as the second less the first

## Conventions of rounding

checks-need = { $n } { $n ->
        [one] finding
       *[other] findings
    } only if { $convention }
convention-rounded = rounded
convention-truncated = truncated

## Counts

a-sum = a sum of { $size }
levels-sum = { $variable } of { $group }: sum { $total }, group { $size }{ $missing ->
        [0] { "" }
       *[other] ; { $missing } without answer
    }
answers = { $variable } of { $group }: { $answers } answers of { $people } people
answers-allowed = at most { $most } answers allowed
parts-sum = the parts add up to { $total }
excluded-yet-counted = { $name }: excluded by the criteria, yet { $counted } are counted
groups-sum = groups add up to { $total }
share-of = { $count } of { $n } are { $share } %
none-counted = nobody is counted
sizes-fit = of { $first } to { $last } people it is this percent
invitations = { $n } invitations
share-of-invitations = { $people } people are { $rate } % of { $least } to { $most } invitations
counted = { $row } ({ $n })
unanswered = no answer ({ $n })

## Means and standard deviations

granular = n { $n }, { $rounding }: { $why }
statistic-is = { $statistic } { $value }
sample-prints = a sample prints these numbers
sum-prints = a sum of { $total } prints this mean
no-sum = no sum of whole answers prints this mean
no-sum-in = means { $means } times { $answers } answers hold no attainable whole sum
no-sum-allows-sd = no admissible sum allows this SD
sd-below-least = the SD is below the least that these sums allow
sd-above-greatest = the SD is above the greatest within the bounds
no-whole-squares = no whole sum of squares prints this SD
wrong-parity = the sum of squares has the wrong parity
no-such-squares = no sample has such a sum of squares
squares-below = sum { $total } needs a sum of squares in { $first }..{ $last }, least is { $least }
squares-above = sum { $total } needs a sum of squares in { $first }..{ $last }, greatest is { $greatest }
no-squares = sum { $total }: no whole number of squares
squares-parity = sum { $total } needs a sum of squares in { $first }..{ $last }, must be { $parity }
squares-searched = sum { $total } needs a sum of squares in { $first }..{ $last }, { $parity } and within { $low }..{ $high }: none is attained (complete search)
even = even
odd = odd
further-sums = and so for { $n } further sums
in-steps = { $proof }{ $steps }
steps-up = { " " }(counted up from { $origin } in steps of 1/{ $items })
steps-down = { " " }(counted down from { $origin } in steps of 1/{ $items })
out-of-order = { $low } { $low_text } is above { $high } { $high_text }
in-order = they rise
size-unknown = no size of this group is printed, or several
bounds-crossed = the least value is above the greatest
mean-outside = the mean lies outside the values
mean-inside = values within these bounds can have this mean and SD
means-apart = the means are { $least } to { $most } apart
pooled = mean { $mean }, sd { $sd } with { $first } and { $second }
splits-allow = of { $splits } splits of { $n }, { $mean } allow the mean and { $both } mean and SD, over all true values behind the six numbers (one score per person)
higher-mean-is-less = { $group } have { $mean }, { $rival } { $rival_mean }; { $answer } bears { $points } of at most { $most } points, so by the methods the higher mean is the lesser agreement
variance-left = with { $first } and { $second } people, { $share } of the variance without ties is left
tied-sizes = sizes of the second group that need many ties: { $sizes }
no-size = none

## Estimates, intervals and p

interval = { $opening }{ $low }, { $high }{ $closing }
from-to = { $low } to { $high }
estimate-inside = the interval holds its estimate
estimate-outside = the interval does not hold its estimate
geometric-mean = geometric mean of the ends lies in { $low } to { $high }; the estimate in { $estimate }
midpoint = midpoint of the ends lies in { $low } to { $high }; the estimate in { $estimate }
only-on-ties = equal only if all three lie exactly on a tie
p-between = p { $low } to { $high }
    .code = p_value { $low } to { $high }
wald-p = Wald p of estimate and interval lies in { $low } to { $high }; printed p in { $printed_low } to { $printed_high }
test-p = p of the statistic lies in { $low } to { $high }; printed p in { $printed_low } to { $printed_high }
error-of-sd = an SD over the root of { $n } people lies in { $least } to { $most }
ratio-between = estimate over standard error lies in { $low } to { $high }
width-of-error = the ends stand so many standard errors apart as the level asks
error-of-people = standard error { $low } to { $high }; no { $n } people can give less than { $least }
repeats = { $row } repeats { $first }
p-differ = their p differ, so at most one row is right
both-effects = log odds ratio { $low } to { $high }, coefficient { $adjusted_low } to { $adjusted_high }
opposed = the directions differ
same-within-unit = the same within one unit: { $cells }
slip = { $what } ({ $kind })
also-printed = also printed elsewhere: { $copies }
copy = { $value } ({ $table }, { $row }, { $statistic })

## Tables of four cells

no-table-prints = none of the { $found } 2x2 tables of { $n } people with this odds ratio and Woolf's interval has p { $p }
tables-print = { $exact } of the { $found } 2x2 tables of { $n } people with this odds ratio and Woolf's interval have this p ({ $methods }): { $tables }
p-is = p { $nearest }
    .code = p_value { $nearest }
p-nearest = { $method } { $value }
no-table-has-p = none of the { $n } tables of { $least } to { $most } people with this odds ratio and interval has p { $p }; here { $nearest }
no-table-of-any-size = no table of any size: the odds ratio is not the geometric mean of its interval
other-splits = fits only other splits: [{ $splits }]
split = ({ $n }, { $outcome })
no-table-tried = no table of the sizes tried
with-outcome = { $n } with the outcome
exact-rows = { $exact } rows are exact with { $outcome } of { $n }, { $at_count } with the { $counted } that the groups count; the difference of { $gap } is { $rows }
no-single-row = no single row
exposed = the 2x2 table has { $exposed } exposed, the count of that label { $total }
other-level = the other level of the covariate

## The text and its tables

in-table = { $value } ({ $table })
tables-say = table: { $numbers }
not-significant = not significant
both-below = interval and p are below { $alpha }
holds-no-effect = the interval holds no effect
p-may-be = p { $p } may be { $alpha } or more
impossible-interval = the estimate is not the middle of the printed interval; estimate and upper end give { $low } below
so-holds-no-effect = that interval holds no effect
p-implied = p by estimate and interval is { $low } to { $high }
table-rows = the table has { $n } rows
certainly-below = p certainly below { $alpha }: { $below }; at the level itself: { $perhaps }
rows-lacking = { $n } rows of { $source } are not in { $table }

## What is wrong with a file

empty-file = { $file } is empty; it needs the columns { $columns }.
uneven-line = line { $line } has { $cells } cells, the heading has { $width }; quote a cell that holds the separator.
wrong-columns = columns missing: { $missing }; columns unknown: { $unknown }; the columns are { $columns }.
columns-missing = { $file }: columns { $columns } are missing.
repeated-ids = column id repeats or leaves empty { $ids }; give each number its own.
wrong-lines = column { $column }: { $faults }
at-line = line { $line }: { $fault }
not-a-number = { $text } is not a printed number such as '2.70', '-0,5' or '< 0.001'.
no-sd = sd { $sd } of n={ $n }: an SD is at least 0 and needs two people.
not-whole = { $name } is { $size }; give a whole number of 1 or more.
no-table-up-to = no 2x2 table of up to { $n } people has this odds ratio and interval; give n, the number of people.
nothing-between = minimum { $minimum } and maximum { $maximum } leave no whole answer between.
unknown-name = { $what } { $text } is unknown; choose one of: { $known }.
unknown-name-near = { $what } { $text } is unknown; the nearest is { $near }.
declared-n = n { $text } is not a whole number of 1 or more.
declared-items = items { $text } is not a whole number of 1 or more.
declared-events = events { $text } is not a whole number of 0 or more.
declared-level = level { $text } is no level of confidence such as 95, 90 or 0.99.
declared-twice = { $id }: { $option } is { $value }, and { $other } in another line of this row; declare one of them.
must-be-whole = { $statistic } { $text } is not a whole number; type it without a separator of thousands.
must-be-at-least = { $statistic } { $text } is below { $least }; check the number and its statistic.
must-be-at-most = { $statistic } { $text } is above { $most }; check the number and its statistic.
thousands = { $text } may be { $whole } or { $point }; type { $whole } if the comma parts thousands, { $point } if it is a decimal comma.
unreadable = { $error }

## Tables as they are printed

too-large = { $file } unpacks to more than { $limit } million bytes; give the table alone.
damaged = { $file } cannot be read as what its ending says ({ $error }); save it again, or paste the table into a .txt file.
no-table = { $file } holds no table: no row has two cells. Part the columns by tabs, or by two or more blanks.
document-type = an office file with a document type ({ $name }) is not read: it could draw in other files. Save it again, or paste the table into a .txt file.
needs-openpyxl = .xlsx files are read by openpyxl: pip install openpyxl, or save the sheet as .csv.
cell = { $table }, row { $row }, column { $column }: { $text } was not understood: { $why }
ambiguous = it may be { $readings }; say which in the heading, the row or --legend
no-reading = no heading, row or legend says what it is
no-number = it has no form of a number, or a comma or point in it may part thousands or decimals (see --decimal)
no-heading = its column has no heading
no-label = its row has no label
which-estimate = it may belong to either of the estimates on its left
not-significant-only = it says only that p is not small
no-check-of = no check knows { $statistic }
torn-line = it has other columns than the headings, or its words stand between them; part them by tabs
same-place = another cell has the same row, group and statistic
size-of-row = its row is of { $n } people, and how many of them are in this group is not told
numbers-read = { $numbers ->
        [one] { $numbers } number read
       *[other] { $numbers } numbers read
    } from { $file }; { $unread ->
        [0] every cell was understood
        [one] one cell was not understood
       *[other] { $unread } cells were not understood
    }.

## The report as a page

page-title = Do the printed numbers go together?
page-file = { $file }: { $numbers ->
        [one] { $numbers } number
       *[other] { $numbers } numbers
    } read, { $checks ->
        [0] none of which a check looks at
        [one] one check
       *[other] { $checks } checks
    }.
page-findings = Findings
page-no-finding = Nothing was found that does not hold.
page-tables = The printed tables
page-proof = Why ({ $check })
page-unread = Cells that were not understood
page-unchecked = Read, and not checked
page-assumed = What was assumed
page-rounding = Rounding of { $table }: { $rounding } ({ $met }).
page-readings = What no heading declares (whole or continuous numbers, crude or adjusted, kind and level of an interval, test) was tried in every way in use; “impossible” says that none of them is left.
page-group = Each row is of all the people of its group, where the table prints no other number.
found-impossible = { $where }: no data print { $numbers } together.
found-needs = { $where }: { $numbers } go together { $readings }.
found-unsettled = { $where }: { $numbers } go together only by a slip, or for other people or another outcome than taken here.
found-not_checked = { $where }: { $numbers }.
found-expected = { $sentence } Would hold: { $expected }.
sign-impossible = impossible
sign-needs = holds only under conditions
sign-consistent = checked, holds
sign-not_checked = read, no check looked at it
sign-unread = not understood

## Names of checks and verdicts

check-rounding_convention = Rounding convention
    .code = rounding_convention
check-levels_add_up = Counts that must add up
    .code = levels_add_up
check-multiple_answers = Multiple answers
    .code = multiple_answers
check-subtotal = Subtotals
    .code = subtotal
check-criteria = Inclusion criteria
    .code = criteria
check-group_sizes = Group sizes
    .code = group_sizes
check-percentages = Percentages
    .code = percentages
check-order_of_values = Order of the values
    .code = order_of_values
check-p_of_statistic = p of a test
    .code = p_of_statistic
check-error_of_mean = Standard error of a mean
    .code = error_of_mean
check-ratio_of_error = Estimate over standard error
    .code = ratio_of_error
check-interval_of_error = Interval and standard error
    .code = interval_of_error
check-percent_of_count = Percent of a count
    .code = percent_of_count
check-no_check = Numbers without a check
    .code = no_check
check-granularity = Possible means and SDs
    .code = granularity
check-difference_of_means = Difference of means
    .code = difference_of_means
check-whole_from_parts = Whole and parts
    .code = whole_from_parts
check-score_direction = Direction of the score
    .code = score_direction
check-rank_test = Rank test
    .code = rank_test
check-interval_symmetry = Interval and estimate
    .code = interval_symmetry
check-p_from_interval = p value and interval
    .code = p_from_interval
check-standard_error_bound = Bound of the standard error
    .code = standard_error_bound
check-duplicated_cells = Identical rows
    .code = duplicated_cells
check-two_by_two = 2×2 table
    .code = two_by_two
check-outcome_definition = Definition of the outcome
    .code = outcome_definition
check-exposed_against_counts = Cut of the characteristics
    .code = exposed_against_counts
check-between_tables = From one table to the other
    .code = between_tables
check-text_against_table = Text and table
    .code = text_against_table
check-repeated_numbers = Repeated numbers
    .code = repeated_numbers
check-claimed_significance = Claimed significance
    .code = claimed_significance
check-counted_rows = Number of factors
    .code = counted_rows
check-rows_lacking = Rows that a table lacks
    .code = rows_lacking
verdict-consistent = consistent
verdict-not_checked = not checked
    .code = not_checked
verdict-needs = needs a reading
    .code = needs
verdict-impossible = impossible
verdict-check = check

## The command

command = Command line: `python -m printed check my_numbers.csv`.
usage = usage:
arguments = positional arguments
options = options
help = show this help message and exit
language = language of the findings and of this help: en (default) or fr
audit = check the printed numbers of a study
numbers = CSV with one row per number: id, table, row, statistic, printed; or a printed table
links = CSV of links between the numbers: kind, name, rows
output = write all checks to this CSV
read = read a printed table and propose its rows, to standard output
printed-table = printed table: .csv, .xlsx, .docx, .html, or text with columns parted by tabs or two blanks
html = write the findings as a page, with the tables and their cells marked
legend = what cells are where the table does not say it, such as "mean (SD)"
decimal = decimal sign, where the numbers do not show it
wrong-arguments = an argument is missing or unknown; see --help.
no-check = These numbers allow no check.
numbers-printed = numbers
at = at
proof = proof
readings = fits
expected = expected
heading = { $verdict }: { $check }
