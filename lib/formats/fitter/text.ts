/** Numbers as Python's f"{x:.2f}" prints them: parts of the names that fitters look histograms up by. */

/** JavaScript's toFixed rounds ties up, Python to the even digit: 0.125 is 0.13 there, 0.12 here. */
export function pythonFixed(x: number, decimals: number): string {
  if (Number.isNaN(x)) return 'nan'
  const sign = x < 0 || Object.is(x, -0) ? '-' : ''
  const size = Math.abs(x)
  if (size === Infinity) return `${sign}inf`
  // From 10^21 on toFixed gives an exponent; such numbers are whole.
  if (size >= 1e21) return `${sign}${BigInt(size)}.${'0'.repeat(decimals)}`
  const rounded = size.toFixed(decimals)
  const last = Number(rounded.at(-1))
  const wasTie = /^50*$/.test(size.toFixed(MANY_DECIMALS).slice(decimals - MANY_DECIMALS))
  return sign + (wasTie && last % 2 === 1 ? rounded.slice(0, -1) + String(last - 1) : rounded)
}

/** More digits than a number can have after a tie. */
const MANY_DECIMALS = 60

/** An edge in a name: -2.5 is `m2p50`, 1.4442 is `1p44`. */
export function edgeName(edge: number): string {
  return (edge < 0 ? 'm' : '') + pythonFixed(Math.abs(edge), 2).replace('.', 'p')
}
