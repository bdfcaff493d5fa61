/** Awkward forms: the columns of a tree as coffea stores them in filesets (uproot.dask with titles and type names), so that
 *  the reference takes filesets from here, and the other way round. */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { DataError } from '../core/errors.js'
import type { DType } from '../core/types.js'
import { asciiJsonString } from '../formats/python-text.js'
import type { Tree } from '../root/index.js'

export type Parameters = Readonly<Record<string, string>>

/** Members stand in the order in which awkward writes them. */
export interface NumpyForm {
  readonly class: 'NumpyArray'
  readonly primitive: DType
  readonly inner_shape: readonly number[]
  readonly parameters: Parameters
  readonly form_key: null
}
export interface ListForm {
  readonly class: 'ListOffsetArray'
  readonly offsets: 'i64'
  readonly content: Form
  readonly parameters: Parameters
  readonly form_key: null
}
export interface RegularForm {
  readonly class: 'RegularArray'
  readonly size: number
  readonly content: Form
  readonly parameters: Parameters
  readonly form_key: null
}
export interface OptionForm {
  readonly class: 'IndexedOptionArray'
  readonly index: 'i64'
  readonly content: Form
  readonly parameters: Parameters
  readonly form_key: null
}
export type Form = NumpyForm | ListForm | RegularForm | OptionForm

export interface RecordForm {
  readonly class: 'RecordArray'
  readonly fields: readonly string[]
  readonly contents: readonly Form[]
  readonly parameters: Parameters
  readonly form_key: null
}

/** C++'s names of the types, as uproot gives them. */
const TYPE_NAMES: Readonly<Record<DType, string>> = {
  bool: 'bool',
  int8: 'int8_t',
  uint8: 'uint8_t',
  int16: 'int16_t',
  uint16: 'uint16_t',
  int32: 'int32_t',
  uint32: 'uint32_t',
  int64: 'int64_t',
  uint64: 'uint64_t',
  float32: 'float',
  float64: 'double',
}

/** The tree's branches of plain numbers, in the tree's order; others cannot be read and are left out. */
export function formOfTree(tree: Tree): RecordForm {
  const fields: string[] = []
  const contents: Form[] = []
  for (const name of tree.names) {
    const form = formOfBranch(tree, name)
    if (form === null) continue
    fields.push(name)
    contents.push(form)
  }
  return record(fields, contents, { __doc__: tree.title })
}

export function record(fields: readonly string[], contents: readonly Form[], parameters: Parameters): RecordForm {
  return { class: 'RecordArray', fields, contents, parameters, form_key: null }
}

export function numpy(primitive: DType, parameters: Parameters): NumpyForm {
  return { class: 'NumpyArray', primitive, inner_shape: [], parameters, form_key: null }
}

export function list(content: Form, parameters: Parameters): ListForm {
  return { class: 'ListOffsetArray', offsets: 'i64', content, parameters, form_key: null }
}

export function regular(size: number, content: Form, parameters: Parameters): RegularForm {
  return { class: 'RegularArray', size, content, parameters, form_key: null }
}

/** Numbers in arrays of these lengths, outermost first. */
function arrays(dtype: DType, shape: readonly number[]): NumpyForm | RegularForm {
  return shape.reduceRight<NumpyForm | RegularForm>((content, size) => regular(size, content, {}), numpy(dtype, {}))
}

/** null: a branch that cannot be read. */
function formOfBranch(tree: Tree, name: string): Form | null {
  try {
    const { dtype, counter, text } = tree.branch(name)!
    if (text === true) return null
    const { title, shape } = tree.describe(name)
    const sizes = shape.map(size => `[${size}]`).join('')
    const element = TYPE_NAMES[dtype]
    const typename = counter === name ? `std::vector<${element}>` : `${element}${counter === null ? '' : '[]'}${sizes}`
    const parameters = { __doc__: title, typename }
    if (counter !== null) return list(arrays(dtype, shape), parameters)
    return { ...arrays(dtype, shape), parameters }
  } catch (error) {
    if (error instanceof DataError && error.exception === 'NotImplementedError') return null
    throw error
  }
}

/** The form as awkward's to_json writes it. */
export function formText(form: RecordForm): string {
  return pythonJson(form)
}

/** What orders forms in a union: coffea sorts by this. form: its text. */
export function formHash(form: string): string {
  return createHash('md5').update(form).digest('hex')
}

/** base64 of the gzipped text. */
export function compressForm(form: string): string {
  return gzipSync(form).toString('base64')
}

/** Python's json.dumps with its default separators. */
function pythonJson(value: unknown): string {
  if (typeof value === 'string') return asciiJsonString(value)
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([key, member]) => `${asciiJsonString(key)}: ${pythonJson(member)}`)
  return `{${members.join(', ')}}`
}
