/** A correction joined with others of its file: another working point or year of the same scale factors. */
import type { CorrectionJson, VariableJson } from '../physics/correction/index.js'
import { type CorrectionOptions, splitDescription } from './correction.js'

/** The corrections with the new one: where one has its name, both trees of categories become one, in which the new one's leaves
 *  replace those of the same year, ValType and WorkingPoint. null where that one has other inputs. */
export function joinCorrection(
  corrections: readonly CorrectionJson[],
  added: CorrectionJson,
  { year, workingPoint }: Pick<CorrectionOptions, 'year' | 'workingPoint'>,
): readonly CorrectionJson[] | null {
  const old = corrections.find(correction => correction.name === added.name)
  if (old === undefined) return [...corrections, added]
  if (signature(old) !== signature(added)) return null
  // Bins that failed earlier are replaced; a description that is there already is not repeated.
  const [before] = splitDescription(old.description ?? '', year, workingPoint)
  const [own, failed] = splitDescription(added.description ?? '', year, workingPoint)
  const description = [before, before.includes(own) ? '' : own, failed].filter(text => text !== '').join(' ')
  const joined = {
    ...old,
    description,
    inputs: old.inputs.map((input, i) => described(input, added.inputs[i]!)),
    data: joinNodes(old.data, added.data),
  }
  return corrections.map(correction => (correction === old ? joined : correction))
}

function signature({ inputs }: CorrectionJson): string {
  return JSON.stringify(inputs.map(({ name, type }) => [name, type]))
}

/** What an input may be is in its description: "working point: Medium". */
function described(old: VariableJson, added: VariableJson): VariableJson {
  const [a, b] = [old.description ?? '', added.description ?? '']
  return a.includes(b) ? old : { ...old, description: a === '' ? b : `${a}; ${b}` }
}

interface Category {
  readonly nodetype: 'category'
  readonly input: string
  readonly content: readonly { readonly key: unknown; readonly value: unknown }[]
}

function joinNodes(old: unknown, added: unknown): unknown {
  if (!isCategory(old) || !isCategory(added) || old.input !== added.input) return added
  const known = old.content.map(({ key, value }) => {
    const other = added.content.find(item => item.key === key)
    return { key, value: other === undefined ? value : joinNodes(value, other.value) }
  })
  const isKnown = (key: unknown) => old.content.some(item => item.key === key)
  return { ...old, content: [...known, ...added.content.filter(item => !isKnown(item.key))] }
}

function isCategory(node: unknown): node is Category {
  return (node as Partial<Category> | null)?.nodetype === 'category'
}
