/** Assertions on columns and numbers whose failures name the first element that differs. */
import { ok } from 'uvu/assert'
import type { Column, Values } from '../../lib/core/types.js'

/** Same type, same values (NaN equals NaN) and, for jagged columns, same offsets. */
export function sameColumn(got: Column | undefined, want: Column, name = 'column'): void {
  ok(got, `${name}: missing`)
  ok(got.dtype === want.dtype, `${name}: dtype ${got.dtype}, wanted ${want.dtype}`)
  ok((got.offsets === undefined) === (want.offsets === undefined), `${name}: one is jagged, the other is not`)
  if (want.offsets !== undefined) sameValues(got.offsets as Int32Array, want.offsets, `${name} offsets`)
  sameValues(got.values, want.values, name)
}

export function sameValues(got: Values, want: ArrayLike<number | bigint>, name = 'values'): void {
  ok(got.length === want.length, `${name}: ${got.length} elements, wanted ${want.length}`)
  for (let i = 0; i < want.length; i++) {
    if (!Object.is(got[i], want[i]) && got[i] !== want[i]) {
      ok(false, `${name}: element ${i} is ${String(got[i])}, wanted ${String(want[i])}`)
    }
  }
}

/** |got - want| <= absolute + relative * |want|. */
export function close(got: number, want: number, relative = 1e-12, absolute = 0, name = 'value'): void {
  const near = Number.isNaN(want) ? Number.isNaN(got) : Math.abs(got - want) <= absolute + relative * Math.abs(want)
  ok(near || got === want, `${name}: ${got}, wanted ${want} (relative ${relative}, absolute ${absolute})`)
}
