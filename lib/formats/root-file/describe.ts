/** Descriptions of classes (TStreamerInfo): how they are put down, and those of the classes that records of any kind have. */

/** EReadWrite numbers of TStreamerInfo, and sizes in bytes of the members in memory. */
const NUMBERS: Readonly<Record<string, readonly [type: number, bytes: number]>> = {
  char: [1, 1],
  short: [2, 2],
  int: [3, 4],
  float: [5, 4],
  double: [8, 8],
  'unsigned char': [11, 1],
  'unsigned short': [12, 2],
  'unsigned int': [13, 4],
  'unsigned long': [14, 8],
  Long64_t: [16, 8],
  bool: [18, 1],
  'TH1::EBinErrorOpt': [3, 4],
  'TH1::EStatOverflows': [3, 4],
}
const COUNTER = 6
const BITS = 15
const BASE = 0
const POINTER_TO_NUMBERS = 40
const OBJECT = 61
const PLAIN_OBJECT = 62
export const OWNED_POINTER = 63
const POINTER = 64
const STRING = 65
const BASE_TOBJECT = 66
const BASE_TNAMED = 67

/** One member or base: its TStreamerElement's subclass, name, title, type number, size and type name. */
export interface Element {
  readonly kind: 'Base' | 'BasicType' | 'String' | 'Object' | 'ObjectAny' | 'ObjectPointer' | 'BasicPointer'
  readonly name: string
  readonly title: string
  readonly type: number
  readonly bytes: number
  readonly typeName: string
  /** Of a BasicPointer: the member that counts its numbers, with the class and version that has it. */
  readonly counter?: readonly [name: string, className: string, version: number]
}

export interface Described {
  readonly version: number
  readonly checksum: number
  readonly elements: readonly Element[]
}

/** By name, in the order in which a file has them. */
export type Classes = Readonly<Record<string, Described>>

export function described(version: number, checksum: number, ...elements: Element[]): Described {
  return { version, checksum, elements }
}

export function base(name: string, title: string): Element {
  const type = name === 'TObject' ? BASE_TOBJECT : name === 'TNamed' ? BASE_TNAMED : BASE
  return { kind: 'Base', name, title, type, bytes: 0, typeName: 'BASE' }
}

export function number(typeName: string, name: string, title: string, special?: number): Element {
  const [type, bytes] = NUMBERS[typeName]!
  return { kind: 'BasicType', name, title, type: special ?? type, bytes, typeName }
}

/** A number that says how many numbers another member has. */
export function count(name: string, title: string): Element {
  return number('int', name, title, COUNTER)
}

export function text(name: string, title: string): Element {
  return { kind: 'String', name, title, type: STRING, bytes: 24, typeName: 'TString' }
}

/** An object of a class with TObject as a base. */
export function object(typeName: string, bytes: number, name: string, title: string): Element {
  return { kind: 'Object', name, title, type: OBJECT, bytes, typeName }
}

export function plainObject(typeName: string, bytes: number, name: string, title: string): Element {
  return { kind: 'ObjectAny', name, title, type: PLAIN_OBJECT, bytes, typeName }
}

export function pointer(typeName: string, name: string, title: string, type = POINTER): Element {
  return { kind: 'ObjectPointer', name, title, type, bytes: 8, typeName }
}

export function numbers(
  typeName: string,
  name: string,
  title: string,
  counter: NonNullable<Element['counter']>,
): Element {
  const type = POINTER_TO_NUMBERS + NUMBERS[typeName]![0]
  return { kind: 'BasicPointer', name, title, type, bytes: 8, typeName: `${typeName}*`, counter }
}

export const NAMED: Classes = {
  TObject: described(
    1,
    2417737773,
    number('unsigned int', 'fUniqueID', 'object unique identifier'),
    number('unsigned int', 'fBits', 'bit field status word', BITS),
  ),
  TString: described(2, 95257),
  TNamed: described(
    1,
    3753331260,
    base('TObject', 'Basic ROOT object'),
    text('fName', 'object identifier'),
    text('fTitle', 'object title'),
  ),
}

export const LISTS: Classes = {
  TCollection: described(
    3,
    1474546588,
    base('TObject', 'Basic ROOT object'),
    text('fName', 'name of the collection'),
    number('int', 'fSize', 'number of elements in collection'),
  ),
  TSeqCollection: described(0, 4234951622, base('TCollection', 'Collection abstract base class')),
  TList: described(5, 1774568379, base('TSeqCollection', 'Sequenceable collection ABC')),
}

export const ATTRIBUTES: Classes = {
  TAttLine: described(
    2,
    2483504457,
    number('short', 'fLineColor', 'Line color'),
    number('short', 'fLineStyle', 'Line style'),
    number('short', 'fLineWidth', 'Line width'),
  ),
  TAttFill: described(
    2,
    4292422290,
    number('short', 'fFillColor', 'Fill area color'),
    number('short', 'fFillStyle', 'Fill area style'),
  ),
  TAttMarker: described(
    2,
    689802220,
    number('short', 'fMarkerColor', 'Marker color'),
    number('short', 'fMarkerStyle', 'Marker style'),
    number('float', 'fMarkerSize', 'Marker size'),
  ),
}

/** What an RNTuple's anchor is an object of. */
export const RNTUPLE: Classes = {
  'ROOT::RNTuple': described(
    2,
    686174956,
    ...['Epoch', 'Major', 'Minor', 'Patch'].map(part => number('unsigned short', `fVersion${part}`, '')),
    ...['fSeekHeader', 'fNBytesHeader', 'fLenHeader', 'fSeekFooter', 'fNBytesFooter', 'fLenFooter', 'fMaxKeySize'].map(
      name => number('unsigned long', name, ''),
    ),
  ),
}
