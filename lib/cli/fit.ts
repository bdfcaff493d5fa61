/** `tnp-pipe fit` and `run-fitter`: efficiencies by fits of mass spectra. */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { Findings } from '../config/cursor.js'
import { loadDocument, parseDocument } from '../config/load.js'
import { UsageError } from '../core/errors.js'
import { fitResultsJson, fitterConfig, fitterCsv, fitterText, runFitter } from '../fitter/index.js'
import { writeAtomic } from '../formats/index.js'
import { describeFailure, EXIT, Interrupted } from './exit.js'
import { onInterrupt } from './interrupts.js'

export interface FitFlags {
  readonly config: string
  readonly output?: string
  readonly format: string
  readonly workers?: number
  readonly intervals: boolean
  readonly allowFailedBins: boolean
  readonly progress: boolean
}

/** Returns the exit status: 1 where a bin could not be fitted, unless that is allowed. */
export async function fitCommand(flags: FitFlags): Promise<number> {
  const abort = new AbortController()
  const ignoreSignals = onInterrupt(signal => abort.abort(new Interrupted('interrupted: nothing was written', signal)))
  const { stderr, stdout } = process
  try {
    if (!Object.hasOwn(FORMATS, flags.format)) {
      const message = `is "${flags.format}", wanted ${Object.keys(FORMATS).join(', ')}.`
      throw new UsageError([{ place: '--format', message }])
    }
    const config = fitterConfig(documentOf(flags.config), flags.config)
    for (const note of config.notes) stderr.write(`note: ${note}\n`)
    let done = 0
    const total = config.inputs.length * config.bins.length
    const began = performance.now()
    const results = await runFitter(config, {
      workers: flags.workers ?? availableParallelism(),
      wantIntervals: flags.intervals,
      signal: abort.signal,
      onDone: () => {
        done++
        if (flags.progress && stderr.isTTY) stderr.write(`\r\x1b[2K${done}/${total} bins fitted`)
      },
    })
    if (flags.progress && stderr.isTTY) stderr.write('\r\x1b[2K')
    stdout.write(FORMATS[flags.format as keyof typeof FORMATS](results))
    const file = flags.output ?? config.resultsFile
    if (file !== null && file !== undefined) {
      await writeAtomic(file, Buffer.from(file.endsWith('.csv') ? fitterCsv(results) : fitResultsJson(results)))
      stderr.write(`results in ${resolve(file)}\n`)
    }
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

const FORMATS = { text: fitterText, csv: fitterCsv, json: fitResultsJson }

/** Throws UsageError with line and column of what is no JSON. */
function documentOf(path: string): unknown {
  const findings = new Findings()
  const document =
    path === '-' ? parseDocument(readFileSync(0), 'stdin', findings) : loadDocument(path, 'fitter', findings)
  if (findings.problems.length > 0) throw new UsageError(findings.problems)
  return document.value
}
