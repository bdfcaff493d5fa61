/** Lists of datasets as text: a line "name path" each; empty lines and those that begin with "#" say nothing. */
import type { Problem } from '../core/errors.js'
import type { DatasetEntry, ParsedList } from './entries.js'

/** Lines without a path are left out with a warning, as the reference does. */
export function parseTextList(text: string, file: string): ParsedList {
  const entries: DatasetEntry[] = []
  const warnings: Problem[] = []
  text.split(/\r\n|\r|\n/).forEach((given, i) => {
    const line = given.trim()
    if (line === '' || line.startsWith('#')) return
    const place = `${file}:${i + 1}`
    const [, name, path] = /^(\S+)\s+(.+)$/.exec(line) ?? []
    if (name === undefined || path === undefined) {
      warnings.push({ place, message: `${JSON.stringify(line)} is left out: wanted "name path". Add the path.` })
    } else entries.push({ name, paths: [{ path, place }], metadata: {}, place })
  })
  return { entries, warnings, problems: [] }
}
