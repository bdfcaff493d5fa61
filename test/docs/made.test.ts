/** What is made in docs/ is current: help texts and graphs, and each command, workflow and key is there. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { tnpPipeProgram } from '../../lib/cli/program.js'
import { WORKFLOWS } from '../../lib/config/index.js'

const page = (name: string) => readFileSync(join('docs', name), 'utf8')
const script = (name: string) => import(pathToFileURL(resolve('scripts', name)).href)

test('help texts and graphs are those of the programs', async () => {
  const { generateDocs } = (await script('docs.mjs')) as { generateDocs: () => Promise<Record<string, string>> }
  const pages = await generateDocs()
  equal(Object.keys(pages).length, readdirSync('docs').filter(name => name.endsWith('.md')).length)
  for (const [path, text] of Object.entries(pages)) {
    ok(readFileSync(path, 'utf8') === text, `${path} is out of date: run \`npm run docs\``)
  }
})

test('every command has a section', () => {
  const program = tnpPipeProgram(() => {})
  ok(program.commands.length > 10)
  const shown = program.createHelp().visibleCommands(program)
  for (const command of shown.filter(each => each.name() !== 'help'))
    match(page('commands.md'), `\n## tnp-pipe ${command.name()}\n`)
})

test('every workflow has a graph that begins with its name', () => {
  for (const workflow of Object.keys(WORKFLOWS)) match(page('workflows.md'), `%% ${workflow} on `)
})

test('every key of the documents has a row with its type and meaning', () => {
  const pages = ['configuration.md', 'scale-factors.md', 'fit-command.md', 'fit-results.md']
  const text = pages.map(page).join('')
  for (const name of readdirSync('schemas')) {
    for (const key of keysOf(JSON.parse(readFileSync(join('schemas', name), 'utf8')))) {
      match(text, new RegExp(`^\\| \`${key}\` \\| [^|]+ \\| [^|]* \\| [^|]{6,}`, 'm'))
    }
  }
})

/** Names of properties anywhere in a schema, but not those of its definitions that stand for whole documents. */
function keysOf(schema: unknown): Set<string> {
  const keys = new Set<string>()
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, child] of Object.entries(value)) {
      if (key === 'properties') for (const name of Object.keys(child as object)) keys.add(name)
      visit(child)
    }
  }
  visit(schema)
  // The place of the schema itself; collections that stand for any; what older versions' workflow_args had.
  for (const name of ['$schema', 'Electron', 'Photon', 'fileset']) keys.delete(name)
  return keys
}

test.run()
