import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { type ElectronNanoJob, loadConfiguration, type ScaleAndSmearingJob } from '../../lib/config/index.js'
import { load, smallest } from './samples.js'

type Schema = Record<string, unknown>
const schemas = readdirSync('schemas').map(
  name => [name, JSON.parse(readFileSync(`schemas/${name}`, 'utf8')) as Schema] as const,
)

test('the generated files are up to date', async () => {
  const { generate } = (await import(pathToFileURL(resolve('scripts/gen.mjs')).href)) as {
    generate: () => Promise<Record<string, string>>
  }
  const files = await generate()
  equal(Object.keys(files), [
    'lib/config/generated/types.gen.ts',
    'lib/config/generated/validators.gen.ts',
    'lib/config/generated/later-validators.gen.ts',
    'lib/config/generated/fitter-validator.gen.ts',
    'lib/config/generated/keys.gen.ts',
    'lib/codecs/generated/modules.gen.ts',
    'lib/fit/generated/modules.gen.ts',
    'lib/root/rntuple/generated/modules.gen.ts',
    'docs/configuration.md',
    'docs/scale-factors.md',
    'docs/fit-command.md',
    'docs/fit-results.md',
  ])
  for (const [path, text] of Object.entries(files)) {
    ok(readFileSync(path, 'utf8') === text, `${path} is out of date: run \`npm run gen\``)
  }
})

test('a run loads no schema compiler', () => {
  for (const name of readdirSync('lib/config', { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue
    ok(!/(?:from|import\(|require\() ?'(?:ajv|json-schema)/.test(readFileSync(`lib/config/${name}`, 'utf8')), name)
  }
})

test('every property of every schema has a description', () => {
  let count = 0
  for (const [name, schema] of schemas) {
    ok(typeof schema.description === 'string' && typeof schema.title === 'string', name)
    for (const [path, property] of propertiesOf(schema, name)) {
      const target = '$ref' in property ? deref(String(property.$ref), schema) : property
      ok(typeof target.description === 'string' && target.description.length > 5, `${path} has no description`)
      count++
    }
  }
  ok(count > 100, `only ${count} properties were found`)
})

function* propertiesOf(schema: Schema, path: string): Generator<[string, Schema]> {
  for (const [key, value] of Object.entries(schema)) {
    if (typeof value !== 'object' || value === null) continue
    if (key === 'properties') {
      for (const [name, property] of Object.entries(value)) yield [`${path}/${name}`, property as Schema]
    }
    yield* propertiesOf(value as Schema, `${path}/${key}`)
  }
}

function deref(ref: string, root: Schema): Schema {
  const [file, pointer] = ref.split('#')
  let target: unknown = file === '' ? root : schemas.find(([name]) => name === file)![1]
  for (const key of pointer!.split('/').slice(1)) target = (target as Schema)[key]
  return target as Schema
}

test('the defaults that the schemas state are the defaults that jobs have', () => {
  const settings = schemas.find(([name]) => name === 'settings.schema.json')![1].properties as Record<string, Schema>
  const electron = (load().job as ElectronNanoJob).options
  const photon = loadConfiguration(smallest('PhotonTagNProbeFromNanoAOD')).job.options
  const sas = (loadConfiguration(smallest('ScaleAndSmearingNTuplesFromNanoAOD')).job as ScaleAndSmearingJob).options
  const resolved: Record<string, unknown> = { ...sas, ...photon, ...electron, probesPtCut: null }
  // What these give is part of another option: of the filters, and of extra_filter.
  const parts = ['trigger_pt', 'filterbit', 'is_photon_filter', 'is_electron_filter', 'extra_filter_args']
  let count = 0
  for (const [key, schema] of Object.entries(settings)) {
    if (!('default' in schema) || parts.includes(key)) continue
    equal(resolved[key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())], schema.default, key)
    count++
  }
  is(count, 18)
})

test.run()
