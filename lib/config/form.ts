/** Stored layouts of trees: awkward forms, as JSON text or as coffea compresses them. */

import { gunzipSync } from 'node:zlib'
import { DataError } from '../core/errors.js'
import { parseOrdered } from '../core/json-text.js'

/** The form of a dataset: `form` is JSON text, or base64 of gzipped JSON text. Throws DataError where it is neither. */
export function decodeForm(form: string): unknown {
  try {
    return parseOrdered(textOf(form))
  } catch (cause) {
    throw new DataError(
      'ValueError',
      `form "${form.slice(0, 20)}...": is neither JSON text nor base64 of gzipped JSON text. Run preprocess again.`,
      { cause },
    )
  }
}

function textOf(form: string): string {
  return form.trimStart().startsWith('{') ? form : gunzipSync(Buffer.from(form, 'base64')).toString('utf8')
}

/** Trigger decisions (`HLT_...`) that a form says some files lack. [] of a form that cannot be read: runs look at nothing else in it. */
export function optionalTriggers(form: string): string[] {
  let text: string
  try {
    text = textOf(form)
    // Most forms have no such columns, and that of a NanoAOD file is half a megabyte.
    return text.includes(OPTION) ? flags(JSON.parse(text)) : []
  } catch {
    return []
  }
}

const OPTION = 'IndexedOptionArray'

interface FormJson {
  readonly class?: unknown
  readonly primitive?: unknown
  readonly content?: FormJson
  readonly fields?: readonly string[]
  readonly contents?: readonly FormJson[]
}

function flags({ fields = [], contents = [] }: FormJson): string[] {
  return fields.filter((name, i) => {
    const form = contents[i]
    return name.startsWith('HLT_') && form?.class === OPTION && form.content?.primitive === 'bool'
  })
}
