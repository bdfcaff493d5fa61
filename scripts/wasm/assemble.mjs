// A few instructions of WebAssembly as bytes, for inner loops that are put together here.

export const I32 = 0x7f
export const V128 = 0x7b
/** Of blocks and loops without a result. */
export const VOID = 0x40
export const get = local => [0x20, local]
export const set = local => [0x21, local]
export const constant = value => [0x41, ...signed(BigInt(value))]
export const longConstant = value => [0x42, ...signed(value)]
export const ADD_32 = 0x6a
export const MULTIPLY_32 = 0x6c
/** Of numbers without sign. */
export const BELOW_32 = 0x49
export const load = offset => [0xfd, 0x00, 0, ...unsigned(offset)]
export const store = offset => [0xfd, 0x0b, 0, ...unsigned(offset)]
/** Bytes of the two vectors on the stack, of which the second's are numbers 16 to 31. */
export const shuffle = (...bytes) => [0xfd, 0x0d, ...bytes]
export const AND = [0xfd, 0x4e]
export const XOR = [0xfd, 0x51]
export const SPLAT_32 = [0xfd, 0x11]
export const SPLAT_64 = [0xfd, 0x12]
export const NEGATE_32 = [0xfd, 0xa1, 0x01]
export const SHIFT_RIGHT_32 = [0xfd, 0xad, 0x01]
export const ADD_64 = [0xfd, 0xce, 0x01]
export const SHIFT_RIGHT_64 = [0xfd, 0xcd, 0x01]
export const ADD_F64 = [0xfd, 0xf0, 0x01]
export const MULTIPLY_F64 = [0xfd, 0xf2, 0x01]
export const MULTIPLY_64 = [0xfd, 0xd5, 0x01]
/** Products of the two lower lanes of 32 bits, as two of 64 bits. */
export const PRODUCTS = [0xfd, 0xde, 0x01]

/** A local moved on. */
export function moveOn(local, by) {
  return [...get(local), ...constant(by), ADD_32, ...set(local)]
}

/** A module with a memory "m" of one page, and functions that give nothing back: for each its name, how many i32 it takes (`parameters`),
 *  the types of its further locals with their numbers (`locals`: [count, type] each), its instructions (`body`). */
export function assemble(functions) {
  const types = functions.map(({ parameters }) => [0x60, parameters, ...new Array(parameters).fill(I32), 0])
  const exported = functions.map(({ name }, k) => named(name, 0, k))
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(
      3,
      functions.map((_, k) => unsigned(k)),
    ),
    ...section(5, [[0x00, 1]]),
    ...section(7, [named('m', 2, 0), ...exported]),
    ...section(
      10,
      functions.map(({ locals, body }) => code(locals, body)),
    ),
  ])
}

function section(id, items) {
  const content = [...unsigned(items.length), ...items.flat()]
  return [id, ...unsigned(content.length), ...content]
}

function code(locals, body) {
  const content = [...unsigned(locals.length), ...locals.flat(), ...body, 0x0b]
  return [...unsigned(content.length), ...content]
}

function named(name, kind, index) {
  return [name.length, ...Buffer.from(name), kind, index]
}

/** LEB128 */
function unsigned(value) {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

function signed(value) {
  const low = Number(value & 0x7fn)
  const rest = value >> 7n
  const isLast = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0)
  return isLast ? [low] : [low | 0x80, ...signed(rest)]
}
