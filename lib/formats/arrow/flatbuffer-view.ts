/** Reading FlatBuffers: tables whose fields are found through a vtable, vectors, strings. Positions outside the buffer throw
 *  RangeError, which the caller turns into an error of the stream. */
export class TableView {
  private readonly view: DataView
  private readonly at: number

  constructor(view: DataView, at: number) {
    this.view = view
    this.at = at
  }

  static root(bytes: Uint8Array): TableView {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return new TableView(view, view.getUint32(0, true))
  }

  /** Position of field `i`, or 0 where it has its default. */
  private field(i: number): number {
    const vtable = this.at - this.view.getInt32(this.at, true)
    const slot = 4 + 2 * i
    if (slot >= this.view.getUint16(vtable, true)) return 0
    const offset = this.view.getUint16(vtable + slot, true)
    return offset === 0 ? 0 : this.at + offset
  }

  private target(at: number): number {
    return at + this.view.getUint32(at, true)
  }

  has(i: number): boolean {
    return this.field(i) !== 0
  }

  uint8(i: number, absent = 0): number {
    const at = this.field(i)
    return at === 0 ? absent : this.view.getUint8(at)
  }

  int16(i: number, absent = 0): number {
    const at = this.field(i)
    return at === 0 ? absent : this.view.getInt16(at, true)
  }

  int32(i: number, absent = 0): number {
    const at = this.field(i)
    return at === 0 ? absent : this.view.getInt32(at, true)
  }

  int64(i: number): number {
    const at = this.field(i)
    return at === 0 ? 0 : Number(this.view.getBigInt64(at, true))
  }

  table(i: number): TableView | null {
    const at = this.field(i)
    return at === 0 ? null : new TableView(this.view, this.target(at))
  }

  string(i: number): string {
    const at = this.field(i)
    if (at === 0) return ''
    const start = this.target(at)
    const length = this.view.getUint32(start, true)
    return Buffer.from(this.view.buffer, this.view.byteOffset + start + 4, length).toString('utf8')
  }

  tables(i: number): TableView[] {
    const at = this.field(i)
    if (at === 0) return []
    const start = this.target(at)
    const n = this.count(start, 4)
    return Array.from({ length: n }, (_, k) => new TableView(this.view, this.target(start + 4 + 4 * k)))
  }

  /** Of the elements of a vector: as many as fit, before there is room made for them. */
  private count(start: number, elementBytes: number): number {
    const n = this.view.getUint32(start, true)
    if (start + 4 + n * elementBytes > this.view.byteLength) throw new RangeError(`${n} elements are beyond the end`)
    return n
  }

  /** Structs of two 64-bit integers, one after the other. */
  pairs(i: number): number[] {
    const at = this.field(i)
    if (at === 0) return []
    const start = this.target(at)
    const n = 2 * this.count(start, 16)
    return Array.from({ length: n }, (_, k) => Number(this.view.getBigInt64(start + 4 + 8 * k, true)))
  }
}
