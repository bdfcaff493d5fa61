/** Changes one value in JSON text and leaves the rest as it is written: order of keys, indentation, line ends. */

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/** `text` is valid JSON whose root is an object. path: keys of objects; those that are missing are made. undefined takes the member away,
 *  and objects on the way that are empty then. Throws RangeError where something on the way is no object. */
export function setInJson(text: string, path: readonly string[], value: JsonValue | undefined): string {
  let object = objectAt(text, skipSpace(text, 0))
  for (const [depth, key] of path.entries()) {
    const member = object.members.findLast(one => one.key === key)
    const isLast = depth === path.length - 1
    if (member === undefined) {
      if (value === undefined) return text
      const nested = path.slice(depth + 1).reduceRight<JsonValue>((inner, name) => ({ [name]: inner }), value)
      return insert(text, object, key, nested)
    }
    if (isLast) {
      if (value !== undefined) return replace(text, object, member, value)
      if (object.members.length === 1 && path.length > 1) return setInJson(text, path.slice(0, -1), undefined)
      return remove(text, object, member)
    }
    if (text[member.start] !== '{') throw new RangeError(`${path.slice(0, depth + 1).join('/')} is no object`)
    object = objectAt(text, member.start)
  }
  return text
}

interface Member {
  readonly key: string
  /** Of the key's quote. */
  readonly from: number
  /** Of the value. */
  readonly start: number
  readonly end: number
}

interface JsonObject {
  readonly start: number
  /** Behind the closing brace. */
  readonly end: number
  readonly members: readonly Member[]
}

function objectAt(text: string, start: number): JsonObject {
  const members: Member[] = []
  let at = skipSpace(text, start + 1)
  while (text[at] !== '}') {
    const from = at
    const keyEnd = skipString(text, at)
    const key = JSON.parse(text.slice(from, keyEnd)) as string
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1)
    const end = skipValue(text, valueStart)
    members.push({ key, from, start: valueStart, end })
    at = skipSpace(text, end)
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return { start, end: at + 1, members }
}

function skipSpace(text: string, at: number): number {
  while (at < text.length && ' \t\r\n\ufeff'.includes(text[at]!)) at++
  return at
}

function skipString(text: string, at: number): number {
  for (at++; text[at] !== '"'; at++) if (text[at] === '\\') at++
  return at + 1
}

function skipValue(text: string, at: number): number {
  if (text[at] === '"') return skipString(text, at)
  if (text[at] !== '{' && text[at] !== '[') {
    while (at < text.length && !',]} \t\r\n'.includes(text[at]!)) at++
    return at
  }
  let depth = 0
  for (; ; at++) {
    const c = text[at]!
    if (c === '"') at = skipString(text, at) - 1
    else if (c === '{' || c === '[') depth++
    else if ((c === '}' || c === ']') && --depth === 0) return at + 1
  }
}

/** How an object is written. */
interface Style {
  /** What stands before each member, where each has a line of its own. */
  readonly indent: string | null
  /** What a level adds. */
  readonly unit: string
  readonly colon: string
  readonly comma: string
}

function styleOf(text: string, { start, end, members }: JsonObject): Style {
  const colon = /":\s/.test(text) || !/":/.test(text) ? ': ' : ':'
  const comma = /[\]}"\d],[ \t]/.test(text) || colon === ': ' ? ', ' : ','
  const before = members.length === 0 ? '' : text.slice(start + 1, members[0]!.from)
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n'
  const own = lineIndent(text, start)
  const unit = unitOf(text)
  const isSpread = members.length === 0 ? /\n/.test(text.slice(0, end)) && own !== null : before.includes('\n')
  // Members behind the first may begin lines where the first does not: then new ones go on in the line.
  if (!isSpread) return { indent: null, unit, colon, comma }
  const indent = members.length === 0 ? `${eol}${own}${unit}` : before.slice(before.lastIndexOf(eol))
  return { indent, unit, colon, comma }
}

/** White space at the beginning of the line. */
function lineIndent(text: string, at: number): string | null {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))?.[0] ?? null
}

/** Of the first line that is indented. */
function unitOf(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? '  '
}

function insert(text: string, object: JsonObject, key: string, value: JsonValue): string {
  const style = styleOf(text, object)
  const last = object.members.at(-1)
  const member = `${JSON.stringify(key)}${style.colon}${written(value, style)}`
  if (last !== undefined) {
    const before = style.indent === null ? style.comma : `,${style.indent}`
    return `${text.slice(0, last.end)}${before}${member}${text.slice(last.end)}`
  }
  const close = object.end - 1
  const inside =
    style.indent === null ? member : `${style.indent}${member}${style.indent.slice(0, -style.unit.length || undefined)}`
  return `${text.slice(0, object.start + 1)}${inside}${text.slice(close)}`
}

function replace(text: string, object: JsonObject, member: Member, value: JsonValue): string {
  return `${text.slice(0, member.start)}${written(value, styleOf(text, object))}${text.slice(member.end)}`
}

function remove(text: string, { members }: JsonObject, member: Member): string {
  const at = members.indexOf(member)
  const [before, after] = [members[at - 1], members[at + 1]]
  if (before !== undefined) return text.slice(0, before.end) + text.slice(member.end)
  if (after !== undefined) return text.slice(0, member.from) + text.slice(after.from)
  return text.slice(0, member.from).trimEnd() + text.slice(member.end).trimStart()
}

/** Objects that hold objects have a line for each member, where the file has lines; others are short. */
function written(value: JsonValue, style: Style): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(one => written(one as JsonValue, style)).join(style.comma)}]`
  const members = Object.entries(value)
  const isDeep = members.some(([, one]) => typeof one === 'object' && one !== null && !Array.isArray(one))
  const inner = style.indent === null || !isDeep ? null : style.indent + style.unit
  const texts = members.map(
    ([key, one]) => `${JSON.stringify(key)}${style.colon}${written(one, { ...style, indent: inner })}`,
  )
  if (inner === null) return `{${texts.join(style.comma)}}`
  return `{${texts.map(text => inner + text).join(',')}${style.indent}}`
}
