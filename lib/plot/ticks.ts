/** Where an axis has marks, and which of them have numbers. */
import type { AxisSpec, Tick } from './figure.js'

/** Marks from the lower to the upper end; those with text are the long ones. `room`: how many numbers there is room for. */
export function ticksOf(axis: AxisSpec, room: number): Tick[] {
  if (axis.ticks !== undefined) {
    const [low, high] = axis.range
    const slack = 1e-9 * Math.abs(high - low)
    return axis.ticks.filter(({ at }) => at >= low - slack && at <= high + slack)
  }
  return axis.log === true ? logTicks(axis.range) : linearTicks(axis.range, room)
}

/** Steps of 1, 2 or 5 times a power of ten, as many as there is room for; between two numbers four or five short marks. */
function linearTicks([low, high]: readonly [number, number], room: number): Tick[] {
  const rough = (high - low) / Math.max(1, room)
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 5, 10].find(f => f * power >= rough * (1 - 1e-9))!
  const step = factor * power
  const parts = factor === 2 ? 4 : 5
  const small = step / parts
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  const ticks: Tick[] = []
  const first = Math.ceil(low / small - 1e-6)
  for (let k = first; k * small <= high + 1e-6 * small; k++) {
    ticks.push({ at: k * small, text: k % parts === 0 ? numberText(k * small, decimals) : '' })
  }
  return ticks
}

/** A mark at each multiple of a power of ten. Where there are fewer than three powers of ten, all have numbers (those that
 *  find room are drawn, 1, 2 and 5 first), else the powers. */
function logTicks([low, high]: readonly [number, number]): Tick[] {
  const ticks: Tick[] = []
  const many = Math.log10(high / low) >= 3
  for (let p = Math.floor(Math.log10(low) - 1e-9); 10 ** p <= high * (1 + 1e-9); p++) {
    for (let m = 1; m < 10; m++) {
      const at = m * 10 ** p
      if (at < low * (1 - 1e-9) || at > high * (1 + 1e-9)) continue
      const text = many ? (m === 1 ? `10^{${p}}` : '') : numberText(at, Math.max(0, -p))
      ticks.push({ at, text: m < 6 ? text : '' })
    }
  }
  return ticks
}

/** With the sign of a minus, not a hyphen. */
export function numberText(value: number, decimals: number): string {
  const text = value.toFixed(decimals)
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')
}

/** Leading digit of a number: 1 of 0.1, 4 of 400. */
export function leadingDigit(value: number): number {
  return Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9))
}
