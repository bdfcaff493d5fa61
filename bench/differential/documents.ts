/** The documents of a configuration as the files of a folder. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Configuration } from './generate.js'

export function writeDocuments(folder: string, c: Configuration): void {
  mkdirSync(folder, { recursive: true })
  const put = (name: string, document: unknown) => {
    if (document !== null) writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(document, null, 1)}\n`)
  }
  put('runner', c.runner)
  put('fileset', c.fileset)
  put('settings', c.settings)
  put('binning', c.binning)
  if (Object.keys(c.options).length > 0) put('options', c.options)
}
