/** The classes that histograms and graphs are made of, as ROOT 6 declares them: TH1D 3, TH2D 4, TH2F 4, TH3D 4, TGraphErrors 3 and
 *  their parts. */

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

function numbers(name: string, title: string, counter: NonNullable<Element['counter']>): Element {
  return { kind: 'BasicPointer', name, title, type: POINTER_TO_NUMBERS, bytes: 8, typeName: 'double*', counter }
}

function points(name: string, what: string): Element {
  return numbers(name, `[fNpoints] array of ${what}`, ['fNpoints', 'TGraph', 4])
}

const described = (version: number, checksum: number, ...elements: Element[]): Described => ({
  version,
  checksum,
  elements,
})

export const CLASSES: Readonly<Record<string, Described>> = {
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
    numbers('fBuffer', '[fBufferSize] entry buffer', ['fBufferSize', 'TH1', 8]),
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
  TGraph: described(
    4,
    100136037,
    base('TNamed', 'The basis for a named object (name, title)'),
    base('TAttLine', 'Line attributes'),
    base('TAttFill', 'Fill area attributes'),
    base('TAttMarker', 'Marker attributes'),
    number('int', 'fNpoints', 'Number of points <= fMaxSize', COUNTER),
    points('fX', 'X points'),
    points('fY', 'Y points'),
    pointer('TList*', 'fFunctions', 'Pointer to list of functions (fits and user)'),
    pointer('TH1F*', 'fHistogram', 'Pointer to histogram used for drawing axis'),
    number('double', 'fMinimum', 'Minimum value for plotting along y'),
    number('double', 'fMaximum', 'Maximum value for plotting along y'),
  ),
  TGraphErrors: described(
    3,
    712827663,
    base('TGraph', 'Graph graphics class'),
    points('fEX', 'X errors'),
    points('fEY', 'Y errors'),
  ),
  TH3D: described(4, 1689911174, base('TH3', '3-Dim histogram base class'), base('TArrayD', 'Array of doubles')),
}

/** Bases that are not described by themselves: version and checksum, which the classes derived from them name. */
export const ARRAYS: Readonly<Record<string, Pick<Described, 'version' | 'checksum'>>> = {
  TArrayD: { version: 1, checksum: 1899622196 },
  TArrayF: { version: 1, checksum: 1510733553 },
}
