/** What a test may need beyond Node: the shared reference material next to the project, or a Python with uproot, hist and
 *  pyarrow. Where one is missing, tests that need it are skipped and say so. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Folder of the shared reference material, or null. Tests run with the project's root as working directory. */
export function sharedDir(): string | null {
  const dir = resolve('..', 'shared')
  return existsSync(resolve(dir, 'cases')) ? dir : null
}

let python: string | null | undefined

/** A Python that imports uproot, hist and pyarrow (TNP_PYTHON, else python3), or null. */
export function pythonPath(): string | null {
  if (python === undefined) {
    const candidate = process.env.TNP_PYTHON || 'python3'
    python = spawnSync(candidate, ['-c', 'import uproot, hist, pyarrow']).status === 0 ? candidate : null
  }
  return python
}

/** A Python with ROOT (TNP_ROOT_PYTHON, as scripts/root.sh makes it), or null. */
export function rootPythonPath(): string | null {
  const candidate = process.env.TNP_ROOT_PYTHON
  return candidate !== undefined && existsSync(candidate) ? candidate : null
}

type Run<C> = (context: C) => void | Promise<void>

interface Suite<C> {
  (name: string, run: Run<C>): void
  skip: (name?: string, run?: Run<C>) => void
}

/** `test` where `condition` holds, else `test.skip`, with one line on stderr that says what is missing. */
export function testIf<C>(test: Suite<C>, condition: unknown, missing: string): (name: string, run: Run<C>) => void {
  if (condition) return test
  return name => {
    process.stderr.write(`skipped: ${name} (needs ${missing})\n`)
    test.skip(name, () => {})
  }
}
