/** Stages on a pipe: what comes from the stage before, damaged as bytes, or in the JSON that says what it is. */
import { join } from 'node:path'
import type { NtupleFormat } from '../../../lib/core/ntuple-format.js'
import { arrowStreams, ByteInput, schemaMessage } from '../../../lib/formats/arrow/index.js'
import { FACTS_KEY } from '../../../lib/shell/facts.js'
import { chunks, decode, fill, merge, type Pipe, sink, transform } from '../../../lib/shell/index.js'
import { ctx } from '../../support/batches.js'
import { applyEdits, type Edit, randomEdits, shrinkEdits } from '../edits.js'
import { mutateJson, shrinkJson } from '../json-edits.js'
import { type Json, pick, type Target } from '../target.js'

const CONFIG = 'fixtures/config/workflows/electron-nanoaod/runner.json'
const FILESET = JSON.stringify({
  Data: {
    files: { 'fixtures/root/nano-data-2.root': 'Events' },
    metadata: { goldenJSON: 'fixtures/root/golden.json' },
  },
})
const METHODS = { fill: 'get_nd_tnp_histograms_1', select: 'get_tnp_arrays_1' } as const

type Run = (pipe: Pipe, scratch: string) => Promise<void>

const toFill: Run = pipe => transform('filter', { method: METHODS.fill }, pipe, ctx)
const toSelect: Run = pipe => transform('filter', { method: METHODS.select }, pipe, ctx)
const toFiles =
  (ntupleFormat: NtupleFormat): Run =>
  (pipe, scratch) =>
    sink({ output: join(scratch, 'out'), repartition: null, ntupleFormat }, pipe, ctx)
const STAGES: Readonly<Record<string, Run>> = {
  decode: pipe => decode({}, pipe, ctx),
  golden: pipe => transform('golden', {}, pipe, ctx),
  pair: pipe => transform('pair', {}, pipe, ctx),
  filter: toFill,
  fill: pipe => fill({}, pipe, ctx),
  select: pipe => transform('select', {}, pipe, ctx),
  merge,
  'sink tables': toFiles('parquet'),
  'sink rntuple': toFiles('rntuple'),
  'sink ttree': toFiles('ttree'),
  'sink histograms': toFiles('parquet'),
}

async function through(run: Run, input: Uint8Array, scratch = ''): Promise<Buffer> {
  const parts: Uint8Array[] = []
  async function* once() {
    yield input
  }
  const output = { write: async (bytes: Uint8Array) => void parts.push(Buffer.from(bytes)) }
  await run({ input: new ByteInput(once(), 'stdin'), output, warn: () => {} }, scratch)
  return Buffer.concat(parts)
}

/** What comes in at each stage: lines of JSON, or an Arrow stream whose schema has facts. */
interface Seed {
  readonly bytes: Buffer
  /** The documents in it that can be damaged as such, by place: lines, or the facts alone. */
  readonly documents: readonly Json[]
  readonly isArrow: boolean
}

async function seedOf(bytes: Buffer): Promise<Seed> {
  if (bytes[0] !== 0xff) {
    const lines = bytes.toString('utf8').trimEnd().split('\n')
    return { bytes, documents: lines.map(line => JSON.parse(line) as Json), isArrow: false }
  }
  const [first] = await schemas(bytes)
  return { bytes, documents: [JSON.parse(first!.metadata.get(FACTS_KEY)!) as Json], isArrow: true }
}

async function schemas(bytes: Buffer) {
  async function* once() {
    yield bytes
  }
  for await (const { schema } of arrowStreams(new ByteInput(once(), 'stdin'))) return [schema]
  return []
}

/** The seed with another document. */
async function withDocument({ bytes, documents, isArrow }: Seed, at: number, value: Json): Promise<Buffer> {
  if (!isArrow) return Buffer.from(documents.map((one, k) => `${JSON.stringify(k === at ? value : one)}\n`).join(''))
  const [schema] = await schemas(bytes)
  const metadata = new Map([[FACTS_KEY, JSON.stringify(value)]])
  const first = schemaMessage({ ...schema!, metadata: schema!.metadata })
  return Buffer.concat([schemaMessage({ ...schema!, metadata }), bytes.subarray(first.length)])
}

type PipeCase = {
  readonly stage: string
  readonly edits: readonly Edit[]
  readonly at: number
  readonly document: Json
}

export async function pipes(): Promise<Target> {
  const fileset = { bytes: Buffer.from(FILESET), name: 'fileset.json' }
  const options = { config: CONFIG, fileset, maxEvents: 40 }
  const lines = await through(pipe => chunks(options, pipe, ctx), Buffer.alloc(0))
  const events = await through(STAGES.decode!, lines)
  const pairs = await through(STAGES.pair!, events)
  const filtered = await through(toFill, pairs)
  const chosen = await through(toSelect, pairs)
  const hists = await through(STAGES.fill!, filtered)
  const tables = await through(STAGES.select!, chosen)
  const inputs: Readonly<Record<string, Buffer>> = {
    decode: lines,
    golden: events,
    pair: events,
    filter: pairs,
    fill: filtered,
    select: chosen,
    merge: hists,
    'sink tables': tables,
    'sink rntuple': tables,
    'sink ttree': tables,
    'sink histograms': hists,
  }
  const seeds = new Map<string, Seed>()
  for (const [stage, bytes] of Object.entries(inputs)) seeds.set(stage, await seedOf(bytes))
  const target: Target<PipeCase> = {
    make: random => {
      const stage = pick(random, [...seeds.keys()])
      const { bytes, documents } = seeds.get(stage)!
      if (random.chance(0.3)) return { stage, edits: randomEdits(random, bytes), at: -1, document: null }
      const at = random.below(documents.length)
      return { stage, edits: [], at, document: mutateJson(documents[at]!, random) }
    },
    run: async ({ stage, edits, at, document }, scratch) => {
      const seed = seeds.get(stage)!
      const bytes = at < 0 ? applyEdits(seed.bytes, edits) : await withDocument(seed, at, document)
      await through(STAGES[stage]!, bytes, scratch)
      return `${stage} ends`
    },
    *shrink(one) {
      for (const edits of shrinkEdits(one.edits)) yield { ...one, edits }
      if (one.at >= 0) for (const document of shrinkJson(one.document)) yield { ...one, document }
    },
  }
  return target as Target
}
