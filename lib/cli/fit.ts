/** `tnp-pipe fit` and `run-fitter`: efficiencies by fits of mass spectra. */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, resolve } from 'node:path'
import { isRemote } from '../bytes/address.js'
import { makeFolder } from '../bytes/places.js'
import { loadFitterDocument, parseFitterDocument } from '../config/fitter.js'
import { type Problem, UsageError } from '../core/errors.js'
import {
  configOf,
  efficiencyTables,
  type FitTask,
  type FitterConfig,
  type FitterResults,
  fitResultsJson,
  fitterCsv,
  fitterParquet,
  fitterText,
  runFitter,
} from '../fitter/index.js'
import { writeTogether } from '../formats/index.js'
import { efficienciesJson } from '../formats/scale-factors/index.js'
import type { FitFileSource } from '../page/index.js'
import { describeFailure, EXIT, Interrupted } from './exit.js'
import { labelsOf } from './figure-labels.js'
import { drawFits, type FittedTask } from './fit-figures.js'
import type { FitFlags } from './fit-options.js'
import { histogramsOnStdin } from './fit-stdin.js'
import { onInterrupt } from './interrupts.js'
import { checkChoices, type DrawnFile, formatsOf } from './write-figures.js'

const FORMATS: Readonly<Record<string, (results: FitterResults) => string>> = {
  text: fitterText,
  csv: fitterCsv,
  json: fitResultsJson,
  efficiencies: ({ fits }) => efficienciesJson(efficiencyTables(fits)),
}

/** Returns the exit status: 1 where a bin could not be fitted, unless that is allowed; 0 when a page of the fits has been looked at. */
export async function fitCommand(flags: FitFlags, isPipe: boolean): Promise<number> {
  const { status, page } = await fitAndWrite(flags, isPipe)
  if (page === null) return status
  const { viewCommand } = await import('./view.js')
  return viewCommand([], { open: true }, { fits: [page], isPipe: true })
}

/** page: what is to be shown. */
async function fitAndWrite(
  flags: FitFlags,
  isPipe: boolean,
): Promise<{ readonly status: number; readonly page: FitFileSource | null }> {
  const abort = new AbortController()
  const ignoreSignals = onInterrupt(signal => abort.abort(new Interrupted('interrupted: nothing was written', signal)))
  const { stderr, stdout } = process
  const progress = flags.progress && stderr.isTTY
  try {
    const config = configured(flags.config)
    const format = flags.format ?? (isPipe ? 'json' : 'text')
    const figures = checkFlags(flags, format, config)
    for (const note of config.notes) stderr.write(`note: ${note}\n`)
    if (config.isInteractive && flags.interactive === undefined && !stderr.isTTY) {
      stderr.write('note: interactive: there is no terminal, so no page is opened; --interactive opens one.\n')
    }
    let total = 0
    const fitted: FittedTask[] = []
    const began = performance.now()
    const results = await runFitter(config, {
      workers: flags.workers ?? availableParallelism(),
      wantIntervals: flags.intervals,
      allowUnfit: flags.allowFailedBins,
      stdin: histogramsOnStdin,
      signal: abort.signal,
      onPlanned: tasks => {
        if (format === 'efficiencies') checkVariables(tasks)
        total = tasks.length
      },
      onDone: (fit, task) => {
        fitted.push({ task, fit })
        if (progress) stderr.write(`\r\x1b[2K${fitted.length}/${total} bins fitted`)
      },
    })
    if (progress) stderr.write('\r\x1b[2K')
    const text = FORMATS[format]!(results)
    const files: DrawnFile[] = figures === null ? [] : await drawFits(inOrder(fitted, results), figures, config.isMuon)
    abort.signal.throwIfAborted()
    const file = flags.output ?? config.resultsFile
    await write([...files, ...(file === null ? [] : [{ path: file, content: writerFor(file)(results) }])])
    if (file !== null) stderr.write(`results in ${isRemote(file) ? file : resolve(file)}\n`)
    if (figures !== null) stderr.write(`${files.length} figures in ${figures.folder}\n`)
    stdout.write(text)
    const failed = results.fits.filter(fit => !fit.valid)
    stderr.write(`${total} fits in ${((performance.now() - began) / 1000).toFixed(1)} s, ${failed.length} failed\n`)
    const page =
      (flags.interactive ?? (config.isInteractive && stderr.isTTY)) ? pageOf(flags.config, file, results) : null
    return { status: failed.length > 0 && !flags.allowFailedBins ? EXIT.incomplete : EXIT.done, page }
  } catch (error) {
    const { text, status } = describeFailure(abort.signal.aborted ? abort.signal.reason : error)
    stderr.write(`${text}\n`)
    return { status, page: null }
  } finally {
    ignoreSignals()
  }
}

/** Bins can be fitted again where the configuration is a file; the new fits are written where the results are JSON on this machine. */
function pageOf(config: string, file: string | null, results: FitterResults): FitFileSource {
  const isJson = file !== null && !isRemote(file) && writerFor(file) === fitResultsJson
  return { path: isJson ? file : null, results, ...(config === '-' || isRemote(config) ? {} : { config }) }
}

/** What is wrong with the document is told with what is wrong with its files. */
function configured(path: string): FitterConfig {
  const document = path === '-' ? parseFitterDocument(readFileSync(0), 'stdin') : loadFitterDocument(path)
  const config = configOf(document, path)
  for (const { file, place } of config.inputs) {
    if (path === '-' && file === '-') {
      place.problem('is standard input, as the configuration is. Give one of them a file.')
    }
  }
  return config
}

/** Where figures go, and in which formats: the reference's plot_dir has PNG. */
function checkFlags(flags: FitFlags, format: string, { plotFolder, findings }: FitterConfig) {
  const problems: Problem[] = []
  checkChoices('--format', [format], Object.keys(FORMATS), problems)
  const given = flags.plotFormat ?? (flags.plots === undefined ? ['png'] : ['svg'])
  const formats = formatsOf(given, problems, '--plot-format')
  const labels = labelsOf(flags, problems)
  if (problems.length > 0) throw new UsageError([...problems, ...findings.problems])
  const folder = flags.plots ?? plotFolder
  return folder === null ? null : { folder, labels, formats }
}

function checkVariables(tasks: readonly FitTask[]): void {
  const odd = tasks.find(task => Object.keys(task.ranges).length !== 2)
  if (odd === undefined) return
  const known = Object.keys(odd.ranges).join(', ') || 'none'
  const message = `efficiencies: tables have two variables, as eta and pt; ${odd.bin} has ${known}. Take json, or fit histograms of both.`
  throw new UsageError([{ place: '--format', message }])
}

/** Figures come in the order of the fits, whichever is done first. */
function inOrder(fitted: readonly FittedTask[], { fits }: FitterResults): FittedTask[] {
  const place = new Map(fits.map((fit, k) => [fit, k]))
  return [...fitted].sort((a, b) => place.get(a.fit)! - place.get(b.fit)!)
}

/** By the name of the results' file. */
function writerFor(file: string): (results: FitterResults) => Uint8Array | string {
  if (/\.csv(?:\?|$)/.test(file)) return fitterCsv
  if (/\.txt(?:\?|$)/.test(file)) return fitterText
  return /\.(?:parquet|pq)(?:\?|$)/.test(file) ? fitterParquet : fitResultsJson
}

/** All get their names together. */
async function write(
  files: readonly { readonly path: string; readonly content: Uint8Array | string }[],
): Promise<void> {
  const folders = new Set(files.map(({ path }) => (isRemote(path) ? path.replace(/\/[^/]*$/, '') : dirname(path))))
  for (const folder of folders) await makeFolder(folder)
  await writeTogether(files)
}
