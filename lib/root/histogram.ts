/** One-dimensional histograms (TH1) out of ROOT files, by jsroot: it reads any class that a file describes, and loading it
 *  costs 0.1 s only where a histogram is wanted. Bytes come from our sources, Zstandard from our codecs. */

import { inflateRawSync } from 'node:zlib'
import type { ByteSource } from '../bytes/source.js'
import { decompress, frameContentLength } from '../codecs/index.js'
import { DataError, nearestHint } from '../core/errors.js'
import { placeOf } from '../core/places.js'
import { openRootFile, type RootFile } from './file.js'

/** Bin i is [edges[i], edges[i + 1]) and holds values[i]; under- and overflow are left out. */
export interface Histogram {
  readonly edges: Float64Array
  readonly values: Float64Array
  /** Sums of squared weights; null where the histogram keeps none, or they are those of unweighted entries. */
  readonly variances: Float64Array | null
}

/** Reads the TH1 `name` ("pileup", "dir/pileup", "pileup;2") of a local file or URL. Throws DataError: as openRootFile,
 *  'KeyInFileError' where there is no such histogram, 'DeserializationError' where jsroot cannot read it. */
export async function readHistogram(path: string, name: string): Promise<Histogram> {
  const file = await openHistograms(path)
  try {
    return await file.read(name)
  } finally {
    await file.close()
  }
}

/** A file that is kept open for many histograms. */
export interface HistogramFile {
  /** Paths of its TH1. */
  readonly names: readonly string[]
  /** Throws as readHistogram. */
  read(name: string): Promise<Histogram>
  close(): Promise<void>
}

/** Throws DataError: as openRootFile. */
export async function openHistograms(path: string): Promise<HistogramFile> {
  const file = await openRootFile(path)
  const keys = await file.keys()
  let opened: ReturnType<typeof openObjects> | undefined
  return {
    names: keys.filter(({ className }) => className.startsWith('TH1')).map(key => key.path),
    async read(name) {
      const cycle = findHistogram(file, keys, name)
      opened ??= openObjects(file.source)
      return edgesAndValues(await readObject(opened, cycle, `${file.source.name} > ${cycle}`), `${path} > ${name}`)
    },
    close: () => file.close(),
  }
}

/** "path;cycle" of the histogram's highest cycle, or of the one that `name` says. */
function findHistogram(file: RootFile, keys: Awaited<ReturnType<RootFile['keys']>>, name: string): string {
  const wanted = keys.filter(key => key.path === name || `${key.path};${key.cycle}` === name)
  const key = wanted.sort((a, b) => b.cycle - a.cycle)[0]
  if (key === undefined) {
    const histograms = keys.filter(({ className }) => className.startsWith('TH1')).map(({ path }) => path)
    const hint = nearestHint(name, histograms)
    throw new DataError('KeyInFileError', `${file.name}: histogram ${JSON.stringify(name)} not found.${hint}`)
  }
  if (/^TH1[CSIFDL]$/.test(key.className)) return `${key.path};${key.cycle}`
  throw new DataError('KeyInFileError', `${file.name}: ${JSON.stringify(name)} is not a TH1 but a ${key.className}.`)
}

/** What scripts/bundle-libraries.mjs joins of jsroot. */
type Jsroot = typeof import('jsroot/io') & typeof import('jsroot/core')

/** What jsroot makes of a TH1, as far as it is used. Arrays include the flow bins. */
interface Th1 {
  readonly fXaxis: { fNbins: number; fXmin: number; fXmax: number; fXbins: ArrayLike<number> }
  readonly fArray: ArrayLike<number | bigint>
  readonly fSumw2: ArrayLike<number>
}

/** The file as jsroot reads it. */
async function openObjects(source: ByteSource) {
  const place = source.name
  const size = await source.size()
  const { FileProxy, openFile, internals }: Jsroot = await import(placeOf('lib/root/libraries/jsroot.mjs').href)
  // jsroot's own Zstandard package weighs 65 MB and is not in the bundle: this is what jsroot would load from it.
  internals._ZstdStream = {
    decompress: (frame: Uint8Array) => decompress('ZS', frame, contentLength(frame, place), place),
  }
  internals._inflate = (block: Uint8Array, room: Uint8Array): number => {
    // Without the head of the zlib format, which jsroot has skipped.
    const content = inflateRawSync(block, { maxOutputLength: Math.max(room.length, 1) })
    room.set(content)
    return content.length
  }
  class SourceProxy extends FileProxy {
    override async openFile(): Promise<boolean> {
      return true
    }
    override getFileName(): string {
      return source.name
    }
    override getFileSize(): number {
      return size
    }
    override async readBuffer(position: number, length: number): Promise<DataView> {
      // jsroot asks for round lengths, also beyond the end.
      const bytes = await source.readAt(position, Math.min(length, size - position))
      return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }
  }
  return openFile(new SourceProxy())
}

async function readObject(file: ReturnType<typeof openObjects>, name: string, place: string): Promise<Th1> {
  try {
    const object = (await (await file).readObject(name)) as Th1 | null
    if (object !== null && isTh1(object)) return object
  } catch (cause) {
    if (cause instanceof DataError) throw cause
    // jsroot trips over what it did not expect: its words say nothing to who has the file.
    throw new DataError('DeserializationError', `${place}: cannot be read. The file is damaged.`, { cause })
  }
  throw new DataError('DeserializationError', `${place}: cannot be read. The file is damaged.`)
}

/** Of a damaged file jsroot gives what it got. */
function isTh1({ fXaxis, fArray, fSumw2 }: Partial<Th1>): boolean {
  const { fNbins, fXmin, fXmax, fXbins } = fXaxis ?? {}
  const isAxis = Number.isInteger(fNbins) && fNbins! >= 1 && Number.isFinite(fXmin) && Number.isFinite(fXmax)
  const lists = [fXbins, fArray, fSumw2].every(list => typeof list === 'object' && typeof list?.length === 'number')
  return isAxis && lists && (fXbins!.length === 0 || fXbins!.length === fNbins! + 1)
}

function contentLength(frame: Uint8Array, place: string): number {
  const length = frameContentLength(frame)
  if (length === null) throw new DataError('ValueError', `${place}: damaged ZSTD block: no content size.`)
  return length
}

function edgesAndValues({ fXaxis, fArray, fSumw2 }: Th1, place: string): Histogram {
  const bins = fXaxis.fNbins
  if (fArray.length !== bins + 2) {
    throw new DataError('DeserializationError', `${place}: ${bins} bins, but ${fArray.length} contents with flow.`)
  }
  const values = Float64Array.from({ length: bins }, (_, i) => Number(fArray[i + 1]))
  const squares = fSumw2.length === bins + 2 ? Float64Array.from({ length: bins }, (_, i) => fSumw2[i + 1]!) : null
  const variances = squares?.every((v, i) => v === values[i]) ? null : squares
  if (fXaxis.fXbins.length > 0) return { edges: Float64Array.from(fXaxis.fXbins), values, variances }
  const width = (fXaxis.fXmax - fXaxis.fXmin) / bins
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => fXaxis.fXmin + i * width)
  edges[bins] = fXaxis.fXmax
  return { edges, values, variances }
}
