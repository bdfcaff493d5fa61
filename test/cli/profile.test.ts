/** --profile: where a run's time went. */
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { jobOptions, runAnalysis, scratch } from '../support/cli.js'

interface Row {
  readonly id: string
  readonly clock: number
  readonly cpu: number | null
  readonly in: number | null
  readonly out: number | null
}

async function profile(args: readonly string[]): Promise<string> {
  const out = scratch()
  const options = [...jobOptions('fixtures/config'), '--output', out.dir, '--no-summary', '--no-progress', '--profile']
  const { status, stderr } = await runAnalysis([...options, ...args])
  equal(status, 0, stderr)
  out.remove()
  return stderr
}

/** Columns stand at fixed places: names may have spaces, and cells may be empty. */
function rowsOf(section: string): Row[] {
  const lines = section.split('\n')
  const head = lines.findIndex(line => line.startsWith('  stage '))
  const clockEnd = lines[head]!.indexOf('clock s') + 'clock s'.length
  const ends = ['cpu s', ' in', ' out'].map(name => lines[head]!.indexOf(name) + name.length)
  const [cpuEnd, inEnd, outEnd] = ends as [number, number, number]
  const number = (line: string, end: number) => {
    const text = /\S*$/.exec(line.slice(0, end))![0]
    return line.length < end || text === '' ? null : Number(text)
  }
  const body = lines.slice(
    head + 1,
    lines.findIndex(line => line.startsWith('  reading:')),
  )
  return body.map(line => ({
    id: line.slice(2, clockEnd - 8).trim(),
    clock: number(line, clockEnd)!,
    cpu: number(line, cpuEnd),
    in: number(line, inEnd),
    out: number(line, outEnd),
  }))
}

function sections(text: string): string[] {
  return text.split(/^(?=\S+: \d+ events in)/m).filter(part => /^\S+: \d+ events in/.test(part))
}

for (const args of [
  ['--executor', 'sync'],
  ['--workers', '2'],
  ['--executor', 'processes', '--workers', '2'],
]) {
  test(`the profile says what came in and left, and what reading took (${args.join(' ')})`, async () => {
    const text = await profile(args)
    const datasets = sections(text)
    ok(datasets.length >= 2, text)
    for (const section of datasets) {
      const rows = rowsOf(section)
      const by = new Map(rows.map(row => [row.id, row]))
      const decode = by.get('decode')!
      const events = Number(/: (\d+) events/.exec(section)![1])
      equal([decode.in, decode.out], [events, events])
      ok(by.get('hlt')!.in! <= events)
      ok(by.get('tag')!.in! <= by.get('pair')!.out!)
      equal(by.get('probe')!.in, by.get('tag')!.out)
      ok(by.get('probe')!.out! <= by.get('probe')!.in!)
      ok(by.get('pair')!.out! > 0)
      if (process.platform === 'linux') ok(decode.cpu !== null && rows.every(row => row.cpu === null || row.cpu >= 0))
      const reading =
        /reading: ([\d.]+) MB in (\d+) requests, waited for ([\d.]+) s\n\s+decompressed to ([\d.]+) MB in ([\d.]+) s.*\n\s+put into columns, ([\d.]+) MB, in ([\d.]+) s/
      match(section, reading)
      const [, , requests, waited, unpacked, unpacking, columns, placing] = reading.exec(section)!.map(Number)
      ok(requests! > 0 && unpacked! > 0 && columns! > 0)
      const late = by.get('late')?.clock ?? 0
      ok(waited! + unpacking! + placing! <= decode.clock + late + 0.004, section)
      match(section, /limited by [a-z, ]+ [\d.]+ %; .*decompression|limited by decompression/)
    }
  })
}

test.run()
