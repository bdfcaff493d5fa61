/** Runs one stage of a pipe: stdin to stdout, with messages on stderr. */
import { setMaxListeners } from 'node:events'
import { type FileHandle, open } from 'node:fs/promises'
import { hideAccessIn } from '../bytes/address.js'
import { readPlace } from '../bytes/places.js'
import { remoteWarnings } from '../bytes/warnings.js'
import type { DuplicateMode } from '../config/index.js'
import { OutputError, UsageError } from '../core/errors.js'
import type { NtupleFormat } from '../core/ntuple-format.js'
import type { Context } from '../core/types.js'
import { ByteInput } from '../formats/arrow/index.js'
import { writtenBelow } from '../job/staged-output.js'
import * as shell from '../shell/index.js'
import { closeTrees, stopPython } from '../stages/index.js'
import { describeFailure, EXIT, Interrupted } from './exit.js'
import { type EndingSignal, onInterrupt } from './interrupts.js'
import type { StageCommand, StageFlags } from './stage-commands.js'
import { stageOptions } from './stage-flags.js'
import { readStdin } from './stdin.js'

/** argument: what stands without a dash. Returns the exit status. */
export async function runStage(
  stage: StageCommand,
  argument: string | string[] | undefined,
  flags: StageFlags,
): Promise<number> {
  const abort = new AbortController()
  // Each write under way at a server listens.
  setMaxListeners(0, abort.signal)
  const interrupt = (signal: EndingSignal) => {
    const reason = new Interrupted(`${stage}: interrupted, unfinished outputs were removed`, signal)
    abort.abort(reason)
    // Whoever waits for input goes on with the reason.
    process.stdin.destroy(reason)
  }
  // A stage that does not read (chunks of a file) hears of it by the signal.
  process.stdin.on('error', () => {})
  // Each write hears of its own failure.
  process.stdout.removeAllListeners('error').on('error', () => {})
  const ignoreSignals = onInterrupt(interrupt)
  const pipe: shell.Pipe = {
    input: new ByteInput(process.stdin, 'stdin'),
    output: { write: bytes => writeOut(bytes) },
    warn: message => process.stderr.write(`${stage}: warning: ${hideAccessIn(message)}\n`),
  }
  const endWarnings = remoteWarnings.subscribe(pipe.warn)
  const ctx: Context = { signal: abort.signal, log: { debug() {}, info() {}, warn() {} } }
  try {
    await perform(stage, argument, flags, pipe, ctx)
    return EXIT.done
  } catch (error) {
    if (error instanceof shell.OutputClosed && !abort.signal.aborted) {
      // What was promised beside stdout is not whole.
      return flags.report === undefined ? EXIT.done : EXIT.incomplete
    }
    const { text, status } = describeFailure(abort.signal.aborted ? abort.signal.reason : error)
    // All stages of a pipe are interrupted together: the one with outputs says so.
    if (!abort.signal.aborted || stage === 'sink')
      process.stderr.write(`${text.replace(/^error:/gm, `${stage}: error:`)}\n`)
    return status
  } finally {
    await closeTrees()
    await stopPython()
    ignoreSignals()
    endWarnings()
    process.stdin.destroy()
  }
}

async function perform(
  stage: StageCommand,
  argument: string | string[] | undefined,
  flags: StageFlags,
  pipe: shell.Pipe,
  ctx: Context,
): Promise<void> {
  const options = stageOptions(stage, argument, flags)
  if (process.stdin.isTTY && !(stage === 'chunks' && argument !== '-')) {
    const message = 'reads what a stage before it writes: put it into a pipe (see --help).'
    throw new UsageError([{ place: 'stdin', message }])
  }
  switch (stage) {
    case 'chunks':
      return shell.chunks(await chunksOptions(argument as string, flags, options), pipe, ctx)
    case 'decode':
      return decode(flags, options, pipe, ctx)
    case 'fill':
      return shell.fill(
        { ...options, ...(flags.filter === undefined ? {} : { filters: flags.filter as string[] }) },
        pipe,
        ctx,
      )
    case 'merge':
      return shell.merge(pipe)
    case 'sink':
      return writtenBelow(argument as string, ctx.signal, output => {
        const repartition = (flags.repartitionNToOne as number | undefined) ?? null
        const ntupleFormat = (flags.ntupleFormat as NtupleFormat | undefined) ?? 'parquet'
        return shell.sink({ ...options, output, repartition, ntupleFormat }, pipe, ctx)
      })
    default:
      return shell.transform(stage, options, pipe, ctx)
  }
}

async function chunksOptions(
  path: string,
  flags: StageFlags,
  options: shell.StageOptions,
): Promise<shell.ChunksOptions> {
  const { dataset, maxEvents, limit, sumGenWeight, without, duplicateFiles } = flags
  const name = path === '-' ? 'stdin' : path
  return {
    ...options,
    fileset: { bytes: await bytesOf(path), name },
    sumGenWeight: sumGenWeight === true,
    ...(dataset === undefined ? {} : { datasets: dataset as string[] }),
    ...(maxEvents === undefined ? {} : { maxEvents: maxEvents as number }),
    ...(limit === undefined ? {} : { limit: limit as number }),
    ...(duplicateFiles === undefined ? {} : { duplicateFiles: duplicateFiles as DuplicateMode }),
    ...(without === undefined ? {} : { without: await failuresOf(without as string) }),
  }
}

async function bytesOf(path: string): Promise<Uint8Array> {
  return path === '-' ? readStdin() : readInput(path, 'fileset')
}

async function readInput(path: string, what: string): Promise<Uint8Array> {
  try {
    return await readPlace(path)
  } catch (error) {
    throw new UsageError([{ place: path, message: `cannot be read (the ${what}): ${(error as Error).message}.` }])
  }
}

async function failuresOf(path: string) {
  const bytes = await readInput(path, 'report')
  async function* one() {
    yield bytes
  }
  const datasets = await shell.readReports(new ByteInput(one(), path), { whole: false })
  return datasets.flatMap(({ head, reads }) => [...head.failed, ...reads.filter(r => r.failure !== null)])
}

async function decode(
  { branches, report, allowReadErrors }: StageFlags,
  options: shell.StageOptions,
  pipe: shell.Pipe,
  ctx: Context,
): Promise<void> {
  const file = report === undefined ? null : await openReport(report as string)
  try {
    await shell.decode(
      {
        ...options,
        ...(branches === undefined ? {} : { branches: branches as string[] }),
        ...(allowReadErrors === undefined ? {} : { allow: allowReadErrors as boolean | string[] }),
        ...(file === null ? {} : { report: line => appendLine(file, line, report as string) }),
      },
      pipe,
      ctx,
    )
  } finally {
    await file?.close()
  }
}

async function openReport(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w')
  } catch (error) {
    throw new UsageError([{ place: '--report', message: `${path} cannot be written: ${(error as Error).message}.` }])
  }
}

async function appendLine(file: FileHandle, line: shell.ReportLine, path: string): Promise<void> {
  try {
    // Metadata and files may be named with CGI.
    await file.appendFile(
      `${JSON.stringify(line, (_, value) => (typeof value === 'string' ? hideAccessIn(value) : value))}\n`,
    )
  } catch (error) {
    throw new OutputError(`${path}: cannot be written (${(error as Error).message}). Check the disk and run again.`)
  }
}

/** Settles when the bytes are with the reader (a pipe) or the file. */
function writeOut(bytes: Uint8Array): Promise<void> {
  return new Promise((done, fail) => {
    process.stdout.write(bytes, error => {
      if (error === null || error === undefined) done()
      else if (isClosed(error)) fail(new shell.OutputClosed('nobody reads on'))
      else fail(new OutputError(`stdout: cannot be written (${error.message}). Check the disk and run again.`))
    })
  })
}

function isClosed(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'ECONNRESET'
}
