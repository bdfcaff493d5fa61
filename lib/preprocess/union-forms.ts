/** The union of the forms of a dataset's files, by the rules of awkward's concatenate and merge_union_of_records as coffea's
 *  preprocess applies them: fields in order of their first appearance, types promoted as numpy does, parameters kept where
 *  they agree, and a flag that some files lack may be missing. */

import { promote } from '../core/dtype.js'
import { DataError } from '../core/errors.js'
import { ordered } from '../core/ordered.js'
import { type Form, list, numpy, type OptionForm, type Parameters, type RecordForm, record, regular } from './form.js'

/** One or more forms in the order in which they are united. Where a branch is a list in one and a number in another, and where a branch
 *  that is no flag is missing in one: throws DataError 'ValueError', or leaves the branch out, where `leftOut` collects such. `place`
 *  begins the message. */
export function unionOfForms(forms: readonly RecordForm[], place: string, leftOut?: Set<string>): RecordForm {
  let union = forms[0]!
  for (const form of forms.slice(1)) union = unite(union, form, place, leftOut)
  return leftOut === undefined || leftOut.size === 0 ? union : without(union, leftOut)
}

function without({ fields, contents, parameters }: RecordForm, leftOut: ReadonlySet<string>): RecordForm {
  const kept = fields.flatMap((name, i) => (leftOut.has(name) ? [] : [i]))
  return record(
    kept.map(i => fields[i]!),
    kept.map(i => contents[i]!),
    parameters,
  )
}

function unite(a: RecordForm, b: RecordForm, place: string, leftOut: Set<string> | undefined): RecordForm {
  const inA = new Map(a.fields.map((name, i) => [name, a.contents[i]!]))
  const inB = new Map(b.fields.map((name, i) => [name, b.contents[i]!]))
  const fields = [...new Set([...a.fields, ...b.fields])]
  const contents = fields.map(name => {
    const one = inA.get(name)
    const other = inB.get(name)
    const branch = `${place}: branch ${JSON.stringify(name)}`
    try {
      return one === undefined || other === undefined ? optional((one ?? other)!, branch) : merge(one, other, branch)
    } catch (error) {
      if (leftOut === undefined || !(error instanceof DataError)) throw error
      leftOut.add(name)
      return (one ?? other)!
    }
  })
  return record(fields, contents, { ...a.parameters, ...b.parameters })
}

const ADVICE = 'Put files with different branches into different datasets, or save no form.'

function optional(form: Form, branch: string): OptionForm {
  if (form.class === 'IndexedOptionArray') return form
  if (form.class !== 'NumpyArray' || form.primitive !== 'bool') {
    throw new DataError(
      'ValueError',
      `${branch} is not in all files, so the form cannot be saved (only flags may be missing). ${ADVICE}`,
    )
  }
  return option(form)
}

function option(content: Form): OptionForm {
  const { parameters } = content
  return { class: 'IndexedOptionArray', index: 'i64', content, parameters, form_key: null }
}

function merge(a: Form, b: Form, branch: string): Form {
  if (a.class === 'IndexedOptionArray' || b.class === 'IndexedOptionArray') {
    return optional(merge(contentOf(a), contentOf(b), branch), branch)
  }
  const parameters = common(a.parameters, b.parameters)
  if (a.class === 'NumpyArray' && b.class === 'NumpyArray') return numpy(promote(a.primitive, b.primitive), parameters)
  if (a.class === 'NumpyArray' || b.class === 'NumpyArray') {
    const problem = 'holds one value an entry in some files and several in others, so the form cannot be saved'
    throw new DataError('ValueError', `${branch} ${problem}. ${ADVICE}`)
  }
  const content = merge(a.content, b.content, branch)
  if (a.class === 'RegularArray' && b.class === 'RegularArray' && a.size === b.size) {
    return regular(a.size, content, parameters)
  }
  return list(content, parameters)
}

function contentOf(form: Form): Form {
  return form.class === 'IndexedOptionArray' ? form.content : form
}

function common(a: Parameters, b: Parameters): Parameters {
  return ordered(Object.entries(a).filter(([key, value]) => b[key] === value))
}
