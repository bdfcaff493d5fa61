/** Texts: lists of datasets, JSON as such. */
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { oddDatasetNames, parseDatasetList } from '../../../lib/catalog/dataset-list.js'
import { locate, parseJson, parseOrdered } from '../../../lib/core/json-text.js'
import { mutateJson, mutateText, shrinkText } from '../json-edits.js'
import { few, type Json, pick, type Target, Wrong } from '../target.js'

type TextCase = { readonly name: string; readonly text: string }

function textTarget(
  seeds: readonly TextCase[],
  run: (one: TextCase, scratch: string) => Promise<string>,
  pieces?: readonly string[],
): Target {
  const target: Target<TextCase> = {
    make: random => {
      const { name, text: good } = pick(random, seeds)
      let text = good
      for (let k = few(random, 8); k > 0; k--) text = mutateText(text, random, pieces)
      return { name, text }
    },
    run,
    *shrink({ name, text }) {
      for (const shorter of shrinkText(text)) yield { name, text: shorter }
    },
  }
  return target as Target
}

const YAML = `defaults: &defaults
  isMC: false
  weights: [1, 2.5, .inf, 0x1F, 1_000, 12:30:45]
datasets:
  - name: EGamma
    dataset: /EGamma0/Run2023C-v1/NANOAOD
    metadata:
      <<: *defaults
      goldenJSON: "golden.json"
      on: yes
      date: 2024-01-01
  - {name: DY, dataset: [/DYto2E/Run3-v1/NANOAODSIM, '/DY/b/c'], metadata: {isMC: true, 1: ~}}
  - name: |
      long
    dataset: !!str /a/b/c
`

const TEXT = `# a comment
EGamma /EGamma0/Run2023C-v1/NANOAOD
DY\t/DYto2E/Run3-v1/NANOAODSIM

folder ../some where
`

export async function datasetLists(): Promise<Target> {
  const seeds = [
    { name: 'list.yaml', text: YAML },
    { name: 'list.yaml', text: YAML },
    { name: 'list.txt', text: TEXT },
  ]
  return textTarget(seeds, async ({ name, text }) => {
    const { entries } = parseDatasetList(text, name)
    oddDatasetNames(entries)
    for (const { name: dataset, paths, metadata } of entries) {
      if (typeof dataset !== 'string' || paths.some(({ path }) => typeof path !== 'string'))
        throw new Wrong('a name that is no text')
      if (
        !isDeepStrictEqual(JSON.parse(JSON.stringify(metadata)), metadata) &&
        !JSON.stringify(metadata).includes('-0') &&
        !hasMinusZero(metadata)
      )
        throw new Wrong('metadata that JSON cannot hold')
    }
    return 'entries'
  })
}

function hasMinusZero(value: unknown): boolean {
  if (Object.is(value, -0)) return true
  return typeof value === 'object' && value !== null && Object.values(value).some(hasMinusZero)
}

const JSON_PIECES = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '"a":',
  '"1":',
  '"0":',
  '"10":',
  '"\\u0031":',
  '1',
  '-',
  '0',
  '.',
  'e',
  'E+',
  '\\',
  '\\u',
  '\\ud800',
  '\\n',
  'null',
  'true',
  'NaN',
  '\u0000',
  '\u001f',
  '\u007f',
  '\ufeff',
  '\u2028',
  ' ',
  '\n',
  '\t',
  '\u00a0',
  '//',
  '[[[[[[',
  '"__proto__":{}',
]

/** Whatever JSON.parse takes is taken, with its values, in the order of the text; and nothing else. */
export async function jsonTexts(): Promise<Target> {
  const files = [
    'fixtures/config/runner.json',
    'fixtures/config/fileset.json',
    'fixtures/root/golden.json',
    'fixtures/config/old/fileset.json',
  ]
  const seeds = files.map(name => ({ name, text: readFileSync(name, 'utf8').slice(0, 2000) }))
  seeds.push({
    name: 'keys',
    text: '{"b": 1, "10": {"2": [], "1": {"z": 0, "0": -1.5e-3}}, "a": "\\u00e9\\n", "10": [{"5": 1, "4": 2}]}',
  })
  const target = textTarget(
    seeds,
    async ({ text }) => {
      const found = parseJson(text)
      let wanted: unknown
      try {
        wanted = JSON.parse(text)
      } catch (error) {
        if (!('message' in found)) throw new Wrong(`taken, which JSON.parse does not: ${(error as Error).message}`)
        const { line, column } = locate(text, found.at)
        if (!(line >= 1 && column >= 1 && found.at <= text.length))
          throw new Wrong(`a place outside of the text: ${found.at}`)
        return 'refused'
      }
      if ('message' in found && /nested more than/.test(found.message)) return 'too deep'
      if ('message' in found) throw new Wrong(`refused (${found.message} at ${found.at}), which JSON.parse takes`)
      if (plainText(found.value) !== JSON.stringify(wanted)) throw new Wrong('other values than JSON.parse')
      if (plainText(parseOrdered(text)) !== JSON.stringify(wanted)) throw new Wrong('parseOrdered: other values')
      return 'right'
    },
    JSON_PIECES,
  )
  return {
    ...target,
    make: random => {
      const { name, text } = target.make(random) as TextCase
      if (random.chance(0.02)) return { name, text: '['.repeat(pick(random, [1000, 20_000, 200_000])) + text }
      if (random.chance(0.2)) {
        const value = mutateJson(JSON.parse(readFileSync(pick(random, files), 'utf8')) as Json, random)
        return { name, text: JSON.stringify(value, null, pick(random, [0, 1, 2])) }
      }
      return { name, text }
    },
  }
}

/** In JavaScript's order of keys. */
function plainText(value: unknown): string {
  return JSON.stringify(JSON.parse(JSON.stringify(value)))
}
