// `npm run docs`: builds, then makes the parts of docs/ that come from the programs: what --help prints, and the graphs of the
// fixtures' jobs. With --check it writes nothing and fails where a page is out of date. (The tables of keys: `npm run gen`.)
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { blockArguments, fillBlocks } from './blocks.mjs'

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))

const COMMANDS_PAGE = 'docs/commands.md'
const WORKFLOW_JOBS = 'fixtures/config/workflows'
const HELP_WIDTH = 110

/** Pages with their made parts: path -> text. Needs the built programs. */
export async function generateDocs() {
  const help = await helpTexts()
  const graphs = await graphTexts()
  const makers = { help: name => textOf(help, name, 'command'), graph: name => textOf(graphs, name, 'job') }
  const pages = readdirSync('docs')
    .filter(name => name.endsWith('.md'))
    .map(name => join('docs', name))
  return Object.fromEntries(
    pages.map(path => {
      const text = readFileSync(path, 'utf8')
      return [path, fillBlocks(path === COMMANDS_PAGE ? withAllCommands(text, help) : text, makers)]
    }),
  )
}

function textOf(texts, name, what) {
  if (!texts.has(name)) throw new Error(`there is no ${what} "${name}". All: ${[...texts.keys()].join(', ')}.`)
  return texts.get(name)
}

/** The page with a section at its end for each command that has none. */
function withAllCommands(text, help) {
  const described = blockArguments(text, 'help')
  const missing = [...help.keys()].filter(name => !described.includes(name))
  return text + missing.map(name => `\n## ${name}\n\n<!-- made: help ${name} -->\n<!-- end -->\n`).join('')
}

/** Command -> what its --help prints, as a code block. */
async function helpTexts() {
  const { tnpPipeProgram } = await import('../dist/lib/cli/program.js')
  const texts = new Map()
  const visit = (command, parents) => {
    const path = [...parents, command.name()]
    let text = ''
    command.configureOutput({
      writeOut: part => {
        text += part
      },
      getOutHelpWidth: () => HELP_WIDTH,
      getOutHasColors: () => false,
    })
    command.outputHelp()
    texts.set(path.join(' '), `\`\`\`text\n${text.trim()}\n\`\`\``)
    for (const child of command.commands) if (!child._hidden) visit(child, path)
  }
  visit(
    tnpPipeProgram(() => {}),
    [],
  )
  return texts
}

/** Job of fixtures/ -> the graphs of its datasets, as Mermaid. */
async function graphTexts() {
  const { explain } = await import('../dist/lib/cli/explain.js')
  const texts = new Map()
  for (const name of readdirSync(WORKFLOW_JOBS)) {
    const job = join(WORKFLOW_JOBS, name)
    if (!existsSync(join(job, 'runner.json'))) continue
    const fileset = join(job, 'fileset.json')
    const text = await explain({ config: join(job, 'runner.json'), fileset, output: '.', mermaid: true, open: true })
    const graphs = text.split(/^(?=%% )/m).filter(graph => graph.trim() !== '')
    texts.set(name, graphs.map(graph => `\`\`\`mermaid\n${graph.trim()}\n\`\`\``).join('\n\n'))
  }
  return texts
}

async function main() {
  const build = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
  if (build.status !== 0) process.exit(build.status ?? 1)
  const check = process.argv.includes('--check')
  for (const [path, text] of Object.entries(await generateDocs())) {
    if (readFileSync(path, 'utf8') === text) continue
    if (!check) writeFileSync(path, text)
    else {
      process.stderr.write(`${path} is out of date: run \`npm run docs\`\n`)
      process.exitCode = 1
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
