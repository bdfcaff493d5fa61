/** What a program for Linux asks of the C library: the symbol versions in its ELF file (System V ABI, "Symbol Versioning"). */
import { readFileSync } from 'node:fs'

const SHT_GNU_VERNEED = 0x6ffffffe
const MACHINES: Readonly<Record<number, string>> = { 62: 'x64', 183: 'arm64' }

export interface ElfNeeds {
  readonly machine: string
  /** "GLIBC_2.28" and the like, of each library that is needed. */
  readonly versions: readonly string[]
}

/** Of a 64-bit little-endian ELF file. Throws an Error where it is none. */
export function elfNeeds(path: string): ElfNeeds {
  const bytes = readFileSync(path)
  if (bytes.readUInt32BE(0) !== 0x7f454c46 || bytes[4] !== 2 || bytes[5] !== 1) throw new Error(`${path}: no ELF file`)
  const number = (at: number) => Number(bytes.readBigUInt64LE(at))
  const [table, size, count] = [number(40), bytes.readUInt16LE(58), bytes.readUInt16LE(60)]
  const section = (i: number) => {
    const at = table + i * size
    return {
      type: bytes.readUInt32LE(at + 4),
      offset: number(at + 24),
      link: bytes.readUInt32LE(at + 40),
      info: bytes.readUInt32LE(at + 44),
    }
  }
  const versions: string[] = []
  for (let i = 0; i < count; i++) {
    const { type, offset, link, info } = section(i)
    if (type !== SHT_GNU_VERNEED) continue
    const strings = section(link).offset
    let library = offset
    for (let k = 0; k < info; k++) {
      let version = library + bytes.readUInt32LE(library + 8)
      for (let j = 0; j < bytes.readUInt16LE(library + 2); j++) {
        const name = strings + bytes.readUInt32LE(version + 8)
        versions.push(bytes.toString('latin1', name, bytes.indexOf(0, name)))
        version += bytes.readUInt32LE(version + 12)
      }
      library += bytes.readUInt32LE(library + 12)
    }
  }
  return { machine: MACHINES[bytes.readUInt16LE(18)] ?? 'other', versions }
}
