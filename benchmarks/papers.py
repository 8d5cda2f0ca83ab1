"""What placing a map and drawing a figure of it cost, from nothing kept to all three formats.

    .venv/bin/python -m benchmarks.papers                25, 40, 60 and 200 people
    .venv/bin/python -m benchmarks.papers 40 150         so many people and ties

CPU seconds of this process, everything anew. Beside the first placing stands the layout of Kamada
and Kawai in NetworkX, which knows of no boxes and no sectors, on the same people and ties.
"""

import gc
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import networkx as nx

from api.figures.asked import FigureAsked, Making
from api.figures.drawing import Format, figure_of, file_of
from api.figures.ground import Ground, new_ground
from api.pages.map_view import MapView
from api.view import Extent, View
from powermap.vocabulary import Sensitivity
from tests.unit.visual.made_up_maps import made_up_map
from visual.figure.preset import SIZES, Preset
from visual.layout import first_picture

SIZES_DRAWN = ((25, 40), (40, 80), (60, 120), (200, 400))
MADE_ON = date(2026, 1, 1)
GOAL = 2.0
Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    gc.collect()
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def bench(people: int, ties: int) -> None:
    whole = made_up_map(people, ties)
    most = SIZES[Preset.LANDSCAPE].most_names
    view = View(show=Extent.ALL if people <= most else Extent.OPENING)
    preset = Preset.PORTRAIT if people <= SIZES[Preset.PORTRAIT].most_names else Preset.LANDSCAPE
    ground = new_ground(whole, whole, Sensitivity.PRIVATE, lambda _: whole)
    everybody, _ = timed(lambda: ground.seen(View(show=Extent.ALL)))
    first_picture.cache_clear()
    placing, found = timed(lambda: ground.seen(view))
    theirs, _ = timed(lambda: nx.kamada_kawai_layout(drawn(found)))
    # Placed already: what is timed below is the drawing alone.
    placed = Ground(
        whole=whole, allowed=whole, ceiling=ground.ceiling, placed=lambda _: found, at=ground.at
    )
    making = Making(maker="Benchmark", made_on=MADE_ON, preset=preset)
    drawing, figure = timed(lambda: figure_of(FigureAsked(view=view), placed, making))
    files = [timed(lambda f=format: file_of(figure.sheet, f, MADE_ON))[0] for format in Format]
    total = placing + drawing + sum(files)
    steps = "".join(f"{spent:9.2f}" for spent in (placing, drawing, *files, total))
    print(f"{people:>6}{ties:>6}{steps}{total / GOAL:8.0%}", end="")
    print(f"{theirs:10.2f}{placing / theirs:7.1f}{everybody:11.2f}")


def drawn(found: MapView) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(party.id for party in found.picture.parties)
    graph.add_edges_from((line.source, line.target) for line in found.drawn_lines)
    return graph


def main(sizes: tuple[tuple[int, int], ...]) -> None:
    print("Made-up maps; the seed is 1000 times the people plus the ties. CPU seconds.")
    print("Kamada-Kawai: NetworkX on the same graph, and how often it fits into our placing.")
    print("Above 40 people the opening view is drawn; everybody: placing all who are on the map.")
    headings = ("placing", "drawing", *Format, "in all")
    print(f"{'people':>6}{'ties':>6}" + "".join(f"{h:>9}" for h in headings), end="")
    print(f"{f'of {GOAL:.0f} s':>8}{'K-K':>10}{'times':>7}{'everybody':>11}")
    # What is loaded once in the life of a server: fonts, templates, the engines.
    small = made_up_map(5, 5)
    warm = new_ground(small, small, Sensitivity.PRIVATE, lambda _: small)
    figure = figure_of(FigureAsked(), warm, Making(maker="", made_on=MADE_ON))
    for format in Format:
        file_of(figure.sheet, format, MADE_ON)
    nx.kamada_kawai_layout(nx.path_graph(5))
    for people, ties in sizes:
        bench(people, ties)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"Peak memory of this process: {peak:,.0f} MB")


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:]]
    main(((asked[0], asked[1]),) if asked else SIZES_DRAWN)
