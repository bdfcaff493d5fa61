/** What was found, for people. */
import { timeLeft } from '../credentials/index.js'
import type { Answer } from './connect.js'
import type { Machine } from './machine.js'
import type { Finding, Survey } from './needs.js'
import { PROGRAMS, type ProgramName, PYTHON_PACKAGES, type PythonPackage } from './programs.js'

const WIDTH = 18

export function textOf(survey: Survey, answers: readonly Answer[], version: string, now: Date): string {
  const rows = [['tnp-pipe', version], ...machineRows(survey.machine), ...pythonRows(survey), ...programRows(survey)]
  rows.push(...credentialRows(survey, now), ...answers.map(answerRow))
  return rows.map(([name = '', value]) => `${name.padEnd(WIDTH)}${value}\n`).join('')
}

export function findingText({ level, part, message }: Finding): string {
  return `${level}: ${part}: ${message}\n`
}

function machineRows({ node, platform, glibc, cores, memory, openFiles, temporary }: Machine): string[][] {
  // Without /proc Node counts none.
  const limits = [`${cores.usable} of ${Math.max(cores.there, cores.usable)}`]
  if (cores.limit !== null) limits.push(`${round(cores.limit)} by the control group`)
  const gigabytes = [`${bytes(memory.there)}, ${bytes(memory.free)} free`]
  if (memory.limit !== null) gigabytes.push(`${bytes(memory.limit)} by the control group`)
  return [
    ['Node', `${node.version} (${node.path})`],
    ['  Zstandard', node.hasZstd ? "Node's own" : 'as WebAssembly'],
    ['system', glibc === null ? platform : `${platform}, glibc ${glibc}`],
    ['cores', limits.join('; ')],
    ['memory', gigabytes.join('; ')],
    ['open files', openFiles === null ? 'not known' : `${openFiles.soft} at a time, up to ${openFiles.hard}`],
    ['temporary space', temporaryText(temporary)],
  ]
}

function temporaryText({ folder, freeBytes, isWritable }: Machine['temporary']): string {
  if (!isWritable) return `${folder}, which cannot be written to`
  return `${freeBytes === null ? 'not known' : `${bytes(freeBytes)} free`} in ${folder}`
}

function pythonRows({ python }: Survey): string[][] {
  if (python.version === null) return [['Python', `none: ${python.command} cannot be run (${python.reason})`]]
  const names = Object.keys(PYTHON_PACKAGES) as PythonPackage[]
  return [
    ['Python', `${python.version} (${python.path})`],
    ...names.map(name => [`  ${name}`, python.packages[name] ?? `none (for ${PYTHON_PACKAGES[name].use})`]),
  ]
}

function programRows({ programs }: Survey): string[][] {
  const names = Object.keys(PROGRAMS) as ProgramName[]
  return names.map(name => [name, programs[name] ?? `none (for ${PROGRAMS[name]})`])
}

function credentialRows({ credentials: { proxy, token, ticket, authorities } }: Survey, now: Date): string[][] {
  const organizations = proxy?.voms.map(({ vo }) => vo).join(', ') || 'no organization'
  const left = (end: Date | null) => (end === null ? 'end not told' : `${timeLeft(end, now)} left`)
  return [
    ['grid proxy', proxy === null ? 'none' : `${left(proxy.expires)}, ${organizations}`],
    ['token', token === null ? 'none' : left(token.expires)],
    ['Kerberos ticket', ticket === null ? 'none' : `${ticket.principal}, ${left(ticket.expires)}`],
    ['authorities', authorities === null ? "none but Node's own" : `${authorities.count} in ${authorities.folder}`],
  ]
}

function answerRow({ url, firstMs, nextMs, isThere, error }: Answer): string[] {
  if (error !== null) return ['server', `${url}: ${error}`]
  const what = isThere ? '' : '; there is nothing of that name'
  return ['server', `${url} answers in ${firstMs!.toFixed(0)} ms, then in ${nextMs!.toFixed(1)} ms${what}`]
}

function bytes(count: number): string {
  return count >= 1e12 ? `${round(count / 1e12)} TB` : `${round(count / 1e9)} GB`
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10)
}
