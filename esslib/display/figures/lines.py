"""One number against another: eigenvalues, calibration, and what a next study would see."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from esslib.display.figures.style import INK, height, require_columns, write_numbers
from esslib.display.sentences import retained
from esslib.voice import Voice

CALIBRATION = ("n", "predicted", "observed", "ci_low", "ci_high")
COMPONENTS = ("component", "eigenvalue", "random_quantile", "is_retained")
POWER = ("n_total", "power", "power_low", "power_high", "noether")


@height(6.5)
def scree(ax: Axes, components: pd.DataFrame, voice: Voice) -> str:
    """Draw how much each component holds, and how much chance alone would give it.

    Takes ``parallel_analysis.csv``; components above chance are drawn full.
    """
    require_columns(components, COMPONENTS, figure="scree")
    kept = components[components["is_retained"] == 1]
    place, eigenvalue = components["component"], components["eigenvalue"]
    chance = components["random_quantile"]
    look: dict[str, Any] = {"color": "C0", "ms": 5, "clip_on": False, "zorder": 3}
    ax.plot(place, eigenvalue, "o-", mfc="white", label=voice.say("scree-observed"), **look)
    ax.plot(kept["component"], kept["eigenvalue"], "o", **look)
    ax.plot(place, chance, "--", color=INK, label=voice.say("scree-random"))
    ax.set(xlabel=voice.say("scree-component"), ylabel=voice.say("scree-eigenvalue"))
    ax.set_ylim(bottom=min(0, eigenvalue.min()))
    ax.set_xticks(place)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    write_numbers(ax.yaxis, voice)
    ax.legend(loc="upper right")
    ax.grid(axis="y")
    return retained(components, voice)


@height(8)
def calibration_plot(ax: Axes, groups: pd.DataFrame, voice: Voice) -> str:
    """Draw the observed share of each group against the predicted one, and the line of equality.

    Takes ``calibration.csv``; the alternative text names both shares of every group.
    """
    require_columns(groups, CALIBRATION, figure="calibration_plot")
    shown = groups[list(CALIBRATION[1:])] * 100
    ax.plot([0, 100], [0, 100], "--", color="#444444", label=voice.say("calibration-ideal"))
    ax.vlines(shown["predicted"], shown["ci_low"], shown["ci_high"], color="C0", linewidth=1.4)
    seen = voice.say("calibration-seen", n=voice.number(groups["n"].mean()))
    ax.plot(shown["predicted"], shown["observed"], "o", color="C0", label=seen)
    ax.set(xlim=(0, 100), ylim=(0, 102))
    ax.set(xlabel=voice.say("calibration-predicted"), ylabel=voice.say("calibration-observed"))
    write_numbers(ax.xaxis, voice, percent=True)
    write_numbers(ax.yaxis, voice, percent=True)
    ax.legend(loc="upper left")
    ax.grid()
    said = [
        voice.say("alt-calibration-group", **{k: voice.percent(row[k]) for k in CALIBRATION[1:]})
        for _, row in shown.iterrows()
    ]
    every = voice.say("alt-separator").join(said)
    return voice.say("alt-calibration", n=len(groups), groups=every)


@height(9)
def power_by_size(ax: Axes, curve: pd.DataFrame, target: float, voice: Voice) -> str:
    """Draw simulated power, with its uncertainty, and Noether's formula against the size.

    Takes ``power_curve.csv`` (shares, 0 to 1) and the power to be reached, drawn as a line. The
    alternative text names the power at both ends, and the size from which it is reached.
    """
    require_columns(curve, POWER, figure="power_by_size")
    size, power = curve["n_total"], 100 * curve["power"]
    ax.vlines(size, 100 * curve["power_low"], 100 * curve["power_high"], color="C6", linewidth=2)
    ax.plot(size, power, "o", color="C0", ms=5, label=voice.say("plan-simulated"))
    ax.plot(size, 100 * curve["noether"], "--", color=INK, label=voice.say("plan-noether"))
    _target(ax, 100 * target, voice)
    ax.set(ylim=(0, 102), xlabel=voice.say("plan-n_total"), ylabel=voice.say("plan-power"))
    write_numbers(ax.yaxis, voice, percent=True)
    ax.legend(loc="lower right")
    ax.grid(axis="y")
    ends = curve.sort_values("n_total").iloc[[0, -1]]
    first, last = (voice.percent(100 * value) for value in ends["power"])
    said = voice.say("plan-alt-power", first=first, last=last, **_sizes(ends, voice))
    return said + _reached(curve[curve["power"] >= target], voice)


@height(8)
def precision_by_size(ax: Axes, curve: pd.DataFrame, target: float, voice: Voice) -> str:
    """Draw the expected half width of the difference's interval against the size.

    Takes ``power_curve.csv`` (points) and the half width to be reached, drawn as a line. The
    alternative text names the half width at both ends, and the size from which it is reached.
    """
    require_columns(curve, ("n_total", "half_width"), figure="precision_by_size")
    ax.plot(curve["n_total"], curve["half_width"], "o-", color="C0", ms=5)
    _target(ax, target, voice)
    ax.set(xlabel=voice.say("plan-n_total"), ylabel=voice.say("plan-half_width"))
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    write_numbers(ax.yaxis, voice)
    ax.grid(axis="y")
    ends = curve.sort_values("n_total").iloc[[0, -1]]
    first, last = (voice.number(value, decimals=1) for value in ends["half_width"])
    said = voice.say("plan-alt-precision", first=first, last=last, **_sizes(ends, voice))
    return said + _reached(curve[curve["half_width"] <= target], voice)


def _target(ax: Axes, value: float, voice: Voice) -> None:
    ax.axhline(value, color="C1", linewidth=1.4)
    text = voice.say("plan-target")
    ax.text(0.01, value, text, transform=ax.get_yaxis_transform(), va="bottom")


def _sizes(ends: pd.DataFrame, voice: Voice) -> dict[str, str]:
    names = ("n_first", "n_last")
    return dict(zip(names, map(voice.number, ends["n_total"]), strict=True))


def _reached(reaching: pd.DataFrame, voice: Voice) -> str:
    """Say from which size the target is reached, if any shown does."""
    least = voice.number(reaching["n_total"].min())
    return voice.say("plan-alt-reached", sizes=len(reaching), n=least)
