"""Four exchanges at once, again and again, until every cell of a regression is home.

Near a solution one exchange moves cells further than they are off, so that no single one helps. The
effects of exchanges add up (:mod:`.equations`), so that fours with the wanted sum can be looked up
(:mod:`.pairs`). Each is checked with the equations of its own data set; of all neighbourhoods the
best data sets go on to the next generation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count

import numpy as np
from numba import njit
from numpy.typing import NDArray

from esslib.synthetic.equations import (
    DIGITS,
    Bits,
    Equations,
    Wanted,
    effects,
    misfit,
    solve,
)
from esslib.synthetic.goals import Aims
from esslib.synthetic.margin_table import Ints, MarginTable
from esslib.synthetic.pairs import Exchanges, fours
from esslib.synthetic.plan import SearchPlan

__all__ = ["combine_fours"]

Array = NDArray[np.float64]
NO_EFFECT = 1e-6
# How far the intercept, which is not printed, may move: its effect is known to first order.
INTERCEPT_REACH = 0.1
# How far off a predicted sum may be, in reaches of a cell, beyond what all cells of a row allow.
# The predictions of coefficients are exact near the goal, those of half widths are not.
FAR, NEAR, NEAR_MISFIT = (0.5, 1.0), (0.2, 1.2), 0.02
# Above this misfit, which first-order estimates give, a data set is not tried for whether it is
# done.
CLOSE = 0.002


def combine_fours(
    starts: Iterable[Bits],
    wanted: Wanted,
    aims: Aims,
    margins: MarginTable,
    plan: SearchPlan,
    *,
    is_done: Callable[[Bits], bool],
    progress: Callable[[float], None] = lambda misfit: None,
) -> Bits:
    """Search the neighbourhoods of some data sets, four exchanges at a time: a beam.

    Parameters
    ----------
    starts
        Designs: intercept and 0/1 columns. Of each generation the best data sets go on, no more
        than `plan.n_kept` from one.
    wanted, aims, margins
        What is sought, and what is held.
    plan
        Sizes of the search.
    is_done
        Whether a design meets all that can be met: the first one ends the search.
    progress
        Called with the best misfit so far after each data set.

    Returns
    -------
    ndarray
        The design that ended the search, or the best one met.
    """
    seen: set[bytes] = set()
    first = [(misfit(solve(design, wanted)[1], wanted), design) for design in starts]
    beam = _best_new(first, margins, seen, plan.n_beam)
    if (done := _first_done(beam, is_done)) is not None:
        return done
    best_misfit, best = beam[0]
    with ThreadPoolExecutor(cpu_count()) as pool:
        for _ in range(plan.n_generations):
            if not beam:
                break
            children: list[tuple[float, Bits]] = []
            for _, place in beam:
                found = _expanded(place, wanted, aims, margins, plan, pool)
                kept = _best_new(found, margins, seen, plan.n_kept)
                if (done := _first_done(kept, is_done)) is not None:
                    return done
                children += kept
                progress(min([best_misfit, *(there for there, _ in children)]))
            beam = sorted(children, key=lambda child: round(child[0], DIGITS))[: plan.n_beam]
            if beam and beam[0][0] < best_misfit:
                best_misfit, best = beam[0]
    return best


def _first_done(places: list[tuple[float, Bits]], is_done: Callable[[Bits], bool]) -> Bits | None:
    near = (design for there, design in places if there < CLOSE)
    return next((design for design in near if is_done(design)), None)


def _best_new(
    found: list[tuple[float, Bits]], margins: MarginTable, seen: set[bytes], number: int
) -> list[tuple[float, Bits]]:
    """Keep the best data sets that were not seen before, whatever the order of respondents."""
    kept: list[tuple[float, Bits]] = []
    for one in sorted(found, key=lambda one: round(one[0], DIGITS)):
        mark = _fingerprint(one[1], margins)
        if mark not in seen and len(kept) < number:
            seen.add(mark)
            kept.append(one)
    return kept


def _expanded(
    design: Bits,
    wanted: Wanted,
    aims: Aims,
    margins: MarginTable,
    plan: SearchPlan,
    pool: ThreadPoolExecutor,
) -> list[tuple[float, Bits]]:
    """Return the best data sets that are four exchanges away, the best first."""
    now = solve(design, wanted)[1]
    reach = _reach(wanted, aims, FAR if misfit(now, wanted) > NEAR_MISFIT else NEAR)
    exchanges = _smallest(_exchanges(design, wanted, now, margins), reach, plan.n_exchanges)
    away = np.concatenate([-now.shift, aims.half - now.half])
    if len(exchanges.column) < 2:
        return []
    found = fours(exchanges, away, reach, pool)
    misfits = _checked(design, wanted, exchanges, found)
    order = np.argsort(misfits.round(DIGITS), kind="stable")
    return [
        (float(misfits[number]), _applied(design, exchanges, found[number])[1])
        for number in order[: 10 * plan.n_kept]
        if np.isfinite(misfits[number])
    ]


def _exchanges(design: Bits, wanted: Wanted, now: Equations, margins: MarginTable) -> Exchanges:
    """List the exchanges that keep all margins and change anything."""
    effect = effects(design, wanted, now)
    of_flips = np.concatenate([effect.shift, effect.half], axis=2)
    parts: list[Exchanges] = []
    for column in range(design.shape[1] - 1):
        alike = margins.alike(column)
        gives, takes = (np.flatnonzero(design[:, column + 1] == value) for value in (1, 0))
        both = np.array(np.meshgrid(gives, takes, indexing="ij")).reshape(2, -1)
        give, take = both[:, alike[both[0]] == alike[both[1]]]
        total = of_flips[give, column] + of_flips[take, column]
        changes = np.abs(total).max(axis=1, initial=0) > NO_EFFECT
        where = np.full(changes.sum(), column)
        parts.append(Exchanges(where, give[changes], take[changes], total[changes]))
    return Exchanges(
        np.concatenate([part.column for part in parts]),
        np.concatenate([part.gives for part in parts]),
        np.concatenate([part.takes for part in parts]),
        np.concatenate([part.effect for part in parts]),
    )


def _reach(wanted: Wanted, aims: Aims, more: tuple[float, float]) -> Array:
    """Return how far each term of the sum may be off: intercept, coefficients, half widths."""
    cell = wanted.reach.min(axis=1)
    beta, half = aims.beta_reach + more[0] * cell, aims.half_reach + more[1] * cell
    return np.concatenate([[INTERCEPT_REACH], beta, half])


def _smallest(exchanges: Exchanges, reach: Array, number: int) -> Exchanges:
    """Keep the exchanges with the smallest effects, in units of what is allowed."""
    size = ((exchanges.effect / reach) ** 2).sum(axis=1)
    kept = np.argsort(size.round(DIGITS), kind="stable")[:number]
    column, gives, takes, effect = exchanges
    return Exchanges(column[kept], gives[kept], takes[kept], effect[kept])


@njit(cache=True, nogil=True)
def _applied(design: Bits, exchanges: Exchanges, four: Ints) -> tuple[bool, Bits]:
    """Make four exchanges; False where one of them finds its cells changed by another."""
    new = design.copy()
    for number in four:
        column = exchanges.column[number] + 1
        give, take = exchanges.gives[number], exchanges.takes[number]
        if not new[give, column] or new[take, column]:
            return False, new
        new[give, column], new[take, column] = 0, 1
    return True, new


@njit(cache=True, nogil=True)
def _checked(design: Bits, wanted: Wanted, exchanges: Exchanges, found: Ints) -> Array:
    """Return the misfit after each four; infinite where it cannot be made."""
    misfits = np.full(len(found), np.inf)
    for number in range(len(found)):
        is_possible, new = _applied(design, exchanges, found[number])
        if is_possible:
            is_regular, now = solve(new, wanted)
            if is_regular:
                misfits[number] = misfit(now, wanted)
    return misfits


def _fingerprint(design: Bits, margins: MarginTable) -> bytes:
    """Return what data sets share that differ only in the order of respondents of a stratum."""
    rows = np.column_stack([margins.held.stratum, design]).astype(np.int8)
    return np.ascontiguousarray(rows[np.lexsort(rows.T)]).tobytes()
