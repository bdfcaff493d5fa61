/** The classes that a TTree is made of, as ROOT 6 declares them: TTree 20, TBranch 13, TLeaf 2 and their parts. */
import {
  ATTRIBUTES,
  base,
  type Classes,
  count,
  described,
  LISTS,
  NAMED,
  number,
  numbers,
  object,
  plainObject,
  pointer,
  text,
} from '../root-file/describe.js'

const long = (name: string, title: string) => number('Long64_t', name, title)
const int = (name: string, title: string) => number('int', name, title)

const CLUSTERS = ['fNClusterRange', 'TTree', 20] as const
const BASKETS = ['fMaxBaskets', 'TBranch', 13] as const

const TREE: Classes = {
  TTree: described(
    20,
    1919213695,
    base('TNamed', 'The basis for a named object (name, title)'),
    base('TAttLine', 'Line attributes'),
    base('TAttFill', 'Fill area attributes'),
    base('TAttMarker', 'Marker attributes'),
    long('fEntries', 'Number of entries'),
    long('fTotBytes', 'Total number of bytes in all branches before compression'),
    long('fZipBytes', 'Total number of bytes in all branches after compression'),
    long('fSavedBytes', 'Number of autosaved bytes'),
    long('fFlushedBytes', 'Number of auto-flushed bytes'),
    number('double', 'fWeight', 'Tree weight (see TTree::SetWeight)'),
    int('fTimerInterval', 'Timer interval in milliseconds'),
    int('fScanField', 'Number of runs before prompting in Scan'),
    int('fUpdate', 'Update frequency for EntryLoop'),
    int('fDefaultEntryOffsetLen', 'Initial Length of fEntryOffset table in the basket buffers'),
    count('fNClusterRange', "Number of Cluster range in addition to the one defined by 'AutoFlush'"),
    long('fMaxEntries', 'Maximum number of entries in case of circular buffers'),
    long('fMaxEntryLoop', 'Maximum number of entries to process'),
    long('fMaxVirtualSize', 'Maximum total size of buffers kept in memory'),
    long('fAutoSave', 'Autosave tree when fAutoSave entries written or -fAutoSave (compressed) bytes produced'),
    long('fAutoFlush', 'Auto-flush tree when fAutoFlush entries written or -fAutoFlush (compressed) bytes produced'),
    long('fEstimate', 'Number of entries to estimate histogram limits'),
    numbers('Long64_t', 'fClusterRangeEnd', '[fNClusterRange] Last entry of a cluster range.', CLUSTERS),
    numbers(
      'Long64_t',
      'fClusterSize',
      '[fNClusterRange] Number of entries in each cluster for a given range.',
      CLUSTERS,
    ),
    plainObject('ROOT::TIOFeatures', 1, 'fIOFeatures', 'IO features to define for newly-written baskets and branches.'),
    object('TObjArray', 64, 'fBranches', 'List of Branches'),
    object('TObjArray', 64, 'fLeaves', 'Direct pointers to individual branch leaves'),
    pointer('TList*', 'fAliases', 'List of aliases for expressions based on the tree branches.'),
    plainObject('TArrayD', 24, 'fIndexValues', 'Sorted index values'),
    plainObject('TArrayI', 24, 'fIndex', 'Index of sorted values'),
    pointer('TVirtualIndex*', 'fTreeIndex', 'Pointer to the tree Index (if any)'),
    pointer('TList*', 'fFriends', 'pointer to list of friend elements'),
    pointer('TList*', 'fUserInfo', 'pointer to a list of user objects associated to this Tree'),
    pointer('TBranchRef*', 'fBranchRef', 'Branch supporting the TRefTable (if any)'),
  ),
  'ROOT::TIOFeatures': described(1, 446770960, number('unsigned char', 'fIOBits', '')),
  TBranch: described(
    13,
    278366892,
    base('TNamed', 'The basis for a named object (name, title)'),
    base('TAttFill', 'Fill area attributes'),
    int('fCompress', 'Compression level and algorithm'),
    int('fBasketSize', 'Initial Size of  Basket Buffer'),
    int('fEntryOffsetLen', 'Initial Length of fEntryOffset table in the basket buffers'),
    int('fWriteBasket', 'Last basket number written'),
    long('fEntryNumber', 'Current entry number (last one filled in this branch)'),
    plainObject('ROOT::TIOFeatures', 1, 'fIOFeatures', 'IO features for newly-created baskets.'),
    int('fOffset', 'Offset of this branch'),
    count('fMaxBaskets', 'Maximum number of Baskets so far'),
    int('fSplitLevel', 'Branch split level'),
    long('fEntries', 'Number of entries'),
    long('fFirstEntry', 'Number of the first entry in this branch'),
    long('fTotBytes', 'Total number of bytes in all leaves before compression'),
    long('fZipBytes', 'Total number of bytes in all leaves after compression'),
    object('TObjArray', 64, 'fBranches', '-> List of Branches of this branch'),
    object('TObjArray', 64, 'fLeaves', '-> List of leaves of this branch'),
    object('TObjArray', 64, 'fBaskets', '-> List of baskets of this branch'),
    numbers('int', 'fBasketBytes', '[fMaxBaskets] Length of baskets on file', BASKETS),
    numbers('Long64_t', 'fBasketEntry', '[fMaxBaskets] Table of first entry in each basket', BASKETS),
    numbers('Long64_t', 'fBasketSeek', '[fMaxBaskets] Addresses of baskets on file', BASKETS),
    text('fFileName', 'Name of file where buffers are stored ("" if in same file as Tree header)'),
  ),
  TLeaf: described(
    2,
    1830715730,
    base('TNamed', 'The basis for a named object (name, title)'),
    int('fLen', "Number of fixed length elements in the leaf's data."),
    int('fLenType', 'Number of bytes for this data type'),
    int('fOffset', 'Offset in ClonesArray object (if one)'),
    number(
      'bool',
      'fIsRange',
      "(=true if leaf has a range, false otherwise).  This is equivalent to being a 'leafcount'.  For a TLeafElement the range information is actually store in the TBranchElement.",
    ),
    number('bool', 'fIsUnsigned', '(=true if unsigned, false otherwise)'),
    pointer('TLeaf*', 'fLeafCount', 'Pointer to Leaf count if variable length (we do not own the counter)'),
  ),
  TObjArray: described(
    3,
    2845730130,
    base('TSeqCollection', 'Sequenceable collection ABC'),
    int('fLowerBound', 'Lower bound of the array'),
    int('fLast', 'Last element in array containing an object'),
  ),
}

function leafClass(checksum: number, typeName: string): Classes[string] {
  return described(
    1,
    checksum,
    base('TLeaf', 'Leaf: description of a Branch data type'),
    number(typeName, 'fMinimum', 'Minimum value if leaf range is specified'),
    number(typeName, 'fMaximum', 'Maximum value if leaf range is specified'),
  )
}

/** Each is described where a tree has one. */
const LEAVES: Classes = {
  TLeafO: leafClass(44976339, 'bool'),
  TLeafB: leafClass(253643614, 'char'),
  TLeafS: leafClass(353169103, 'short'),
  TLeafI: leafClass(2120920601, 'int'),
  TLeafL: leafClass(3727820898, 'Long64_t'),
  TLeafF: leafClass(987602290, 'float'),
  TLeafD: leafClass(294553462, 'double'),
}

/** Of branches of objects, of which texts are the only ones. */
const ELEMENTS: Classes = {
  TBranchElement: described(
    10,
    3880738403,
    base('TBranch', 'Branch descriptor'),
    text('fClassName', 'Class name of referenced object'),
    text('fParentName', 'Name of parent class'),
    text('fClonesName', 'Name of class in TClonesArray or (STL) collection (if any)'),
    number('unsigned int', 'fCheckSum', 'CheckSum of class'),
    number('short', 'fClassVersion', 'Version number of class'),
    int('fID', 'element serial number in fInfo'),
    int('fType', 'Branch type'),
    int('fStreamerType', 'branch streamer type'),
    int('fMaximum', 'Maximum entries for a TClonesArray or variable array'),
    pointer('TBranchElement*', 'fBranchCount', 'pointer to primary branchcount branch'),
    pointer('TBranchElement*', 'fBranchCount2', 'pointer to secondary branchcount branch'),
  ),
  TLeafElement: described(
    1,
    2689566867,
    base('TLeaf', 'Leaf: description of a Branch data type'),
    int('fID', 'element serial number in fInfo'),
    int('fType', 'leaf type'),
  ),
}

/** leaves: the classes of the tree's leaves. */
export function treeClasses(leaves: ReadonlySet<string>): Classes {
  const used = Object.entries(LEAVES).filter(([name]) => leaves.has(name))
  const elements = leaves.has('TLeafElement') ? ELEMENTS : {}
  return { ...NAMED, ...LISTS, ...ATTRIBUTES, ...TREE, ...Object.fromEntries(used), ...elements }
}
