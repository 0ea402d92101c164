"""What result frames come to, in sentences: frames and the study's voice in, text out."""

from esslib.display.sentences.on_choices import conclusions_held, explored
from esslib.display.sentences.on_plans import cells_attained, plan_sizes, reporting_status
from esslib.display.sentences.on_predictors import (
    changing_tests,
    model_limits,
    multiplicity,
    printed_met,
    significance,
)
from esslib.display.sentences.on_questionnaire import (
    carriers,
    ends,
    left_out,
    retained,
    spread,
    verbatim,
)
from esslib.display.sentences.on_scores import cohorts_together, contrasts

__all__ = [
    "carriers",
    "cells_attained",
    "changing_tests",
    "cohorts_together",
    "conclusions_held",
    "contrasts",
    "ends",
    "explored",
    "left_out",
    "model_limits",
    "multiplicity",
    "plan_sizes",
    "printed_met",
    "reporting_status",
    "retained",
    "significance",
    "spread",
    "verbatim",
]
