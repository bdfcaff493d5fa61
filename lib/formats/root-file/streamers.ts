/** The description of the classes that a file's records are made of, which every ROOT file carries (its TStreamerInfo list), so that
 *  readers without these classes can read them. */
import { RootBuffer } from './buffer.js'
import type { Classes, Described, Element } from './describe.js'

/** Bases that are not described by themselves: version and checksum, which the classes derived from them name. */
export type Bases = Readonly<Record<string, Pick<Described, 'version' | 'checksum'>>>

/** The record of the list, without its key. origin: the length of that key. */
export function streamerInfoRecord(origin: number, classes: Classes, bases: Bases = {}): Uint8Array {
  const out = new RootBuffer(origin)
  const all = { ...bases, ...classes }
  const infos = Object.entries(classes)
  out.counted(5, () => {
    out.object()
    out.string('')
    out.i32(infos.length)
    for (const [name, info] of infos) {
      out.pointer('TStreamerInfo', () => writeInfo(out, name, info, all))
      out.u8(0) // the option that a TList keeps with each object: none
    }
  })
  return out.written()
}

function writeInfo(out: RootBuffer, name: string, { version, checksum, elements }: Described, bases: Bases): void {
  out.counted(9, () => {
    out.named(name, '', IS_COMPILED)
    out.u32(checksum)
    out.i32(version)
    out.pointer('TObjArray', () =>
      out.counted(3, () => {
        out.object()
        out.string('')
        out.i32(elements.length, 0)
        for (const element of elements) {
          out.pointer(`TStreamer${element.kind}`, () => writeElement(out, element, bases))
        }
      }),
    )
  })
}

/** TStreamerInfo's bit for a class that the program which wrote the file knew. */
const IS_COMPILED = 0x10000

function writeElement(out: RootBuffer, element: Element, bases: Bases): void {
  const { kind, name, title, type, bytes, typeName } = element
  const isBase = kind === 'Base'
  const { version, checksum } = isBase ? bases[name]! : { version: 0, checksum: 0 }
  out.counted(isBase ? 3 : 2, () => {
    out.counted(4, () => {
      out.named(name, title)
      out.i32(type, bytes, 0, 0)
      out.u32(0, checksum, 0, 0, 0) // fMaxIndex; ROOT keeps a base's checksum in the second
      out.string(typeName)
    })
    if (isBase) out.i32(version)
    if (element.counter !== undefined) {
      const [counter, className, classVersion] = element.counter
      out.i32(classVersion)
      out.string(counter)
      out.string(className)
    }
  })
}
