/** The classes that histograms and graphs are made of, as ROOT 6 declares them: TH1D 3, TH2D 4, TH2F 4, TH3D 4, TGraphErrors 3 and
 *  their parts. */
import {
  ATTRIBUTES,
  base,
  type Classes,
  count,
  described,
  type Element,
  LISTS,
  NAMED,
  number,
  numbers,
  OWNED_POINTER,
  object,
  plainObject,
  pointer,
  text,
} from '../root-file/describe.js'
import type { Bases } from '../root-file/streamers.js'

function axis(name: string, title: string): Element {
  return object('TAxis', 216, name, title)
}

function array(name: string, title: string): Element {
  return plainObject('TArrayD', 24, name, title)
}

function points(name: string, what: string): Element {
  return numbers('double', name, `[fNpoints] array of ${what}`, ['fNpoints', 'TGraph', 4])
}

const CLASSES: Classes = {
  ...NAMED,
  ...LISTS,
  THashList: described(0, 3430828481, base('TList', 'Doubly linked list')),
  ...ATTRIBUTES,
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
    count('fBufferSize', 'fBuffer size'),
    numbers('double', 'fBuffer', '[fBufferSize] entry buffer', ['fBufferSize', 'TH1', 8]),
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
    count('fNpoints', 'Number of points <= fMaxSize'),
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
export const ARRAYS: Bases = {
  TArrayD: { version: 1, checksum: 1899622196 },
  TArrayF: { version: 1, checksum: 1510733553 },
}

/** Described in files that have them alone. */
export type OptionalClass = 'TH2F' | 'TGraphErrors'

const OPTIONAL: Readonly<Record<string, OptionalClass>> = {
  TH2F: 'TH2F',
  TGraph: 'TGraphErrors',
  TGraphErrors: 'TGraphErrors',
}

/** The classes of a file with these optional ones. */
export function classesOf(optional: ReadonlySet<OptionalClass>): Classes {
  const isThere = (name: string) => OPTIONAL[name] === undefined || optional.has(OPTIONAL[name])
  return Object.fromEntries(Object.entries(CLASSES).filter(([name]) => isThere(name)))
}
