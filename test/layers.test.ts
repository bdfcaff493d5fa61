/** The folders' right to import one another, and the one door of each npm package. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'

/** Folder -> folders it may import besides itself and lib/core. Type-only imports count as well. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'lib/core': [],
  'lib/columns': [],
  'lib/credentials': [],
  'lib/bytes': ['lib/credentials'],
  'lib/codecs': [],
  'lib/catalog': ['lib/credentials'],
  'lib/doctor': ['lib/bytes', 'lib/credentials'],
  'lib/expr': [],
  'lib/hist': [],
  'lib/plot': ['lib/hist'],
  'lib/fit': [],
  'lib/config': ['lib/bytes'],
  'lib/physics': ['lib/columns', 'lib/expr'],
  'lib/root': ['lib/bytes', 'lib/codecs', 'lib/columns'],
  'lib/scale-factors': ['lib/hist', 'lib/physics'],
  'lib/formats': ['lib/bytes', 'lib/columns', 'lib/hist', 'lib/codecs', 'lib/scale-factors'],
  'lib/stages': [
    'lib/bytes',
    'lib/columns',
    'lib/physics',
    'lib/root',
    'lib/hist',
    'lib/expr',
    'lib/formats',
    'lib/codecs',
  ],
  'lib/graph': [],
  'lib/fitter': [
    'lib/bytes',
    'lib/config',
    'lib/fit',
    'lib/scale-factors',
    'lib/formats',
    'lib/hist',
    'lib/plot',
    'lib/root',
  ],
  'lib/run': ['lib/bytes', 'lib/graph'],
  'lib/cluster': ['lib/bytes', 'lib/codecs', 'lib/credentials', 'lib/run', 'lib/graph'],
  'lib/batch': ['lib/bytes', 'lib/credentials', 'lib/run', 'lib/graph', 'lib/cluster', 'lib/journal'],
  'lib/journal': ['lib/graph', 'lib/run'],
  'lib/plan': ['lib/config', 'lib/physics', 'lib/stages'],
  pipelines: [
    'lib/stages',
    'lib/formats',
    'lib/graph',
    'lib/config',
    'lib/hist',
    'lib/physics',
    'lib/plan/dataset-plan.js',
  ],
  'lib/preprocess': ['lib/bytes', 'lib/config', 'lib/root', 'lib/formats'],
  'lib/job': [
    'pipelines',
    'lib/plan',
    'lib/bytes',
    'lib/cluster',
    'lib/batch',
    'lib/preprocess',
    'lib/journal',
    'lib/stages',
    'lib/graph',
    'lib/run',
    'lib/config',
    'lib/root',
    'lib/physics',
    'lib/hist',
    'lib/expr',
    'lib/formats',
  ],
  'lib/shell': [
    'pipelines',
    'lib/plan',
    'lib/bytes',
    'lib/job',
    'lib/run',
    'lib/stages',
    'lib/graph',
    'lib/config',
    'lib/formats',
    'lib/hist',
    'lib/columns',
  ],
  'lib/page': [
    'lib/bytes',
    'lib/config',
    'lib/fit',
    'lib/fitter',
    'lib/formats',
    'lib/hist',
    'lib/job',
    'lib/plan',
    'lib/plot',
    'lib/run',
    'lib/scale-factors',
    'lib/stages',
  ],
  'lib/cli': ['*'],
  'lib/index.ts': ['*'],
}

/** Package -> the files that may import it. */
const DOORS: Readonly<Record<string, RegExp>> = {
  '@foxglove/wasm-zstd': /^lib\/codecs\//,
  'apache-arrow': /^lib\/formats\//,
  flatbuffers: /^lib\/formats\//,
  '@resvg/resvg-wasm': /^lib\/plot\/png\.ts$/,
  commander: /^lib\/cli\//,
  highland: /^lib\/graph\/wire\.ts$/,
  hyparquet: /^lib\/formats\//,
  jsroot: /^lib\/root\//,
  pdfkit: /^lib\/plot\/pdf\.ts$/,
  pino: /^lib\/cli\//,
  'lz4-wasm-nodejs': /^lib\/codecs\//,
  'xxhash-wasm': /^lib\/codecs\//,
  'xz-decompress': /^lib\/codecs\//,
  yaml: /^lib\/catalog\/yaml-list\.ts$/,
  'zstandard-wasm': /^lib\/codecs\//,
}

interface Import {
  readonly from: string
  readonly what: string
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return path.endsWith('.ts') ? [path] : []
  })
}

function imports(): Import[] {
  const found: Import[] = []
  for (const from of [...sources('lib'), ...sources('pipelines')]) {
    const code = readFileSync(from, 'utf8').replaceAll(/^ *(\/\*\*|\*|\/\/).*$/gm, '')
    for (const [, a, b] of code.matchAll(/\bfrom '([^']+)'|\bimport\('([^']+)'\)/g)) {
      found.push({ from: from.replaceAll('\\', '/'), what: (a ?? b)! })
    }
  }
  return found
}

function folderOf(path: string): string {
  if (path.startsWith('pipelines')) return 'pipelines'
  return Object.keys(MAY_IMPORT).find(f => path === f || path.startsWith(`${f}/`)) ?? path
}

function target({ from, what }: Import): string {
  return relative('.', join(from, '..', what)).replaceAll('\\', '/')
}

test('every folder imports only what its layer may', () => {
  const breaches = imports()
    .filter(i => i.what.startsWith('.'))
    .filter(i => {
      const own = folderOf(i.from)
      const to = target(i)
      const allowed = MAY_IMPORT[own]
      ok(allowed, `${i.from}: folder ${own} has no rule`)
      if (allowed.includes('*')) return false
      return ![own, 'lib/core', ...allowed].some(folder => to === folder || to.startsWith(`${folder}/`))
    })
    .map(i => `${i.from} imports ${i.what}`)
  equal(breaches, [])
})

/** Groups of files that import one another in a circle. `import(...)` counts as well; files that are not TypeScript have no imports. */
function circles(all: readonly Import[]): string[][] {
  const imported = new Map<string, string[]>()
  for (const one of all) {
    if (!one.what.startsWith('.')) continue
    imported.set(one.from, [...(imported.get(one.from) ?? []), target(one).replace(/\.js$/, '.ts')])
  }
  // Tarjan's strongly connected components.
  const found: string[][] = []
  const numbers = new Map<string, number>()
  const stack: string[] = []
  const visit = (file: string): number => {
    const number = numbers.size
    numbers.set(file, number)
    stack.push(file)
    let low = number
    for (const to of imported.get(file) ?? []) {
      if (!numbers.has(to)) low = Math.min(low, visit(to))
      else if (stack.includes(to)) low = Math.min(low, numbers.get(to)!)
    }
    if (low !== number) return low
    const group = stack.splice(stack.indexOf(file))
    if (group.length > 1 || (imported.get(file) ?? []).includes(file)) found.push(group.sort())
    return low
  }
  for (const file of imported.keys()) if (!numbers.has(file)) visit(file)
  return found
}

test('no files import one another in a circle', () => {
  equal(circles(imports()), [])
  const [a, b, c] = [
    { from: 'lib/a.ts', what: './b.js' },
    { from: 'lib/b.ts', what: './c.js' },
    { from: 'lib/c.ts', what: './a.js' },
  ] as const
  equal(circles([a, b, c]), [['lib/a.ts', 'lib/b.ts', 'lib/c.ts']])
  equal(circles([a, b]), [])
})

test('every npm package is imported through its one door', () => {
  const breaches = imports()
    .filter(i => !i.what.startsWith('.') && !i.what.startsWith('node:'))
    .filter(i => {
      const name = Object.keys(DOORS).find(p => i.what === p || i.what.startsWith(`${p}/`))
      return name === undefined || !DOORS[name]!.test(i.from)
    })
    .map(i => `${i.from} imports ${i.what}`)
  equal(breaches, [])
})

test('console is used nowhere in lib and pipelines', () => {
  const users = [...sources('lib'), ...sources('pipelines')].filter(f => /\bconsole\./.test(readFileSync(f, 'utf8')))
  equal(users, [])
})

test.run()
