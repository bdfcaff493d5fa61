#!/usr/bin/env python3
"""Writes intervals.gen.json: ends of binomial intervals, from scipy alone.

make_intervals.py > intervals.gen.json      (needs scipy and numpy; seeds are fixed)

From quantiles of scipy.stats.beta and .norm. clopper-pearson and wilson of whole counts are held against
scipy.stats.binomtest(...).proportion_ci; bayesian by scipy.optimize: of all intervals of the given probability the one whose ends
are equally probable.
"""

import json

import numpy as np
from scipy import optimize, stats

rng = np.random.default_rng(11)
ONE_SIGMA = float(stats.norm.cdf(1) - stats.norm.cdf(-1))


def checked(ends, k, n, c, method):
    """As scipy's own intervals of whole counts, which are found to ten digits only."""
    if k == int(k) and n == int(n):
        ci = stats.binomtest(int(k), int(n)).proportion_ci(c, method)
        assert np.allclose(ends, (ci.low, ci.high), rtol=1e-9, atol=1e-12), (ends, ci)
    return ends


def clopper_pearson(k, n, c):
    low = 0.0 if k == 0 else stats.beta.ppf((1 - c) / 2, k, n - k + 1)
    high = 1.0 if k == n else stats.beta.ppf((1 + c) / 2, k + 1, n - k)
    return checked((low, high), k, n, c, "exact")


def wilson(k, n, c):
    z, q = stats.norm.ppf((1 + c) / 2), k / n
    middle, half = q + z * z / (2 * n), z * np.sqrt(q * (1 - q) / n + z * z / (4 * n * n))
    return checked(((middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)), k, n, c, "wilson")


def jeffreys(k, n, c):
    posterior = stats.beta(k + 0.5, n - k + 0.5)
    low = 0.0 if k == 0 else min(posterior.ppf((1 - c) / 2), k / n)
    high = 1.0 if k == n else max(posterior.ppf((1 + c) / 2), k / n)
    return low, high


def bayesian(k, n, c):
    posterior = stats.beta(k + 1, n - k + 1)
    if k == 0:
        return 0.0, posterior.ppf(c)
    if k == n:
        return posterior.ppf(1 - c), 1.0
    def log_density(x):
        return k * np.log(x) + (n - k) * np.log1p(-x)

    def excess(p):
        return log_density(posterior.ppf(p)) - log_density(posterior.ppf(p + c))

    least, most = 1e-13, (1 - c) * (1 - 1e-13)
    # A thousandth of a probe: the low end is 0 but for that, or the high one 1.
    if excess(least) > 0:
        return 0.0, posterior.ppf(c)
    if excess(most) < 0:
        return posterior.ppf(1 - c), 1.0
    p = optimize.brentq(excess, least, most, xtol=1e-18, rtol=1e-14, maxiter=1000)
    return posterior.ppf(p), posterior.ppf(p + c)


KINDS = {"clopper-pearson": clopper_pearson, "wilson": wilson, "jeffreys": jeffreys, "bayesian": bayesian}

pairs = [(0, 1), (1, 1), (1, 2), (0, 7), (7, 7), (3, 7), (834, 978), (1, 1000), (999, 1000), (250000, 1000000)]
pairs += [(0.01, 0.02), (0.3, 0.4), (0.0003, 8.0), (7.9997, 8.0), (1.5e-3, 2.0), (12.25, 40.5), (0.0, 0.3), (0.3, 0.3)]
for _ in range(20):
    n = float(np.exp(rng.uniform(np.log(0.5), np.log(1e5))))
    pairs.append((float(rng.uniform(0, n)), n))

out = []
for kind, ends in KINDS.items():
    for k, n in pairs:
        for coverage in (ONE_SIGMA, 0.95):
            low, high = ends(k, n, coverage)
            out.append({"kind": kind, "passing": k, "total": n, "coverage": coverage, "low": float(low), "high": float(high)})
deviations = [{"coverage": c, "z": float(stats.norm.ppf((1 + c) / 2))} for c in (0.01, 0.5, ONE_SIGMA, 0.9, 0.95, 0.9973, 1 - 1e-9)]
print(json.dumps({"intervals": out, "deviations": deviations}))
