/** The loop behind ak.where and ak.fill_none. */
import type { Values } from '../../core/types.js'
import { type ElementType, isBigType } from '../element.js'
import { type Bigs, type Numbers, newElements, newLane, toBigs, toNumbers, toStored } from '../lanes.js'
import { indexMask } from './types.js'

/** `length` stored values of the type, of `a` where `chosen` is 1 and of `b` where it is 0. a, b: stored values of types
 *  that fit into it; each operand may have one element for all rows. */
export function select(chosen: Uint8Array, a: Values, b: Values, type: ElementType, length: number): Values {
  if (type === 'bool') return pick(new Uint8Array(length), chosen, a as Uint8Array, b as Uint8Array)
  if (isBigType(type)) {
    return pickBigs(newElements(type, length) as Bigs, chosen, toBigs(a, type), toBigs(b, type))
  }
  return toStored(pick(newLane(type, length), chosen, toNumbers(a, type), toNumbers(b, type)), type)
}

function pick<V extends Numbers | Uint8Array>(out: V, chosen: Uint8Array, a: V, b: V): V {
  const [c, p, q] = [indexMask(chosen), indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) out[i] = chosen[i & c] === 1 ? a[i & p]! : b[i & q]!
  return out
}

function pickBigs(out: Bigs, chosen: Uint8Array, a: Bigs, b: Bigs): Bigs {
  const [c, p, q] = [indexMask(chosen), indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) out[i] = chosen[i & c] === 1 ? a[i & p]! : b[i & q]!
  return out
}
