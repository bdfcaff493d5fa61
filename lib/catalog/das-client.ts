/** The files of a dataset through `dasgoclient`, the command that CMS sites have for its Data Aggregation System. */
import { execFile } from 'node:child_process'
import { DataError } from '../core/errors.js'
import { type Patience, retry, Transient } from './retry.js'

/** Where to look for the command: CVMFS, then PATH. */
export const DAS_CLIENTS: readonly string[] = ['/cvmfs/cms.cern.ch/common/dasgoclient', 'dasgoclient']

export interface DasOptions {
  readonly instance: string
  /** Commands to try in turn; one that fails hands over to the next. */
  readonly clients: readonly string[]
  readonly patience: Patience
}

/** Logical file names in the order of the answer, empty where the dataset is unknown; null where no command is there.
 *  Throws DataError where the command fails or answers with anything but names of files. */
export async function askDasClient(dataset: string, options: DasOptions): Promise<string[] | null> {
  let failure: Error | null = null
  for (const client of options.clients) {
    try {
      const answer = await retry(options.patience, () =>
        run(client, query(dataset, options.instance), options.patience),
      )
      if (answer !== null) return names(client, dataset, answer)
    } catch (error) {
      if (error instanceof DataError) throw error
      failure = error as Error
    }
  }
  if (failure === null) return null
  const isTimeout = failure instanceof Transient && failure.isTimeout
  throw new DataError(isTimeout ? 'TimeoutError' : 'OSError', `${dataset}: ${failure.message}`, { cause: failure })
}

/** Datasets of users are kept in an instance of their own. The reference's words, so that both ask the same. */
function query(dataset: string, instance: string): string {
  return `-query=instance=${instance} file dataset=${dataset}${dataset.endsWith('/USER') ? ' instance=prod/phys03' : ''}`
}

/** What the command prints; null where there is no such command. Started without a shell: a dataset's name is never code. */
function run(client: string, argument: string, { timeoutMs, attempts }: Patience): Promise<string | null> {
  const options = { timeout: timeoutMs, maxBuffer: 2 ** 29, killSignal: 'SIGKILL' } as const
  return new Promise((done, fail) => {
    execFile(client, [argument], options, (error, stdout, stderr) => {
      if (error === null) done(stdout)
      else if (MISSING.includes(String(error.code))) done(null)
      else if (error.killed) {
        const limit = `${timeoutMs / 1000} s, attempt ${attempts} of ${attempts}`
        fail(
          new Transient(`${client} did not answer within ${limit}. Raise --timeout, or try later.`, {
            isTimeout: true,
          }),
        )
      } else {
        const last = `${stderr}\n${stdout}`.trim().split('\n').at(-1)!.slice(0, 300)
        const status = error.code === undefined ? error.message : `exit status ${error.code}`
        fail(new Error(`${client} failed (${status}${last === '' ? '' : `: ${last}`}). ${ADVICE}`))
      }
    })
  })
}

const MISSING = ['ENOENT', 'EACCES', 'ENOTDIR']
const ADVICE = 'Check that your proxy is valid (voms-proxy-info; voms-proxy-init --voms cms makes one).'

function names(client: string, dataset: string, answer: string): string[] {
  const lines = answer
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
  const odd = lines.find(line => !line.startsWith('/'))
  if (odd === undefined) return lines
  const shown = JSON.stringify(odd.slice(0, 300))
  throw new DataError('ValueError', `${dataset}: ${client} answered ${shown}, wanted names of files. ${ADVICE}`)
}
