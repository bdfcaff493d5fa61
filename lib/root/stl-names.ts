/** Names of C++ types: which are numbers, and which are collections of numbers. */
import { byteSize } from '../core/dtype.js'
import type { DType } from '../core/types.js'

const NUMBERS: ReadonlyMap<string, DType> = new Map([
  ...names('bool', 'bool', 'Bool_t'),
  ...names('int8', 'char', 'signed char', 'Char_t', 'int8_t'),
  ...names('uint8', 'unsigned char', 'UChar_t', 'uint8_t', 'Byte_t', 'std::byte'),
  ...names('int16', 'short', 'short int', 'Short_t', 'int16_t'),
  ...names('uint16', 'unsigned short', 'UShort_t', 'uint16_t'),
  ...names('int32', 'int', 'Int_t', 'int32_t'),
  ...names('uint32', 'unsigned int', 'unsigned', 'UInt_t', 'uint32_t'),
  // ROOT stores "long" in 8 bytes on every machine.
  ...names('int64', 'long', 'long long', 'Long_t', 'Long64_t', 'int64_t'),
  ...names('uint64', 'unsigned long', 'unsigned long long', 'ULong_t', 'ULong64_t', 'uint64_t'),
  ...names('float32', 'float', 'Float_t'),
  ...names('float64', 'double', 'Double_t', 'Double32_t'),
])

function names(dtype: DType, ...types: string[]): [string, DType][] {
  return types.map(type => [type, dtype])
}

const COLLECTIONS =
  /^(?:vector|deque|list|forward_list|(?:unordered_)?(?:multi)?set|(?:ROOT::(?:VecOps::)?)?RVec)<([\w: ]+?)(?:,.*)?>$/

export interface NumberList {
  readonly dtype: DType
  /** Double32_t: stored as float32. */
  readonly narrowed: boolean
}

/** A collection that is stored as count and numbers; null: another type. */
export function numberList(typeName: string): NumberList | null {
  const name = typeName.replaceAll(/\bstd::(?!byte)/g, '').trim()
  if (/^bitset<\d+>$/.test(name)) return { dtype: 'bool', narrowed: false }
  const element = COLLECTIONS.exec(name)?.[1]?.trim()
  const dtype = element === undefined ? undefined : NUMBERS.get(element)
  return dtype === undefined ? null : { dtype, narrowed: element === 'Double32_t' }
}

/** Types of members, as TVirtualStreamerInfo numbers them. */
const MEMBERS: ReadonlyMap<number, DType> = new Map([
  [1, 'int8'],
  [2, 'int16'],
  [3, 'int32'],
  [4, 'int64'],
  [5, 'float32'],
  [6, 'uint32'], // a counter; as uproot takes it
  [8, 'float64'],
  [9, 'float64'], // Double32_t
  [11, 'uint8'],
  [12, 'uint16'],
  [13, 'uint32'],
  [14, 'uint64'],
  [15, 'uint32'], // bits
  [16, 'int64'],
  [17, 'uint64'],
  [18, 'bool'],
  [19, 'float32'], // Float16_t
])

export const DOUBLE32 = 9
export const FLOAT16 = 19
/** Added to the type of an array of fixed size, and of one that the class has a pointer to. */
const ARRAY = 20
const POINTER = 40

/** Bytes of a member that is one number and stored as such; undefined: of another type. */
export function memberBytes(streamerType: number): number | undefined {
  const dtype = MEMBERS.get(streamerType)
  const isPlain = dtype !== undefined && streamerType !== DOUBLE32 && streamerType !== FLOAT16
  return isPlain ? byteSize(dtype) : undefined
}

/** Type of one value of a member that is a number, or an array of fixed size of them; null: of another type. */
export function memberNumber(streamerType: number): { readonly dtype: DType; readonly type: number } | null {
  const type = streamerType > ARRAY && streamerType < POINTER ? streamerType - ARRAY : streamerType
  const dtype = MEMBERS.get(type)
  return dtype === undefined ? null : { dtype, type }
}

/** The same of an array that the class has a pointer to. */
export function pointedNumber(streamerType: number): { readonly dtype: DType; readonly type: number } | null {
  return streamerType > POINTER && streamerType < POINTER + ARRAY ? memberNumber(streamerType - POINTER) : null
}
