/** Sizes and times as users write them. */
import { UsageError } from '../core/errors.js'

/** Seconds of CERN's job flavours (batchdocs.web.cern.ch/local/submit.html, "Job flavours"). */
const FLAVOURS: Readonly<Record<string, number>> = {
  espresso: 1200,
  microcentury: 3600,
  longlunch: 7200,
  workday: 28_800,
  tomorrow: 86_400,
  testmatch: 259_200,
  nextweek: 604_800,
}

/** Slurm's "minutes", "minutes:seconds", "hours:minutes:seconds", "days-hours", "days-hours:minutes[:seconds]". */
export function slurmSeconds(text: string): number {
  const [, days, rest] = /^(?:(\d+)-)?(\d+(?::\d+){0,2})$/.exec(text.trim()) ?? []
  if (rest === undefined) {
    const message = `"${text}" is no time. Wanted for instance 02:00:00, or 1-12:00:00.`
    throw new UsageError([{ place: '--walltime', message }])
  }
  const parts = rest.split(':').map(Number)
  const units = days !== undefined ? [3600, 60, 1] : parts.length === 3 ? [3600, 60, 1] : [60, 1]
  return Number(days ?? 0) * 86_400 + parts.reduce((sum, part, k) => sum + part * units[k]!, 0)
}

export function flavourSeconds(flavour: string): number {
  const seconds = FLAVOURS[flavour]
  if (seconds !== undefined) return seconds
  const message = `there is no "${flavour}". All: ${Object.keys(FLAVOURS).join(', ')}.`
  throw new UsageError([{ place: '--jobflavour', message }])
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  m: 1e6,
  mb: 1e6,
  g: 1e9,
  gb: 1e9,
  t: 1e12,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
}

/** "4GB", "2 GiB". */
export function bytesOf(text: string): number {
  const [, number, unit] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? []
  const factor = unit === undefined ? undefined : UNITS[unit.toLowerCase()]
  if (number !== undefined && factor !== undefined) return Number(number) * factor
  throw new UsageError([{ place: '--memory', message: `"${text}" is no size. Wanted for instance 4GB.` }])
}
