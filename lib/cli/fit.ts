/** `tnp-pipe fit` and `run-fitter`: efficiencies by fits of mass spectra. */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { loadFitterDocument, parseFitterDocument } from '../config/fitter.js'
import { nearestHint, type Problem, UsageError } from '../core/errors.js'
import {
  configOf,
  type FitterConfig,
  type FitterResults,
  fitResultsJson,
  fitterCsv,
  fitterText,
  runFitter,
} from '../fitter/index.js'
import { writeAtomic } from '../formats/index.js'
import { describeFailure, EXIT, Interrupted } from './exit.js'
import { histogramsOnStdin } from './fit-stdin.js'
import { onInterrupt } from './interrupts.js'

export interface FitFlags {
  readonly config: string
  readonly output?: string
  /** Default: text where people read it, else json. */
  readonly format?: string
  readonly workers?: number
  readonly intervals: boolean
  readonly allowFailedBins: boolean
  readonly progress: boolean
}

const FORMATS: Readonly<Record<string, (results: FitterResults) => string>> = {
  text: fitterText,
  csv: fitterCsv,
  json: fitResultsJson,
}

/** Returns the exit status: 1 where a bin could not be fitted, unless that is allowed. */
export async function fitCommand(flags: FitFlags, isPipe: boolean): Promise<number> {
  const abort = new AbortController()
  const ignoreSignals = onInterrupt(signal => abort.abort(new Interrupted('interrupted: nothing was written', signal)))
  const { stderr, stdout } = process
  const progress = flags.progress && stderr.isTTY
  try {
    const config = configured(flags.config)
    const format = formatOf(flags.format ?? (isPipe ? 'json' : 'text'), config)
    for (const note of config.notes) stderr.write(`note: ${note}\n`)
    let done = 0
    let total = 0
    const began = performance.now()
    const results = await runFitter(config, {
      workers: flags.workers ?? availableParallelism(),
      wantIntervals: flags.intervals,
      allowUnfit: flags.allowFailedBins,
      stdin: histogramsOnStdin,
      signal: abort.signal,
      onPlanned: count => {
        total = count
      },
      onDone: () => {
        done++
        if (progress) stderr.write(`\r\x1b[2K${done}/${total} bins fitted`)
      },
    })
    if (progress) stderr.write('\r\x1b[2K')
    const text = format(results)
    const file = flags.output ?? config.resultsFile
    if (file !== null) {
      await writeAtomic(file, Buffer.from(file.endsWith('.csv') ? fitterCsv(results) : fitResultsJson(results)))
      stderr.write(`results in ${resolve(file)}\n`)
    }
    stdout.write(text)
    const failed = results.fits.filter(fit => !fit.valid)
    stderr.write(`${total} fits in ${((performance.now() - began) / 1000).toFixed(1)} s, ${failed.length} failed\n`)
    return failed.length > 0 && !flags.allowFailedBins ? EXIT.incomplete : EXIT.done
  } catch (error) {
    const { text, status } = describeFailure(abort.signal.aborted ? abort.signal.reason : error)
    stderr.write(`${text}\n`)
    return status
  } finally {
    ignoreSignals()
  }
}

/** What is wrong with the document is told with what is wrong with its files. */
function configured(path: string): FitterConfig {
  const document = path === '-' ? parseFitterDocument(readFileSync(0), 'stdin') : loadFitterDocument(path)
  const config = configOf(document, path)
  for (const { file, place } of config.inputs) {
    if (path === '-' && file === '-')
      place.problem('is standard input, as the configuration is. Give one of them a file.')
  }
  return config
}

function formatOf(name: string, { findings }: FitterConfig): (results: FitterResults) => string {
  if (Object.hasOwn(FORMATS, name)) return FORMATS[name]!
  const known = Object.keys(FORMATS)
  const problem: Problem = {
    place: '--format',
    message: `is "${name}", wanted ${known.join(', ')}.${nearestHint(name, known)}`,
  }
  throw new UsageError([problem, ...findings.problems])
}
