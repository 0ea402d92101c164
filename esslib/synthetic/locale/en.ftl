# Which reading was chosen where printed numbers contradict each other. Numbers arrive written.

nearest-table = no table of integers prints this row: nearest has ({ $secured }, { $other }) exposed
left-to-regression = no table of integers prints this row: left to the regression
two-outcomes = the tables do not share one outcome: { $secured } of { $n } are secured here
truncated-mean = no { $n } whole numbers have a mean that rounds to { $mean }: read as truncated
    .code = no { $n } whole numbers have a mean that rounds to { $mean }: read as trunc
two-answers = { $n } gave two answers
no-answer = { $n } did not answer
exposed = exposed: { $values }
    .code = { $rule } { $values }
left-out = no interval around its coefficient has all three cells of this row: left out
comma = { ", " }
