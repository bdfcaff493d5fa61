/** `tnp-pipe doctor`: what this machine gives, in plain words, and what is missing of what a job needs. */
import { isRemote } from '../bytes/address.js'
import { resolveExecutor } from '../config/executor.js'
import type { Job } from '../config/index.js'
import { versionWithCommit } from '../core/version.js'
import { surveyCredentials } from '../credentials/index.js'
import {
  type Answer,
  connect,
  type Finding,
  findingText,
  findPrograms,
  findTrouble,
  type Needs,
  surveyMachine,
  surveyPython,
  textOf,
} from '../doctor/index.js'
import { loadJob } from '../job/index.js'
import { isPython } from '../stages/index.js'
import { type CommandReport, EXIT } from './exit.js'
import type { RemoteFlags } from './remote-options.js'

export interface DoctorFlags extends RemoteFlags {
  readonly config?: string
  readonly fileset?: string
  readonly settings?: string
  readonly binning?: string
  readonly executor?: string
  readonly python?: string
  readonly connect: readonly string[]
  readonly json: boolean
}

/** Stands for a fileset where none is given. */
const ANY_FILESET = { DATASET: { files: { 'FILE.root': 'TREE' } } }

/** Findings go to stderr, one a line; with --json they are in the document. Status 1: something is missing, or a server did not
 *  answer. Throws UsageError with the mistakes of the job's documents. */
export async function doctor(flags: DoctorFlags, env = process.env, now = new Date()): Promise<CommandReport> {
  const needs = needsOf(flags)
  const survey = {
    machine: surveyMachine(),
    python: surveyPython(flags.python ?? env.TNP_PYTHON ?? 'python3'),
    programs: findPrograms(env.PATH),
    credentials: surveyCredentials(env, now),
  }
  const answers: Answer[] = []
  for (const url of flags.connect) answers.push(await connect(url))
  const findings = [...answers.flatMap(silence), ...findTrouble(survey, needs)]
  const status = findings.some(({ level }) => level === 'missing') ? EXIT.incomplete : EXIT.done
  if (!flags.json) {
    const stdout = textOf(survey, answers, versionWithCommit(), now)
    return { stdout, stderr: findings.map(findingText).join(''), status }
  }
  const { proxy, token, ticket, authorities } = survey.credentials
  const shown = {
    version: versionWithCommit(),
    machine: survey.machine,
    python: survey.python,
    programs: survey.programs,
    // Named one by one: never what gives access.
    credentials: {
      proxy: proxy && { path: proxy.path, expires: proxy.expires, organizations: proxy.voms.map(({ vo }) => vo) },
      token: token && { source: token.source, expires: token.expires },
      kerberos: ticket && { principal: ticket.principal, expires: ticket.expires },
      authorities,
    },
    servers: answers,
    findings,
  }
  return { stdout: `${JSON.stringify(shown, null, 2)}\n`, stderr: '', status }
}

function silence({ error }: Answer): Finding[] {
  return error === null ? [] : [{ level: 'missing', part: 'server', message: error }]
}

function needsOf({
  config,
  fileset,
  settings,
  binning,
  executor = 'threads',
  transport,
  connect: urls,
}: DoctorFlags): Needs {
  resolveExecutor(executor)
  const job =
    config === undefined
      ? null
      : loadJob({
          config,
          fileset: fileset ?? ANY_FILESET,
          settings: settings ?? null,
          binning: binning ?? null,
          output: '.',
        }).job
  const filter = job?.options.extraFilter ?? null
  return {
    executor,
    hasPythonFilter: filter !== null && isPython(filter),
    remote: [...urls, ...(job === null ? [] : remotePlaces(job))],
    byXrdcp: transport === 'xrdcp',
  }
}

function remotePlaces(job: Job): string[] {
  return job.datasets.flatMap(({ files }) => files.map(({ path }) => path).filter(isRemote))
}
