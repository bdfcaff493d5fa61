/** Options come in layers: class defaults < workflow_args < settings file < overrides. A key in a higher layer wins even where its
 *  value is null, which then stands for the default. */
import { isObject } from '../core/is-object.js'
import type { Cursor } from './cursor.js'

export class Layers {
  /** Highest first; never empty. */
  private readonly layers: readonly Cursor[]

  constructor(layers: readonly [Cursor, ...Cursor[]]) {
    this.layers = layers
  }

  /** Whether every layer is an object, so that an option that is nowhere is indeed missing. */
  get areReadable(): boolean {
    return this.layers.every(layer => isObject(layer.value))
  }

  /** The option where it counts; where no layer has it, an absent value in the lowest layer. */
  get(key: string): Cursor {
    const found = this.layers.map(layer => layer.get(key)).find(cursor => !cursor.isAbsent)
    return found ?? this.layers.at(-1)!.get(key)
  }
}
