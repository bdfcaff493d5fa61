/** Stored layouts of trees: awkward forms, as JSON text or as coffea compresses them. */

import { gunzipSync } from 'node:zlib'
import { DataError } from '../core/errors.js'
import { parseOrdered } from '../core/json-text.js'

/** The form of a dataset: `form` is JSON text, or base64 of gzipped JSON text. Throws DataError where it is neither. */
export function decodeForm(form: string): unknown {
  try {
    return parseOrdered(
      form.trimStart().startsWith('{') ? form : gunzipSync(Buffer.from(form, 'base64')).toString('utf8'),
    )
  } catch (cause) {
    throw new DataError(
      'ValueError',
      `form "${form.slice(0, 20)}...": is neither JSON text nor base64 of gzipped JSON text. Run preprocess again.`,
      { cause },
    )
  }
}
