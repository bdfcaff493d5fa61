/** The little of FlatBuffers (Google's format of Arrow's metadata) that an Arrow schema needs: tables of small numbers and
 *  references, vectors of references, strings. Built from the end towards the beginning, so that a reference always points
 *  to something that has been written. */

/** Where something begins, counted in bytes from the end of the buffer. */
export type Reference = number

/** The value of one slot of a table: a number of so many bytes, or a reference. */
export type Slot = { readonly bytes: 1 | 2 | 4 | 8; readonly value: number } | { readonly to: Reference }

export class FlatBufferBuilder {
  private bytes = Buffer.alloc(4096)
  private used = 0

  /** Places `count` zero bytes before what there is; returns their position in the present buffer. */
  private prepend(count: number): number {
    while (this.used + count > this.bytes.length) {
      const grown = Buffer.alloc(2 * this.bytes.length)
      this.bytes.copy(grown, this.bytes.length)
      this.bytes = grown
    }
    this.used += count
    return this.bytes.length - this.used
  }

  /** Pads so that, `following` bytes later, the distance to the end is a multiple of `size`. */
  private align(size: number, following: number): void {
    this.prepend((size - ((this.used + following) % size)) % size)
  }

  private uint32(value: number): void {
    const at = this.prepend(4)
    this.bytes.writeUInt32LE(value, at)
  }

  /** References are stored as the distance from where they stand to where they point. */
  private reference(to: Reference): void {
    this.uint32(this.used + 4 - to)
  }

  string(text: string): Reference {
    const utf8 = Buffer.from(text, 'utf8')
    this.align(4, utf8.length + 1)
    const at = this.prepend(utf8.length + 1)
    utf8.copy(this.bytes, at)
    this.uint32(utf8.length)
    return this.used
  }

  vector(items: readonly Reference[]): Reference {
    this.align(4, 0)
    for (let i = items.length - 1; i >= 0; i--) this.reference(items[i]!)
    this.uint32(items.length)
    return this.used
  }

  /** A vector of structs of two 64-bit integers each: items[2 * i] and items[2 * i + 1] are struct i. */
  pairs(items: readonly number[]): Reference {
    this.align(8, 8 * items.length)
    for (let i = items.length - 1; i >= 0; i--) {
      const at = this.prepend(8)
      this.bytes.writeBigInt64LE(BigInt(items[i]!), at)
    }
    this.uint32(items.length / 2)
    return this.used
  }

  /** slots[i] is the value of field i of the table's schema; undefined: its default. */
  table(slots: readonly (Slot | undefined)[]): Reference {
    const end = this.used
    const placed = slots.map(slot => (slot === undefined ? 0 : this.slot(slot)))
    this.align(4, 0)
    const toVtable = this.prepend(4) - this.bytes.length
    const start = this.used
    this.align(2, 0)
    for (const position of placed.reverse()) this.uint16(position === 0 ? 0 : start - position)
    this.uint16(start - end)
    this.uint16(4 + 2 * slots.length)
    this.bytes.writeInt32LE(this.used - start, this.bytes.length + toVtable)
    return start
  }

  private uint16(value: number): void {
    const at = this.prepend(2)
    this.bytes.writeUInt16LE(value, at)
  }

  private slot(slot: Slot): Reference {
    if ('to' in slot) {
      this.align(4, 0)
      this.reference(slot.to)
    } else {
      this.align(slot.bytes, 0)
      const at = this.prepend(slot.bytes)
      if (slot.bytes === 8) this.bytes.writeBigInt64LE(BigInt(slot.value), at)
      else this.bytes.writeUIntLE(slot.value, at, slot.bytes)
    }
    return this.used
  }

  /** The buffer, which begins with a reference to its root; its length is a multiple of 8. */
  finish(root: Reference): Uint8Array {
    this.align(8, 4)
    this.reference(root)
    return this.bytes.subarray(this.bytes.length - this.used)
  }
}
