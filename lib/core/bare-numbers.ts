/** The bare NaN, Infinity and -Infinity that JSON has not, and that Python's json module and RapidJSON write and read. */

const WORD = /\b(?:Infinity|Inf|NaN)\b/
/** Strings, which stay, and the words. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\b(?:Infinity|Inf|NaN)\b/gs
/** Stands for NaN until the text is parsed: no document has such a string. */
const NAN = '\u0000NaN'

/** What `parse` makes of JSON text with such words: it gets the text without them, as long as it was but for NaN, so that positions in its
 *  messages are those of the text. */
export function parseBareNumbers(text: string, parse: (plain: string) => unknown): unknown {
  if (!WORD.test(text)) return parse(text)
  let hasNaN = false
  const plain = text.replace(TOKENS, token => {
    if (token.startsWith('"')) return token
    if (token.endsWith('NaN')) {
      hasNaN = true
      return JSON.stringify(NAN)
    }
    // JSON.parse rounds it to infinity.
    return (token.startsWith('-') ? '-1e999' : '1e999').padEnd(token.length)
  })
  const value = parse(plain)
  return hasNaN ? withNaN(value) : value
}

/** The parsed value, changed in place, with NaN where the text had it. */
function withNaN(value: unknown): unknown {
  if (value === NAN) return NaN
  if (typeof value !== 'object' || value === null) return value
  const items = value as Record<string, unknown>
  for (const key of Object.keys(items)) items[key] = withNaN(items[key])
  return value
}
