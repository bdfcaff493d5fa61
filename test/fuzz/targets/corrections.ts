/** Correctionlib documents: compiled and evaluated; pileup weights; certified lumi sections. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Random } from '../../../bench/random.js'
import { loadGoldenJson } from '../../../lib/config/index.js'
import { goldenJsonText, mergeGoldenJsons } from '../../../lib/job/merge-goldenjson.js'
import {
  type Argument,
  type Correction,
  CorrectionSet,
  choosePileup,
  parseCorrectionText,
  pileupWeight,
} from '../../../lib/physics/correction/index.js'
import { certifiedEvents, lumiRanges } from '../../../lib/physics/lumi-mask.js'
import { isObject, mutateJson, mutateText, shrinkJson, shrinkText } from '../json-edits.js'
import { caseRandom, type Json, pick, type Target, Wrong } from '../target.js'

type CorrectionCase =
  | { readonly json: Json; readonly arguments: number }
  | { readonly text: string; readonly arguments: number }

function seeds(): Json[] {
  const table = JSON.parse(readFileSync('test/physics/corrections.gen.json', 'utf8')) as {
    cases: { document: Json }[]
    compounds: { document: Json }[]
  }
  const stored = [...table.cases, ...table.compounds].map(({ document }) => document)
  const fixtures = [
    JSON.parse(readFileSync('fixtures/root/pileup.json', 'utf8')),
    JSON.parse(gunzipSync(readFileSync('fixtures/root/pileup-variations.json.gz')).toString('utf8')),
  ]
  return [...stored.filter(one => JSON.stringify(one).length < 6000), ...fixtures]
}

const ROWS = 7
const NUMBERS = [0, 1, -1, 0.5, 10, 25, 99.9, 1e6, -1e300, NaN, Infinity, -Infinity, -0, 2 ** 53, 2 ** 63, 1e-320]
const STRINGS = ['nominal', 'up', 'down', 'a', '', 'sf', 'constructor', '__proto__']

function argumentsOf({ inputs }: Correction, random: Random): Argument[] {
  return inputs.map(({ type }): Argument => {
    if (type === 'string') return random.chance(0.95) ? pick(random, STRINGS) : 1
    if (random.chance(0.1)) return pick(random, NUMBERS)
    if (type === 'int' && random.chance(0.5))
      return BigInt64Array.from(
        { length: ROWS },
        () => BigInt(random.below(100)) * (random.chance(0.2) ? 2n ** 56n : 1n),
      )
    return Float64Array.from({ length: ROWS }, () =>
      random.chance(0.5) ? 100 * random.uniform() : pick(random, NUMBERS),
    )
  })
}

/** Each correction by itself: what is wrong with one is no other's affair. */
function use(document: unknown, number: number): string {
  const random = caseRandom(number, 'arguments', 0)
  const set = new CorrectionSet(document, 'c.json')
  let outcome = 'right'
  const attempt = (run: () => void) => {
    try {
      run()
    } catch (error) {
      if ((error as Error).name !== 'DataError') throw error
      outcome = 'refused'
    }
  }
  const evaluate = (correction: Correction) => {
    for (let k = 0; k < 3; k++) {
      attempt(() => {
        const values = correction.evaluate(argumentsOf(correction, random), 'f.root')
        if (values.length !== 1 && values.length !== ROWS) throw new Wrong(`${values.length} weights of ${ROWS} events`)
      })
    }
  }
  for (const name of set.names) attempt(() => evaluate(set.correction(name)))
  for (const name of set.compoundNames) attempt(() => evaluate(set.compound(name)))
  attempt(() => {
    const pileup = choosePileup(document, 'c.json', ['nominal', 'up', 'down'])
    pileupWeight(pileup, 'nominal')(Float32Array.of(0, 12, 40, 99, 200, NaN), 'f.root')
  })
  return outcome
}

export async function corrections(): Promise<Target> {
  const documents = seeds()
  const target: Target<CorrectionCase> = {
    make: random => {
      const json = pick(random, documents)
      const number = random.below(2 ** 30)
      if (random.chance(0.15)) return { text: mutateText(JSON.stringify(json), random), arguments: number }
      return { json: mutateJson(json, random, {}, pick(random, documents)), arguments: number }
    },
    run: async one => use('text' in one ? parseCorrectionText(one.text, 'c.json') : one.json, one.arguments),
    *shrink({ arguments: number, ...one }) {
      if ('text' in one) for (const text of shrinkText(one.text as string)) yield { text, arguments: number }
      else for (const json of shrinkJson((one as { json: Json }).json)) yield { json, arguments: number }
    },
  }
  return target as Target
}

type GoldenCase = { readonly json: Json; readonly gzip: boolean } | { readonly text: string; readonly gzip: boolean }

export async function goldenJsons(): Promise<Target> {
  const good = JSON.parse(readFileSync('fixtures/root/golden.json', 'utf8')) as Json
  const schema = JSON.parse(readFileSync('schemas/golden-json.schema.json', 'utf8'))
  const target: Target<GoldenCase> = {
    make: random => {
      const gzip = random.chance(0.1)
      if (random.chance(0.3)) return { text: mutateText(JSON.stringify(good), random), gzip }
      return { json: mutateJson(good, random, schema), gzip }
    },
    run: async ({ gzip, ...one }, scratch) => {
      const text = 'text' in one ? (one.text as string) : JSON.stringify((one as { json: Json }).json)
      const path = join(scratch, 'golden.json')
      writeFileSync(path, gzip ? gzipSync(text) : text)
      const runs = await loadGoldenJson(path)
      // Run by run what the document says, and no other section.
      const wanted = JSON.parse(text.replace(/^\ufeff/, '')) as Record<string, [number, number][]>
      const ranges = lumiRanges(runs)
      for (const [run, list] of runs) {
        const given = Object.entries(wanted)
          .filter(([key]) => Number(key) === run)
          .at(-1)![1]
        for (const section of [1, 30, 60, 61, 89, 90, 150, ...list.flat()].filter(n => n >= 0 && n < 2 ** 32)) {
          const isGiven = given.some(([first, last]) => first <= section && section <= last)
          const kept = certifiedEvents(ranges, Uint32Array.of(run), Uint32Array.of(section), null, 1).length
          if (run < 2 ** 32 && kept !== (isGiven ? 1 : 0)) {
            throw new Wrong(`run ${run}, section ${section}: certified is ${isGiven}`)
          }
        }
      }
      const merged = await mergeGoldenJsons([path, path])
      if (JSON.stringify([...merged]) !== JSON.stringify([...runs])) throw new Wrong('united with itself, others')
      writeFileSync(path, goldenJsonText(merged))
      if (JSON.stringify([...(await loadGoldenJson(path))]) !== JSON.stringify([...runs]))
        throw new Wrong('written and read, others')
      return 'right'
    },
    *shrink({ gzip, ...one }) {
      if ('text' in one) for (const text of shrinkText(one.text as string)) yield { text, gzip }
      else for (const json of shrinkJson((one as { json: Json }).json)) if (isObject(json)) yield { json, gzip }
    },
  }
  return target as Target
}
