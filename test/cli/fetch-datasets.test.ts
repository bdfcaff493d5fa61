import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import { equal, is, match } from 'uvu/assert'
import { DAS_CLIENTS } from '../../lib/catalog/index.js'
import { dbsServer, filesBody } from '../catalog/dbs-server.js'
import { hasOpenssl, makeCertificates } from '../support/certificates.js'
import { filesBelow, scratch, tnpPipe } from '../support/cli.js'
import { testIf } from '../support/tools.js'

const files = scratch()
const root = realpathSync(files.dir)
const before = { ...process.env }
const certificates = hasOpenssl ? makeCertificates(files.dir) : null
const tlsTest = testIf(test, certificates, 'openssl')
/** The program of its own, beside the compiled tests. */
const PROGRAM = fileURLToPath(new URL('../../lib/cli/fetch-datasets.js', import.meta.url))
/** Where CVMFS is mounted, its dasgoclient goes before that of PATH. */
const dasTest = testIf(test, !existsSync(DAS_CLIENTS[0]!), 'a machine without the dasgoclient of CVMFS')

mkdirSync(join(root, 'bin'))
mkdirSync(join(root, 'a/sub'), { recursive: true })
mkdirSync(join(root, 'b'))
for (const name of ['a/1.root', 'a/notes.txt', 'a/sub/2.root', 'b/3.ROOT']) writeFileSync(join(root, name), '')
const dasgoclient = `#!/bin/sh
case "$1" in
  *Unknown*) ;;
  *Down*) echo "cannot connect" >&2; exit 2;;
  */USER*) echo /store/user/u.root;;
  *) echo /store/2.root; echo /store/1.root;;
esac
`
writeFileSync(join(root, 'bin/dasgoclient'), dasgoclient)
chmodSync(join(root, 'bin/dasgoclient'), 0o755)
process.env.PATH = join(root, 'bin') + delimiter + process.env.PATH

function write(name: string, ...lines: string[]): string {
  writeFileSync(join(root, name), lines.join('\n'))
  return name
}

/** Runs in the scratch folder. */
async function fetch(...args: string[]) {
  return tnpPipe(['fetch-datasets', ...args], { cwd: root })
}

const readJson = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'))
const filesIn = (name: string, dataset: string) => Object.keys(readJson(name)[dataset].files)

test('local folders become a fileset beside the list, indented by four spaces', async () => {
  const { status, stdout, stderr } = await fetch('-i', write('local.txt', 'A a', 'B b', 'A b'), '--mode', 'local')
  equal([status, stdout], [0, ''])
  match(stderr, /^A: 2 files in a$/m)
  match(stderr, /^B: 1 file in b$/m)
  is(
    readFileSync(join(root, 'local.json'), 'utf8'),
    `{
    "A": {
        "files": {
            "${root}/a/1.root": "Events",
            "${root}/a/notes.txt": "Events",
            "${root}/b/3.ROOT": "Events"
        },
        "metadata": {}
    },
    "B": {
        "files": {
            "${root}/b/3.ROOT": "Events"
        },
        "metadata": {}
    }
}
`,
  )
})

test('folders within, suffixes, the limit and the output are as asked for', async () => {
  const list = write('some.txt', 'A a', 'A b')
  const local = ['-i', list, '--mode', 'local']
  equal((await fetch(...local, '--recursive', '--file-extension', '.root', '.xyz')).status, 0)
  equal(
    filesIn('some.json', 'A'),
    ['a/1.root', 'a/sub/2.root', 'b/3.ROOT'].map(name => join(root, name)),
  )
  equal((await fetch(...local, '--limit', '1', '--output', 'one.json')).status, 0)
  equal(filesIn('one.json', 'A'), [join(root, 'a/1.root')])
  equal((await fetch(...local, '--limit', '-1', '--file-extension')).status, 0)
  is(filesIn('some.json', 'A').length, 3)
})

test('folders that are missing or empty are warned of, and an error for a name that has no others', async () => {
  mkdirSync(join(root, 'empty'))
  const some = await fetch('-i', write('part.txt', 'A none', 'A a', 'A empty'), '--mode', 'local')
  is(some.status, 0)
  match(some.stderr, /warning: part\.txt:1: A: "none": no such folder\. Correct the path\./)
  match(some.stderr, /warning: part\.txt:3: A: "empty": no files in this folder\. Try --recursive\./)
  const all = await fetch('-i', write('gone.txt', 'A none', 'B a', 'C empty'), '--mode', 'local')
  is(all.status, 2)
  match(all.stderr, /error: gone\.txt:1: A: "none": no such folder.*\nerror: gone\.txt:3: C: "empty": no files/)
  is(existsSync(join(root, 'gone.json')), false)
})

dasTest('dasgoclient lists datasets on the grid, and the redirector of the region goes before the files', async () => {
  const list = write('grid.yaml', 'datasets:', '- {name: A, dataset: [/X/Y/NANO, /X/Y/USER], metadata: {isMC: yes}}')
  const names = ['2.root', '1.root', 'user/u.root']
  is((await fetch('-i', list)).status, 0)
  equal(readJson('grid.json'), {
    A: {
      files: Object.fromEntries(names.map(name => [`root://xrootd-cms.infn.it//store/${name}`, 'Events'])),
      metadata: { isMC: true },
    },
  })
  await fetch('-i', list, '-w', 'Americas', '--limit', '1')
  equal(filesIn('grid.json', 'A'), ['root://cmsxrootd.fnal.gov//store/2.root'])
  const bare = await fetch('-i', list, '-x', 'root://my.site')
  match(bare.stderr, /warning: --xrootd: root:\/\/my\.site does not end with "\/"/)
  is(filesIn('grid.json', 'A')[0], 'root://my.site/store/2.root')
})

dasTest('unknown datasets are errors, all at once, and nothing is written', async () => {
  const { status, stderr } = await fetch('-i', write('u.txt', 'A /X/Unknown/NANO', 'B /X/Y/NANO', 'C /Unknown/Y/NANO'))
  is(status, 2)
  match(stderr, /u\.txt:1: A: "\/X\/Unknown\/NANO": unknown, or without valid files, in prod\/global\. Check the name/)
  match(stderr, /u\.txt:3: C:.*\n2 problems, nothing was read or written/)
  is(existsSync(join(root, 'u.json')), false)
})

dasTest('a dasgoclient that fails ends the run with status 1', async () => {
  const { status, stderr } = await fetch('-i', write('down.txt', 'A /X/Down/NANO'))
  is(status, 1)
  match(stderr, /error: \/X\/Down\/NANO: dasgoclient failed \(exit status 2: cannot connect\)\. Check that your proxy/)
})

tlsTest('with --dbs-url, a DBS service lists them, to the user of the proxy', async () => {
  const server = await dbsServer(certificates!.server, dataset => ({
    body: dataset === '/X/Y/NANO' ? filesBody('/store/b.root', '/store/a.root') : '[]',
  }))
  process.env.X509_USER_PROXY = certificates!.proxy
  process.env.X509_CERT_DIR = certificates!.authorities
  try {
    const good = await fetch('-i', write('dbs.txt', 'A /X/Y/NANO'), '--dbs-url', server.url)
    equal(
      [good.status, filesIn('dbs.json', 'A')],
      [0, ['a', 'b'].map(n => `root://xrootd-cms.infn.it//store/${n}.root`)],
    )
    const unknown = await fetch('-i', write('dbs2.txt', 'A /X/Z/NANO'), '--dbs-url', server.url)
    is(unknown.status, 2)
    match(unknown.stderr, /dbs2\.txt:1: A: "\/X\/Z\/NANO": unknown/)
    process.env.X509_USER_PROXY = certificates!.expiredProxy
    const expired = await fetch('-i', 'dbs.txt', '--dbs-url', server.url)
    is(expired.status, 2)
    match(expired.stderr, /the grid proxy expired at .*voms-proxy-init/)
  } finally {
    await server.close()
  }
})

test('without a proxy, the error says how to make one', async () => {
  process.env.X509_USER_PROXY = join(root, 'no-proxy')
  const { status, stderr } = await fetch('-i', write('p.txt', 'A /X/Y/NANO'), '--dbs-url', 'https://127.0.0.1:1/dbs')
  is(status, 2)
  match(stderr, /no-proxy: no grid proxy here .*voms-proxy-init --voms cms/)
})

test('fetch-datasets is a program of its own as well', () => {
  write('own.txt', 'B b')
  const { status } = spawnSync(process.execPath, [PROGRAM, '--input', 'own.txt', '--mode', 'local'], { cwd: root })
  equal([status, filesIn('own.json', 'B')], [0, [join(root, 'b/3.ROOT')]])
})

test('lists that cannot be used are refused before anything is asked', async () => {
  const refused = async (list: string, message: RegExp, ...args: string[]) => {
    const { status, stderr } = await fetch('-i', list, ...args)
    is(status, 2, list)
    match(stderr, message)
  }
  await refused('list.csv', /list\.csv: is no list of datasets by its name/)
  await refused('absent.txt', /absent\.txt: no such file\. Check --input/)
  await refused(write('none.txt', '# nothing'), /none\.txt: has no entries/)
  await refused(
    write('odd.txt', 'A folder', 'B', 'C /X/Y'),
    /odd\.txt:1: .*\n.*odd\.txt:3: .*\n.*odd\.txt:2: "B" is left/,
  )
  await refused('odd.txt', /--output: odd\.txt is the input/, '--output', 'odd.txt', '--mode', 'local')
  await refused('odd.txt', /Wanted a whole number above 0/, '--limit', '0')
  await refused('odd.txt', /Allowed choices are Americas, Eurasia, Yolo/, '-w', 'Asia')
  await refused('odd.txt', /Wanted seconds above 0/, '--timeout', 'x')
  await refused(
    write('ok.txt', 'A a'),
    /no\/where\.json: the folder .* is missing or read-only\. Give another --output/,
    '--output',
    'no/where.json',
  )
  is([...filesBelow(root).keys()].includes('ok.json'), false)
})

const PYTHON = process.env.TNP_PYTHON || 'python3'
const hasReference = spawnSync(PYTHON, ['-c', 'import egamma_tnp.scripts.fetch_datasets']).status === 0
const parityTest = testIf(test, hasReference && !existsSync(DAS_CLIENTS[0]!), 'a Python with egamma_tnp')

/** Runs the reference once for each list of options: its import takes seconds. Its filesets go to theirs-0.json and on. */
const REFERENCE = `
import json, os, sys
from egamma_tnp.scripts.fetch_datasets import main
for k, args in enumerate(json.loads(sys.argv[1])):
    sys.argv = ["fetch-datasets", *args, "--limit", "1000"]  # without a limit it drops the last file
    main()
    os.rename("ref.json", f"theirs-{k}.json")
`

parityTest('the filesets are those of the reference', async () => {
  const local = ['datasets:', '- {name: A, dataset: [a, b], metadata: &m {isMC: yes, xs: 1.5, era: N, n: 010}}']
  write('ref.yaml', ...local, '- name: B', '  dataset: b', '  metadata: {<<: *m, isMC: off, l: [1, null, "x"]}')
  write('ref.txt', '# list', '', 'A /X/Y/NANO', 'bad', 'B   /X/Y/USER')
  const cases = [
    ['-i', 'ref.yaml', '--mode', 'local'],
    ['-i', 'ref.yaml', '--mode', 'local', '--recursive', '--file-extension', '.root'],
    ['-i', 'ref.txt', '--dbs-instance', 'prod/phys01'],
    ['-i', 'ref.txt', '--where', 'Yolo', '--xrootd', 'root://x//'],
  ]
  const run = spawnSync(PYTHON, ['-c', REFERENCE, JSON.stringify(cases)], { cwd: root, encoding: 'utf8' })
  is(run.status, 0, run.stderr)
  for (const [k, args] of cases.entries()) {
    is((await fetch(...args)).status, 0)
    equal(readJson('ref.json'), readJson(`theirs-${k}.json`))
  }
})

test.after(() => {
  for (const name of ['PATH', 'X509_USER_PROXY', 'X509_CERT_DIR']) {
    if (before[name] === undefined) delete process.env[name]
    else process.env[name] = before[name]
  }
  files.remove()
})

test.run()
