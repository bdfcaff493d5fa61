/** Forms of the JSON that stages hand to one another: lines and metadata come over a pipe, where anybody may have changed them. */

import { filterNameProblem, isNameWithin } from '../config/index.js'
import { isDType } from '../core/dtype.js'
import { DataError } from '../core/errors.js'
import { isObject } from '../core/is-object.js'

/** Path of the first value that does not fit, '' for the value itself; null: it fits. */
export type Shape = (value: unknown) => string | null

function of(fits: (value: unknown) => boolean): Shape {
  return value => (fits(value) ? null : '')
}

const text = of(value => typeof value === 'string')
const number = of(value => typeof value === 'number')
const whole = of(value => Number.isSafeInteger(value) && (value as number) >= 0)
/** Room is made for a name of each. */
const MOST_PARTITIONS = 1e6
const partitionCount = of(value => whole(value) === null && (value as number) <= MOST_PARTITIONS)
const truth = of(value => typeof value === 'boolean')
/** Of a folder below another, or a file's name: it does not lead out of there. */
const nameWithin = of(value => typeof value === 'string' && isNameWithin(value))
const filterName = of(value => typeof value === 'string' && filterNameProblem(value) === null)
const fields = of(isObject)

function orNull(shape: Shape): Shape {
  return value => (value === null ? null : shape(value))
}

function list(item: Shape): Shape {
  return value => {
    if (!Array.isArray(value)) return ''
    for (const [k, one] of value.entries()) {
      const at = item(one)
      if (at !== null) return `/${k}${at}`
    }
    return null
  }
}

function tuple(...items: readonly Shape[]): Shape {
  return value => {
    if (!Array.isArray(value) || value.length !== items.length) return ''
    const k = items.findIndex((item, i) => item(value[i]) !== null)
    return k < 0 ? null : `/${k}`
  }
}

/** Further keys may be there. Those that end in `?` may be left out. */
function object(keys: Readonly<Record<string, Shape>>): Shape {
  return value => {
    if (!isObject(value)) return ''
    for (const [key, shape] of Object.entries(keys)) {
      const name = key.replace(/\?$/, '')
      const item = Object.hasOwn(value, name) ? value[name] : undefined
      if (item === undefined && name !== key) continue
      const at = shape(item)
      if (at !== null) return `/${name}${at}`
    }
    return null
  }
}

const chunk = object({
  dataset: text,
  file: text,
  tree: text,
  partition: whole,
  partitionStart: whole,
  partitionStop: orNull(whole),
  start: whole,
  stop: orNull(whole),
  part: whole,
  parts: whole,
  isStep: truth,
  'expected?': object({ uuid: orNull(text), entries: orNull(whole) }),
})

const partitionRead = object({
  chunk,
  read: orNull(
    object({ start: number, stop: number, seconds: number, ranges: number, 'uuid?': text, 'lacking?': list(text) }),
  ),
  failure: orNull(object({ exception: text, message: text })),
})

const dataset = object({
  name: text,
  dir: nameWithin,
  metadata: fields,
  'metadataText?': text,
  isMC: truth,
  goldenJSON: orNull(text),
  pileupJSON: orNull(text),
  pileupData: orNull(text),
  pileupMC: orNull(list(number)),
})

const documents = object({ 'runner?': fields, 'settings?': fields, 'binning?': fields })

const sum = orNull(of(value => typeof value === 'number' || ['NaN', 'Infinity', '-Infinity'].includes(value as string)))

export const CHUNK_LINE: Shape = object({
  dataset,
  partitions: partitionCount,
  sumGenWeight: sum,
  failed: list(partitionRead),
  first: object({ path: text, tree: text }),
  'knowsDuplicates?': truth,
  'optionalTriggers?': list(text),
  'files?': whole,
  documents,
  chunk: orNull(chunk),
})

const dtype = of(value => typeof value === 'string' && isDType(value))

const streamFacts = object({
  item: of(value => ['events', 'pairs', 'table'].includes(value as string)),
  dataset,
  partitions: partitionCount,
  sumGenWeight: sum,
  documents,
  branches: list(tuple(text, orNull(dtype), orNull(text), whole)),
  added: list(text),
  done: list(text),
  pairs: orNull(object({ tags: text, probes: text })),
  paired: orNull(object({ workflow: text, options: fields })),
  window: orNull(text),
  filters: list(text),
  method: orNull(text),
  table: orNull(object({ method: nameWithin, prefix: nameWithin, 'neverNull?': list(text) })),
})

/** Of pairs it must be known of what, of tables where they go. */
export const STREAM_FACTS: Shape = value => {
  const at = streamFacts(value)
  if (at !== null) return at
  const { item, pairs, table } = value as Readonly<Record<string, unknown>>
  if (item === 'pairs' && pairs === null) return '/pairs'
  return item === 'table' && table === null ? '/table' : null
}

/** Of histograms, by their keys. */
export const HIST_LINE: Shape = value => {
  if (isObject(value) && 'end' in value) return object({ end: object({ histograms: whole }) })(value)
  return object({ dataset: text, folder: nameWithin, method: nameWithin, filter: filterName, histograms: fields })(
    value,
  )
}

export const REPORT_LINE: Shape = value => {
  if (!isObject(value)) return ''
  if ('end' in value) return object({ end: object({ chunks: whole }) })(value)
  if ('report' in value) return object({ report: object({ dataset, documents, failed: list(partitionRead) }) })(value)
  return partitionRead(value) ?? object({ dataset: text })(value)
}

/** Throws DataError where the value is of another form. what: who writes it. */
export function checkShape(shape: Shape, value: unknown, place: string, what: string): void {
  const at = shape(value)
  if (at === null) return
  const where = at === '' ? 'it is' : `${at} is`
  throw new DataError('ValueError', `${place}: wanted ${what}, got other JSON (${where} not of their form).`)
}
