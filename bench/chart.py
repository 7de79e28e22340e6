# SPDX-License-Identifier: Apache-2.0
"""Draws the bench's ratios as an SVG: one bar a row, on a scale of its goal.

usage: chart.py RESULT.json CHART.svg

A bar is as long as the SDK is good, measured in goals: it reaches the line where the goal is just
met, and passes it where the SDK is better.
"""

import json
import sys
from html import escape
from pathlib import Path

WIDTH, BAR_LEFT, ROW_HEIGHT, TOP = 960, 420, 34, 62
GOAL_WIDTH, MOST_GOALS = 150, 2.4
COLOURS = {True: "#2a7a4b", False: "#b5651d"}


def goodness(row, ratio):
    """1 where the goal is just met, more where the SDK is better."""
    return ratio / row["goal"] if row["more_is_better"] else row["goal"] / ratio


def x_of(row, ratio):
    return BAR_LEFT + GOAL_WIDTH * min(goodness(row, ratio), MOST_GOALS)


def text(x, y, words, anchor="start", colour="#222", size=13):
    return (f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{colour}" '
            f'font-size="{size}">{escape(words)}</text>')


def row_shapes(row, y):
    title = f"{row['what']}, against {row['against']}"
    shapes = [text(BAR_LEFT - 10, y + 15, title, "end", size=12)]
    if "skipped" in row:
        return shapes + [text(BAR_LEFT + 6, y + 15, "skipped", colour="#777")]
    end = x_of(row, row["ratio"])
    shapes.append(f'<rect x="{BAR_LEFT}" y="{y}" width="{end - BAR_LEFT:.1f}" height="20" '
                  f'fill="{COLOURS[row["met"]]}"/>')
    low, high = sorted(x_of(row, row[bound]) for bound in ("lower", "upper"))
    shapes.append(f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{y + 10}" y2="{y + 10}" '
                  'stroke="#111" stroke-width="2"/>')
    figure = f"{row['ratio']:.3g}  (goal {row['goal_text']})"
    return shapes + [text(max(end, high, BAR_LEFT + GOAL_WIDTH) + 8, y + 15, figure, size=12)]


def chart(results):
    rows = [row for row in results["rows"] if "skipped" in row or row["goal"]]
    height = TOP + ROW_HEIGHT * len(rows) + 30
    goal_x = BAR_LEFT + GOAL_WIDTH
    shapes = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        text(16, 24, "The C++ SDK beside bare libcurl and the Python SDK", size=16),
        text(16, 44, f"ratios in one run, median of the rounds; thin line: their middle half; "
                     f"{results['machine']['processor']}", colour="#555", size=12),
    ]
    for index, row in enumerate(rows):
        shapes += row_shapes(row, TOP + ROW_HEIGHT * index)
    shapes.append(f'<line x1="{goal_x}" x2="{goal_x}" y1="{TOP - 6}" y2="{height - 22}" '
                  'stroke="#555" stroke-dasharray="4 3"/>')
    shapes.append(text(goal_x, height - 8, "goal", "middle", "#555", 12))
    return "\n".join(shapes + ["</svg>"]) + "\n"


def main():
    result, svg = map(Path, sys.argv[1:])
    svg.write_text(chart(json.loads(result.read_text())))


if __name__ == "__main__":
    main()
