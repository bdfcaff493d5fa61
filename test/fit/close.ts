import { ok } from 'uvu/assert'

/** Fails unless `got` is `want` to a relative `tolerance`, absolute where 0 is wanted. */
export function close(got: number, want: number, tolerance: number, what: string): void {
  const scale = Math.abs(want) < 1e-300 ? 1 : Math.abs(want)
  ok(
    Math.abs(got - want) <= tolerance * scale,
    `${what}: got ${got}, want ${want} (off by ${Math.abs(got - want) / scale})`,
  )
}
