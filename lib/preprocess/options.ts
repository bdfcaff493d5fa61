/** What preprocessing can be told, with coffea's defaults. */
import { PYTHON_EXCEPTIONS } from '../config/index.js'
import { nearestHint, type Problem, UsageError } from '../core/errors.js'

export interface PreprocessOptions {
  /** Entries a step that are aimed at; null or absent: whole files. */
  readonly stepSize?: number | null
  /** Steps begin and end only where all branches begin a basket, or a cluster of an RNTuple begins: nothing is then read twice. */
  readonly alignClusters?: boolean
  /** New steps also for files that have not changed since they were given some. */
  readonly recalculateSteps?: boolean
  /** Files that fail with `fileExceptions` are left out; otherwise the first one ends it. */
  readonly skipBadFiles?: boolean
  /** Python's names of exceptions; each covers its subclasses. */
  readonly fileExceptions?: readonly string[]
  /** Store the columns of each dataset's files, so that they are known without opening one. 'if-possible' (default): branches in which
   *  files differ too much for that are left out, with a warning; true: they are an error. */
  readonly saveForm?: boolean | 'if-possible'
  /** With `alignClusters`: steps longer than (1 + this) * stepSize are warned about. */
  readonly stepSizeSafetyFactor?: number
  /** A dataset without a readable file is left out with a warning; otherwise it is an error. */
  readonly allowEmptyDatasets?: boolean
  /** Files opened at a time. */
  readonly jobs?: number
  readonly signal?: AbortSignal
  /** Called after each file. */
  readonly onProgress?: (progress: PreprocessProgress) => void
  /** What the user should know: files left out, long steps. */
  readonly onWarning?: (message: string) => void
}

export interface PreprocessProgress {
  readonly dataset: string
  readonly file: string
  readonly filesDone: number
  readonly files: number
}

export interface Settings extends Omit<Required<PreprocessOptions>, 'signal'> {
  readonly signal: AbortSignal | undefined
}

const JOBS = 4
/** Distant files are opened while others are waited for: a NanoAOD file takes 6 MB meanwhile. */
const DISTANT_JOBS = 20

/** All options; throws UsageError with every one that makes no sense. */
export function completeOptions(given: PreprocessOptions, isDistant = false): Settings {
  const settings: Settings = {
    stepSize: given.stepSize ?? null,
    alignClusters: given.alignClusters ?? false,
    recalculateSteps: given.recalculateSteps ?? false,
    skipBadFiles: given.skipBadFiles ?? false,
    fileExceptions: given.fileExceptions ?? ['OSError'],
    saveForm: given.saveForm ?? 'if-possible',
    stepSizeSafetyFactor: given.stepSizeSafetyFactor ?? 0.5,
    allowEmptyDatasets: given.allowEmptyDatasets ?? false,
    jobs: given.jobs ?? (isDistant ? DISTANT_JOBS : JOBS),
    signal: given.signal,
    onProgress: given.onProgress ?? (() => {}),
    onWarning: given.onWarning ?? (() => {}),
  }
  const problems = problemsOf(settings)
  if (problems.length > 0) throw new UsageError(problems)
  return settings
}

function problemsOf({ stepSize, jobs, stepSizeSafetyFactor, fileExceptions }: Settings): Problem[] {
  const problems: Problem[] = []
  const want = (fine: boolean, place: string, wanted: string, got: unknown) => {
    if (!fine) problems.push({ place, message: `must be ${wanted}, got ${JSON.stringify(got)}.` })
  }
  want(stepSize === null || isCount(stepSize), 'step size', 'a whole number from 1', stepSize)
  want(isCount(jobs), 'jobs', 'a whole number from 1', jobs)
  want(stepSizeSafetyFactor >= 0, 'step size safety factor', 'a number from 0', stepSizeSafetyFactor)
  for (const name of fileExceptions) {
    if (KNOWN_EXCEPTIONS.includes(name)) continue
    const message = `${JSON.stringify(name)} is no exception of Python or uproot.${nearestHint(name, KNOWN_EXCEPTIONS)}`
    problems.push({ place: 'file exceptions', message })
  }
  return problems
}

const KNOWN_EXCEPTIONS = [...PYTHON_EXCEPTIONS, 'KeyInFileError', 'DeserializationError']

function isCount(n: number): boolean {
  return Number.isInteger(n) && n > 0
}
