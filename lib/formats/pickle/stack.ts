/** Stack, marks and memo of the machine that a pickle is a program for. Throws plain errors, without a place. */

export class PickleStack<V> {
  private items: V[] = []
  /** The stacks below each mark. */
  private readonly below: V[][] = []
  private readonly memo = new Map<number, V>()

  push(value: V): void {
    this.items.push(value)
  }

  top(): V {
    const value = this.items.at(-1)
    if (value === undefined) throw new Error('takes more from the stack than is on it')
    return value
  }

  pop(): V {
    return this.popMany(1)[0]!
  }

  popMany(n: number): V[] {
    if (this.items.length < n) throw new Error('takes more from the stack than is on it')
    return this.items.splice(this.items.length - n)
  }

  mark(): void {
    this.below.push(this.items)
    this.items = []
  }

  /** What has been put on the stack since the last mark. */
  popMark(): V[] {
    const below = this.below.pop()
    if (below === undefined) throw new Error('looks for a mark that is not there')
    const { items } = this
    this.items = below
    return items
  }

  /** Writes down what is on top, without `index` as the next entry. */
  memoize(index = this.memo.size): void {
    this.memo.set(index, this.top())
  }

  recall(index: number): V {
    const value = this.memo.get(index)
    if (value === undefined) throw new Error(`recalls entry ${index} of the memo, which is not there`)
    return value
  }
}
