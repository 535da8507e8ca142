# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Draws what memory_fragmentation prints: plot.py fragmentation.csv docs/memory-fragmentation.svg. Needs nothing."""
import csv
import math
import pathlib
import sys

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 360, 60, 20, 40, 50
# Column, colour.
LINES = [("held beyond the peak", "#b35900"), ("rounding of blocks", "#1f5fa8"), ("gaps in the arena", "#2a7f3f")]
ASKED = 2


def main(source, target):
    rows = list(csv.DictReader(pathlib.Path(source).read_text().splitlines()))
    last = float(rows[-1]["requests"])
    top = max([ASKED * 1.5] + [float(row[name]) for row in rows for name, _ in LINES])
    top = math.ceil(top / 5) * 5 if top > 5 else math.ceil(top)
    x = lambda requests: LEFT + float(requests) / last * (WIDTH - LEFT - RIGHT)
    y = lambda percent: HEIGHT - BOTTOM - float(percent) / top * (HEIGHT - TOP - BOTTOM)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
    for i in range(6):
        percent = top * i / 5
        out.append(f'<path d="M{LEFT} {y(percent):.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
                   f'<text x="{LEFT - 8}" y="{y(percent) + 4:.1f}" text-anchor="end">{percent:g} %</text>')
        anchor = "end" if i == 5 else "middle"
        out.append(f'<text x="{x(last * i / 5):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="{anchor}">{last * i / 5e6:g} M</text>')
    out.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">requests</text>')
    out.append(f'<path d="M{LEFT} {y(ASKED):.1f}H{WIDTH - RIGHT}" stroke="#c00" stroke-dasharray="6 4"/>'
               f'<text x="{WIDTH - RIGHT}" y="{y(ASKED) - 5:.1f}" text-anchor="end" fill="#c00">{ASKED} %</text>')
    for i, (name, colour) in enumerate(LINES):
        points = " ".join(f'{x(row["requests"]):.1f},{y(row[name]):.1f}' for row in rows)
        out.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        out.append(f'<text x="{LEFT + 10 + i * 220}" y="24" fill="{colour}">{name}</text>')
    pathlib.Path(target).write_text("\n".join(out + ["</svg>"]) + "\n")


main(*sys.argv[1:])
