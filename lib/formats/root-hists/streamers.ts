/** The description of the classes that histograms are made of, which every ROOT file carries (its TStreamerInfo list), so that
 *  readers without these classes can read them. */
import { RootBuffer } from './buffer.js'
import { ARRAYS, CLASSES, type Described, type Element } from './classes.js'

/** Described in files that have them alone. */
export type OptionalClass = 'TH2F' | 'TGraphErrors'

const OPTIONAL: Readonly<Record<string, OptionalClass>> = {
  TH2F: 'TH2F',
  TGraph: 'TGraphErrors',
  TGraphErrors: 'TGraphErrors',
}

/** The record of the list, without its key. origin: the length of that key. */
export function streamerInfoRecord(origin: number, optional: ReadonlySet<OptionalClass>): Uint8Array {
  const out = new RootBuffer(origin)
  const classes = Object.entries(CLASSES).filter(
    ([name]) => OPTIONAL[name] === undefined || optional.has(OPTIONAL[name]),
  )
  out.counted(5, () => {
    out.object()
    out.string('')
    out.i32(classes.length)
    for (const [name, info] of classes) {
      out.pointer('TStreamerInfo', () => writeInfo(out, name, info))
      out.u8(0) // the option that a TList keeps with each object: none
    }
  })
  return out.written()
}

function writeInfo(out: RootBuffer, name: string, { version, checksum, elements }: Described): void {
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
          out.pointer(`TStreamer${element.kind}`, () => writeElement(out, element))
        }
      }),
    )
  })
}

/** TStreamerInfo's bit for a class that the program which wrote the file knew. */
const IS_COMPILED = 0x10000

function writeElement(out: RootBuffer, element: Element): void {
  const { kind, name, title, type, bytes, typeName } = element
  const isBase = kind === 'Base'
  const { version, checksum } = isBase ? (CLASSES[name] ?? ARRAYS[name]!) : { version: 0, checksum: 0 }
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
