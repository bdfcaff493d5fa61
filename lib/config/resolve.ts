/** The four configuration documents to one job: loads, checks and completes them, and reports everything that is wrong in one
 *  error. This is the only door from configuration to the rest of the program. */

import { type Problem, UsageError } from '../core/errors.js'
import { isObject } from '../core/is-object.js'
import { NTUPLE_FORMATS, type NtupleFormat } from '../core/ntuple-format.js'
import { checkBinning, EdgesInUse } from './binning.js'
import { Cursor, Findings, show } from './cursor.js'
import { resolveDatasets } from './datasets.js'
import { type CheckExpression, expressionCheck } from './expressions.js'
import { RUNNER_KEYS } from './generated/keys.gen.js'
import type { BinningDocument, FilesetDocument, RunnerDocument, SettingsDocument } from './generated/types.gen.js'
import type { Job } from './job.js'
import { Layers } from './layers.js'
import { loadDocument, type Source } from './load.js'
import { type MethodScope, resolveMethods } from './methods.js'
import {
  resolveNano,
  resolvePhotonNano,
  resolveScaleAndSmearing,
  resolveTagAndProbe,
  warnOfUnusedSettings,
} from './options.js'
import { checkSchema } from './schema-check.js'
import { isWorkflow, WORKFLOWS, type WorkflowName } from './workflows.js'

/** Each document is a path, or the document itself. */
export interface ConfigurationInput {
  readonly config: Source<RunnerDocument>
  readonly fileset: Source<FilesetDocument | FilesetForms>
  readonly settings?: Source<SettingsDocument> | null
  readonly binning?: Source<BinningDocument> | null
  /** Options that win over the settings file. */
  readonly overrides?: SettingsDocument | null
  /** Default: the working directory. */
  readonly output?: string | null
  /** Files to keep of each dataset, from the first; negative: all but the last so many. */
  readonly limit?: number | null
  /** Partitions that share one file of a table; null or 0: one file each. */
  readonly repartition?: number | null
  /** Of the files of tables; default: Parquet. */
  readonly ntupleFormat?: NtupleFormat | null
  readonly skipReport?: boolean
  readonly checkExpression?: CheckExpression
}
/** Filesets as programs may give them: lists of "path:tree", or maps path -> tree, in place of datasets. */
export type FilesetForms = Readonly<Record<string, unknown>>

export interface Configuration {
  readonly job: Job
  readonly warnings: readonly Problem[]
}

/** Throws UsageError with every problem of all documents. Reads the documents only, no data. */
export function loadConfiguration(input: ConfigurationInput): Configuration {
  const findings = new Findings()
  const runner = loadDocument(input.config, 'runner', findings)
  const none = new Cursor({}, 'settings', findings)
  const settings = input.settings ? loadDocument(input.settings, 'settings', findings) : none
  const overrides = input.overrides ? loadDocument(input.overrides, 'overrides', findings) : none
  const binning = input.binning ? loadDocument(input.binning, 'binning', findings) : new Cursor({}, 'binning', findings)
  const fileset = loadDocument(input.fileset, 'fileset', findings)
  checkSchema('runner', runner)
  checkSchema('settings', settings)
  checkSchema('settings', overrides)
  checkSchema('binning', binning)
  checkBinning(binning)
  warnOfUnknownKeys(runner)

  const workflow = runner.get('workflow').value
  // Of an unknown workflow nobody knows what it reads: its name is the problem.
  const readsParquet = !isWorkflow(workflow) || WORKFLOWS[workflow].family.endsWith('-ntuples')
  const shared = {
    datasets: resolveDatasets(fileset, checkLimit(input.limit, findings), readsParquet),
    output: input.output ?? '.',
    repartition: checkRepartition(input.repartition, findings),
    ntupleFormat: checkNtupleFormat(input.ntupleFormat, findings),
    skipReport: input.skipReport ?? false,
  }
  const job = isWorkflow(workflow)
    ? { ...shared, ...resolveWorkflow(workflow, { runner, settings, overrides, binning }, input.checkExpression) }
    : null
  if (findings.problems.length > 0) throw new UsageError(findings.problems)
  return { job: job as Job, warnings: findings.warnings }
}

interface Documents {
  readonly runner: Cursor
  readonly settings: Cursor
  readonly overrides: Cursor
  readonly binning: Cursor
}

/** The part of the job that depends on the workflow. */
function resolveWorkflow(workflow: WorkflowName, documents: Documents, check: CheckExpression | undefined) {
  const { runner, settings, overrides, binning } = documents
  warnOfUnusedSettings(settings, workflow)
  warnOfUnusedSettings(overrides, workflow)
  const layers = new Layers([overrides, settings, runner.get('workflow_args')])
  const edges = new EdgesInUse(binning)
  const options = resolveOptions(workflow, layers, check)
  const given = layers.get('filters')
  const filters = 'filters' in options && isObjectOrNull(given.value) ? options.filters : null
  const methods = resolveMethods(runner.get('methods'), { workflow, filters, edges } satisfies MethodScope)
  edges.warnOfUnused()
  return { workflow, options, methods, ...(WORKFLOWS[workflow].family === 'sas' ? {} : { binning: edges.edges }) }
}

function isObjectOrNull(value: unknown): boolean {
  return value === null || isObject(value)
}

function resolveOptions(workflow: WorkflowName, layers: Layers, check: CheckExpression | undefined) {
  const checkText = expressionCheck(check)
  switch (workflow) {
    case 'ElectronTagNProbeFromNanoAOD':
      return resolveNano(layers, workflow, checkText)
    case 'PhotonTagNProbeFromNanoAOD':
      return resolvePhotonNano(layers, checkText)
    case 'ScaleAndSmearingNTuplesFromNanoAOD':
      return resolveScaleAndSmearing(layers)
    default:
      return resolveTagAndProbe(layers, workflow, checkText)
  }
}

function warnOfUnknownKeys(runner: Cursor): void {
  for (const [key, cursor] of runner.entries()) {
    if (!(RUNNER_KEYS as readonly string[]).includes(key)) cursor.warn('unknown key, ignored.')
  }
  const fileset = runner.get('workflow_args').get('fileset')
  if (!fileset.isAbsent) fileset.warn('ignored: the fileset is given on its own (--fileset).')
}

function checkLimit(limit: number | null | undefined, findings: Findings): number | null {
  if (limit === null || limit === undefined) return null
  if (Number.isInteger(limit) && limit !== 0) return limit
  findings.problem('--limit', [], `must be a whole number other than 0, got ${show(limit)}.`)
  return null
}

function checkNtupleFormat(name: unknown, findings: Findings): NtupleFormat {
  const found = NTUPLE_FORMATS.find(one => one === (name ?? 'parquet'))
  if (found === undefined)
    findings.problem('--ntuple-format', [], `unknown format ${show(name)}. All: ${NTUPLE_FORMATS.join(', ')}.`)
  return found ?? 'parquet'
}

function checkRepartition(count: number | null | undefined, findings: Findings): number | null {
  if (count === null || count === undefined || count === 0) return null
  if (Number.isInteger(count) && count > 0) return count
  findings.problem('--repartition-n-to-one', [], `must be a whole number from 1, got ${show(count)}.`)
  return null
}
