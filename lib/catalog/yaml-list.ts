/** Lists of datasets as YAML: `datasets: [{name, dataset: path or list of paths, metadata}]`. Values are read as PyYAML does
 *  (YAML 1.1: yes and no are booleans, "<<" merges), so that files of the reference mean the same. */
import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument, type ScalarTag, type Tags } from 'yaml'
import { nearestHint, type Problem } from '../core/errors.js'
import { ordered } from '../core/ordered.js'
import type { DatasetEntry, DatasetPath, ParsedList } from './entries.js'

const KEYS = ['name', 'dataset', 'metadata']

/** Entries in order; every problem names file and line. */
export function parseYamlList(text: string, file: string): ParsedList {
  return new YamlList(text, file).parse()
}

class YamlList {
  private readonly file: string
  private readonly lines = new LineCounter()
  private readonly document
  private readonly problems: Problem[] = []
  private readonly warnings: Problem[] = []

  constructor(text: string, file: string) {
    this.file = file
    this.document = parseDocument(text, {
      lineCounter: this.lines,
      version: '1.1',
      customTags: asPyYaml,
      prettyErrors: false,
    })
  }

  parse(): ParsedList {
    const { problems, warnings } = this
    for (const { message, pos } of this.document.errors)
      problems.push({ place: this.at(pos[0]), message: `${message}.` })
    if (problems.length > 0) return { entries: [], warnings, problems }
    const list = this.document.get('datasets', true) as unknown
    if (!isMap(this.document.contents) || list === undefined) {
      const keys = isMap(this.document.contents) ? this.document.contents.items.map(item => keyText(item.key)) : []
      const message = `has no key "datasets".${nearestHint('datasets', keys)} List the datasets under it.`
      problems.push({ place: this.file, message })
      return { entries: [], warnings, problems }
    }
    if (isScalar(list) && list.value === null) return { entries: [], warnings, problems }
    if (!isSeq(list)) {
      this.problem(list, '"datasets" must be a list of objects with "name" and "dataset". Begin each with "- name:".')
      return { entries: [], warnings, problems }
    }
    const entries = list.items.map(item => this.entry(item)).filter(entry => entry !== null)
    return { entries, warnings, problems }
  }

  private entry(item: unknown): DatasetEntry | null {
    if (!isMap(item)) {
      this.problem(item, 'must be an object with "name" and "dataset".')
      return null
    }
    for (const { key } of item.items) {
      const text = keyText(key)
      if (KEYS.includes(text) || text === '<<') continue
      this.warnings.push({
        place: this.place(key),
        message: `unknown key "${text}", ignored.${nearestHint(text, KEYS, 1)}`,
      })
    }
    const value = this.valueOf(item)
    if (value === null) return null
    const name = this.name(item, value.name)
    const paths = this.paths(item, name, value.dataset)
    const metadata = this.metadata(item, name, value.metadata)
    return { name, paths, metadata, place: this.place(item) }
  }

  /** With the keys that come by "<<". An alias without its anchor comes to light only here. */
  private valueOf(item: Node): Record<string, unknown> | null {
    try {
      return inOrderOf(item.toJS(this.document, { mapAsMap: true })) as Record<string, unknown>
    } catch (error) {
      const isEndless = error instanceof RangeError
      const what = isEndless
        ? 'an alias stands for what it is in, or lists are nested too deep'
        : (error as Error).message
      this.problem(item, `${what}.`)
      return null
    }
  }

  private name(item: Node, value: unknown): string {
    if (typeof value === 'number') return String(value)
    if (typeof value === 'string' && value !== '') return value
    this.problem(item, `"name" must be a text${got(value)}. Name the dataset.`)
    return ''
  }

  private paths(item: Node, name: string, value: unknown): DatasetPath[] {
    const paths = Array.isArray(value) ? value : [value]
    if (paths.length === 0 || paths.some(path => typeof path !== 'string' || path === '')) {
      const message = `"dataset" of ${JSON.stringify(name)} must be a path or a list of paths${got(value)}.`
      this.problem(isMap(item) ? (item.get('dataset', true) ?? item) : item, message)
      return []
    }
    const node = isMap(item) ? item.get('dataset', true) : undefined
    const places = isSeq(node) ? node.items.map(part => this.place(part)) : []
    return (paths as string[]).map((path, i) => ({ path, place: places[i] ?? this.place(node ?? item) }))
  }

  private metadata(item: Node, name: string, value: unknown): Record<string, unknown> {
    if (value === undefined || value === null) return {}
    const node = isMap(item) ? (item.get('metadata', true) ?? item) : item
    if (!isPlain(value)) {
      this.problem(node, `"metadata" of ${JSON.stringify(name)} must be an object${got(value)}.`)
      return {}
    }
    for (const path of notJson(value, '')) {
      this.problem(node, `"metadata${path}" of ${JSON.stringify(name)} cannot be written as JSON. Write it as text.`)
    }
    return value
  }

  private problem(node: unknown, message: string): void {
    this.problems.push({ place: this.place(node), message })
  }

  private place(node: unknown): string {
    return isNode(node) && node.range ? this.at(node.range[0]) : this.file
  }

  private at(offset: number): string {
    return `${this.file}:${this.lines.linePos(offset).line}`
  }
}

/** The tags of YAML 1.1 but for two in which PyYAML differs from the letter of it: y and n are texts, since names may be so
 *  short; dates stay texts too, since JSON has none. */
function asPyYaml(tags: Tags): Tags {
  return tags
    .filter(tag => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:timestamp')
    .map(tag => (typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:bool' ? tag : longBoolean(tag as ScalarTag)))
}

function longBoolean(tag: ScalarTag): ScalarTag {
  const isTrue = tag.test?.test('yes') === true
  const test = isTrue ? /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/ : /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/
  return { ...tag, test }
}

/** Keys that are lists or maps are not written out: what they hold need not fit together. */
function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : '?'
}

/** Maps as objects, in their order. */
function inOrderOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrderOf)
  if (!(value instanceof Map)) return value
  return ordered([...value].map(([key, item]) => [key === null ? '' : String(key), inOrderOf(item)]))
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

/** Paths to the values that JSON has no form for. */
function notJson(value: unknown, path: string): string[] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return []
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path]
  if (Array.isArray(value)) return value.flatMap((item, i) => notJson(item, `${path}/${i}`))
  if (isPlain(value)) return Object.entries(value).flatMap(([key, item]) => notJson(item, `${path}/${key}`))
  return [path]
}

function got(value: unknown): string {
  return value === undefined ? ' and is missing' : `, got ${JSON.stringify(value)}`
}
