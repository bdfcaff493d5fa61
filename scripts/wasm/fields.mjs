// Records of fields in an RNTuple's description (lib/root/rntuple/field-scan.ts): thousands of them, read by a process that has just
// begun, which would go through them in interpreted code. Addresses are those of the memory; results are i32.
import { ADD_32, assemble, BELOW_32, constant, get, I32, MULTIPLY_32, moveOn, set, VOID } from './assemble.mjs'

/** Bytes of the least record of a field, and where in it its size, its parent, its role with flags and its name stand. */
const LEAST = 40
const [SIZE_AT, UPPER_SIZE_AT, PARENT_AT, ROLE_AT, NAME_AT] = [0, 4, 16, 20, 24]
const REPETITIVE = 0x10000
const PROJECTED = 0x20000
/** Where what a function has to say is left. */
const [RESULT, SECOND_RESULT] = [0, 4]
const LINE_END = 10

const SUBTRACT = 0x6b
const AND = 0x71
const OR = 0x72
const SHIFT_LEFT = 0x74
const SHIFT_RIGHT = 0x76
const IS_ZERO = 0x45
const EQUAL = 0x46
const DIFFERENT = 0x47
const BELOW_SIGNED = 0x48
const ABOVE = 0x4b
const AT_LEAST = 0x4f
const END = 0x0b
const unaligned = (code, offset) => [code, 0, offset]
const load = offset => unaligned(0x28, offset)
const save = offset => unaligned(0x36, offset)
const loadByte = unaligned(0x2d, 0)
const saveByte = unaligned(0x3a, 0)
const COPY_BYTES = [0xfc, 0x0a, 0, 0]
const FILL_BYTES = [0xfc, 0x0b, 0]

const block = (...body) => [0x02, VOID, ...body, END]
const loop = (...body) => [0x03, VOID, ...body, END]
const when = (condition, ...body) => [...condition, 0x04, VOID, ...body, END]
const leave = depth => [0x0c, depth]
const leaveIf = (condition, depth) => [...condition, 0x0d, depth]
/** a op b */
const of = (a, op, b) => [...a, ...b, op]
const put = (local, value) => [...value, ...set(local)]
const write = (address, value, offset = 0) => [...address, ...value, ...save(offset)]
const read = (address, offset = 0) => [...address, ...load(offset)]
const scaled = index => of(index, SHIFT_LEFT, constant(2))

export const fieldScan = () =>
  assemble([
    { name: 's', ...scan() },
    { name: 'n', ...topNames() },
    { name: 'l', ...link() },
  ])

/** s(at, end, items, shift, out): of the records in [at, end), tables of `items` numbers behind each other at `out`: where each begins,
 *  less `shift`; its parent; its role with flags; its source or -1; its array's length. RESULT: records until the first that is odd. */
function scan() {
  const [at, end, items, shift, out] = [0, 1, 2, 3, 4].map(get)
  const [place, stride, stop, recordEnd, next, flags, length, texts] = [5, 6, 7, 8, 9, 10, 11, 12]
  const table = number =>
    of(get(place), ADD_32, number === 1 ? get(stride) : of(get(stride), MULTIPLY_32, constant(number)))
  const left = of(get(recordEnd), SUBTRACT, get(next))
  /** Behind the text at `next`; leaves to `depth` where it does not end in the record. */
  const skipText = depth => [
    ...leaveIf(of(left, BELOW_32, constant(4)), depth),
    ...put(length, read(get(next))),
    ...moveOn(next, 4),
    ...leaveIf(of(get(length), ABOVE, left), depth),
    ...put(next, of(get(next), ADD_32, get(length))),
  ]
  const extras = [
    ...put(texts, constant(3)),
    // in: when, loop, block
    ...loop(...skipText(3), ...put(texts, of(get(texts), SUBTRACT, constant(1))), ...leaveIf(get(texts), 0)),
    ...when(
      of(get(flags), AND, constant(REPETITIVE)),
      ...leaveIf(of(left, BELOW_32, constant(8)), 3),
      ...leaveIf(of(read(get(next)), BELOW_SIGNED, constant(0)), 3),
      ...leaveIf(read(get(next), 4), 3),
      ...write(table(4), read(get(next))),
      ...moveOn(next, 8),
    ),
    ...when(
      of(get(flags), AND, constant(PROJECTED)),
      ...leaveIf(of(left, BELOW_32, constant(4)), 3),
      ...leaveIf(of(read(get(next)), BELOW_SIGNED, constant(0)), 3),
      ...write(table(3), read(get(next))),
    ),
  ]
  return {
    parameters: 5,
    locals: [[8, I32]],
    body: [
      ...put(place, out),
      ...put(stride, scaled(items)),
      ...put(stop, of(out, ADD_32, get(stride))),
      ...block(
        ...loop(
          ...leaveIf(of(get(place), EQUAL, get(stop)), 1),
          ...leaveIf(of(of(end, SUBTRACT, at), BELOW_32, constant(LEAST)), 1),
          ...put(length, read(at, SIZE_AT)),
          ...leaveIf(of(get(length), BELOW_32, constant(LEAST)), 1),
          ...leaveIf(read(at, UPPER_SIZE_AT), 1),
          ...leaveIf(of(get(length), ABOVE, of(end, SUBTRACT, at)), 1),
          ...put(recordEnd, of(at, ADD_32, get(length))),
          ...put(next, of(at, ADD_32, constant(NAME_AT))),
          ...skipText(1),
          ...put(flags, read(at, ROLE_AT)),
          ...write(get(place), of(at, SUBTRACT, shift)),
          ...write(table(1), read(at, PARENT_AT)),
          ...write(table(2), get(flags)),
          ...write(table(3), constant(-1)),
          ...write(table(4), constant(0)),
          ...when(of(get(flags), AND, constant(REPETITIVE | PROJECTED)), ...extras),
          ...put(0, get(recordEnd)),
          ...moveOn(place, 4),
          ...leave(0),
        ),
      ),
      ...write(constant(0), of(of(get(place), SUBTRACT, out), SHIFT_RIGHT, constant(2)), RESULT),
    ],
  }
}

/** n(parents, items, first, records, shift, ids, to): of the top-level ones among fields [first, first + items), the ids and the names,
 *  with an end of a line behind each name. RESULT: how many; SECOND_RESULT: behind the last name. */
function topNames() {
  const [parents, items, first, records, shift, ids, to] = [0, 1, 2, 3, 4, 5, 6].map(get)
  const [number, nameAt, length, begin] = [7, 8, 9, 10]
  const place = of(records, ADD_32, scaled(get(number)))
  return {
    parameters: 7,
    locals: [[4, I32]],
    body: [
      ...put(begin, ids),
      ...block(
        ...loop(
          ...leaveIf(of(get(number), EQUAL, items), 1),
          ...when(
            of(read(of(parents, ADD_32, scaled(get(number)))), EQUAL, of(first, ADD_32, get(number))),
            ...put(nameAt, of(of(read(place), ADD_32, shift), ADD_32, constant(NAME_AT))),
            ...put(length, read(get(nameAt))),
            ...[...to, ...of(get(nameAt), ADD_32, constant(4)), ...get(length), ...COPY_BYTES],
            ...put(6, of(to, ADD_32, get(length))),
            ...[...to, ...constant(LINE_END), ...saveByte],
            ...moveOn(6, 1),
            ...write(ids, of(first, ADD_32, get(number))),
            ...moveOn(5, 4),
          ),
          ...moveOn(number, 1),
          ...leave(0),
        ),
      ),
      ...write(constant(0), of(of(ids, SUBTRACT, get(begin)), SHIFT_RIGHT, constant(2)), RESULT),
      ...write(constant(0), to, SECOND_RESULT),
    ],
  }
}

/** l(parents, sources, count, firsts, nexts, shown): children to parents. firsts: 1 + the first child of each field, of the top-level
 *  ones at 0; nexts: 1 + the next one beside each; 0: none. shown: bytes, 1 where another field shows it. RESULT: not 0 where
 *  fields refer to what is not there, where a parent or a source stands behind what refers to it, or where a projection is shown. */
function link() {
  const [parents, sources, count, firsts, nexts, shown] = [0, 1, 2, 3, 4, 5].map(get)
  const [id, parent, source, owner, odd] = [6, 7, 8, 9, 10]
  const isOdd = of(get(odd), OR, constant(1))
  const ownerPlace = of(firsts, ADD_32, scaled(get(owner)))
  return {
    parameters: 6,
    locals: [[5, I32]],
    body: [
      ...[...firsts, ...constant(0), ...of(scaled(count), ADD_32, constant(4)), ...FILL_BYTES],
      ...[...shown, ...constant(0), ...count, ...FILL_BYTES],
      ...put(id, count),
      ...block(
        ...loop(
          ...leaveIf([...get(id), IS_ZERO], 1),
          ...put(id, of(get(id), SUBTRACT, constant(1))),
          ...put(parent, read(of(parents, ADD_32, scaled(get(id))))),
          ...put(source, read(of(sources, ADD_32, scaled(get(id))))),
          ...when(of(get(parent), ABOVE, get(id)), ...put(odd, isOdd)),
          ...when(
            of(get(source), DIFFERENT, constant(-1)),
            ...when(
              of(of(get(source), AT_LEAST, get(id)), OR, [...of(shown, ADD_32, get(id)), ...loadByte]),
              ...put(odd, isOdd),
            ),
            ...when(
              of(get(source), BELOW_32, count),
              ...[...of(shown, ADD_32, get(source)), ...constant(1), ...saveByte],
            ),
          ),
          ...when(
            of(get(parent), BELOW_32, count),
            ...put(owner, constant(0)),
            ...when(of(get(parent), DIFFERENT, get(id)), ...put(owner, of(get(parent), ADD_32, constant(1)))),
            ...write(of(nexts, ADD_32, scaled(get(id))), read(ownerPlace)),
            ...write(ownerPlace, of(get(id), ADD_32, constant(1))),
          ),
          ...leave(0),
        ),
      ),
      ...write(constant(0), get(odd), RESULT),
    ],
  }
}
