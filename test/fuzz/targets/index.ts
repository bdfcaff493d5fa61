/** All targets by name. What one needs is loaded where it is run. */
import type { TargetEntry } from '../target.js'

export const TARGETS: Readonly<Record<string, TargetEntry>> = {
  'root-trees': {
    what: 'TTrees in ROOT files, damaged anywhere',
    open: async () => (await import('./root-trees.js')).rootTrees(),
  },
  'root-blocks': {
    what: 'compressed data of TTrees: what is read all the same is right',
    open: async () => (await import('./root-trees.js')).rootBlocks(),
  },
  rntuples: {
    what: 'RNTuples: values right under their checksums; nonsense under right checksums',
    open: async () => (await import('./rntuples.js')).rntuples(),
  },
  planted: {
    what: 'a reader with known faults, for the tests of the campaign',
    open: async () => (await import('./planted.js')).planted(),
  },
}
