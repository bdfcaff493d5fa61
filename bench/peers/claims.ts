/** What is promised of speed and memory, and whether measurements hold it. */
export interface Claim {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly sense: 'at most' | 'at least'
  /** null: nothing is promised. */
  readonly target: number | null
}

export function holds({ value, sense, target }: Claim): boolean {
  if (target === null) return true
  return sense === 'at most' ? value <= target : value >= target
}

export function claimTable(claims: readonly Claim[]): string {
  const rows = claims.map(claim => {
    const { what, value, unit, sense, target } = claim
    const with_ = (n: number): string => (unit === '' ? shown(n) : `${shown(n)} ${unit}`)
    if (target === null) return `| ${what} | ${with_(value)} | | |`
    return `| ${what} | ${with_(value)} | ${sense} ${with_(target)} | ${holds(claim) ? 'yes' : 'no'} |`
  })
  return ['| what | measured | target | holds |', '|---|---|---|---|', ...rows].join('\n')
}

function shown(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))
}

/** `text` with `table` between the two markers of the benchmark; throws where they are missing or the wrong way round. */
export function betweenMarkers(text: string, table: string, place: string, bench = 'bench:peers'): string {
  const [begin, end] = [`<!-- ${bench} -->`, `<!-- /${bench} -->`]
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`${place}: the lines ${begin} and ${end} were expected; add them`)
  return `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`
}
