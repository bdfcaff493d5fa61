#!/usr/bin/env python3
"""Writes fill.gen.json: where boost-histogram puts values on axes, and a weighted histogram filled by it.

make_fill.py > fill.gen.json      (needs hist and numpy; seeds are fixed)
"""

import json

import hist
import numpy as np

rng = np.random.default_rng(20240607)


def number(x):
    """JSON has no NaN or infinity: those go as text."""
    return float(x) if np.isfinite(x) else str(float(x))


def probes(edges):
    """Edges, their float neighbours, float32-rounded edges, values between and outside, and the special ones."""
    edges = np.asarray(edges)
    finite = edges[np.isfinite(edges)]
    span = finite[-1] - finite[0]
    inside = rng.uniform(finite[0] - 0.1 * span, finite[-1] + 0.1 * span, 60)
    special = [np.nan, np.inf, -np.inf, 0.0, -0.0, 1e308, -1e308, 5e-324]
    return np.concatenate(
        [
            finite,
            np.nextafter(finite, np.inf),
            np.nextafter(finite, -np.inf),
            finite.astype(np.float32).astype(float),
            inside,
            inside.astype(np.float32).astype(float),
            special,
        ]
    )


def regular(bins, lower, upper):
    axis = hist.axis.Regular(bins, lower, upper, name="x", label="X")
    x = probes(axis.edges)
    return {
        "kind": "regular",
        "bins": bins,
        "lower": lower,
        "upper": upper,
        "edges": [float(e) for e in axis.edges],
        "x": [number(v) for v in x],
        "index": [int(i) for i in axis.index(x)],
    }


def variable(edges):
    axis = hist.axis.Variable(edges, name="x", label="X")
    x = probes(edges)
    return {
        "kind": "variable",
        "edges": [number(e) for e in edges],
        "x": [number(v) for v in x],
        "index": [int(i) for i in axis.index(x)],
    }


def filled():
    pt, eta = [5, 10, 20, 35.5, 50, 100], [-2.5, -1.566, -1.4442, 0, 1.4442, 1.566, 2.5]
    h = hist.Hist(
        hist.axis.Variable(pt, name="pt"),
        hist.axis.Variable(eta, name="eta"),
        hist.axis.Regular(8, 50, 130, name="mll"),
        storage=hist.storage.Weight(),
    )
    n = 400
    x = [
        rng.exponential(30, n).astype(np.float32),
        rng.uniform(-2.7, 2.7, n).astype(np.float32),
        rng.normal(91, 25, n).astype(np.float32),
    ]
    x[0][:3] = np.nan, 35.5, 100
    w = rng.normal(1, 0.7, n)
    h.fill(*x, weight=w)
    view = h.view(flow=True)
    cells = np.flatnonzero(view["variance"].ravel(order="F"))
    return {
        "pt": pt,
        "eta": eta,
        "rows": [[number(v) for v in column] for column in x],
        "weights": [float(v) for v in w],
        "cells": [int(c) for c in cells],
        "value": [float(v) for v in view["value"].ravel(order="F")[cells]],
        "variance": [float(v) for v in view["variance"].ravel(order="F")[cells]],
    }


axes = [
    regular(80, 50.0, 130.0),
    regular(7, -0.3, 2.2),
    regular(3, 0.1, 0.7),
    regular(1, 0.0, 1e-300),
    regular(13, -1e9, 3.0),
    variable([5, 10, 12.5, 15, 17.5, 20, 22.5, 25, 30, 35, 40, 45, 50, 60, 80, 100, 150, 200, 250, 300, 350, 400]),
    variable([-2.5, -2.0, -1.566, -1.4442, -0.8, 0.0, 0.1, 0.2, 0.3, 0.8, 1.4442, 1.566, 2.0, 2.5]),
    variable([0.0, 1.0]),
    variable([-1e300, -1.0, -1e-300, 0.0, 1e-300, 3.0, 1e300]),
    variable([-np.inf, 0.0, 25.0, np.inf]),
    variable([1.0, np.nextafter(1.0, 2.0), 1e6, 1e6 + 1e-9]),
]
print(json.dumps({"axes": axes, "filled": filled()}))
