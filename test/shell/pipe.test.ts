/** Pipes as users of a shell know them: cut short, interrupted, failing in the middle, read slowly. */
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'uvu'
import { equal, match, not, ok } from 'uvu/assert'
import { filesBelow, scratch } from '../support/cli.js'
import { bash } from '../support/shell.js'

const out = scratch()
const CONFIG = ['runner', 'settings', 'binning'].map(
  d => `--${d === 'runner' ? 'config' : d} fixtures/config/${d}.json`,
)
// Their files are one file many times.
const OPTIONS = [...CONFIG, '--duplicate-files keep'].join(' ')

/** The fixtures' data many times over: enough that a pipe is still at work when something happens to it. */
function manyFiles(times: number): string {
  const files = Array.from({ length: times }, () => 'fixtures/root/nano-data.root:Events')
  return out.json(`many-${times}.json`, { Data: { files, metadata: { isMC: false } } })
}

/** No stack trace, and no fault of ours. */
function clean(stderr: string): void {
  not.match(stderr, /\n {4}at /)
  not.match(stderr, /fault of tnp-pipe|Unhandled|EPIPE/)
}

const PAIRS = `tnp-pipe decode | tnp-pipe pair | tnp-pipe filter --method get_nd_tnp_histograms_1`

test('| head ends a pipe quietly, with status 0', async () => {
  const fileset = manyFiles(400)
  for (const [script, status] of [
    [`tnp-pipe chunks ${fileset} ${OPTIONS} | head -n 1 | wc -l`, '0 0 0'],
    [`tnp-pipe chunks ${fileset} ${OPTIONS} | tnp-pipe decode | head -c 1000 | wc -c`, '0 0 0 0'],
    [`tnp-pipe chunks ${fileset} ${OPTIONS} | tnp-pipe decode | tnp-pipe pair | head -c 10 | wc -c`, '0 0 0 0 0'],
  ] as const) {
    const { stdout, stderr } = await bash(`${script}; echo "\${PIPESTATUS[@]}"`)
    match(stdout, new RegExp(`^\\d+\\n${status}\\n$`), script)
    equal(stderr, '')
  }
})

test('chunks may be cut by head: what follows is the whole of what is left', async () => {
  const fileset = manyFiles(20)
  const script = (cut: string) =>
    `tnp-pipe chunks ${fileset} ${OPTIONS} | ${cut} | ${PAIRS} | tnp-pipe fill | tail -n 1`
  const whole = await bash(script('cat'))
  const some = await bash(script('head -n 3'))
  equal([whole.status, some.status], [0, 0], some.stderr)
  match(some.stdout, /^\{"end":\{"histograms":\d+\}\}\n$/)
  equal(some.stdout, whole.stdout)
})

test('a line of chunks that was cut within is refused', async () => {
  const { status, stderr } = await bash(
    `tnp-pipe chunks ${manyFiles(3)} ${OPTIONS} | head -c 100 | tnp-pipe decode | wc -c`,
  )
  equal(status, 1)
  match(stderr, /^decode: error: stdin: a line is not JSON, it may have been cut off/)
})

test('a stage that dies in the middle leaves no outputs, and the pipe has a status other than 0', async () => {
  const fileset = manyFiles(100)
  const before = `tnp-pipe chunks ${fileset} ${OPTIONS} | tnp-pipe decode`
  const after = (folder: string) =>
    `tnp-pipe pair | tnp-pipe filter --method get_nd_tnp_histograms_1 | tnp-pipe fill | tnp-pipe merge | tnp-pipe sink ${out.path(folder)}`
  const table = (folder: string) =>
    `tnp-pipe pair | tnp-pipe filter --method get_tnp_arrays_1 | tnp-pipe select | tnp-pipe sink ${out.path(folder)}`
  for (const [i, middle] of [
    'head -c 300000',
    'false',
    'tnp-pipe golden --json /nowhere.json',
    "sh -c 'kill -9 $$'",
  ].entries()) {
    for (const rest of [after(`cut-${i}`), table(`cut-table-${i}`)]) {
      const { status, stderr } = await bash(`${before} | ${middle} | ${rest}; exit $?`)
      ok(status !== 0, middle)
      match(stderr, /sink: error: stdin (ends early|is empty): the stage before has not finished/)
      clean(stderr)
    }
    for (const folder of [`cut-${i}`, `cut-table-${i}`]) {
      equal(existsSync(out.path(folder)) ? [...filesBelow(out.path(folder)).keys()] : [], [])
    }
  }
})

test('a report is whole only if its decode has finished', async () => {
  const report = out.path('reports.jsonl')
  const { stdout, stderr } = await bash(
    `tnp-pipe chunks ${manyFiles(200)} ${OPTIONS} | tnp-pipe decode --report ${report} | head -c 1000 | wc -c; echo "\${PIPESTATUS[@]}"
     tnp-pipe sink ${out.path('reports')} < ${report}; echo $?`,
  )
  match(stdout, /\n0 1 0 0\n1\n$/)
  match(stderr, /sink: error: stdin ends early/)
  clean(stderr)
})

test('Ctrl-C ends every stage with 130 and leaves nothing', async () => {
  const folder = out.path('interrupted')
  const script = `trap : INT
    tnp-pipe chunks ${manyFiles(5000)} ${OPTIONS} | tnp-pipe decode | tnp-pipe pair | tnp-pipe filter --method get_tnp_arrays_1 | tnp-pipe select | tnp-pipe sink ${folder}
    echo "\${PIPESTATUS[@]}"`
  const { stdout, stderr } = await bash(script, [], {
    onStart: async kill => {
      while (!existsSync(folder)) await sleep(50)
      await sleep(300)
      kill('SIGINT')
    },
  })
  equal(stdout, '130 130 130 130 130 130\n')
  equal(stderr, 'sink: interrupted, unfinished outputs were removed\n')
  equal([...filesBelow(folder).keys()], [])
})

test('two datasets: none that is missing at the end goes unnoticed', async () => {
  const fileset = out.json('two.json', {
    First: { files: ['fixtures/root/nano-data.root:Events'], metadata: { isMC: false } },
    Second: { files: ['/nowhere.root:Events'], metadata: { isMC: false } },
  })
  const branches = `--branches 'Electron_*,TrigObj_*,HLT_Ele30*'`
  const { status, stderr, stdout } = await bash(
    `tnp-pipe chunks ${fileset} > ${out.path('two.jsonl')}
     sed 's/First/Second/g; s#fixtures/root/nano-data.root#/nowhere.root#g' < ${out.path('two.jsonl')} | cat ${out.path('two.jsonl')} - |
       tnp-pipe decode ${branches} | tnp-pipe pair | tnp-pipe filter 'pt > 30' | tnp-pipe fill --vars el_pt`,
  )
  equal(status, 1)
  equal(stdout, '')
  match(stderr, /chunks: error: .*nowhere.root/)
  match(stderr, /decode: error: .*nowhere.root/)
  match(stderr, /fill: error: stdin ends early/)
})

/** Writes the largest memory of each stage when it ends. */
const MEASURE = `--import=data:text/javascript,${encodeURIComponent(
  "import{appendFileSync}from'node:fs';process.on('exit',()=>appendFileSync(process.env.TNP_MEMORY,process.argv[2]+' '+process.resourceUsage().maxRSS+'\\n'))",
)}`

async function memory(script: string, name: string): Promise<Map<string, number>> {
  const file = out.path(name)
  const { status, stderr } = await bash(script, [], { env: { NODE_OPTIONS: MEASURE, TNP_MEMORY: file } })
  equal(status, 0, stderr)
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return new Map(lines.map(line => [line.split(' ')[0]!, Number(line.split(' ')[1]) / 1024]))
}

test('memory does not grow with the number of events', async () => {
  const script = (times: number) =>
    `tnp-pipe chunks ${manyFiles(times)} ${OPTIONS} | tnp-pipe decode | tnp-pipe weight | tnp-pipe golden 2> /dev/null | tnp-pipe pair | tnp-pipe filter --method get_nd_tnp_histograms_1 | tnp-pipe fill | tnp-pipe merge | tnp-pipe sink ${out.path('memory')}`
  const few = await memory(script(100), 'few')
  const many = await memory(script(1000), 'many')
  equal([...few.keys()].sort(), [...many.keys()].sort())
  equal(few.size, 9)
  for (const [stage, mb] of many) {
    ok(mb < 400, `${stage}: ${mb} MB`)
    ok(mb < few.get(stage)! + 60, `${stage}: ${few.get(stage)} MB for 100 files, ${mb} MB for 1000`)
  }
})

test('a slow reader holds the stages before it up, and their memory stays', async () => {
  // About 20 MB of events in all.
  const script = `tnp-pipe chunks ${manyFiles(300)} ${OPTIONS} | tnp-pipe decode | { sleep 2; cat; } | tnp-pipe pair | { sleep 1; cat; } | wc -c`
  const stages = await memory(script, 'slow')
  for (const [stage, mb] of stages) ok(mb < 200, `${stage}: ${mb} MB`)
})

test('chunks are given as they are asked for, not before', async () => {
  const { stdout } = await bash(
    `{ tnp-pipe chunks ${manyFiles(5000)} ${OPTIONS} & echo $! > ${out.path('pid')}; wait; } | { sleep 1.5; kill -0 $(cat ${out.path('pid')}) && echo waiting; cat > /dev/null; }`,
  )
  equal(stdout, 'waiting\n')
})

test.after(() => out.remove())
test.run()
