/** Names that the documents on a command line have, as far as they can be read: what is typed is often not whole yet. */

import { readFileSync } from 'node:fs'
import { unpacked } from '../../core/gzip.js'
import { isObject } from '../../core/is-object.js'

/** Of the runner's and the settings' filters. */
export function filterNames(typed: readonly string[]): readonly string[] {
  const names = new Set<string>()
  for (const option of ['--config', '--settings']) {
    const document = documentOf(typed, option)
    for (const part of [document, field(document, 'workflow_args')]) {
      for (const name of Object.keys(objectOf(field(part, 'filters')))) names.add(name)
    }
  }
  return [...names]
}

/** Of the runner's methods, numbered as their folders are. */
export function methodNames(typed: readonly string[]): readonly string[] {
  const methods = field(documentOf(typed, '--config'), 'methods')
  if (!Array.isArray(methods)) return []
  const counts = new Map<string, number>()
  return methods.flatMap(method => {
    const name = field(method, 'name')
    if (typeof name !== 'string') return []
    const number = (counts.get(name) ?? 0) + 1
    counts.set(name, number)
    return [`${name}_${number}`]
  })
}

function documentOf(typed: readonly string[], option: string): unknown {
  const at = typed.findIndex(word => word === option || word.startsWith(`${option}=`))
  if (at < 0) return null
  const path = typed[at] === option ? typed[at + 1] : typed[at]!.slice(option.length + 1)
  try {
    const bytes = readFileSync((path ?? '').replace(/^~(?=\/)/, process.env.HOME ?? '~'))
    return JSON.parse(unpacked(bytes).toString('utf8'))
  } catch {
    return null
  }
}

function field(value: unknown, name: string): unknown {
  return objectOf(value)[name]
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {}
}
