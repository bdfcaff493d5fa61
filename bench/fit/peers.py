"""Fits toys with iminuit (the model in numpy) or with RooFit (the standard tool's nominal model).

    python peers.py iminuit|roofit TOYS.json

TOYS.json: {"edges", "toys": [{"pass", "fail"}], "start", "limits", "template": {"edges", "values"}}. Prints one JSON line a toy:
{"seconds", "q", "eff", "error"}. The first line is a fit that is not counted: libraries are loaded and compiled by it.
"""

import json
import sys
import time

import numpy as np


def toys_of(path):
    with open(path) as file:
        given = json.load(file)
    given["toys"] = [given["toys"][0], *given["toys"]]
    return given


def with_iminuit(given):
    from iminuit import Minuit
    from scipy.special import erfc

    edges = np.array(given["edges"])
    half = np.diff(edges)[:, None] / 2
    nodes, weights = np.polynomial.legendre.leggauss(4)
    x = (edges[1:] + edges[:-1])[:, None] / 2 + half * nodes
    weights = weights * half

    def double_crystal_ball(mu, sigma, alpha_l, n_l, alpha_r, n_r):
        t = (x - mu) / sigma
        with np.errstate(all="ignore"):
            left = np.exp(-alpha_l**2 / 2 - n_l * np.log1p(-(t + alpha_l) * alpha_l / n_l))
            right = np.exp(-alpha_r**2 / 2 - n_r * np.log1p((t - alpha_r) * alpha_r / n_r))
        y = np.where(t < -alpha_l, left, np.where(t > alpha_r, right, np.exp(-t * t / 2)))
        content = (y * weights).sum(axis=1)
        return content / content.sum()

    def cms_shape(alpha, beta, gamma):
        content = (erfc((alpha - x) * beta) * np.exp(-gamma * (x - edges[0])) * weights).sum(axis=1)
        return content / content.sum()

    def fit(passing, failing):
        def q(n_sig, eff, n_pass, n_fail, mu, sigma, al, nl, ar, nr, ap, bp, gp, af, bf, gf):
            signal = double_crystal_ball(mu, sigma, al, nl, ar, nr)
            total = 0.0
            for n, expected in (
                (passing, n_sig * eff * signal + n_pass * cms_shape(ap, bp, gp)),
                (failing, n_sig * (1 - eff) * signal + n_fail * cms_shape(af, bf, gf)),
            ):
                mean = np.maximum(expected, 1e-9)
                total += 2 * np.sum(mean - n + np.where(n > 0, n * np.log(np.maximum(n, 1e-9) / mean), 0))
            return total

        p, f = passing.sum(), failing.sum()
        shapes = [f"{name}" for name in ("mu", "sigma", "alphaL", "nL", "alphaR", "nR")]
        shapes += [f"bkg_{name}_{side}" for side in ("pass", "fail") for name in ("alpha", "beta", "gamma")]
        start = [0.9 * (p + f), p / (p + f), 0.1 * p, 0.1 * f, *(given["start"][name] for name in shapes)]
        minuit = Minuit(q, *start)
        minuit.errordef = 1
        minuit.limits = [(0, None), (0, 1), (0, None), (0, None), *(given["limits"][name] for name in shapes)]
        minuit.migrad()
        minuit.hesse()
        try:
            minuit.minos("eff")
        except RuntimeError:
            pass  # MINOS wants a valid minimum
        return minuit.fval, minuit.values["eff"], minuit.errors["eff"], bool(minuit.valid)

    return fit


def with_roofit(given):
    import ROOT

    ROOT.gROOT.SetBatch(True)
    ROOT.RooMsgService.instance().setGlobalKillBelow(ROOT.RooFit.FATAL)
    edges = np.array(given["edges"], dtype=float)
    fine = np.array(given["template"]["edges"], dtype=float)
    template = ROOT.TH1D("template", "", len(fine) - 1, fine)
    for k, value in enumerate(given["template"]["values"]):
        template.SetBinContent(k + 1, value)

    def fit_side(content, side):
        mass = ROOT.RooRealVar("x", "x", edges[0], edges[-1])
        mass.setRange("cache", fine[0], fine[-1])
        mass.setBins(10000, "cache")
        histogram = ROOT.TH1D(f"h{side}", "", len(edges) - 1, edges)
        for k, value in enumerate(content):
            histogram.SetBinContent(k + 1, value)
        data = ROOT.RooDataHist("data", "", ROOT.RooArgList(mass), histogram)
        wide = ROOT.RooRealVar("x", "x", fine[0], fine[-1])
        wide_data = ROOT.RooDataHist("mc", "", ROOT.RooArgList(wide), template)
        line = ROOT.RooHistPdf("line", "", ROOT.RooArgSet(mass), wide_data, 3)
        total = float(np.sum(content))
        variable = ROOT.RooRealVar
        mean, sigma = variable("mean", "", 0, -5, 5), variable("sigma", "", 0.9, 0.5, 5)
        smear = ROOT.RooGaussian("smear", "", mass, mean, sigma)
        signal = ROOT.RooFFTConvPdf("signal", "", mass, line, smear)
        # RooCMSShape in RooFit's own words
        acms, beta, gamma = variable("acms", "", 60, 50, 80), variable("beta", "", 0.05, 0.01, 0.08), variable("gamma", "", 0.1, -2, 2)
        background = ROOT.RooGenericPdf(
            "background", "TMath::Erfc((acms - x) * beta) * exp(-(x - 90) * gamma)", ROOT.RooArgList(mass, acms, beta, gamma)
        )
        n_sig = variable("nSig", "", 0.9 * total, 0.5, 1.5 * total)
        n_bkg = variable("nBkg", "", 0.1 * total, 0.5, 1.5 * total)
        pdf = ROOT.RooAddPdf("pdf", "", ROOT.RooArgList(signal, background), ROOT.RooArgList(n_sig, n_bkg))
        pdf.fitTo(data, ROOT.RooFit.Extended(True), ROOT.RooFit.Strategy(2), ROOT.RooFit.Minos(ROOT.RooArgSet(n_sig)), ROOT.RooFit.PrintLevel(-1))
        return n_sig.getVal(), n_sig.getError()

    def fit(passing, failing):
        (p, p_error), (f, f_error) = fit_side(passing, "pass"), fit_side(failing, "fail")
        error = np.sqrt(p * p * f_error**2 + f * f * p_error**2) / (p + f) ** 2
        return None, p / (p + f), error, True

    return fit


given = toys_of(sys.argv[2])
fit = {"iminuit": with_iminuit, "roofit": with_roofit}[sys.argv[1]](given)
for toy in given["toys"]:
    begin = time.perf_counter()
    q, eff, error, valid = fit(np.array(toy["pass"], dtype=float), np.array(toy["fail"], dtype=float))
    seconds = time.perf_counter() - begin
    print(json.dumps({"seconds": seconds, "q": q, "eff": eff, "error": error, "valid": valid}), flush=True)
