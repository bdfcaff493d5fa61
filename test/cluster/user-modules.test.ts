/** The user's modules on their way to workers: what is sent, and what a worker makes of it. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { collectModules, placeModules } from '../../lib/cluster/user-modules.js'
import { importExport, modulePath } from '../../lib/core/user-module.js'
import { type Scratch, scratch } from '../support/cli.js'

let files: Scratch
test.before.each(() => {
  files = scratch()
})
test.after.each(() => files.remove())

function put(name: string, text: string): string {
  const path = files.path(name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

const sent = (...paths: string[]) => collectModules(paths).files.map(({ path }) => path.slice(files.dir.length + 1))

test('what a module imports by relative paths is sent with it, and so on, each once', () => {
  const stage = put(
    'a/stage.mjs',
    `import x from './one.mjs'\nimport { y } from "../b/two.mjs"\nexport * from './one.mjs'\nimport 'node:fs'\nimport z from 'tnp-pipe'`,
  )
  put('a/one.mjs', "const t = await import('./late.mjs'); const u = new URL('./numbers.json', import.meta.url)")
  put('a/late.mjs', "import './stage.mjs'; import './missing.mjs'")
  put('a/numbers.json', '{"from": "./other.mjs"}')
  put('a/other.mjs', '')
  put('b/two.mjs', "module.require('./three.cjs')")
  put('b/three.cjs', '')
  put('package.json', '{"type": "module"}')
  equal(
    sent(stage, stage).sort(),
    ['a/late.mjs', 'a/numbers.json', 'a/one.mjs', 'a/stage.mjs', 'b/three.cjs', 'b/two.mjs', 'package.json'].sort(),
  )
})

test('Python files are sent with the files beside them that they import', () => {
  const filter = put(
    'filter.py',
    'import os, cuts\nfrom sub.deep import x\n  from .near import y\nimport numpy as np\n',
  )
  for (const name of ['cuts.py', 'sub/deep.py', 'near.py', 'unused.py', 'np.py']) put(name, '')
  equal(sent(filter).sort(), ['cuts.py', 'filter.py', 'near.py', 'sub/deep.py'])
})

test('nothing is sent of modules that are not there, and of more than 32 MB', () => {
  equal(sent(files.path('missing.mjs')), [])
  const large = put('large.mjs', "import './data.json'")
  put('data.json', 'x'.repeat(33e6))
  equal(collectModules([large]), { modules: [], files: [] })
})

test('a worker that has the same files uses them; one that has not, or has others, uses what it got', async () => {
  const stage = put(
    'mine/stage.js',
    "import { half } from './half.js'\nexport default half(4)\nexport const here = import.meta.url",
  )
  const half = put('mine/half.js', 'export const half = x => x / 2')
  put('mine/package.json', '{"type": "module"}')
  const modules = deserialize(serialize(collectModules([stage])))
  placeModules(modules)
  is(modulePath(stage), stage)

  writeFileSync(half, 'export const half = x => x / 3')
  placeModules(modules)
  const copy = modulePath(stage)
  ok(copy !== stage && copy.endsWith(stage), copy)
  is((await importExport({ path: stage, name: 'default' }, 'stage')).value, 2)
  const { value } = await importExport({ path: stage, name: 'here' }, 'stage')
  is(value, pathToFileURL(copy).href)

  rmSync(files.path('mine'), { recursive: true })
  placeModules(modules)
  is(modulePath(stage), copy)
  rmSync(copy.slice(0, -stage.length), { recursive: true })
})

test('"tnp-pipe" is the program of the worker, with its parts', async () => {
  const stage = put(
    'stage.mjs',
    "import { defineStage } from 'tnp-pipe'\nimport { keepEvents } from 'tnp-pipe/stages'\nexport default [defineStage, keepEvents]",
  )
  const modules = collectModules([stage])
  rmSync(stage)
  const folder = process.env.TNP_WORKER_FILES
  process.env.TNP_WORKER_FILES = files.path('')
  try {
    placeModules(modules)
  } finally {
    if (folder === undefined) delete process.env.TNP_WORKER_FILES
    else process.env.TNP_WORKER_FILES = folder
  }
  const copy = modulePath(stage)
  ok(copy.startsWith(join(files.dir, 'tnp-pipe-modules-')) && existsSync(copy), copy)
  const { defineStage, keepEvents } = await import('../../lib/index.js')
  equal((await importExport({ path: stage, name: 'default' }, 'stage')).value, [defineStage, keepEvents])
})

test.run()
