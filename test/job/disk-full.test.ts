/** A disk that fills up while outputs are written: a small file system of its own, at many sizes. */
import { spawnSync } from 'node:child_process'
import { test } from 'uvu'
import { equal, match, not, ok } from 'uvu/assert'
import { sameFiles } from '../support/case-runs.js'
import { filesBelow, PROGRAMS, runAnalysis, scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'

const canMount = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0
const FILESET = {
  Data: {
    files: { 'fixtures/root/nano-data.root': 'Events' },
    metadata: { isMC: false, goldenJSON: 'fixtures/root/golden.json' },
  },
}

const SIZES = ['4k', '8k', '12k', '24k', '40k', '56k', '72k', '88k', '104k', '128k', '160k', '224k', '320k', '448k']
const TRIALS = [
  ...SIZES.map(size => [size, 'parquet'] as const),
  ...['56k', '104k', '160k'].flatMap(size => [[size, 'rntuple'] as const, [size, 'ttree'] as const]),
]

testIf(
  test,
  canMount,
  'the right to mount',
)(
  'the reason is told, and nothing of the dataset has its name; with room again, --resume gives the outputs of a run',
  async () => {
    const files = scratch()
    const config = (name: string) => `fixtures/config/${name}.json`
    const job = ['--config', config('runner'), '--settings', config('settings'), '--binning', config('binning')]
    job.push('--fileset', files.json('fileset.json', FILESET), '--no-progress', '--no-summary', '--workers', '1')
    const wholes = new Map<string, Map<string, Buffer>>()
    for (const format of new Set(TRIALS.map(([, format]) => format))) {
      const out = files.path(format)
      const { status } = await runAnalysis([...job, '--ntuple-format', format, '--output', out, '--no-journal'])
      equal(status, 0)
      wholes.set(format, filesBelow(out))
    }
    let failures = 0
    for (const [size, format] of TRIALS) {
      const script = `
        mount -t tmpfs -o size=${size} none /mnt || exit 99
        "$0" "$@" --output /mnt/out 2> "${files.path('stderr')}"
        echo "status $?"
        find /mnt/out -type f -not -path '*/.tnp-journal/*'
        mount -o remount,size=64m /mnt
        [ -e /mnt/out/.tnp-journal ] && resume=--resume
        "$0" "$@" --output /mnt/out $resume || exit 98
        rm -rf "${files.path('copy')}" && cp -r /mnt/out "${files.path('copy')}"
        cat "${files.path('stderr')}" >&2`
      const argv = ['-m', 'bash', '-c', script, process.execPath, PROGRAMS.runAnalysis, ...job]
      argv.push('--ntuple-format', format)
      const { status, stdout, stderr } = spawnSync('unshare', argv, { encoding: 'utf8' })
      equal(status, 0, `${size}: ${stderr}`)
      const [said, ...left] = stdout.trim().split('\n')
      sameFiles(filesBelow(files.path('copy')), wholes.get(format)!, `${size} ${format}`)
      if (said === 'status 0') continue
      failures++
      equal(said, 'status 1', `${size}: ${stderr}`)
      match(stderr, /error: \/mnt\/out.*\(the disk is full\)/, size)
      not.match(stderr, /fault of tnp-pipe/)
      equal(left, [], size)
    }
    ok(failures >= TRIALS.length - 3, `${failures} of ${TRIALS.length} sizes were too small`)
    files.remove()
  },
)

test.run()
