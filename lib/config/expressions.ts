/** Checks of expressions while options are resolved. The language itself is elsewhere: its checker is passed in. */
import type { Cursor } from './cursor.js'

/** What is wrong with an expression; null: nothing. */
export type CheckExpression = (text: string, scope: ExpressionScope) => ExpressionFault | null
export interface ExpressionFault {
  /** What is wrong, without the position. */
  readonly message: string
  /** Offset of the fault in the text, from 0. */
  readonly caret: number
  /** What to do: whole sentences. */
  readonly advice?: string
}
/** The name that expressions start from: pairs of NanoAOD, or rows of ntuples. */
export type ExpressionScope = 'zcands' | 'events'

/** Notes a problem where `prefix` + the text of the cursor is no expression. */
export type CheckedText = (place: Cursor, prefix: string, scope: ExpressionScope) => void

/** A check that shows the text as the user wrote it, with a caret under the fault. */
export function expressionCheck(check: CheckExpression | undefined): CheckedText {
  return (place, prefix, scope) => {
    if (check === undefined || place.isWrong) return
    const text = place.or('')
    const fault = check(prefix + text, scope)
    if (fault === null) return
    const at = Math.min(text.length, Math.max(0, fault.caret - prefix.length))
    const shown = text.replaceAll(/\s/g, ' ')
    const advice = fault.advice ? ` ${fault.advice}` : ''
    place.problem(`${fault.message} at column ${at + 1}.${advice}`, `    ${shown}\n    ${' '.repeat(at)}^`)
  }
}
