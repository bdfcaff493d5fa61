/** The npm package in an empty folder: what it brings, its commands, its exports to TypeScript and to Node, a job. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { caseOptions, runCase, sameFiles } from '../support/case-runs.js'
import { filesBelow, runAnalysis, scratch } from '../support/cli.js'
import { installPackage, npm, sizeBelow } from '../support/installed-package.js'
import { sharedDir, testIf } from '../support/tools.js'

const MAX_PACKAGES = 15
const MAX_BYTES = 30e6
const MAX_SECONDS = 20

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly version: string
  readonly bin: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, unknown>>
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { version: string }> }
const locked = (name: string) => `${name}@${lock.packages[`node_modules/${name}`]!.version}`

const installed = installPackage()
const when = testIf(test, !('missing' in installed), 'the npm registry')
const { folder, files } = 'missing' in installed ? { folder: '', files: [] } : installed
const home = join(folder, 'node_modules/tnp-pipe')
if (!('missing' in installed)) test.after(() => installed.remove())

/** A command of the package as npm makes it. */
function command(name: string, args: readonly string[], cwd = folder) {
  return spawnSync(join(folder, 'node_modules/.bin', name), args, { cwd, encoding: 'utf8', timeout: 120_000 })
}

when('an empty folder gets at most 15 packages and 30 MB, none of which is compiled or runs a script', () => {
  const tree = JSON.parse(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8')) as {
    packages: Record<string, { hasInstallScript?: boolean }>
  }
  const names = Object.keys(tree.packages)
  ok(names.includes('node_modules/tnp-pipe'))
  ok(names.length <= MAX_PACKAGES, `${names.length} packages: ${names.join(', ')}`)
  equal(
    names.filter(name => tree.packages[name]!.hasInstallScript === true),
    [],
  )
  const bytes = sizeBelow(join(folder, 'node_modules'))
  ok(bytes <= MAX_BYTES, `${bytes} bytes`)
})

when('the tarball holds nothing but what programs load, their types, schemas and texts', () => {
  const strange = files.filter(
    path =>
      !/^(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/THIRD-PARTY-LICENSES\.txt|dist\/build\.json|schemas\/[\w.-]+\.json)$/.test(
        path,
      ) &&
      !/^dist\/bin\/([\w-]+\.(js|cjs)|bridge\/\w+\.py)$/.test(path) &&
      !/^dist\/(lib|pipelines)\/[\w./-]+\.(js|d\.ts)$/.test(path) &&
      !/^dist\/lib\/(plot|root)\/(libraries\/\w+\.(mjs|wasm)|fonts\/[\w-]+\.(ttf|txt))$/.test(path) &&
      !/^dist\/lib\/cluster\/bridge\/\w+\.py$/.test(path) &&
      path !== 'dist/lib/page/page.html',
  )
  equal(strange, [])
  const modules = files.filter(path => /^dist\/(lib|pipelines)\/.*\.(js|d\.ts)$/.test(path))
  const without = modules.filter(path => !existsSync(path.replace(/^dist\//, '').replace(/(\.d\.ts|\.js)$/, '.ts')))
  equal(without, [], 'compiled, but there is no source of them')
})

when('every module that the exports reach is there', () => {
  const seen = new Set<string>()
  const visit = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    ok(existsSync(path), path)
    const code = readFileSync(path, 'utf8').replaceAll(/^ *(\/\*\*|\*|\/\/).*$/gm, '')
    for (const [, a, b] of code.matchAll(/\bfrom '(\.[^']+)'|\bimport\(['"](\.[^'"]+)['"]\)/g)) {
      const to = join(dirname(path), (a ?? b)!)
      visit(path.endsWith('.d.ts') ? to.replace(/\.js$/, '.d.ts') : to)
    }
  }
  for (const target of Object.values(manifest.exports)) {
    if (typeof target === 'string') continue
    for (const path of Object.values(target as Record<string, string>)) visit(join(home, path))
  }
  ok(seen.size > 500, String(seen.size))
})

when('all commands are there, and say their version and their options', () => {
  const missing = Object.keys(manifest.bin).filter(name => !existsSync(join(folder, 'node_modules/.bin', name)))
  equal(missing, [])
  for (const name of Object.keys(manifest.bin)) {
    const { status, stdout, stderr } = command(name, ['--help'])
    is(status, 0, stderr)
    match(stdout, new RegExp(`^Usage: ${name} `))
    is(stderr, '')
  }
  const { commit } = JSON.parse(readFileSync('dist/build.json', 'utf8')) as { commit: string | null }
  const version = commit === null ? manifest.version : `${manifest.version} (${commit})`
  is(command('tnp-pipe', ['--version']).stdout, `${version}\n`)
})

when('a job on the fixtures writes the same bytes as in the repository, with pileup histograms and a log', async () => {
  const out = scratch()
  try {
    const config = resolve('fixtures/config')
    const job = ['runner', 'settings', 'fileset', 'binning'].flatMap(name => [
      name === 'runner' ? '--config' : `--${name}`,
      join(config, `${name}.json`),
    ])
    const far = [...job, '--no-progress', '--log-file', out.path('log'), '--output', out.path('far')]
    const { status, stderr } = command('run-analysis', far, process.cwd())
    is(status, 0, stderr)
    is((await runAnalysis([...job, '--no-progress', '--output', out.path('here')])).status, 0)
    sameFiles(filesBelow(out.path('far')), filesBelow(out.path('here')), 'package')
    match(readFileSync(out.path('log'), 'utf8'), /^\{"level":30,/)
    const histograms = [...filesBelow(out.path('far')).keys()].find(path => path.endsWith('.pkl'))!
    for (const format of ['pdf', 'png']) {
      const figures = ['plot', out.path(join('far', histograms)), '--output', out.path(format), '--format', format]
      const plotted = command('tnp-pipe', figures)
      is(plotted.status, 0, plotted.stderr)
      ok(readdirSync(out.path(format)).some(name => name.endsWith(`.${format}`)))
    }
  } finally {
    out.remove()
  }
})

testIf(
  test,
  !('missing' in installed) && sharedDir() !== null,
  'the npm registry, and the shared cases',
)('a case gives the bytes that it gives in the repository, called as people call it', async () => {
  // Its fileset has no folders in its paths.
  symlinkSync(join(sharedDir()!, 'data/DYto2E.root'), join(folder, 'DYto2E.root'))
  const args = ['run-analysis', ...caseOptions('01-cli-example'), '--no-progress', '--output', 'case']
  const { status, stderr } = spawnSync('npx', ['--no-install', ...args], { cwd: folder, encoding: 'utf8' })
  is(status, 0, stderr)
  sameFiles(filesBelow(join(folder, 'case')), (await runCase('01-cli-example', [])).files, 'case 01')
})

/** Seconds that npm takes with an empty cache, of the fastest of some turns: what else the machine and the network do makes it slower only. A
 *  registry may keep a connection waiting for minutes: such a turn is given up, and takes Infinity. */
function secondsToInstall(packages: readonly string[], turns: number): number {
  let seconds = Infinity
  for (let turn = 0; turn < turns && seconds > MAX_SECONDS; turn++) {
    const out = scratch()
    try {
      const began = performance.now()
      const args = ['install', '--prefix', out.path('user'), '--cache', out.path('cache'), ...packages]
      const { status, stderr } = npm(args, out.dir, 2000 * MAX_SECONDS)
      if (status === null) continue
      is(status, 0, stderr)
      seconds = Math.min(seconds, (performance.now() - began) / 1000)
      ok(existsSync(out.path('user/node_modules')))
    } finally {
      out.remove()
    }
  }
  return seconds
}

when('npm takes at most 20 s for it, with an empty cache', () => {
  const seconds = secondsToInstall([join(dirname(folder), `tnp-pipe-${manifest.version}.tgz`)], 4)
  if (seconds <= MAX_SECONDS) return
  // What it depends on, which the registry has, alone.
  const others = Object.entries(manifest.dependencies).map(([name, version]) => `${name}@${version}`)
  const without = secondsToInstall(others, 1)
  if (without > MAX_SECONDS) console.log(`skipped: the registry is slow, ${without} s for its dependencies alone`)
  else ok(seconds <= MAX_SECONDS, `${seconds} s, its dependencies alone ${without} s`)
})

when('every export runs, and compiles in a strict program by TypeScript 5 and 7', () => {
  const names = Object.keys(manifest.exports)
    .filter(name => !name.includes('*'))
    .map(name => name.replace(/^\./, 'tnp-pipe'))
  const program = [
    ...names.map((name, i) => `import * as part${i} from '${name}'`),
    "import { loadJob } from 'tnp-pipe'",
    "import { readHistogram } from 'tnp-pipe/root'",
    `for (const part of [${names.map((_, i) => `part${i}`).join(', ')}]) if (Object.keys(part).length === 0) throw new Error('empty')`,
    `const { edges } = await readHistogram(${JSON.stringify(resolve('fixtures/root/pileup-data.root'))}, 'pileup')`,
    'const bins: number = edges.length - 1',
    '// @ts-expect-error: it is no text',
    'const text: string = loadJob',
    "process.stdout.write([bins, typeof text].join(' '))",
  ]
  writeFileSync(join(folder, 'main.ts'), `${program.join('\n')}\n`)
  const compilers = ['typescript-5@npm:typescript@5.9.3', `typescript-7@npm:${locked('typescript')}`]
  addPackages([locked('@types/node'), ...compilers])
  for (const name of ['typescript-5', 'typescript-7']) {
    for (const resolution of ['nodenext', 'bundler']) {
      const options = {
        ...{ strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, skipLibCheck: false },
        ...{ target: 'es2023', module: resolution === 'bundler' ? 'esnext' : 'nodenext', moduleResolution: resolution },
        ...{ types: ['node'], outDir: 'made' },
      }
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['main.ts'] }))
      const tsc = join(folder, 'node_modules', name, 'bin/tsc')
      const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', '.'], { cwd: folder, encoding: 'utf8' })
      is(status, 0, `${name}, ${resolution}: ${stdout}`)
    }
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['made/main.js'], { cwd: folder, encoding: 'utf8' })
  is(status, 0, stderr)
  is(stdout, '100 function')
})

/** The compilers, after the count of what the package alone brings. */
function addPackages(names: readonly string[]): void {
  const options = ['--save-dev', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts']
  const { status, stderr } = npm(['install', ...options, ...names], folder)
  is(status, 0, stderr)
}

test.run()
