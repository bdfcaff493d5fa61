#!/usr/bin/env python3
"""Writes sidebands.gen.json: side-band subtracted efficiencies, computed as a linear algebra problem: the line a + b m whose
integrals over both bands are their contents, its integral over the window, and all variances through the matrix of derivatives.

make_sidebands.py > sidebands.gen.json      (needs numpy; the seed is fixed)
"""

import json

import numpy as np

rng = np.random.default_rng(11)
EDGES = np.linspace(50, 130, 81)

REGIONS = [
    {"window": [81, 101], "low": [60, 75], "high": [110, 130]},
    {"window": [70, 110], "low": [50, 70], "high": [110, 120]},
    {"window": [86, 96], "low": [81, 86], "high": [96, 101]},
]


def spectrum(signal, slope, background, weighted):
    """Contents and sums of squared weights of a peak on a background."""
    n = rng.poisson(background)
    u = rng.exponential(slope, n)
    masses = np.concatenate([rng.normal(91, 2.7, rng.poisson(signal)), 50 + u])
    weights = rng.uniform(0.1, 2.5, len(masses)) if weighted else np.ones(len(masses))
    weights[: len(masses) // 20] *= -0.3 if weighted else 1
    values = np.histogram(masses, EDGES, weights=weights)[0]
    variances = np.histogram(masses, EDGES, weights=weights**2)[0]
    return values.round(4), variances.round(4)


def integrals(region):
    """Of 1 and m."""
    low, high = region
    return np.array([high - low, (high**2 - low**2) / 2])


def within(region):
    return (EDGES[:-1] >= region[0] - 1e-6) & (EDGES[1:] <= region[1] + 1e-6)


def signal_row(regions):
    """Derivatives of the signal to the contents of the bins."""
    bands = np.array([integrals(regions["low"]), integrals(regions["high"])])
    line = np.linalg.inv(bands)
    below = integrals(regions["window"]) @ line
    return within(regions["window"]) * 1.0 - below[0] * within(regions["low"]) - below[1] * within(regions["high"])


cases = []
while len(cases) < 24:
    k = len(cases)
    regions = REGIONS[k % 3]
    weighted = k % 2 == 1
    efficiency = rng.uniform(0.2, 0.97)
    total = float(np.exp(rng.uniform(np.log(300), np.log(30000))))
    p, vp = spectrum(total * efficiency, 40, total * rng.uniform(0.05, 0.6), weighted)
    f, vf = spectrum(total * (1 - efficiency), 25, total * rng.uniform(0.05, 1.2), weighted)
    row = signal_row(regions)
    passing, failing = row @ p, row @ f
    if passing <= 0 or failing <= 0:
        continue
    all_ = passing + failing
    covariance = np.diag(np.concatenate([vp, vf]))
    derivatives = np.concatenate([row * failing / all_**2, -row * passing / all_**2])
    cases.append(
        {
            "regions": regions,
            "passing": {"values": p.tolist(), "variances": vp.tolist()},
            "failing": {"values": f.tolist(), "variances": vf.tolist()},
            "signal": [float(passing), float(failing)],
            "efficiency": float(passing / all_),
            "sigma": float(np.sqrt(derivatives @ covariance @ derivatives)),
        }
    )

print(json.dumps(cases))
