// Tables of the keys that the configuration's documents may have, made from schemas/ for docs/configuration.md.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Short names of the workflows' groups, smallest first: a key of more workflows than a group has is listed by the next. */
const GROUPS = [
  ['photons from NanoAOD', ['PhotonTagNProbeFromNanoAOD']],
  ['electrons from NanoAOD', ['ElectronTagNProbeFromNanoAOD']],
  ['scale and smearing', ['ScaleAndSmearingNTuplesFromNanoAOD']],
  ['tag and probe from NanoAOD', ['ElectronTagNProbeFromNanoAOD', 'PhotonTagNProbeFromNanoAOD']],
  [
    'tag and probe',
    [
      'ElectronTagNProbeFromNanoAOD',
      'PhotonTagNProbeFromNanoAOD',
      'ElectronTagNProbeFromMiniNTuples',
      'PhotonTagNProbeFromMiniNTuples',
      'ElectronTagNProbeFromNanoNTuples',
      'PhotonTagNProbeFromNanoNTuples',
    ],
  ],
]

/** The table of one part of a document: runner, method, arguments, uproot_options, settings, dataset, metadata, file, binning or
 *  golden-json. */
export function keyTable(part) {
  const make = PARTS[part]
  if (make === undefined)
    throw new Error(`no table of keys is called "${part}". All: ${Object.keys(PARTS).join(', ')}.`)
  return make()
}

const PARTS = {
  runner: () => plainTable(read('runner')),
  method: () => plainTable(read('runner').definitions.method),
  arguments: argumentTable,
  uproot_options: () => plainTable(read('runner').definitions.arguments.uproot_options),
  settings: settingsTable,
  dataset: () => plainTable(read('fileset').definitions.dataset),
  metadata: () => plainTable(read('fileset').definitions.dataset.properties.metadata),
  file: () => plainTable(read('fileset').definitions.file),
  binning: () => patternTable('<variable>_bins', read('binning').patternProperties._bins$),
  'scale-factors': () => plainTable(read('scale-factors')),
  'scale-factors-data': () => plainTable(read('scale-factors').properties.data),
  'scale-factors-mc': () => plainTable(read('scale-factors').properties.mc),
  'scale-factors-source': () => plainTable(read('scale-factors').definitions.source),
  'scale-factors-correction': () => plainTable(read('scale-factors').properties.correction),
  efficiencies: () => plainTable(read('efficiencies')),
  'efficiencies-table': () => plainTable(read('efficiencies').definitions.table),
  'efficiencies-axis': () => plainTable(read('efficiencies').definitions.axis),
  'efficiencies-bin': () => plainTable(read('efficiencies').definitions.bin),
  fitter: () => plainTable(read('fitter')),
  'fitter-input': () => plainTable(read('fitter').definitions.input),
  'fitter-source': () => plainTable(read('fitter').definitions.source),
  'fitter-fit': fitTable,
  'fitter-model': () => plainTable(read('fitter').definitions.model),
  'fitter-shape': () => plainTable(read('fitter').definitions.shape),
  'fitter-settings': () => plainTable(read('fitter').definitions.settings),
  'fitter-prefit': () => plainTable(read('fitter').definitions.prefit),
  'fitter-output': () => plainTable(read('fitter').definitions.output),
  'fit-results': () => plainTable(read('fit-results')),
  ...Object.fromEntries(
    ['fit', 'efficiency', 'parameter', 'mass', 'spectrum', 'ratio', 'measured'].map(name => [
      `fit-results-${name}`,
      () => plainTable(read('fit-results').definitions[name]),
    ]),
  ),
  'fitter-scale-factors': () => plainTable(read('fitter').definitions.scale_factors),
  'fitter-relative': () => plainTable(read('fitter').definitions.settings.properties.relative_limits),
  'fitter-constraint': () => plainTable(read('fitter').definitions.settings.properties.constraint),
  'golden-json': () => patternTable('<run number>', read('golden-json').additionalProperties),
}

function plainTable(schema) {
  const required = schema.required ?? []
  const rows = propertiesOf(schema).map(([key, value]) => cells(key, value, required.includes(key)))
  return table(['key', 'type', 'default', 'meaning'], rows)
}

function patternTable(key, schema) {
  return table(['key', 'type', 'default', 'meaning'], [cells(key, schema, false)])
}

/** `fit` without the keys of models, which have a table of their own. */
function fitTable() {
  const { fit, model } = read('fitter').definitions
  const own = Object.entries(fit.properties).filter(([key]) => !(key in model.properties))
  return plainTable({ properties: Object.fromEntries(own) })
}

function settingsTable() {
  const users = usersOfOptions()
  // The runner may have them instead, so no document's schema requires them.
  const required = ['filters']
  const rows = propertiesOf(read('settings')).map(([key, value]) => [
    ...cells(key, value, required.includes(key)),
    groupOf(users.get(key) ?? []),
  ])
  return table(['key', 'type', 'default', 'meaning', 'workflows'], rows)
}

/** Option -> the workflows that have it. */
function usersOfOptions() {
  const { oneOf, definitions } = read('runner')
  const users = new Map()
  for (const { $ref } of oneOf) {
    const workflow = nameIn($ref)
    const args = definitions[nameIn(definitions[workflow].properties.workflow_args.$ref)]
    for (const key of Object.keys(args.properties)) users.set(key, [...(users.get(key) ?? []), workflow])
  }
  return users
}

function groupOf(workflows) {
  const all = read('runner').oneOf.length
  if (workflows.length === all) return 'all'
  const group = GROUPS.find(([, names]) => names.length === workflows.length && names.every(n => workflows.includes(n)))
  return group === undefined ? workflows.map(code).join(', ') : group[0]
}

/** One row for each meaning that an argument has: `vars` is another thing for columns than for axes. */
function argumentTable() {
  const { definitions } = read('runner')
  const methods = definitions.method.oneOf.map(({ $ref }) => nameIn($ref))
  const rows = new Map()
  for (const method of methods) {
    const { properties, required = [] } = definitions[method].properties.args
    for (const [key, given] of Object.entries(properties)) {
      const value = '$ref' in given ? definitions.arguments[nameIn(given.$ref)] : given
      const row = cells(key, value, required.includes(key))
      const id = row.join()
      rows.set(id, { row, methods: [...(rows.get(id)?.methods ?? []), method] })
    }
  }
  const text = users => (users.length === methods.length ? 'all' : users.map(code).join(', '))
  return table(
    ['argument', 'type', 'default', 'meaning', 'methods'],
    [...rows.values()].map(({ row, methods: users }) => [...row, text(users)]),
  )
}

function cells(key, schema, isRequired) {
  const given = 'default' in schema ? code(JSON.stringify(schema.default)) : ''
  return [code(key), typeText(schema), isRequired ? 'required' : given, schema.description.replaceAll('<', '&lt;')]
}

const NAMES = {
  object: 'object',
  array: 'list',
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: '`true`, `false`',
  null: '`null`',
}
const PLURALS = { string: 'texts', number: 'numbers', integer: 'whole numbers', array: 'lists' }

function typeText(schema) {
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeText).join(' or ')
  if (schema.enum !== undefined) return schema.enum.map(value => code(JSON.stringify(value))).join(', ')
  if (schema.const !== undefined) return code(JSON.stringify(schema.const))
  if (schema.$ref !== undefined) return nameIn(schema.$ref)
  if (schema.type === undefined) return 'any'
  return [schema.type]
    .flat()
    .map(type => oneType(type, schema))
    .join(' or ')
}

function oneType(type, schema) {
  if (type === 'array' && schema.items !== undefined && !('$ref' in schema.items)) return listText(schema)
  const values = schema.additionalProperties
  if (type === 'object' && typeof values === 'object' && !('$ref' in values))
    return `object (values: ${typeText(values)})`
  return NAMES[type]
}

function listText({ items, minItems, maxItems }) {
  const count = minItems !== undefined && minItems === maxItems ? `${minItems} ` : ''
  if (items.type === 'array') return `list of [${Array(items.minItems).fill(NAMES[items.items.type]).join(', ')}]`
  return `list of ${count}${PLURALS[items.type]}`
}

function table(head, rows) {
  const line = row => `| ${row.map(cell => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}

function propertiesOf(schema) {
  return Object.entries(schema.properties).filter(([key]) => key !== '$schema')
}

function nameIn(ref) {
  return ref.split('/').at(-1)
}

function code(text) {
  return `\`${text}\``
}

function read(name) {
  return JSON.parse(readFileSync(join('schemas', `${name}.schema.json`), 'utf8'))
}
