/** The examples of a document: code blocks below a comment `<!-- example: KIND -->`, run one after the other in a folder where the
 *  package is installed and from which fixtures/ is found. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pythonPath } from './tools.js'

/** run: a program that imports the package; shell: commands of bash; python: a program for the Python of the tests; file: a file
 *  of that name, for the examples after it. */
export type ExampleKind = 'run' | 'shell' | 'python' | 'file'

export interface Example {
  readonly kind: ExampleKind
  /** Name of the file. */
  readonly name: string
  /** Exit status that is expected. */
  readonly status: number
  readonly code: string
  /** Line of the document, from 1. */
  readonly line: number
  /** Lines that it prints, in any place of its output; `...` stands for any text. */
  readonly prints: readonly string[]
}

const EXAMPLE =
  /<!-- example: (\w+)(?: ([\w.-]+))?(?:, status (\d+))? -->\n```\w+\n([\s\S]*?)```\n(?:<!-- prints -->\n```text\n([\s\S]*?)```\n)?/g

/** Throws where a comment says `example` and no example is found below it. */
export function examplesOf(text: string): Example[] {
  const found = [...text.matchAll(EXAMPLE)]
  const announced = text.match(/<!-- (?:example|prints)\b/g)?.length ?? 0
  const parsed = found.length + found.filter(m => m[5] !== undefined).length
  if (parsed !== announced)
    throw new Error(`${announced} comments announce examples and outputs, ${parsed} are below them`)
  return found.map(([all, kind, name, status, code, prints]) => ({
    kind: kind as ExampleKind,
    name: name ?? '',
    status: Number(status ?? 0),
    code: code!,
    line: text.slice(0, text.indexOf(all)).split('\n').length,
    prints: (prints ?? '').split('\n').filter(line => line.trim() !== ''),
  }))
}

export interface ExampleFolder {
  readonly dir: string
  /** Throws where the example ends otherwise than expected, or prints something else. null: it needs a Python that is not there. */
  run(example: Example): string | null
  remove(): void
}

/** A folder with the package in node_modules, its commands on PATH, and fixtures/. */
export function exampleFolder(): ExampleFolder {
  const dir = mkdtempSync(join(tmpdir(), 'tnp-pipe-docs-'))
  const home = join(dir, 'node_modules/tnp-pipe')
  const bin = join(dir, 'node_modules/.bin')
  mkdirSync(home, { recursive: true })
  mkdirSync(bin)
  const built = fileURLToPath(new URL('../../', import.meta.url))
  const { exports, bin: programs } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    exports: unknown
    bin: Record<string, string>
  }
  writeFileSync(
    join(home, 'package.json'),
    JSON.stringify({ name: 'tnp-pipe', version: '0.0.0', type: 'module', exports }),
  )
  symlinkSync(built, join(home, 'dist'))
  symlinkSync(resolve('schemas'), join(home, 'schemas'))
  symlinkSync(resolve('fixtures'), join(dir, 'fixtures'))
  for (const [name, path] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\nexec "${process.execPath}" "${resolve(path)}" "$@"\n`, { mode: 0o755 })
  }
  // As npx does, without the seconds that npm needs to start.
  writeFileSync(join(bin, 'npx'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 })
  const PATH = [bin, process.env.PATH ?? ''].join(delimiter)
  const env = { ...process.env, PATH, FORCE_COLOR: '0' }

  const command = ({ kind, code }: Example): readonly [string, readonly string[]] | null => {
    const file = join(dir, `example-${readdirSync(dir).length}`)
    if (kind === 'python') {
      const python = pythonPath()
      if (python === null) return null
      writeFileSync(`${file}.py`, code)
      return [python, [`${file}.py`]]
    }
    writeFileSync(kind === 'run' ? `${file}.mjs` : `${file}.sh`, code)
    return kind === 'run' ? [process.execPath, [`${file}.mjs`]] : ['bash', ['-euo', 'pipefail', `${file}.sh`]]
  }

  return {
    dir,
    run: example => {
      if (example.kind === 'file') {
        writeFileSync(join(dir, example.name), example.code)
        return ''
      }
      const argv = command(example)
      if (argv === null) return null
      const { status, stdout, stderr, error } = spawnSync(argv[0], argv[1], { cwd: dir, encoding: 'utf8', env })
      if (error !== undefined) throw error
      const output = `${stdout}${stderr}`
      if (status !== example.status) {
        throw new Error(`example of line ${example.line} ends with ${status}, not ${example.status}:\n${output}`)
      }
      for (const line of example.prints) {
        if (!lineLike(line).test(output))
          throw new Error(`example of line ${example.line} does not print "${line}":\n${output}`)
      }
      return output
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}

function lineLike(line: string): RegExp {
  const parts = line
    .trim()
    .split('...')
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^ *${parts.join('.*')} *$`, 'm')
}
