// Makes from schemas/: lib/config/generated/types.gen.ts (document types), validators.gen.ts (validators compiled ahead, so that a run
// does not load a schema compiler: 8 ms instead of 70 ms) and keys.gen.ts (names for hints); and the tables of keys in docs/. From
// scripts/wasm: modules.gen.ts of lib/codecs, lib/fit and lib/root/rntuple.
// With --check it writes nothing and fails where a file is out of date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fillBlocks } from './blocks.mjs'
import { keyTable } from './key-tables.mjs'
import { bytePlanes } from './wasm/byte-planes.mjs'
import { fieldScan } from './wasm/fields.mjs'
import { gramModule } from './wasm/gram.mjs'
import { xxh3Stripes } from './wasm/xxh3-stripes.mjs'

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))

const SCHEMAS = 'schemas'
const KEYS_PAGES = ['docs/configuration.md', 'docs/scale-factors.md', 'docs/fit-command.md', 'docs/fit-results.md']
const HEADER = '// Made from schemas/ by `npm run gen`. Do not edit.\n'
/** Schemas of the documents that lib/config reads, with the names of their validators. */
const DOCUMENTS = {
  validateRunner: 'runner.schema.json',
  validateSettings: 'settings.schema.json',
  validateFileset: 'fileset.schema.json',
  validateBinning: 'binning.schema.json',
  validateGoldenJson: 'golden-json.schema.json',
}

/** Those of documents that come after a run, in a file of their own: a run does not load it. */
const LATER_DOCUMENTS = {
  validateScaleFactors: 'scale-factors.schema.json',
  validateEfficiencies: 'efficiencies.schema.json',
}

/** That of the fitter. */
const FITTER_DOCUMENTS = { validateFitter: 'fitter.schema.json' }

/** Generated files: path -> text. */
export async function generate() {
  return {
    'lib/config/generated/types.gen.ts': await types(),
    'lib/config/generated/validators.gen.ts': await validators(DOCUMENTS),
    'lib/config/generated/later-validators.gen.ts': await validators(LATER_DOCUMENTS),
    'lib/config/generated/fitter-validator.gen.ts': await validators(FITTER_DOCUMENTS, { inlineRefs: false }),
    'lib/config/generated/keys.gen.ts': keys(),
    'lib/codecs/generated/modules.gen.ts': modules({ BYTE_PLANES: bytePlanes(), XXH3_STRIPES: xxh3Stripes() }),
    'lib/fit/generated/modules.gen.ts': modules({ GRAM: gramModule() }),
    'lib/root/rntuple/generated/modules.gen.ts': modules({ FIELD_SCAN: fieldScan() }),
    ...Object.fromEntries(KEYS_PAGES.map(page => [page, fillBlocks(readFileSync(page, 'utf8'), { keys: keyTable })])),
  }
}

async function validators(documents, options = {}) {
  const { Ajv } = await import('ajv')
  const { default: standalone } = await import('ajv/dist/standalone/index.js')
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    messages: false,
    discriminator: true,
    strict: true,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true, optimize: 1 },
    ...options,
  })
  for (const name of readdirSync(SCHEMAS)) {
    if (name.endsWith('.schema.json')) ajv.addSchema(JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8')))
  }
  const code = standalone.default(ajv, documents)
  // The reader of a schema keyword such as minLength or a date format would need ajv at run time.
  if (/\brequire\(|\bimport\b/.test(code)) throw new Error('a keyword in schemas/ needs a helper of ajv at run time')
  return `// @ts-nocheck\n${HEADER}${code.replace(/^"use strict";/, '')}\n`
}

async function types() {
  const { compile } = await import('json-schema-to-typescript')
  const properties = Object.fromEntries(
    Object.values({ ...DOCUMENTS, ...LATER_DOCUMENTS, ...FITTER_DOCUMENTS }).map(name => [name, { $ref: name }]),
  )
  const all = { title: 'ConfigurationDocuments', type: 'object', properties, additionalProperties: false }
  return await compile(all, 'ConfigurationDocuments', {
    cwd: SCHEMAS,
    bannerComment: HEADER.trim(),
    ignoreMinAndMaxItems: true,
    style: { semi: false, singleQuote: true, printWidth: 120, arrowParens: 'avoid' },
  })
}

/** Names of the keys that documents may have where unknown ones are only warned about. */
function keys() {
  const runner = schema('runner')
  const fileset = schema('fileset')
  const names = object => Object.keys(object.properties)
  const workflowArgs = Object.fromEntries(
    runner.oneOf.map(({ $ref }) => {
      const workflow = $ref.split('/').at(-1)
      const args = runner.definitions[workflow].properties.workflow_args.$ref.split('/').at(-1)
      return [workflow, names(runner.definitions[args]).filter(name => name !== 'fileset')]
    }),
  )
  const tables = {
    RUNNER_KEYS: names(runner),
    METHOD_KEYS: names(runner.definitions.method),
    METHOD_NAMES: runner.definitions.method.oneOf.map(({ $ref }) => $ref.split('/').at(-1)),
    UPROOT_KEYS: names(runner.definitions.arguments.uproot_options),
    WORKFLOW_ARGS: workflowArgs,
    SETTINGS_KEYS: names(schema('settings')),
    DATASET_KEYS: names(fileset.definitions.dataset),
    METADATA_KEYS: names(fileset.definitions.dataset.properties.metadata),
    FILE_KEYS: names(fileset.definitions.file),
  }
  const lines = Object.entries(tables).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value, null, 2)} as const\n`,
  )
  return `${HEADER}\n${lines.join('\n')}`
}

/** Inner loops in WebAssembly: putting them together when they are needed takes a millisecond. */
function modules(all) {
  const text = ([name, bytes]) => `export const ${name} =\n  '${Buffer.from(bytes).toString('base64')}'\n`
  const header = '// Made from scripts/wasm/ by `npm run gen`. Do not edit. WebAssembly in base64.\n'
  return `${header}${Object.entries(all).map(text).join('')}`
}

function schema(name) {
  return JSON.parse(readFileSync(join(SCHEMAS, `${name}.schema.json`), 'utf8'))
}

async function main() {
  const check = process.argv.includes('--check')
  for (const [path, text] of Object.entries(await generate())) {
    const now = read(path)
    if (now === text) continue
    if (!check) writeFileSync(path, text)
    else {
      process.stderr.write(`${path} is out of date: run \`npm run gen\`\n`)
      process.exitCode = 1
    }
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
