/** The document of `tnp-pipe fit` and `run-fitter`, checked against its schema; what its shapes and bins mean is the fitter's. */
import { type Cursor, Findings } from './cursor.js'
import { validateFitter } from './generated/fitter-validator.gen.js'
import { loadDocument, parseDocument, type Source } from './load.js'
import { checkAgainst, type Validator } from './schema-check.js'

export { Cursor, Findings, show } from './cursor.js'

/** What is wrong is in the cursor's findings. `label` names a document that is no file. */
export function loadFitterDocument(source: Source<unknown>, label = 'fitter'): Cursor {
  return checked(loadDocument(source, label, new Findings()))
}

/** The same of bytes that were read already. */
export function parseFitterDocument(bytes: Uint8Array, place: string): Cursor {
  return checked(parseDocument(bytes, place, new Findings()))
}

function checked(document: Cursor): Cursor {
  checkAgainst(validateFitter as unknown as Validator, document)
  return document
}
