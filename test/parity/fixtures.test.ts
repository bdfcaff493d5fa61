/** The jobs of fixtures/config against what the reference wrote for them. */
import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { filesBelow, jobOptions, runAnalysis, scratch } from '../support/cli.js'
import { sameHists, sameParquet, sameReport } from './twins.js'

for (const [name, config] of [
  ['demo', 'fixtures/config'],
  ['old', 'fixtures/config/old'],
  ['mini-ntuples', 'fixtures/config/mini-ntuples'],
  ['nano-ntuples', 'fixtures/config/nano-ntuples'],
] as const) {
  test(`the job ${name} gives the reference's files with the reference's content`, async () => {
    const out = scratch()
    const { status, stderr, stdout } = await runAnalysis([...jobOptions(config), '--output', out.dir])
    equal(status, 0, stderr)
    equal(stdout, '')
    const expected = [...filesBelow(`fixtures/expected/${name}`).keys()]
    const wanted = expected.flatMap(f => {
      if (!f.endsWith('.hist.json')) return [f.replace(/\.parquet\.json$/, '.parquet')]
      const stem = f.replace(/\.hist\.json$/, '')
      return [`${stem}.pkl`, `${stem}.json`]
    })
    equal([...filesBelow(out.dir).keys()], wanted.sort())
    for (const file of expected) {
      const twin = `fixtures/expected/${name}/${file}`
      if (file.endsWith('.parquet.json')) await sameParquet(out.path(file.replace(/\.json$/, '')), twin)
      else if (file.endsWith('.hist.json')) sameHists(out.path(file.replace(/\.hist\.json$/, '.json')), twin)
      else sameReport(out.path(file), twin)
    }
    out.remove()
  })
}

test.run()
