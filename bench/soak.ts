/** `npm run soak [-- OPTIONS]`: kills the programs at random moments, a thousand times, and looks at what they leave and at what a run makes
 *  of it that continues; see docs/resume.md for what must hold. */
import { scratch } from '../test/support/cli.js'
import { prepareCampaign, runCampaign } from '../test/support/crash-campaign.js'
import { randomOf } from '../test/support/crash-plan.js'
import { countOption, parseCommandLine } from './arguments.js'
import { memoryCourse } from './soak-memory.js'

const USAGE = `npm run soak [-- OPTIONS]: kill -9 at random moments, each continued to the end
  --kills N         kills (default 1000)
  --minutes N       no new ones after so many minutes
  --seed S          of the moments (default 1)
  --memory EVENTS   instead: one run over so many events (1e8: ten files of 10,000, listed again and again) on two workers; its memory in the
                    last minute may be at most 1.2 times that in the first`

const { values } = parseCommandLine(USAGE, {
  options: {
    kills: { type: 'string', default: '1000' },
    minutes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    memory: { type: 'string' },
  },
})

const MOST_GROWTH = 1.2
const began = performance.now()
if (values.memory === undefined) await killAndContinue()
else await watchMemory(countOption('memory', values.memory))

async function killAndContinue(): Promise<void> {
  const kills = countOption('kills', values.kills)
  const seed = countOption('seed', values.seed)
  const end =
    values.minutes === undefined ? Infinity : performance.now() + 60_000 * countOption('minutes', values.minutes)
  const out = scratch()
  const campaign = await prepareCampaign(out)
  const done = await runCampaign(out, campaign, randomOf(seed), kills, {
    isOver: () => performance.now() > end,
    onTrial: ({ kills, trials, missed }) => {
      if (trials % 20 === 0) say(`${kills} kills in ${trials} trials, ${missed} came too late, ${minutes()} min`)
    },
  })
  for (const fault of done.faults) say(`fault: ${fault}`)
  if (done.faults.length > 0) say(`the folders are kept: ${out.dir}`)
  else out.remove()
  say(
    `${done.kills} kills in ${done.trials} trials (seed ${seed}), ${done.missed} came too late, ${done.faults.length} faults, ${minutes()} min`,
  )
  process.exitCode = done.faults.length > 0 || done.kills === 0 ? 1 : 0
}

async function watchMemory(events: number): Promise<void> {
  const { seconds, means } = await memoryCourse(events, say)
  const growth = means.at(-1)! / means[0]!
  say(
    `${events} events in ${(seconds / 60).toFixed(1)} min; MiB by minute: ${means.map(mib => mib.toFixed(0)).join(' ')}`,
  )
  say(
    `last / first: ${growth.toFixed(2)}, at most ${MOST_GROWTH}: ${growth <= MOST_GROWTH ? 'holds' : 'does not hold'}`,
  )
  process.exitCode = growth <= MOST_GROWTH ? 0 : 1
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

function minutes(): string {
  return ((performance.now() - began) / 60_000).toFixed(1)
}
