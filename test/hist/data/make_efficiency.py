#!/usr/bin/env python3
"""Writes efficiency.gen.json: Clopper-Pearson bounds from hist.intervals and incomplete beta values from scipy.

make_efficiency.py > efficiency.gen.json      (needs hist, scipy and numpy; seeds are fixed)
"""

import json

import numpy as np
from hist import intervals
from scipy import special, stats

rng = np.random.default_rng(7)
ONE_SIGMA = float(stats.norm.cdf(1) - stats.norm.cdf(-1))

pairs = [(1, 1), (0, 1), (1, 2), (0, 5), (5, 5), (3, 7), (834, 978), (827, 971), (1, 1000), (999, 1000), (99999, 100000)]
pairs += [(250000, 1000000), (999999, 1000000), (1234567, 9876543), (0.3, 0.4), (0.01, 0.02), (1.5e-3, 2.0), (12.25, 40.5)]
for _ in range(40):
    total = float(np.exp(rng.uniform(np.log(0.5), np.log(1e5))))
    pairs.append((float(rng.uniform(0, total)), total))

bounds = []
for passing, total in pairs:
    for coverage in (ONE_SIGMA, 0.95):
        low, high = intervals.clopper_pearson_interval(np.array([passing]), np.array([total]), coverage)[:, 0]
        bounds.append({"passing": passing, "total": total, "coverage": coverage, "low": float(low), "high": float(high)})

betas = []
for a, b in [(0.5, 0.5), (1, 3), (12.5, 3.25), (400, 600), (2e4, 3e5), (0.01, 50)]:
    for x in (1e-8, 0.02, 0.3, a / (a + b), 0.75, 0.999):
        betas.append({"a": a, "b": b, "x": x, "value": float(special.betainc(a, b, x))})

print(json.dumps({"intervals": bounds, "betas": betas}))
