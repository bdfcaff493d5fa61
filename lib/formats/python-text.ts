/** Texts as Python writes them, for files that mirror the reference's: repr() of strings and JSON of the json module. */

/** repr(text): single quotes unless it has those and no double ones; escapes for what Python does not print. */
export function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  let out = quote
  for (const character of text) out += character === quote ? `\\${quote}` : reprOf(character)
  return out + quote
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Python's str.isprintable: neither a control, format, surrogate, private or unassigned character nor a separator. */
const unprintable = (character: string): boolean => /^[\p{C}\p{Z}]$/u.test(character)

function reprOf(character: string): string {
  const short = SHORT_ESCAPES[character]
  if (short !== undefined) return short
  // Looking at the alphabets of all the world takes a millisecond the first time.
  if (character >= ' ' && character <= '~') return character
  if (!unprintable(character)) return character
  const hex = character.codePointAt(0)!.toString(16)
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

/** A JSON string with everything beyond ASCII escaped, as json.dumps does unless told otherwise. */
export function asciiJsonString(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A float as JSON with a point or exponent, so that readers take it for a float. */
export function floatJson(x: number): string {
  return Number.isInteger(x) && Math.abs(x) < 1e16 ? `${x}.0` : String(x)
}

const LONG_ESCAPES = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([\\'"nrt]))/gi
const MEANT: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/** The text that `repr` stands for: the inverse of pythonRepr. null where it is no repr of a string. */
export function parsePythonString(repr: string): string | null {
  const quote = repr[0]
  if ((quote !== "'" && quote !== '"') || repr.length < 2 || repr.at(-1) !== quote) return null
  return repr.slice(1, -1).replace(LONG_ESCAPES, (_, x?: string, u?: string, big?: string, short?: string) => {
    const hex = x ?? u ?? big
    return hex === undefined ? (MEANT[short!] ?? short!) : String.fromCodePoint(Number.parseInt(hex, 16))
  })
}
