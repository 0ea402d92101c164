"""Figures of the compendium: frames in, drawings out, nothing computed.

Every function takes the axes to draw in and returns them. Use the shipped style first::

    plt.style.use("esslib.display.ess")
    fig, ax = plt.subplots(figsize=figures.figure_size(9))
"""

from esslib.display.figures.alt import (
    alt_box,
    alt_fidelity,
    alt_flow,
    alt_forest,
    alt_likert,
    alt_map,
    alt_multiverse,
)
from esslib.display.figures.boxes import annotate_groups, box_plot
from esslib.display.figures.curve import multiverse
from esslib.display.figures.distribution import alt_distribution, distribution
from esslib.display.figures.flow import flow_chart
from esslib.display.figures.forests import forest_bivariate, forest_multivariate
from esslib.display.figures.likert import items_likert
from esslib.display.figures.places import Outlines, map_respondents, read_outlines
from esslib.display.figures.style import figure_size, mark_synthetic, save_figure
from esslib.display.figures.tiles import fidelity

__all__ = [
    "Outlines",
    "alt_box",
    "alt_distribution",
    "alt_fidelity",
    "alt_flow",
    "alt_forest",
    "alt_likert",
    "alt_map",
    "alt_multiverse",
    "annotate_groups",
    "box_plot",
    "distribution",
    "fidelity",
    "figure_size",
    "flow_chart",
    "forest_bivariate",
    "forest_multivariate",
    "items_likert",
    "map_respondents",
    "mark_synthetic",
    "multiverse",
    "read_outlines",
    "save_figure",
]
