/** The description of the classes that histograms are made of, which every ROOT file carries (its TStreamerInfo list), so that
 *  readers without these classes can read them: TH1D 3, TH2D 4, TH2F 4, TH3D 4 and their parts, as ROOT 6 declares them. */
import { RootBuffer } from './root-hists-buffer.js'

/** EReadWrite numbers of TStreamerInfo, and sizes in bytes of the members in memory. */
const NUMBERS: Readonly<Record<string, readonly [type: number, bytes: number]>> = {
  short: [2, 2],
  int: [3, 4],
  float: [5, 4],
  double: [8, 8],
  'unsigned short': [12, 2],
  'unsigned int': [13, 4],
  bool: [18, 1],
  'TH1::EBinErrorOpt': [3, 4],
  'TH1::EStatOverflows': [3, 4],
}
const COUNTER = 6
const BITS = 15
const BASE = 0
const POINTER_TO_NUMBERS = 48
const OBJECT = 61
const PLAIN_OBJECT = 62
const OWNED_POINTER = 63
const POINTER = 64
const STRING = 65
const BASE_TOBJECT = 66
const BASE_TNAMED = 67

/** One member or base: its TStreamerElement's subclass, name, title, type number, size and type name. */
interface Element {
  readonly kind: 'Base' | 'BasicType' | 'String' | 'Object' | 'ObjectAny' | 'ObjectPointer' | 'BasicPointer'
  readonly name: string
  readonly title: string
  readonly type: number
  readonly bytes: number
  readonly typeName: string
}

interface Described {
  readonly version: number
  readonly checksum: number
  readonly elements: readonly Element[]
}

function base(name: string, title: string): Element {
  const type = name === 'TObject' ? BASE_TOBJECT : name === 'TNamed' ? BASE_TNAMED : BASE
  return { kind: 'Base', name, title, type, bytes: 0, typeName: 'BASE' }
}

function number(typeName: string, name: string, title: string, special?: number): Element {
  const [type, bytes] = NUMBERS[typeName]!
  return { kind: 'BasicType', name, title, type: special ?? type, bytes, typeName }
}

function text(name: string, title: string): Element {
  return { kind: 'String', name, title, type: STRING, bytes: 24, typeName: 'TString' }
}

function axis(name: string, title: string): Element {
  return { kind: 'Object', name, title, type: OBJECT, bytes: 216, typeName: 'TAxis' }
}

function array(name: string, title: string): Element {
  return { kind: 'ObjectAny', name, title, type: PLAIN_OBJECT, bytes: 24, typeName: 'TArrayD' }
}

function pointer(typeName: string, name: string, title: string, type = POINTER): Element {
  return { kind: 'ObjectPointer', name, title, type, bytes: 8, typeName }
}

const buffer: Element = {
  kind: 'BasicPointer',
  name: 'fBuffer',
  title: '[fBufferSize] entry buffer',
  type: POINTER_TO_NUMBERS,
  bytes: 8,
  typeName: 'double*',
}

const described = (version: number, checksum: number, ...elements: Element[]): Described => ({
  version,
  checksum,
  elements,
})

const CLASSES: Readonly<Record<string, Described>> = {
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
  TCollection: described(
    3,
    1474546588,
    base('TObject', 'Basic ROOT object'),
    text('fName', 'name of the collection'),
    number('int', 'fSize', 'number of elements in collection'),
  ),
  TSeqCollection: described(0, 4234951622, base('TCollection', 'Collection abstract base class')),
  TList: described(5, 1774568379, base('TSeqCollection', 'Sequenceable collection ABC')),
  THashList: described(0, 3430828481, base('TList', 'Doubly linked list')),
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
  TAttAxis: described(
    4,
    1550843710,
    number('int', 'fNdivisions', 'Number of divisions(10000*n3 + 100*n2 + n1)'),
    number('short', 'fAxisColor', 'Color of the line axis'),
    number('short', 'fLabelColor', 'Color of labels'),
    number('short', 'fLabelFont', 'Font for labels'),
    number('float', 'fLabelOffset', 'Offset of labels'),
    number('float', 'fLabelSize', 'Size of labels'),
    number('float', 'fTickLength', 'Length of tick marks'),
    number('float', 'fTitleOffset', 'Offset of axis title'),
    number('float', 'fTitleSize', 'Size of axis title'),
    number('short', 'fTitleColor', 'Color of axis title'),
    number('short', 'fTitleFont', 'Font for axis title'),
  ),
  TAxis: described(
    10,
    1514761840,
    base('TNamed', 'The basis for a named object (name, title)'),
    base('TAttAxis', 'Axis attributes'),
    number('int', 'fNbins', 'Number of bins'),
    number('double', 'fXmin', 'low edge of first bin'),
    number('double', 'fXmax', 'upper edge of last bin'),
    array('fXbins', 'Bin edges array in X'),
    number('int', 'fFirst', 'first bin to display'),
    number('int', 'fLast', 'last bin to display'),
    number('unsigned short', 'fBits2', 'second bit status word'),
    number('bool', 'fTimeDisplay', 'on/off displaying time values instead of numerics'),
    text('fTimeFormat', 'Date&time format, ex: 09/12/99 12:34:00'),
    pointer('THashList*', 'fLabels', 'List of labels'),
    pointer('TList*', 'fModLabs', 'List of modified labels'),
  ),
  TH1: described(
    8,
    473383108,
    base('TNamed', 'The basis for a named object (name, title)'),
    base('TAttLine', 'Line attributes'),
    base('TAttFill', 'Fill area attributes'),
    base('TAttMarker', 'Marker attributes'),
    number('int', 'fNcells', 'number of bins(1D), cells (2D) +U/Overflows'),
    axis('fXaxis', 'X axis descriptor'),
    axis('fYaxis', 'Y axis descriptor'),
    axis('fZaxis', 'Z axis descriptor'),
    number('short', 'fBarOffset', '(1000*offset) for bar charts or legos'),
    number('short', 'fBarWidth', '(1000*width) for bar charts or legos'),
    number('double', 'fEntries', 'Number of entries'),
    number('double', 'fTsumw', 'Total Sum of weights'),
    number('double', 'fTsumw2', 'Total Sum of squares of weights'),
    number('double', 'fTsumwx', 'Total Sum of weight*X'),
    number('double', 'fTsumwx2', 'Total Sum of weight*X*X'),
    number('double', 'fMaximum', 'Maximum value for plotting'),
    number('double', 'fMinimum', 'Minimum value for plotting'),
    number('double', 'fNormFactor', 'Normalization factor'),
    array('fContour', 'Array to display contour levels'),
    array('fSumw2', 'Array of sum of squares of weights'),
    text('fOption', 'histogram options'),
    pointer('TList*', 'fFunctions', '->Pointer to list of functions (fits and user)', OWNED_POINTER),
    number('int', 'fBufferSize', 'fBuffer size', COUNTER),
    buffer,
    number('TH1::EBinErrorOpt', 'fBinStatErrOpt', 'option for bin statistical errors'),
    number('TH1::EStatOverflows', 'fStatOverflows', 'per object flag to use under/overflows in statistics'),
  ),
  TH1D: described(3, 4189148831, base('TH1', '1-Dim histogram base class'), base('TArrayD', 'Array of doubles')),
  TH2: described(
    5,
    25310335,
    base('TH1', '1-Dim histogram base class'),
    number('double', 'fScalefactor', 'Scale factor'),
    number('double', 'fTsumwy', 'Total Sum of weight*Y'),
    number('double', 'fTsumwy2', 'Total Sum of weight*Y*Y'),
    number('double', 'fTsumwxy', 'Total Sum of weight*X*Y'),
  ),
  TH2D: described(4, 2142929648, base('TH2', '2-Dim histogram base class'), base('TArrayD', 'Array of doubles')),
  TH2F: described(4, 1755103893, base('TH2', '2-Dim histogram base class'), base('TArrayF', 'Array of floats')),
  TAtt3D: described(1, 30074),
  TH3: described(
    6,
    1121076319,
    base('TH1', '1-Dim histogram base class'),
    base('TAtt3D', '3D attributes'),
    number('double', 'fTsumwy', 'Total Sum of weight*Y'),
    number('double', 'fTsumwy2', 'Total Sum of weight*Y*Y'),
    number('double', 'fTsumwxy', 'Total Sum of weight*X*Y'),
    number('double', 'fTsumwz', 'Total Sum of weight*Z'),
    number('double', 'fTsumwz2', 'Total Sum of weight*Z*Z'),
    number('double', 'fTsumwxz', 'Total Sum of weight*X*Z'),
    number('double', 'fTsumwyz', 'Total Sum of weight*Y*Z'),
  ),
  TH3D: described(4, 1689911174, base('TH3', '3-Dim histogram base class'), base('TArrayD', 'Array of doubles')),
}

/** Bases that are not described by themselves: version and checksum, which the classes derived from them name. */
const ARRAYS: Readonly<Record<string, Pick<Described, 'version' | 'checksum'>>> = {
  TArrayD: { version: 1, checksum: 1899622196 },
  TArrayF: { version: 1, checksum: 1510733553 },
}

/** The record of the list, without its key. origin: the length of that key. hasFloats: a TH2F is in the file. */
export function streamerInfoRecord(origin: number, hasFloats: boolean): Uint8Array {
  const out = new RootBuffer(origin)
  const classes = Object.entries(CLASSES).filter(([name]) => hasFloats || name !== 'TH2F')
  out.counted(5, () => {
    out.object()
    out.string('')
    out.i32(classes.length)
    for (const [name, info] of classes) {
      out.pointer('TStreamerInfo', () => writeInfo(out, name, info))
      out.u8(0) // the option that a TList keeps with each object: none
    }
  })
  return out.written()
}

function writeInfo(out: RootBuffer, name: string, { version, checksum, elements }: Described): void {
  out.counted(9, () => {
    out.named(name, '', IS_COMPILED)
    out.u32(checksum)
    out.i32(version)
    out.pointer('TObjArray', () =>
      out.counted(3, () => {
        out.object()
        out.string('')
        out.i32(elements.length, 0)
        for (const element of elements) {
          out.pointer(`TStreamer${element.kind}`, () => writeElement(out, element))
        }
      }),
    )
  })
}

/** TStreamerInfo's bit for a class that the program which wrote the file knew. */
const IS_COMPILED = 0x10000

function writeElement(out: RootBuffer, element: Element): void {
  const { kind, name, title, type, bytes, typeName } = element
  const isBase = kind === 'Base'
  const { version, checksum } = isBase ? (CLASSES[name] ?? ARRAYS[name]!) : { version: 0, checksum: 0 }
  out.counted(isBase ? 3 : 2, () => {
    out.counted(4, () => {
      out.named(name, title)
      out.i32(type, bytes, 0, 0)
      out.u32(0, checksum, 0, 0, 0) // fMaxIndex; ROOT keeps a base's checksum in the second
      out.string(typeName)
    })
    if (isBase) out.i32(version)
    if (kind === 'BasicPointer') {
      out.i32(8) // the version of the class that has the counter
      out.string('fBufferSize')
      out.string('TH1')
    }
  })
}
