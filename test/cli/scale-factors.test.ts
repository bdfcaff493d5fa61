/** The command on tables with every source, and what other programs read of its files. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { openFile } from 'jsroot/io'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { pickleHists, uhiTree } from '../../lib/formats/index.js'
import { efficienciesJson } from '../../lib/formats/scale-factors/index.js'
import { CorrectionSet } from '../../lib/physics/correction/index.js'
import type { EfficiencyGrid } from '../../lib/scale-factors/index.js'
import { AXES, type Fill, filled } from '../scale-factors/grids.js'
import { TNP_PIPE, tnpPipe } from '../support/cli.js'
import { BINS, binsOf, ETA, generator, PT, randomGrid, run, within } from '../support/scale-factor-runs.js'
import { pythonPath, testIf } from '../support/tools.js'

const nominal = randomGrid(1)
const mc = randomGrid(5)

test('JSON, CSV and the text table have the same numbers, in their layouts', () =>
  within(async dir => {
    const { status, stderr, stdout, file } = await run(dir)
    equal([status, stderr], [0, ''])
    match(stdout, /el_eta -2\.5 to -2, el_pt 10 to 20: \d\.\d{4} \+0\.\d{4} -0\.\d{4} \(data 0\.\d{4}, MC 0\.\d{4}\)\n/)
    match(stdout, /el_eta 1\.4442 to 1\.566, el_pt 10 to 20: excluded\n/)
    equal(readdirSync(dir.path('sf')).sort(), [
      'correction.json',
      'egammaEffi.txt',
      'egammaEffi.txt_EGM2D.root',
      'scale-factors.csv',
      'scale-factors.json',
    ])
    const bins = binsOf(file('scale-factors.json'))
    is(bins.length, BINS)
    const at = 13 // eta -1.566 to -1.4442 is 12 to 17
    is(bins[at]!.status, 'excluded')
    const [first] = bins
    equal(first!.ranges, [
      [-2.5, -2],
      [10, 20],
    ])
    ok(Math.abs(first!.scale_factor! - nominal.efficiency[0]! / mc.efficiency[0]!) < 1e-14)
    equal(Object.keys(first!.sources), ['statData', 'statMC', 'altBackground', 'altSignal', 'altMC', 'altTag'])
    is(first!.data.nominal!.origin, 'fit of bin 0')

    const [header, ...rows] = readFileSync(file('scale-factors.csv'), 'utf8').trimEnd().split('\n')
    is(rows.length, BINS)
    const cell = (row: string, name: string) => row.split(',')[header!.split(',').indexOf(name)]
    is(cell(rows[0]!, 'scale_factor'), String(first!.scale_factor))
    is(cell(rows[0]!, 'altTag_up'), String(first!.sources.altTag!.up))
    equal([cell(rows[at]!, 'status'), cell(rows[at]!, 'scale_factor')], ['excluded', ''])

    const lines = readFileSync(file('egammaEffi.txt'), 'utf8').trimEnd().split('\n')
    equal(lines.slice(0, 2), ['### var1 : el_eta', '### var2 : el_pt'])
    match(lines[2]!, /^### columns : .*, eff MC altTagSelection$/)
    const columns = lines.slice(3).map(line => line.split('\t'))
    equal([columns.length, columns[0]!.length], [BINS, 12])
    equal(columns[0]!.slice(0, 4), ['-2.50000', '-2.00000', '+10.00000', '+20.00000'])
    equal(columns[1]!.slice(0, 4), ['-2.00000', '-1.56600', '+10.00000', '+20.00000'])
    const five = (x: number) => x.toFixed(5)
    const error = (grid: EfficiencyGrid) => five((grid.up[0]! + grid.down[0]!) / 2)
    const alternatives = [3, 2, 6, 7].map(seed => five(randomGrid(seed).efficiency[0]!))
    equal(columns[0]!.slice(4), [
      five(nominal.efficiency[0]!),
      error(nominal),
      five(mc.efficiency[0]!),
      error(mc),
      ...alternatives,
    ])
    equal(columns[2]!.slice(4), Array(8).fill('-1.00000'))
  }))

test('mean-of-four names its last column, and has the mean', () =>
  within(async dir => {
    const table = (name: string) => ({ file: dir.path('tables.json'), name })
    const four = {
      scheme: 'mean-of-four',
      data: {
        nominal: table('data'),
        alt_signal: table('data sig'),
        alt_background: table('data bkg'),
        alt_signal_background: table('data both'),
      },
      mc: { nominal: table('mc') },
    }
    const { status, file } = await run(dir, { config: four })
    is(status, 0)
    const mean = [1, 2, 3, 4].reduce((sum, seed) => sum + randomGrid(seed).efficiency[0]! / 4, 0)
    const [first] = binsOf(file('scale-factors.json'))
    ok(Math.abs(first!.data_efficiency - mean) < 1e-14)
    equal(Object.keys(first!.sources), ['statData', 'statMC', 'model'])
    const lines = readFileSync(file('egammaEffi.txt'), 'utf8').split('\n')
    match(lines[2]!, /, eff data altSigBkgModel$/)
    is(lines[3]!.split('\t')[11], randomGrid(4).efficiency[0]!.toFixed(5))
    is(lines[3]!.split('\t')[10], '-1.00000')
  }))

test('the graphs have the scale factor against eta, one for each bin of pt; bins without one have no point', () =>
  within(async dir => {
    const { file } = await run(dir, { failed: [0], args: ['--allow-failed-bins'] })
    const bins = binsOf(file('scale-factors.json'))
    const root = await openFile(new Uint8Array(readFileSync(file('egammaEffi.txt_EGM2D.root'))).buffer)
    for (const j of [0, 5]) {
      const graph = (await root.readObject(`grSF1D_${j}`)) as unknown as Record<string, ArrayLike<number>>
      const used = bins.filter((bin, k) => k % 6 === j && bin.status === 'ok')
      is(used.length, j === 0 ? 7 : 8)
      const column = (of: (bin: (typeof used)[number]) => number) => used.map(of)
      equal(
        Array.from(graph.fY!),
        column(bin => bin.scale_factor!),
      )
      equal(
        Array.from(graph.fX!),
        column(({ ranges: [[low, high]] }) => (low + high) / 2),
      )
      equal(
        Array.from(graph.fEX!),
        column(({ ranges: [[low, high]] }) => (high - low) / 2),
      )
      equal(
        Array.from(graph.fEY!),
        column(({ up, down }) => (up + down) / 2),
      )
    }
    const first = (await root.readObject('grSF1D_0')) as unknown as { fTitle: string }
    is(first.fTitle, '10 < pT [GeV] < 20')
    equal(await root.readObject('grSF1D_6').catch(() => null), null)
  }))

/** What jsroot makes of a TH2F. */
interface Map2D {
  readonly _typename: string
  getBinContent(x: number, y: number): number
  getBin(x: number, y: number): number
  getBinError(bin: number): number
}

test('jsroot reads the maps of the ROOT file, in single precision', () =>
  within(async dir => {
    const { file } = await run(dir)
    const [first, second] = binsOf(file('scale-factors.json'))
    const bytes = readFileSync(file('egammaEffi.txt_EGM2D.root'))
    const root = await openFile(new Uint8Array(bytes).buffer)
    const map = async (name: string) => (await root.readObject(name)) as unknown as Map2D
    const sf = await map('EGamma_SF2D')
    is(sf._typename, 'TH2F')
    is(sf.getBinContent(1, 1), Math.fround(first!.scale_factor!))
    is(sf.getBinContent(1, 2), Math.fround(second!.scale_factor!))
    ok(Math.abs(sf.getBinError(sf.getBin(1, 1)) - (first!.up + first!.down) / 2) < 1e-12)
    is((await map('EGamma_EffData2D')).getBinContent(1, 1), Math.fround(nominal.efficiency[0]!))
    is((await map('EGamma_EffMC2D')).getBinContent(10, 6), Math.fround(mc.efficiency[59]!))
    for (const [name, source] of Object.entries({
      altBkgModel: 'altBackground',
      altSignalModel: 'altSignal',
      altMCEff: 'altMC',
      altTagSelection: 'altTag',
    })) {
      is((await map(name)).getBinContent(1, 1), Math.fround(first!.sources[source]!.up), name)
    }
  }))

const UPROOT = `
import json, sys, uproot
file = uproot.open(sys.argv[1])
h = file["EGamma_SF2D"]
print(json.dumps({"class": h.classname, "names": sorted(k.split(";")[0] for k in file.keys()),
  "values": h.values().tolist(), "x": h.axis(0).edges().tolist(), "y": h.axis(1).edges().tolist(), "errors": h.errors().tolist()}))`

const python = pythonPath()

testIf(
  test,
  python,
  'Python with uproot',
)('uproot reads the maps', () =>
  within(async dir => {
    const { file } = await run(dir)
    const made = spawnSync(python!, ['-c', UPROOT, file('egammaEffi.txt_EGM2D.root')], { encoding: 'utf8' })
    ok(made.stdout !== '', made.stderr)
    const read = JSON.parse(made.stdout)
    equal([read.class, read.x, read.y], ['TH2F', ETA, PT])
    for (const name of [
      'EGamma_SF2D',
      'EGamma_EffData2D',
      'EGamma_EffMC2D',
      'statData',
      'statMC',
      'altMCEff',
      'grSF1D_0',
      'grSF1D_5',
    ]) {
      ok(read.names.includes(name), name)
    }
    const bins = binsOf(file('scale-factors.json'))
    equal(
      read.values.flat(),
      bins.map(bin => Math.fround(bin.scale_factor ?? 0)),
    )
  }),
)

const CORRECTIONLIB = `
import json, sys, correctionlib, correctionlib.schemav2
text = open(sys.argv[1]).read()
correctionlib.schemav2.CorrectionSet.model_validate_json(text)
correction = correctionlib.CorrectionSet.from_file(sys.argv[1])[sys.argv[2]]
print(json.dumps([correction.evaluate("2022", t, "Medium", float(eta), float(pt)) for t, eta, pt in json.loads(sys.stdin.read())]))`

const TYPES = ['sf', 'sfup', 'sfdown', 'statup', 'systdown', 'statdataup', 'statmcdown', 'alttagup', 'effdata', 'effmc']

testIf(
  test,
  python,
  'Python with correctionlib',
)(
  'correctionlib takes the correction, infinite edges as strings included, and finds at 1,000 random points what the table has',
  () =>
    within(async dir => {
      const { file } = await run(dir, { failed: [7], args: ['--allow-failed-bins'] })
      const text = readFileSync(file('correction.json'), 'utf8')
      match(text, /"edges":\[\["-inf",-2\.0,.*,"inf"\],\[10\.0,20\.0,35\.0,50\.0,100\.0,200\.0,"inf"\]\]/)
      const random = generator(3)
      const corners = ETA.flatMap(eta => PT.slice(0, -1).map(pt => ['sf', eta, pt] as const))
      const points = [
        ...corners,
        ...Array.from(
          { length: 1000 },
          (_, i) => [TYPES[i % TYPES.length]!, 8 * random() - 4, 10 + 10 ** (3 * random())] as const,
        ),
      ]
      const made = spawnSync(python!, ['-c', CORRECTIONLIB, file('correction.json'), 'Electron-ID-SF'], {
        input: JSON.stringify(points),
        encoding: 'utf8',
      })
      is(made.status, 0, made.stderr)
      const found = JSON.parse(made.stdout) as number[]
      const correction = CorrectionSet.read(file('correction.json')).correction()
      const bins = binsOf(file('scale-factors.json'))
      for (const [k, [type, eta, pt]] of points.entries()) {
        const own = correction.evaluate(['2022', type, 'Medium', Float64Array.of(eta), Float64Array.of(pt)])
        is(own[0], found[k], `${type}(${eta}, ${pt})`)
        const i = ETA.slice(1, -1).filter(edge => edge <= eta).length
        const j = PT.slice(1, -1).filter(edge => edge <= pt).length
        const bin = bins[6 * i + j]!
        if (type === 'sf') is(found[k], bin.scale_factor ?? 0, `sf(${eta}, ${pt})`)
        if (type === 'sfup') ok(Math.abs(found[k]! - (bin.scale_factor ?? 0) - (bin.up ?? 0)) < 1e-14)
      }
    }),
)

testIf(
  test,
  python,
  'Python with correctionlib',
)('working points and years join one file, and the last value of each counts', () =>
  within(async dir => {
    const { file } = await run(dir)
    const first = binsOf(file('scale-factors.json'))[0]!.scale_factor!
    const swapped = {
      data: { nominal: { file: dir.path('tables.json'), name: 'mc' } },
      mc: { nominal: { file: dir.path('tables.json'), name: 'data' } },
      exclude: {},
    }
    for (const [year, working_point] of [
      ['2022', 'Tight'],
      ['2023', 'Tight'],
    ]) {
      const correction = { year, working_point, join: file('correction.json') }
      is((await run(dir, { config: { ...swapped, correction } })).status, 0)
    }
    const script = `import correctionlib, correctionlib.schemav2, sys
correctionlib.schemav2.CorrectionSet.model_validate_json(open(sys.argv[1]).read())
c = correctionlib.CorrectionSet.from_file(sys.argv[1])["Electron-ID-SF"]
for year, point in ("2022", "Medium"), ("2022", "Tight"), ("2023", "Tight"): print(repr(c.evaluate(year, "sf", point, -2.2, 15.0)))`
    const { stdout, stderr } = spawnSync(python!, ['-c', script, file('correction.json')], { encoding: 'utf8' })
    const inverse = binsOf(file('scale-factors.json'))[0]!.scale_factor!
    equal([stderr, stdout.trim().split('\n').map(Number)], ['', [first, inverse, inverse]])
    ok(Math.abs(first * inverse - 1) < 1e-12 && first !== inverse)
    const set = CorrectionSet.read(file('correction.json'))
    equal(set.names, ['Electron-ID-SF'])
    match(set.documents()[0]!.inputs[2]!.description!, /^working point: Medium; working point: Tight$/)

    const description = async (failed: readonly number[]) => {
      const correction = { year: '2022', working_point: 'Tight', join: file('correction.json') }
      await run(dir, { failed, config: { correction } })
      return CorrectionSet.read(file('correction.json')).documents()[0]!.description!
    }
    const medium = 'Scale factors for Medium, 2022. Uncertainties: classic.'
    const tight = ['2022', '2023'].map(year => `Scale factors for Tight, ${year}. Uncertainties: classic.`)
    const all = [medium, ...tight].join(' ')
    const failing = 'FAILED BINS of 2022, Tight, whose values are 0 and must not be used: el_eta -2.5 to -2, el_pt'
    is(await description([0]), `${all} ${failing} 10 to 20.`)
    is(await description([1]), `${all} ${failing} 20 to 35.`)
    is(await description([]), all)

    const other = dir.json('other.json', {
      schema_version: 2,
      corrections: [
        {
          name: 'Electron-ID-SF',
          version: 1,
          inputs: [{ name: 'pt', type: 'real' }],
          output: { name: 'w', type: 'real' },
          data: 1,
        },
      ],
    })
    const refused = await run(dir, { config: { correction: { year: '1', working_point: 'w', join: other } } })
    is(refused.status, 2)
    match(
      refused.stderr,
      /SF\.json \/correction\/join: "Electron-ID-SF" of .*other\.json has other inputs than year, ValType/,
    )
    const missing = await run(dir, {
      config: { correction: { year: '1', working_point: 'w', join: dir.path('no.json') } },
    })
    is(missing.status, 1)
    match(missing.stderr, /no\.json: cannot be read/)
  }),
)

test('below the lowest pt, for another year, and for NaN there is no value', () =>
  within(async dir => {
    const { file } = await run(dir)
    const correction = CorrectionSet.read(file('correction.json')).correction('Electron-ID-SF')
    for (const args of [
      ['2022', 'sf', 'Medium', 1, 9.99],
      ['2023', 'sf', 'Medium', 1, 20],
      ['2022', 'sf', 'Tight', 1, 20],
      ['2022', 'sf', 'Medium', 1, NaN],
    ]) {
      let refused = false
      try {
        correction.evaluate(args)
      } catch {
        refused = true
      }
      ok(refused, args.join())
    }
    equal(
      [...correction.evaluate(['2022', 'sf', 'Medium', 99, 1e6])],
      [binsOf(file('scale-factors.json'))[59]!.scale_factor!],
    )
  }))

test('failed bins are marked in every output, with exit 1 unless they are allowed', () =>
  within(async dir => {
    const { status, stderr, stdout, file } = await run(dir, { failed: [0, 7] })
    is(status, 1)
    match(stderr, /^error: el_eta -2\.5 to -2, el_pt 10 to 20: data nominal: the fit did not converge\n/)
    match(stderr, /2 of 60 bins have no scale factor: .*--allow-failed-bins/)
    match(stdout, /el_eta -2\.5 to -2, el_pt 10 to 20: failed\n/)
    const [first] = binsOf(file('scale-factors.json'))
    equal(
      [first!.status, first!.reason, first!.scale_factor],
      ['failed', 'data nominal: the fit did not converge', null],
    )
    match(
      readFileSync(file('scale-factors.csv'), 'utf8'),
      /\n-2\.5,-2,10,20,failed,data nominal: the fit did not converge,,/,
    )
    const text = readFileSync(file('egammaEffi.txt'), 'utf8')
    match(text, /\n### failed : -2\.50000 -2\.00000 \+10\.00000 \+20\.00000 : data nominal: the fit did not converge\n/)
    match(text, /\n-2\.50000\t-2\.00000\t\+10\.00000\t\+20\.00000(\t-1\.00000){8}\n/)
    const [correction] = JSON.parse(readFileSync(file('correction.json'), 'utf8')).corrections
    match(
      correction.description,
      /FAILED BINS of 2022, Medium, .*: el_eta -2\.5 to -2, el_pt 10 to 20; el_eta -2 to -1\.566, el_pt 20 to 35\.$/,
    )
    const root = await openFile(new Uint8Array(readFileSync(file('egammaEffi.txt_EGM2D.root'))).buffer)
    const map = async (name: string) => (await root.readObject(name)) as unknown as Map2D
    equal([(await map('failed')).getBinContent(1, 1), (await map('failed')).getBinContent(1, 2)], [1, 0])
    const sf = await map('EGamma_SF2D')
    equal([sf.getBinContent(1, 1), sf.getBinError(sf.getBin(1, 1))], [0, 1])

    const allowed = await run(dir, { failed: [0, 7], args: ['--allow-failed-bins'] })
    is(allowed.status, 0)
    match(allowed.stderr, /^warning: el_eta -2\.5/)
  }))

const { eta, pt, mll } = AXES
const fills: Fill[] = [-1, 1].flatMap(el_eta => [15, 30].map(el_pt => [{ el_eta, el_pt, mll: 91 }] as const))
const pair = { passing: filled([eta, pt, mll], fills), failing: filled([eta, pt, mll], fills) }

test('histograms as pickle and UHI JSON, alone or in groups: a sample against itself has the scale factor 1', () =>
  within(async dir => {
    writeFileSync(dir.path('h.pkl'), pickleHists(pair))
    writeFileSync(dir.path('h.json'), uhiTree({ a: pair, b: { c: pair } }))
    const document = {
      data: { nominal: dir.path('h.pkl') },
      mc: { nominal: { file: dir.path('h.json'), name: 'b/c' } },
      correction: { name: 'Own', year: '1', working_point: 'w', description: 'Mine.' },
    }
    const config = dir.json('SF.json', document)
    const { status, stderr } = await tnpPipe(['scale-factors', '--config', config, '--output', dir.path('deep/sf')])
    equal([status, stderr], [0, ''])
    equal(
      binsOf(dir.path('deep/sf/scale-factors.json')).map(bin => bin.scale_factor),
      [1, 1, 1, 1],
    )
    const [correction] = JSON.parse(readFileSync(dir.path('deep/sf/correction.json'), 'utf8')).corrections
    equal([correction.name, correction.description], ['Own', 'Mine. Uncertainties: classic.'])
  }))

test('everything that is wrong is told at once, with file, histogram and the nearest names; nothing is written', () =>
  within(async dir => {
    writeFileSync(dir.path('h.json'), uhiTree({ barrel: pair, endcap: pair }))
    writeFileSync(dir.path('one.json'), uhiTree({ passing: pair.passing }))
    writeFileSync(dir.path('uneven.json'), uhiTree({ passing: pair.passing, failing: filled([eta, pt], []) }))
    const coarse = {
      ...randomGrid(1),
      axes: [
        { name: 'el_eta', label: '', edges: [-1, 1] },
        { name: 'el_pt', label: '', edges: [1, 2] },
      ],
    }
    writeFileSync(
      dir.path('c.json'),
      efficienciesJson([{ name: 't', method: '', grid: { ...coarse, failure: [null] } as unknown as EfficiencyGrid }]),
    )
    const document = {
      data: {
        nominal: dir.path('h.json'),
        alt_signal: dir.path('uneven.json'),
        alt_background: dir.path('one.json'),
        alt_signl: 'x',
      },
      mc: {
        nominal: { file: dir.path('h.json'), name: 'barel' },
        alt_mc: dir.path('hh.json'),
        alt_tag: dir.path('c.json'),
      },
      mass_window: [120, 60],
      exclude: { el_etaa: [[1, 2]] },
      schem: 'classic',
    }
    const config = dir.json('SF.json', document)
    const { status, stdout, stderr } = await tnpPipe(['scale-factors', '--config', config, '--output', dir.path('sf')])
    equal([status, stdout], [2, ''])
    ok(!existsSync(dir.path('sf')))
    for (const want of [
      /SF\.json \/data\/alt_signl: unknown argument "alt_signl"\. Nearest: "alt_signal"/,
      /SF\.json: no "correction"/,
      /SF\.json \/schem: unknown argument "schem"\. Nearest: "scheme"/,
      /SF\.json \/mass_window: must ascend, got \[120,60\]/,
      /SF\.json \/exclude\/el_etaa: is no axis .*Nearest: "el_eta"/,
      /SF\.json \/data\/nominal: .*h\.json: has 2 histograms\. Choose one .*"barrel", "endcap"/,
      /SF\.json \/data\/alt_signal: .*uneven\.json: passing and failing probes are binned differently/,
      /SF\.json \/data\/alt_background: .*one\.json: "passing" has no "failing" beside it/,
      /SF\.json \/mc\/nominal: .*h\.json: has no histograms "barel"\. Nearest: "barrel"/,
      /SF\.json \/mc\/alt_mc: .*hh\.json.* Nearest: "h\.json"/,
    ]) {
      match(stderr, want)
    }
    match(stderr, /\d+ problems, nothing was read or written/)
  }))

test('bins of data and simulation that differ are named with both files', () =>
  within(async dir => {
    writeFileSync(dir.path('data.pkl'), pickleHists(pair))
    const wide = { ...AXES.pt, edges: Float64Array.of(10, 25, 50) }
    writeFileSync(
      dir.path('mc.pkl'),
      pickleHists({ passing: filled([eta, wide], []), failing: filled([eta, wide], []) }),
    )
    const document = {
      data: { nominal: dir.path('data.pkl') },
      mc: { nominal: dir.path('mc.pkl') },
      correction: { year: '1', working_point: 'w' },
    }
    const config = dir.json('SF.json', document)
    const { status, stderr } = await tnpPipe(['scale-factors', '--config', config, '--output', dir.path('sf')])
    is(status, 2)
    match(stderr, /\/mc\/nominal: .*mc\.pkl: el_pt has the edges 10, 25, 50, wanted 10, 20, 50 as .*data\.pkl\./)
  }))

test('efficiencies come from standard input, too, read once for all sources', () =>
  within(async dir => {
    const tables = [1, 2].map(seed => ({ name: `t${seed}`, method: 'random', grid: randomGrid(seed) }))
    const document = {
      data: { nominal: { file: '-', name: 't1' } },
      mc: { nominal: { file: '-', name: 't2' } },
      correction: { year: '1', working_point: 'w' },
    }
    const args = [TNP_PIPE, 'scale-factors', '--config', dir.json('SF.json', document), '--output', dir.path('sf')]
    const { status, stderr } = spawnSync(process.execPath, args, { input: efficienciesJson(tables), encoding: 'utf8' })
    equal([status, stderr], [0, ''])
    const [first] = binsOf(dir.path('sf/scale-factors.json'))
    ok(Math.abs(first!.scale_factor! - randomGrid(1).efficiency[0]! / randomGrid(2).efficiency[0]!) < 1e-14)
  }))

test('a folder that cannot be made is an error at once, and the order of the axes is told', () =>
  within(async dir => {
    const { file } = await run(dir)
    const there = await tnpPipe([
      'scale-factors',
      '--config',
      dir.path('SF.json'),
      '--output',
      file('scale-factors.csv/x'),
    ])
    is(there.status, 1)
    match(there.stderr, /scale-factors\.csv\/x/)
    if (existsSync('/proc/self')) {
      const none = await tnpPipe(['scale-factors', '--config', dir.path('SF.json'), '--output', '/proc/nowhere/out'])
      is(none.status, 1)
      match(none.stderr, /\/proc\/nowhere\/out/)
    }
    const turned = await run(dir, { config: { axes: ['el_pt', 'el_eta'], exclude: {} } })
    is(turned.status, 2)
    match(turned.stderr, /\/axes: has "el_eta" second: the pseudorapidity is the first axis/)
  }))

test('tables that are wrong are told with their places', () =>
  within(async dir => {
    const bins = [
      { bin: [0, 0], status: 'ok', efficiency: 1.2, up: 0, down: -1 },
      { bin: [0, 0], status: 'failed' },
      { bin: [0, 7], status: 'ok', efficiency: 0.5, up: 0, down: 0 },
    ]
    const axes = [
      { name: 'el_eta', edges: [-1, 0, 1] },
      { name: 'el_pt', edges: [20, 10] },
    ]
    const path = dir.json('t.json', {
      format: 'tnp-pipe efficiencies',
      version: 1,
      tables: [{ name: 't', axes, bins }],
    })
    const document = { data: { nominal: path }, mc: { nominal: path }, correction: { year: '1', working_point: 'w' } }
    const config = dir.json('SF.json', document)
    const { status, stderr } = await tnpPipe(['scale-factors', '--config', config, '--output', dir.path('sf')])
    is(status, 2)
    for (const want of [
      /t\.json \/tables\/0\/axes\/1\/edges: edges must increase/,
      /t\.json \/tables\/0\/bins\/0\/efficiency: must be from 0 to 1 where the status is "ok", got 1\.2/,
      /t\.json \/tables\/0\/bins\/0\/down: must be 0 or more/,
      /t\.json \/tables\/0\/bins\/1\/bin: is \[0,0\], which is there twice/,
      /t\.json \/tables\/0\/bins\/1: failed without a "reason"/,
      /t\.json \/tables\/0\/bins\/2\/bin: is \[0,7\], but the axes have 2 times 1 bins/,
    ]) {
      match(stderr, want)
    }
  }))

test('what is done across bins is said in every file that tells how numbers were made, and mistakes in it have their place', () =>
  within(async dir => {
    const config = { symmetrise: 'differences', smooth: { el_pt: ['altSignal', 'altTag'] } }
    const { status, stderr, file } = await run(dir, { config })
    equal([status, stderr], [0, ''])
    const treatment = ['symmetrised in el_eta: differences', 'smoothed along el_pt: altSignal, altTag']
    const document = JSON.parse(readFileSync(file('scale-factors.json'), 'utf8'))
    equal(document.treatment, treatment)
    match(
      readFileSync(file('egammaEffi.txt'), 'utf8'),
      /\n### smoothed along el_pt: altSignal, altTag \(the columns are as measured\)\n/,
    )
    const [correction] = JSON.parse(readFileSync(file('correction.json'), 'utf8')).corrections
    is(correction.description, `Scale factors for Medium, 2022. Uncertainties: classic, ${treatment.join(', ')}.`)
    const [first, last] = [document.bins[0], document.bins[54]]
    equal([first.sources, first.up], [last.sources, last.up])
    ok(first.scale_factor !== last.scale_factor)
    const wrong = await run(dir, { config: { symmetrise: 'both', smooth: { el_pt: ['altSig'] } } })
    is(wrong.status, 2)
    match(wrong.stderr, /SF\.json \/symmetrise: .*"differences"/)
    match(
      (await run(dir, { config: { smooth: { el_pt: ['altSig'] } } })).stderr,
      /SF\.json \/smooth\/el_pt: "altSig" is no .*"altSignal"/,
    )
  }))

test('schemes say which sources they need', () =>
  within(async dir => {
    const four = await run(dir, { config: { scheme: 'mean-of-four' } })
    is(four.status, 2)
    match(four.stderr, /\/data\/alt_signal_background: is missing: "mean-of-four" is the mean of four fits/)
    match(four.stderr, /\/mc\/alt_tag: is used by the scheme "classic" alone/)
  }))

test.run()
