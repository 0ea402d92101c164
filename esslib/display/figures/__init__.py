"""Figures of the compendium: axes, frames and the study's voice in, a drawing out.

Each figure draws, and returns the text that stands for it where it is not seen; it knows its height
in centimetres. `esslib.study.Study.draw` makes the axes, and keeps and shows the figure.
"""

from esslib.display.figures.boxes import box_plot, explored_boxes
from esslib.display.figures.cells import cell_positions
from esslib.display.figures.cohort_forest import forest_cohorts
from esslib.display.figures.distributions import distribution
from esslib.display.figures.forests import forest
from esslib.display.figures.heat import item_heatmap
from esslib.display.figures.likert import items_likert
from esslib.display.figures.lines import (
    calibration_plot,
    power_by_size,
    precision_by_size,
    scree,
)
from esslib.display.figures.maps import Outlines, map_respondents, read_outlines
from esslib.display.figures.recruitment import flow_chart
from esslib.display.figures.specification import specification_curve
from esslib.display.figures.style import figure_size, save_figure
from esslib.display.figures.tiles import fidelity_tiles

__all__ = [
    "Outlines",
    "box_plot",
    "calibration_plot",
    "cell_positions",
    "distribution",
    "explored_boxes",
    "fidelity_tiles",
    "figure_size",
    "flow_chart",
    "forest",
    "forest_cohorts",
    "item_heatmap",
    "items_likert",
    "map_respondents",
    "power_by_size",
    "precision_by_size",
    "read_outlines",
    "save_figure",
    "scree",
    "specification_curve",
]
