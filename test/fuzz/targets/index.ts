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
  parquet: {
    what: 'Parquet files: read column by column, and merged',
    open: async () => (await import('./columns.js')).parquetFiles(),
  },
  arrow: {
    what: 'Arrow IPC streams in pieces of any size',
    open: async () => (await import('./columns.js')).arrowStreamTarget(),
  },
  pickles: {
    what: 'pickles of histograms: what is read is the same when written and read again',
    open: async () => (await import('./histograms.js')).pickles(),
  },
  uhi: {
    what: 'UHI JSON of histograms: the same',
    open: async () => (await import('./histograms.js')).uhiJson(),
  },
  'root-histograms': {
    what: 'TH1 in ROOT files, pileup among them',
    open: async () => (await import('./histograms.js')).rootHistograms(),
  },
  expressions: {
    what: 'expressions by their grammar and as damaged texts: events by themselves and among others give the same',
    open: async () => (await import('./expressions.js')).expressions(),
  },
  corrections: {
    what: 'correctionlib documents, compiled and evaluated',
    open: async () => (await import('./corrections.js')).corrections(),
  },
  'golden-json': {
    what: 'certified lumi sections: those of the document, and no other',
    open: async () => (await import('./corrections.js')).goldenJsons(),
  },
  configurations: {
    what: 'runner, settings, binning and fileset, by their schemas',
    open: async () => (await import('./configurations.js')).configurations(),
  },
  filesets: {
    what: 'filesets that commands cut down, slices, forms, reports of what was not read',
    open: async () => (await import('./configurations.js')).filesets(),
  },
  fitter: {
    what: 'configurations and results of the fitter, by their schemas',
    open: async () => (await import('./configurations.js')).fitterConfigs(),
  },
  'scale-factors': {
    what: 'configurations of scale factors and tables of efficiencies, by their schemas',
    open: async () => (await import('./configurations.js')).scaleFactorConfigs(),
  },
  xrootd: {
    what: 'answers of an XRootD server: bytes that are not lies are right',
    open: async () => (await import('./xrootd.js')).xrootd(),
  },
  http: {
    what: 'answers of an HTTP server to requests for ranges: the same',
    open: async () => (await import('./http.js')).http(),
  },
  journals: {
    what: 'journals of stopped runs: what is read is what was written',
    open: async () => (await import('./records.js')).journals(),
  },
  locks: {
    what: 'locks of output folders',
    open: async () => (await import('./records.js')).locks(),
  },
  'batch-runs': {
    what: 'folders of batch runs',
    open: async () => (await import('./records.js')).batchRuns(),
  },
  'dataset-lists': {
    what: 'lists of datasets as text and YAML',
    open: async () => (await import('./texts.js')).datasetLists(),
  },
  'json-texts': {
    what: 'JSON: what JSON.parse takes is taken with its values, and nothing else',
    open: async () => (await import('./texts.js')).jsonTexts(),
  },
  credentials: {
    what: 'VOMS attributes, tokens, tickets and policies of authorities',
    open: async () => (await import('./credentials.js')).credentials(),
  },
  pipes: {
    what: 'stages on a pipe: what comes from the stage before',
    open: async () => (await import('./pipes.js')).pipes(),
  },
  jobs: {
    what: 'whole jobs of every workflow, by the schemas of their documents',
    open: async () => (await import('./jobs.js')).jobs(),
  },
  planted: {
    what: 'a reader with known faults, for the tests of the campaign',
    open: async () => (await import('./planted.js')).planted(),
  },
}
