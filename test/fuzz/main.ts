/** `npm run fuzz`: see CONTRIBUTING.md. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type CampaignResult, campaign, type FindFile } from './campaign.js'
import { Replayer } from './replay.js'
import { TARGETS } from './targets/index.js'

const USAGE = `npm run fuzz -- [options]

  --minutes N      how long (default: 3, or without end where --cases is given)
  --cases N        cases of each target
  --seed S         a whole number: the same seed gives the same cases (default: 1)
  --target NAME    of these targets alone (repeatable)
  --processes N    cases run in so many processes (default: 1)
  --finds DIR      folder for what is found (default: fuzz-finds)
  --list           lists the targets
  --replay FILE    runs the case of a find again

Exit status: 0 nothing was found, 1 something was, 2 mistakes in the options.
`

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string' },
      cases: { type: 'string' },
      seed: { type: 'string', default: '1' },
      target: { type: 'string', multiple: true, default: [] },
      processes: { type: 'string', default: '1' },
      finds: { type: 'string', default: 'fuzz-finds' },
      list: { type: 'boolean', default: false },
      replay: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(USAGE)
    return 0
  }
  if (values.list) {
    for (const [name, { what }] of Object.entries(TARGETS))
      if (name !== 'planted') process.stdout.write(`${name.padEnd(16)} ${what}\n`)
    return 0
  }
  if (values.replay.length > 0) return replay(values.replay)
  const number = (text: string | undefined, name: string) => {
    if (text !== undefined && !(Number(text) > 0)) throw new TypeError(`--${name} is ${text}, wanted a number above 0.`)
    return text === undefined ? null : Number(text)
  }
  const unknown = values.target.filter(name => !Object.hasOwn(TARGETS, name))
  if (unknown.length > 0) throw new TypeError(`--target: there is no ${unknown.join(', ')}. --list lists them.`)
  const cases = number(values.cases, 'cases')
  const seed = number(values.seed, 'seed')!
  const result = await campaign({
    seed,
    targets: values.target.length > 0 ? values.target : Object.keys(TARGETS).filter(name => name !== 'planted'),
    minutes: number(values.minutes, 'minutes') ?? (cases === null ? 3 : null),
    cases,
    processes: number(values.processes, 'processes')!,
    finds: values.finds,
    log: line => process.stdout.write(`${line}\n`),
  })
  process.stdout.write(summary(result, seed))
  return result.finds.length > 0 ? 1 : 0
}

async function replay(files: readonly string[]): Promise<number> {
  let status = 0
  for (const file of files) {
    const { target, case: one } = JSON.parse(readFileSync(file, 'utf8')) as FindFile
    const replayer = new Replayer(target)
    const verdict = await replayer.verdict(one, true)
    replayer.close()
    if (typeof verdict === 'string') process.stdout.write(`${file}: ${target}: as it must be (${verdict})\n`)
    else {
      status = 1
      process.stdout.write(`${file}: ${target}: ${verdict.kind}: ${verdict.message}\n${verdict.stack}\n`)
    }
  }
  return status
}

function summary({ counts, finds, unconfirmed }: CampaignResult, seed: number): string {
  const rows = [...counts].map(([name, { cases, ms, outcomes }]) => {
    const words = Object.entries(outcomes).sort((a, b) => b[1] - a[1])
    const shown = words.slice(0, 6).map(([word, n]) => `${word} ${n}`)
    const rate = ms === 0 ? 0 : (1000 * cases) / ms
    return `${name.padEnd(16)} ${String(cases).padStart(8)} ${rate.toFixed(0).padStart(7)}/s  ${shown.join(', ')}\n`
  })
  const told = finds.map(({ file, find: { target, kind, message }, times }) => {
    const line = message.split('\n')[0]!.slice(0, 300)
    return `\n${target}: ${kind} (${times} times): ${line}\n  npm run fuzz -- --replay ${file}\n`
  })
  const open = unconfirmed === 0 ? '' : `, ${unconfirmed} hangs or peaks of memory that did not show again alone`
  return `${rows.join('')}${told.join('')}seed ${seed}: ${finds.length} finds${open}\n`
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof TypeError)) throw error
  process.stderr.write(`${error.message}\n\n${USAGE}`)
  process.exitCode = 2
}
