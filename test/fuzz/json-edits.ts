/** Damage to JSON documents that knows their schema: values of other types and at bounds, keys left out, misspelt and put elsewhere. */
import type { Random } from '../../bench/random.js'
import { few, type Json, pick } from './target.js'

type Path = readonly (string | number)[]
type Schema = { readonly [key: string]: unknown }

/** What is looked at of a schema. */
interface Known {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: unknown
  readonly items?: unknown
  readonly prefixItems?: readonly unknown[]
  readonly $ref?: string
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly enum?: readonly Json[]
  readonly const?: Json
  readonly default?: Json
  readonly minimum?: number
  readonly maximum?: number
  readonly examples?: readonly Json[]
  readonly type?: string | readonly string[]
}

const ODD: readonly Json[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  2,
  0.5,
  -0.5,
  1e-320,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 64,
  1.0000001,
  '',
  ' ',
  '0',
  '-1',
  '1e5',
  'null',
  'nan',
  'inf',
  'a',
  'a b',
  '\u0000',
  '\ud800',
  '\n',
  'é',
  '🙂',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '/',
  '..',
  '.',
  '*',
  '~',
  '~1',
  '%',
  '(',
  ')',
  '[',
  '"',
  "'",
  '\\',
  '$',
  'x'.repeat(5000),
  [],
  {},
  [null],
  [[]],
  [{}],
  { '': null },
  ['a', 1],
  [1, 2],
  [2, 1],
  [0, 0],
  [1, 1, 1],
  [1e308, 1e308],
]

const KEYS = [
  '',
  '0',
  '1',
  '10',
  '-1',
  '__proto__',
  'constructor',
  'toString',
  'name',
  'length',
  'a/b',
  'a~b',
  'é',
  ' ',
]

/** All places of a document, the whole first. */
function pathsOf(value: Json, at: Path = [], out: Path[] = []): Path[] {
  out.push(at)
  if (out.length > 4000 || at.length > 50) return out
  if (Array.isArray(value)) value.forEach((item, k) => void pathsOf(item, [...at, k], out))
  else if (isObject(value)) for (const key of Object.keys(value)) pathsOf(value[key]!, [...at, key], out)
  return out
}

export function isObject(value: unknown): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function get(value: Json, path: Path): Json {
  let at: Json = value
  for (const key of path) at = (at as { [key: string | number]: Json })[key]!
  return at
}

/** The document with another value at the path; undefined: without it. */
export function put(value: Json, path: Path, what: Json | undefined): Json {
  if (path.length === 0) return what ?? null
  const [key, ...rest] = path
  if (Array.isArray(value)) {
    const out = [...value]
    if (rest.length === 0 && what === undefined) out.splice(key as number, 1)
    else out[key as number] = put(out[key as number]!, rest, what)
    return out
  }
  return Object.fromEntries(
    Object.entries(value as { [key: string]: Json }).flatMap(([name, item]) => {
      if (name !== String(key)) return [[name, item]]
      return rest.length === 0 && what === undefined ? [] : [[name, put(item, rest, what)]]
    }),
  )
}

/** What the schema says of the value at a path; several where it leaves a choice. */
function schemasAt(root: Schema, path: Path): Schema[] {
  let all = alternatives(root, root)
  for (const key of path) {
    all = all.flatMap(schema => {
      const { properties, items, prefixItems, additionalProperties } = schema as Known
      const next = typeof key === 'number' ? (prefixItems?.[key] ?? items) : (properties?.[key] ?? additionalProperties)
      return isObject(next) ? alternatives(next as Schema, root) : []
    })
  }
  return all
}

function alternatives(schema: Schema, root: Schema, depth = 0): Schema[] {
  if (depth > 8) return []
  const { $ref, anyOf, oneOf, allOf } = schema as Known
  const more: Schema[] = [...(anyOf ?? []), ...(oneOf ?? []), ...(allOf ?? [])]
  if (typeof $ref === 'string' && $ref.startsWith('#/')) {
    const found = $ref
      .slice(2)
      .split('/')
      .reduce<unknown>((at, key) => (at as Schema | undefined)?.[key], root)
    if (isObject(found)) more.push(found as Schema)
  }
  return [schema, ...more.flatMap(one => alternatives(one, root, depth + 1))]
}

/** A value that the schema may want. */
function wanted(random: Random, schemas: readonly Schema[]): Json {
  const choices: Json[] = []
  for (const {
    enum: values,
    const: value,
    default: usual,
    minimum,
    maximum,
    examples,
    type,
  } of schemas as readonly Known[]) {
    if (Array.isArray(values)) choices.push(...values)
    for (const one of [value, usual, minimum, maximum]) if (one !== undefined) choices.push(one)
    if (typeof minimum === 'number') choices.push(minimum - 1)
    if (Array.isArray(examples)) choices.push(...examples)
    const types = [type ?? []].flat()
    if (types.includes('integer') || types.includes('number')) choices.push(1, 40, 0.5)
    if (types.includes('array')) choices.push([], [1, 2])
    if (types.includes('object')) choices.push({})
    if (types.includes('boolean')) choices.push(true, false)
  }
  return choices.length === 0 ? pick(random, ODD) : pick(random, choices)
}

export function mutateJson(document: Json, random: Random, schema: Schema = {}, spare: Json = document): Json {
  let value = document
  for (let k = random.chance(0.6) ? 1 : few(random, 6); k > 0; k--) value = mutateOnce(value, random, schema, spare)
  return value
}

/** A change that schemas allow: what lies behind them is reached by these. */
function mutateGently(document: Json, random: Random, schema: Schema, spare: Json): Json {
  const path = pick(random, pathsOf(document))
  const value = get(document, path)
  const alike = (one: Json) => typeof one === typeof value && Array.isArray(one) === Array.isArray(value)
  if (random.chance(0.2)) {
    const from = pathsOf(spare)
      .map(at => get(spare, at))
      .filter(alike)
    return from.length === 0 ? document : put(document, path, pick(random, from))
  }
  if (typeof value === 'string') {
    const known = schemasAt(schema, path).flatMap(one => (Array.isArray(one.enum) ? (one.enum as Json[]) : []))
    if (known.length > 0 && random.chance(0.8)) return put(document, path, pick(random, known))
    return put(document, path, mutateText(value, random))
  }
  if (typeof value === 'number') {
    const near = [value + 1, value - 1, -value, 2 * value, value + 1e-9, value / 2, Math.round(value)]
    return put(document, path, pick(random, random.chance(0.7) ? near : ODD.filter(one => typeof one === 'number')))
  }
  if (typeof value === 'boolean') return put(document, path, !value)
  if (Array.isArray(value) && value.length > 0) {
    const at = random.below(value.length)
    const [one] = value.slice(at, at + 1) as [Json]
    const without = value.filter((_, k) => k !== at)
    return put(
      document,
      path,
      pick(random, [without, [...value, one], [one, ...value], [...without, one], [], [...value].reverse()]),
    )
  }
  if (!isObject(value)) return document
  const keys = Object.keys(value)
  const missing = schemasAt(schema, path)
    .flatMap(({ properties }) => Object.keys((properties ?? {}) as object))
    .filter(key => !keys.includes(key))
  if (missing.length > 0 && random.chance(0.7)) {
    const key = pick(random, missing)
    return put(document, path, { ...value, [key]: wanted(random, schemasAt(schema, [...path, key])) })
  }
  return keys.length === 0 ? document : put(document, [...path, pick(random, keys)], undefined)
}

function mutateOnce(document: Json, random: Random, schema: Schema, spare: Json): Json {
  if (random.chance(0.6)) return mutateGently(document, random, schema, spare)
  const paths = pathsOf(document)
  const path = pick(random, paths)
  const value = get(document, path)
  const from = pick(random, pathsOf(spare))
  switch (random.below(12)) {
    case 0:
    case 1:
      return put(document, path, pick(random, ODD))
    case 2:
    case 3:
      return put(document, path, wanted(random, schemasAt(schema, path)))
    case 4:
      return path.length === 0 ? document : put(document, path, undefined)
    case 5:
      return put(document, path, get(spare, from))
    case 6:
      return withKey(document, path, random, schema)
    case 7:
      return renamed(document, path, random)
    case 8:
      if (typeof value === 'string') return put(document, path, mutateText(value, random))
      if (typeof value === 'number')
        return put(
          document,
          path,
          pick(random, [
            -value,
            value + 1,
            value / 2,
            value * 1e300,
            Math.round(value),
            1 / (value || 1),
            String(value),
          ]),
        )
      return put(document, path, [value])
    case 9:
      if (Array.isArray(value) && value.length > 0) {
        const items = [...value]
        items.splice(random.below(items.length + 1), 0, pick(random, items))
        return put(document, path, random.chance(0.5) ? items : items.reverse())
      }
      return put(document, path, [value, value])
    case 10:
      return put(document, path, nested(value, pick(random, [3, 30, 1000]), random.chance(0.5)))
    default:
      return put(document, path, isObject(value) ? Object.values(value) : { a: value })
  }
}

function nested(value: Json, depth: number, isList: boolean): Json {
  let out = value
  for (let k = 0; k < depth; k++) out = isList ? [out] : { a: out }
  return out
}

function withKey(document: Json, path: Path, random: Random, schema: Schema): Json {
  const value = get(document, path)
  if (!isObject(value)) return put(document, path, pick(random, ODD))
  const known = schemasAt(schema, path).flatMap(({ properties }) => Object.keys((properties ?? {}) as object))
  const key = known.length > 0 && random.chance(0.8) ? pick(random, known) : pick(random, KEYS)
  const item = random.chance(0.5) ? wanted(random, schemasAt(schema, [...path, key])) : pick(random, ODD)
  return put(document, path, Object.fromEntries([...Object.entries(value), [key, item]]))
}

function renamed(document: Json, path: Path, random: Random): Json {
  const value = get(document, path)
  if (!isObject(value) || Object.keys(value).length === 0) return document
  const old = pick(random, Object.keys(value))
  const name = random.chance(0.5) ? pick(random, KEYS) : mutateText(old, random)
  return put(
    document,
    path,
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key === old ? name : key, item])),
  )
}

const PIECES = [
  '',
  ' ',
  '\n',
  '\t',
  '\r\n',
  '0',
  '-',
  '.',
  ',',
  ':',
  ';',
  '/',
  '\\',
  '"',
  "'",
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '<',
  '>',
  '=',
  '&',
  '|',
  '~',
  '!',
  '*',
  '+',
  '%',
  '#',
  '@',
  '_',
  'e',
  'x',
  'null',
  'true',
  'NaN',
  'inf',
  '1e999',
  '99999999999999999999',
  'é',
  '\u0000',
  '\ufeff',
  '\ud800',
  '🙂',
  '<<',
  '- ',
  '? ',
  '&a ',
  '*a',
  '!!',
  '__proto__',
  '\\u0000',
  '--',
  '...',
  '---',
  '//',
  '0x',
  '::',
]

/** Characters taken out, put in, doubled; at times the text's end. */
export function mutateText(text: string, random: Random, pieces: readonly string[] = PIECES): string {
  const at = random.below(text.length + 1)
  const length = random.below(random.chance(0.7) ? 4 : 40)
  switch (random.below(6)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length)
    case 1:
    case 2:
      return text.slice(0, at) + pick(random, pieces) + text.slice(at)
    case 3:
      return text.slice(0, at) + pick(random, pieces) + text.slice(at + length)
    case 4: {
      const from = random.below(text.length + 1)
      return text.slice(0, at) + text.slice(from, from + length) + text.slice(at)
    }
    default:
      return random.chance(0.3)
        ? text.slice(0, at)
        : text.slice(0, at) + String.fromCharCode(random.below(256)) + text.slice(at + 1)
  }
}

/** Smaller documents: parts left out, then parts made plain. */
export function* shrinkJson(document: Json): Iterable<Json> {
  const paths = pathsOf(document)
  for (const path of paths.slice(1)) yield put(document, path, undefined)
  for (const path of paths) {
    const value = get(document, path)
    if (typeof value === 'string' && value.length > 1) {
      yield put(document, path, value.slice(0, value.length >> 1))
      yield put(document, path, value.slice(value.length >> 1))
      if (value.length < 200)
        for (let k = 0; k < value.length; k++) yield put(document, path, value.slice(0, k) + value.slice(k + 1))
    } else if (Array.isArray(value) && value.length > 3) {
      yield put(document, path, value.slice(0, value.length >> 1))
      yield put(document, path, value.slice(value.length >> 1))
    } else if (
      path.length > 0 &&
      ((Array.isArray(value) && value.length > 0) || (isObject(value) && Object.keys(value).length > 0))
    ) {
      for (const inner of Object.values(value)) yield put(document, path, inner as Json)
    }
  }
}

/** Shorter texts. */
export function* shrinkText(text: string): Iterable<string> {
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < text.length; at += size) yield text.slice(0, at) + text.slice(at + size)
  }
}
