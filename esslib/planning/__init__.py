"""How many respondents a next study needs: power, precision, and a regression that holds."""

from esslib.planning.power import (
    expected_half_width,
    noether_power,
    simulated_power,
    superiority,
)
from esslib.planning.regression import Model, regression_sizes
from esslib.planning.two_groups import Design, comparison_sizes, moved, power_curve

__all__ = [
    "Design",
    "Model",
    "comparison_sizes",
    "expected_half_width",
    "moved",
    "noether_power",
    "power_curve",
    "regression_sizes",
    "simulated_power",
    "superiority",
]
