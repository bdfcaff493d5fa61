/** Scale factors of both schemes computed again in numpy from the tables, and looked up by Python's correctionlib. */
import { spawnSync } from 'node:child_process'
import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import { run, within } from '../support/scale-factor-runs.js'
import { pythonPath, testIf } from '../support/tools.js'

/** argv: tables, correction, scheme, symmetrise, whether altSignal is smoothed along pt. Prints how many values were compared. */
const SCRIPT = `
import json, sys, numpy as np, correctionlib
tables, correction, scheme, symmetrise, smooth = sys.argv[1:6]
doc = json.load(open(tables))
def table(name):
    t = next(t for t in doc["tables"] if t["name"] == name)
    shape = [len(a["edges"]) - 1 for a in t["axes"]]
    out = {k: np.full(shape, np.nan) for k in ("efficiency", "up", "down")}
    for b in t["bins"]:
        for k in out: out[k][tuple(b["bin"])] = np.nan if b[k] is None else b[k]
    return out, [np.array(a["edges"]) for a in t["axes"]]
(data, edges), mc = table("data"), table("mc")[0]
sig, bkg, both, alt, tag = (table(n)[0]["efficiency"] for n in ("data sig", "data bkg", "data both", "mc alt", "mc tag"))
eta, pt = edges
centre = (eta[1:] + eta[:-1]) / 2
left_out = ((abs(centre) > 1.4442) & (abs(centre) < 1.566))[:, None] & np.ones((1, len(pt) - 1), bool)
def mirror(x): return x[::-1]
def mean(x): return (x + mirror(x)) / 2
d, m = data["efficiency"], mc["efficiency"]
su, sd, mu, md = data["up"], data["down"], mc["up"], mc["down"]
inputs = [d, sig, bkg, both, m, alt, tag]
if symmetrise == "efficiencies":
    d, sig, bkg, both, m, alt, tag = map(mean, inputs)
    su, sd, mu, md = (np.sqrt(x**2 + mirror(x) ** 2) / 2 for x in (su, sd, mu, md))
value = (d + bkg + sig + both) / 4 if scheme == "mean-of-four" else d
sf, divisor = value / m, m
if symmetrise == "differences":
    d, sig, bkg, both, m, alt, tag = map(mean, inputs)
    su, sd, mu, md = map(mean, (su, sd, mu, md))
    divisor = m
if scheme == "classic":
    parts = {"altbackground": abs(bkg - d), "altsignal": abs(sig - d), "altmc": abs(alt - m), "alttag": abs(tag - m)}
else:
    four = np.array([d, bkg, sig, both])
    spread = np.std(four, axis=0, ddof=1) / np.sqrt(4)
    difference = abs(alt - m)
    parts = {"model": spread, "altmc": np.where(difference > (mu + md) / 2, difference, 0)}
if symmetrise == "uncertainties":
    su, sd, mu, md = map(mean, (su, sd, mu, md))
    # Each is relative to its own simulation afterwards.
    parts = {k: mean(v) for k, v in parts.items()}
if smooth == "yes":
    u = np.where(left_out, np.nan, parts["altsignal"])
    out = u.copy()
    for i in range(u.shape[0]):
        for j in range(u.shape[1]):
            near = [u[i, k] for k in (j - 1, j + 1) if 0 <= k < u.shape[1] and not np.isnan(u[i, k])]
            out[i, j] = (2 * u[i, j] + sum(near)) / (2 + len(near))
    parts["altsignal"] = out
up = {"statdata": su, "statmc": md, **parts}
down = {"statdata": sd, "statmc": mu, **parts}
want = {"sf": sf, "effdata": value, "effmc": table("mc")[0]["efficiency"] if symmetrise != "efficiencies" else m}
def total(which, names): return np.sqrt(sum((which[n] / divisor) ** 2 for n in names))
stat = ["statdata", "statmc"]
for name, names in {"sf": list(up), "stat": stat, "syst": list(parts), **{n: [n] for n in up}}.items():
    want[name + "up"] = sf + total(up, names)
    want[name + "down"] = sf - total(down, names)
c = correctionlib.CorrectionSet.from_file(correction)["Electron-ID-SF"]
rng = np.random.default_rng(23)
etas = np.concatenate([rng.uniform(-4, 4, 1000), np.repeat(eta, len(pt) - 1), np.nextafter(eta, -9)])
pts = np.concatenate([pt[0] * (1 + rng.exponential(5, 1000)), np.tile(pt[:-1], len(eta)), np.full(len(eta), 1e7)])
i = np.clip(np.searchsorted(eta, etas, side="right") - 1, 0, len(eta) - 2)
j = np.clip(np.searchsorted(pt, pts, side="right") - 1, 0, len(pt) - 2)
for name, values in want.items():
    got = c.evaluate("2022", name, "Medium", etas, pts)
    expected = np.where(left_out, 0, values)[i, j]
    assert np.allclose(got, expected, rtol=0, atol=2e-14), (name, abs(got - expected).max())
names = [k["key"] for k in json.load(open(correction))["corrections"][0]["data"]["content"][0]["value"]["content"]]
assert sorted(names) == sorted(want), (sorted(names), sorted(want))
print(len(etas) * len(want))
`

const python = pythonPath()
const name = (table: string) => ({ name: table })

testIf(
  test,
  python,
  'Python with correctionlib',
)('every value of every scheme is what numpy makes of the tables', () =>
  within(async dir => {
    const source = (table: string) => ({ file: dir.path('tables.json'), ...name(table) })
    const four = {
      scheme: 'mean-of-four',
      data: {
        nominal: source('data'),
        alt_signal: source('data sig'),
        alt_background: source('data bkg'),
        alt_signal_background: source('data both'),
      },
      mc: { nominal: source('mc'), alt_mc: source('mc alt') },
    }
    for (const [scheme, config] of [
      ['classic', {}],
      ['mean-of-four', four],
    ] as const) {
      for (const symmetrise of ['none', 'uncertainties', 'differences', 'efficiencies']) {
        for (const smooth of scheme === 'classic' ? ['no', 'yes'] : ['no']) {
          const smoothing = smooth === 'yes' ? { smooth: { el_pt: ['altSignal'] } } : {}
          const { status, stderr, file } = await run(dir, { config: { ...config, symmetrise, ...smoothing } })
          equal([status, stderr], [0, ''])
          const args = ['-c', SCRIPT, dir.path('tables.json'), file('correction.json'), scheme, symmetrise, smooth]
          const made = spawnSync(python!, args, { encoding: 'utf8' })
          is(made.stderr, '', `${scheme}, ${symmetrise}, smooth: ${smooth}`)
          is(Number(made.stdout), 1077 * (scheme === 'classic' ? 21 : 17))
        }
      }
    }
  }),
)

test.run()
