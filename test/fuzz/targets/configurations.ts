/** The JSON documents of users, damaged by their schemas: of a run, of the fitter, of scale factors; and documents that commands hand
 *  to one another. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readInputs } from '../../../lib/cli/scale-factor-inputs.js'
import { decodeForm } from '../../../lib/config/form.js'
import { loadFileset, optionalTriggers, partitionsOf } from '../../../lib/config/index.js'
import { loadScaleFactorConfig } from '../../../lib/config/scale-factors.js'
import {
  efficiencyTables,
  fitResultsJson,
  fitTask,
  fitterConfig,
  parseFitResults,
  planFits,
} from '../../../lib/fitter/index.js'
import { uhiTree } from '../../../lib/formats/index.js'
import {
  efficienciesJson,
  egammaText,
  scaleFactorMaps,
  scaleFactorsCsv,
  scaleFactorsJson,
} from '../../../lib/formats/scale-factors/index.js'
import { loadJob } from '../../../lib/job/index.js'
import { CorrectionSet, correctionSetText } from '../../../lib/physics/correction/index.js'
import { failedSteps, maxChunks, maxFiles, parseSlice, sliceChunks } from '../../../lib/preprocess/index.js'
import { correctionOf, scaleFactors } from '../../../lib/scale-factors/index.js'
import { toyPair } from '../../fitter/toys.js'
import { AXES, type Fill, filled, mll } from '../../scale-factors/grids.js'
import { randomGrid } from '../../support/scale-factor-runs.js'
import { mutateJson, shrinkJson } from '../json-edits.js'
import { type Json, pick, type Target } from '../target.js'

type Documents = { readonly [name: string]: Json }

function readJson(path: string): Json {
  return JSON.parse(readFileSync(path, 'utf8')) as Json
}

function schema(name: string): { readonly [key: string]: unknown } {
  return JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8'))
}

/** A case is one of the sets of documents with one or two of them damaged; text: as a file that may be no JSON. */
function documentsTarget(
  sets: readonly Documents[],
  schemas: Readonly<Record<string, { readonly [key: string]: unknown }>>,
  run: (documents: Documents, scratch: string) => Promise<string>,
): Target {
  return {
    make: random => {
      const documents = { ...pick(random, sets) }
      const names = Object.keys(documents)
      for (let k = random.chance(0.7) ? 1 : 2; k > 0; k--) {
        const name = pick(random, names)
        documents[name] = mutateJson(documents[name]!, random, schemas[name] ?? {}, pick(random, sets)[name] ?? null)
      }
      return documents
    },
    run: (one, scratch) => run(one as Documents, scratch),
    shrink: one => shrinkJson(one),
  }
}

function* configurationSets(folder: string): Iterable<Documents> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* configurationSets(join(folder, entry.name))
  }
  const found = Object.fromEntries(
    ['runner', 'settings', 'binning', 'fileset'].flatMap(name => {
      try {
        return [[name, readJson(join(folder, `${name}.json`))]]
      } catch {
        return []
      }
    }),
  )
  if ('runner' in found && 'fileset' in found) yield found as Documents
}

/** A fileset as preprocessing makes it. */
const PREPROCESSED: Json = {
  Data: {
    files: {
      'fixtures/root/nano-data.root': {
        object_path: 'Events',
        steps: [
          [0, 50],
          [50, 100],
        ],
        num_entries: 100,
        uuid: '02a1f6d4-0000-11ef-9454-0100007fbeef',
      },
    },
    metadata: { isMC: false },
    format: 'root',
    compressed_form: null,
    did: null,
  },
}

const FORMS = [
  '{"class": "RecordArray", "fields": ["HLT_a"], "contents": [{"class": "IndexedOptionArray", "content": {"primitive": "bool"}}]}',
]

export async function configurations(): Promise<Target> {
  const sets = [...configurationSets('fixtures/config')]
  sets.push({ ...sets[0]!, fileset: PREPROCESSED })
  const schemas = Object.fromEntries(['runner', 'settings', 'binning', 'fileset'].map(name => [name, schema(name)]))
  return documentsTarget(sets, schemas, async ({ runner, settings, binning, fileset }) => {
    const { job } = loadJob({
      config: runner as never,
      fileset: fileset as never,
      settings: (settings ?? null) as never,
      binning: (binning ?? null) as never,
      output: 'out',
    })
    for (const { form, ...dataset } of job.datasets) {
      for (const _ of partitionsOf(dataset));
      if (form !== null) {
        optionalTriggers(form)
        decodeForm(form)
      }
    }
    return 'a job'
  })
}

/** What is done with filesets besides runs. */
export async function filesets(): Promise<Target> {
  const sets: Documents[] = [...configurationSets('fixtures/config')].map(({ fileset }) => ({
    fileset: fileset!,
    slice: ':2' as Json,
    form: FORMS[0]!,
    reports: [] as Json,
  }))
  const report = readJson('fixtures/expected/demo/Data/get_tnp_arrays_1/report.json')
  sets.push({ fileset: PREPROCESSED, slice: '::2', form: FORMS[0]!, reports: report })
  sets.push({ fileset: PREPROCESSED, slice: '-1:', form: FORMS[0]!, reports: report })
  return documentsTarget(sets, { fileset: schema('fileset') }, async ({ fileset, slice, form, reports }) => {
    if (typeof form === 'string') decodeForm(form)
    const { entries } = loadFileset(fileset as never)
    const document = fileset as { readonly [key: string]: Json }
    const cut = parseSlice(typeof slice === 'string' ? slice : ':')
    maxFiles(document, 1)
    maxChunks(document, 1)
    sliceChunks(document, cut)
    sliceChunks(document, cut, { byDataset: false })
    failedSteps(document, { Data: reports as never })
    return `${entries.length > 0 ? 'datasets' : 'none'}`
  })
}

/** Fits of two bins of toy spectra, as the fitter writes them. */
async function fitResults(config: Json): Promise<Json> {
  const tasks = await planFits(fitterConfig(config, 'fit.json'), { wantIntervals: false })
  const fits = await Promise.all(tasks.slice(0, 2).map(task => fitTask(task)))
  return JSON.parse(fitResultsJson({ config: 'fit.json', fits, scaleFactors: [] })) as Json
}

/** Stands for the file of spectra, which is another one in each process. */
const SPECTRA = 'SPECTRA.json'

export async function fitterConfigs(): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'tnp-fuzz-fits-'))
  const path = join(folder, SPECTRA)
  const toys = { signal: 1000, background: [300, 200], shift: 0, sigma: 2, seed: 0, eta: [-2.5, 0, 2.5] } as const
  writeFileSync(path, uhiTree(toyPair(toys) as never))
  const placed = (config: Json) => JSON.parse(JSON.stringify(config).replaceAll(SPECTRA, path)) as Json
  const own: Json = {
    mass: 'Z',
    axes: ['el_eta', 'el_pt'],
    input: { data: { Data: SPECTRA }, mc: { MC: { file: SPECTRA, name: '' } } },
    fit: { x_min: 60, x_max: 120 },
    fits: {
      nominal: { fit_type: 'g_exp', parameters: { mu: { start: 90.5, limits: [88, 93] } } },
      alt_signal: 'dcb_exp',
    },
    scale_factors: { data_mc_pair: { pair: ['Data', 'MC'] } },
  }
  const reference: Json = {
    mass: 'Z',
    axes: ['el_pt'],
    input: { root_files_DATA: { Data: SPECTRA } },
    fit: {
      bin: ['bin0', 'bin1'],
      bin_ranges: [
        [20, 35],
        [35, 70],
      ],
      fit_type: 'dcb_cms',
      use_cdf: false,
      sigmoid_eff: false,
      interactive: false,
      x_min: 70,
      x_max: 110,
      parameters: {
        mu: { start: 90.5, limits: [88, 93] },
        N_bkg_fail: { relative_limits: { to: 'N_bkg_pass', factors: [0.1, 20] } },
      },
    },
    output: { results_file: 'a.txt', plot_dir: '' },
  }
  const sets: Documents[] = [
    { config: own, results: await fitResults(placed({ ...own, fits: { nominal: 'g_exp' } })) },
    { config: reference, results: readJson('fixtures/config/scale-factors/fit.json') },
  ]
  const schemas = { config: schema('fitter'), results: schema('fit-results') }
  const target = documentsTarget(sets, schemas, async ({ config, results }) => {
    let outcome = 'right'
    const attempt = async (run: () => unknown) => {
      try {
        await run()
      } catch (error) {
        if (!['DataError', 'UsageError'].includes((error as Error).name)) throw error
        outcome = (error as Error).name
      }
    }
    await attempt(() => {
      const { fits } = parseFitResults(JSON.stringify(results), 'fits.json')
      fitResultsJson({ config: null, fits, scaleFactors: [] })
      efficienciesJson(efficiencyTables(fits))
    })
    await attempt(() => planFits(fitterConfig(placed(config ?? null), 'fit.json')))
    return outcome
  })
  return { ...target, close: async () => rmSync(folder, { recursive: true, force: true }) }
}

export async function scaleFactorConfigs(): Promise<Target> {
  const tables = (seed: number, failed: readonly number[] = []): Json => {
    const { axes, ...grid } = randomGrid(seed, failed)
    const [eta, pt] = axes
    // Four bins: a case is small.
    const few = (values: Float64Array) => values.slice(0, 4)
    const small = {
      axes: [
        { ...eta, edges: eta.edges.slice(0, 3) },
        { ...pt, edges: pt.edges.slice(0, 3) },
      ] as never,
      efficiency: few(grid.efficiency),
      up: few(grid.up),
      down: few(grid.down),
      failure: grid.failure.slice(0, 4),
      origin: grid.origin.slice(0, 4),
    }
    return JSON.parse(
      efficienciesJson([
        { name: 'one', method: 'fit', grid: small },
        { name: 'two', method: 'fit', grid: small },
      ]),
    ) as Json
  }
  const table = (name: string) => ({ file: 'TABLES.json', name })
  const config: Json = {
    axes: ['el_eta', 'el_pt'],
    scheme: 'classic',
    data: { nominal: table('one'), alt_signal: table('two'), alt_background: table('two') },
    mc: { nominal: table('one'), alt_mc: table('two'), alt_tag: table('two') },
    exclude: { el_eta: [[-2, -1.566]] },
    symmetrise: 'none',
    smooth: {},
    correction: { name: 'SF', year: '2022', working_point: 'Medium' },
  }
  const hists: Json = JSON.parse(
    uhiTree({
      passing: filled([AXES.eta, AXES.pt, mll], FILLS),
      failing: filled([AXES.eta, AXES.pt, mll], FILLS.slice(1)),
    }),
  )
  const counted: Json = {
    axes: ['el_eta', 'el_pt'],
    method: 'sideband',
    mass_window: [80, 100],
    sidebands: [60, 70, 110, 120],
    interval: 'wilson',
    correction: { year: '2022', working_point: 'Medium' },
    data: { nominal: 'TABLES.json' },
    mc: { nominal: { file: 'TABLES.json', method: 'count', mass_window: [60, 120] } },
  }
  const sets: Documents[] = [
    { config, tables: tables(1) },
    { config: { ...(config as object), symmetrise: 'uncertainties' }, tables: tables(2, [1]) },
    { config: counted, tables: hists },
  ]
  const schemas = { config: schema('scale-factors'), tables: schema('efficiencies') }
  return documentsTarget(sets, schemas, async ({ config, tables }, scratch) => {
    const path = join(scratch, 'TABLES.json')
    writeFileSync(path, JSON.stringify(tables))
    const loaded = loadScaleFactorConfig(JSON.parse(JSON.stringify(config ?? null).replaceAll('TABLES.json', path)))
    const factors = scaleFactors(await readInputs(loaded), loaded)
    scaleFactorsJson(factors, loaded.correction)
    scaleFactorsCsv(factors)
    egammaText(factors)
    scaleFactorMaps(factors, 'maps.root')
    new CorrectionSet(
      JSON.parse(correctionSetText([correctionOf(factors, loaded.correction)], 'SF')),
      'c.json',
    ).correction()
    return 'scale factors'
  })
}

const FILLS: readonly Fill[] = [-1, 1].flatMap(el_eta =>
  [15, 30].flatMap(el_pt => [65, 85, 91, 95, 115].map((at): Fill => [{ el_eta, el_pt, mll: at }, 3])),
)
