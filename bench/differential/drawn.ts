/** Which of the random configurations a campaign takes. */

/** For parseCommandLine. */
export const DRAWN_OPTIONS = {
  seed: { type: 'string', default: '1' },
  count: { type: 'string', default: '100' },
  from: { type: 'string', default: '0' },
  only: { type: 'string' },
  fixtures: { type: 'boolean', default: false },
  minutes: { type: 'string', default: 'Infinity' },
} as const

export const DRAWN_USAGE = `  --seed S      seed (default 1)
  --count N     configurations (default 100)
  --from K      first of them (default 0)
  --only K      configuration K alone; its folder is kept
  --fixtures    files of this project alone, none of ../shared
  --minutes M   stop after so long`

interface Drawn {
  readonly seed: string
  readonly count: string
  readonly from: string
  readonly only?: string | undefined
}

/** Configurations [first, last) of the seed. */
export function drawnRange({ seed, count, from, only }: Drawn): { seed: number; first: number; last: number } {
  const first = Number(only ?? from)
  return { seed: Number(seed), first, last: only === undefined ? first + Number(count) : first + 1 }
}
