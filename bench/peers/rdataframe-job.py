"""The benchmark's job as a user of RDataFrame writes it: reads JSON {files, threads, passes, golden, histograms} from the first argument,
prints milliseconds as JSON. Pairs are found by one function in C++, which RDataFrame's interpreter compiles. `histograms`: a file for
the sums of their cells, to see that both programs did the same."""
import json, sys, time
start = time.perf_counter()
import ROOT
given = json.loads(sys.argv[1])
ROOT.gROOT.SetBatch(True)
if given["threads"] > 1:
    ROOT.EnableImplicitMT(given["threads"])
ROOT.gInterpreter.Declare(r"""
#include <ROOT/RVec.hxx>
#include <cmath>
using ROOT::RVec;
struct Pairs { RVec<float> pt, eta, mass; RVec<char> trigger, id; };

bool matches(float eta, float phi, int bit, float above, const RVec<float> &opt, const RVec<float> &oeta, const RVec<float> &ophi,
             const RVec<unsigned short> &oid, const RVec<int> &obits) {
  for (size_t k = 0; k < opt.size(); k++) {
    if (!((obits[k] >> bit) & 1) || oid[k] != 11 || !(opt[k] > above)) continue;
    if (ROOT::VecOps::DeltaR(eta, oeta[k], phi, ophi[k]) < 0.1f) return true;
  }
  return false;
}

template <class ID, class BITS>
Pairs tagAndProbe(const RVec<float> &pt, const RVec<float> &eta, const RVec<float> &phi, const RVec<float> &mass, const RVec<int> &charge,
                  const RVec<unsigned char> &cutBased, const RVec<float> &deltaEta, const RVec<float> &opt, const RVec<float> &oeta,
                  const RVec<float> &ophi, const RVec<ID> &oid0, const RVec<BITS> &obits0) {
  Pairs out;
  const RVec<unsigned short> oid(oid0.begin(), oid0.end());
  const RVec<int> obits(obits0.begin(), obits0.end());
  for (size_t t = 0; t < pt.size(); t++) {
    const float tagEta = eta[t] + deltaEta[t], absEta = std::abs(tagEta);
    if (!(pt[t] > 35) || !(absEta < 2.17f) || (absEta >= 1.4442f && absEta <= 1.566f) || cutBased[t] < 4) continue;
    if (!matches(tagEta, phi[t], 1, 30, opt, oeta, ophi, oid, obits)) continue;
    for (size_t p = 0; p < pt.size(); p++) {
      if (p == t || charge[p] == charge[t]) continue;
      const float probeEta = eta[p] + deltaEta[p];
      if (!(pt[p] > 15) || !(std::abs(probeEta) < 2.5f)) continue;
      const ROOT::Math::PtEtaPhiMVector a(pt[t], eta[t], phi[t], mass[t]), b(pt[p], eta[p], phi[p], mass[p]);
      const double m = (a + b).M();
      if (!(m > 50 && m < 130)) continue;
      out.pt.push_back(pt[p]);
      out.eta.push_back(probeEta);
      out.mass.push_back(m);
      out.trigger.push_back(matches(probeEta, phi[p], 2, 32, opt, oeta, ophi, oid, obits));
      out.id.push_back(cutBased[p] >= 4);
    }
  }
  return out;
}
""")
from array import array
PT = array("d", [5, 10, 12.5, 15, 17.5, 20, 22.5, 25, 30, 35, 40, 45, 50, 60, 80, 100, 150, 200, 250, 300, 350, 400])
ETA = array("d", [-2.5, -2.4, -2.3, -2.2, -2.1, -2.0, -1.9, -1.8, -1.7, -1.566, -1.4442, -1.3, -1.2, -1.1, -1.0, -0.9, -0.8, -0.7, -0.6,
                  -0.5, -0.4, -0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4442, 1.566, 1.7,
                  1.8, 1.9, 2.0, 2.1, 2.2, 2.3, 2.4, 2.5])
MASS = array("d", [50 + k for k in range(81)])
COLUMNS = ["Electron_" + f for f in ("pt", "eta", "phi", "mass", "charge", "cutBased", "deltaEtaSC")] + [
    "TrigObj_" + f for f in ("pt", "eta", "phi", "id", "filterBits")]


def once():
    frame = ROOT.RDataFrame("Events", given["files"])
    if given["golden"]:
        frame = frame.Filter("run == 400001 && luminosityBlock >= 1 && luminosityBlock <= 95")
    frame = frame.Filter("HLT_Ele30_WPTight_Gsf").Define("pairs", f"tagAndProbe({', '.join(COLUMNS)})")
    for name in ("pt", "eta", "mass"):
        frame = frame.Define("probe_" + name, "pairs." + name)
    booked = []
    for decision in ("trigger", "id"):
        for wanted in (1, 0):
            mine = frame.Define("w", f"RVec<double>(pairs.{decision} == {wanted})")
            model = ROOT.RDF.TH3DModel("h", "", len(PT) - 1, PT, len(ETA) - 1, ETA, len(MASS) - 1, MASS)
            booked.append(mine.Histo3D(model, "probe_pt", "probe_eta", "probe_mass", "w"))
    ROOT.RDF.RunGraphs(booked)
    return [histogram.GetValue() for histogram in booked]


imported = time.perf_counter()
passes = []
for _ in range(given.get("passes", 1)):
    before = time.perf_counter()
    results = once()
    passes.append(1e3 * (time.perf_counter() - before))
sums = [[h.GetSumOfWeights(), sum(h.GetBinContent(k) * (k % 1009) for k in range(h.GetNcells()))] for h in results] if given.get(
    "sums") else None
print(json.dumps({"import": 1e3 * (imported - start), "first": passes[0], "again": min(passes[1:], default=passes[0]), "sums": sums}))
