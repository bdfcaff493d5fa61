/** Values of options that are several, with commas between them. */

export function list(text: string): string[] {
  return text.split(',').map(part => part.trim())
}

/** NaN where a part is none. */
export function numbersOf(text: string): number[] {
  return list(text).map(part => (part === '' ? NaN : Number(part)))
}
