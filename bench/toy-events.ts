/** Toy collisions for the benchmark: nine of ten a Z -> ee with both electrons seen, as in a skimmed dataset, the rest empty or
 *  with fakes; with trigger objects, filter bits and the columns that the electron workflow reads. */
import type { Random } from './random.js'

const Z_MASS = 91.1876
const Z_WIDTH = 2.4952
const WPTIGHT = 2
const ELE32 = 4

export interface ToyElectron {
  readonly pt: number
  readonly eta: number
  readonly phi: number
  readonly charge: number
  readonly cutBased: number
}

export interface ToyTrigger {
  readonly pt: number
  readonly eta: number
  readonly phi: number
  readonly id: number
  readonly bits: number
}

export interface ToyEvent {
  readonly electrons: readonly ToyElectron[]
  readonly triggers: readonly ToyTrigger[]
  readonly ele30: boolean
  readonly ele32: boolean
}

export function toyEvent(random: Random): ToyEvent {
  const electrons = random.chance(0.9) ? zDecay(random) : []
  for (let k = random.poisson(0.2); k > 0; k--) electrons.push(fake(random))
  electrons.sort((a, b) => b.pt - a.pt)
  const triggers: ToyTrigger[] = []
  for (const electron of electrons) {
    const online = electron.pt * random.normal(1, 0.02)
    const bits = online > 30 && random.chance(0.93) ? WPTIGHT | (online > 32 ? ELE32 : 0) : 1
    triggers.push({ pt: online, eta: electron.eta + random.normal(0, 0.01), phi: electron.phi, id: 11, bits })
  }
  for (let k = random.poisson(3); k > 0; k--) {
    const [eta, phi] = [random.uniform(-4, 4), random.uniform(-Math.PI, Math.PI)]
    triggers.push({
      pt: 20 + random.exponential(30),
      eta,
      phi,
      id: random.chance(0.5) ? 1 : 22,
      bits: random.below(256),
    })
  }
  const ele30 = triggers.some(t => t.id === 11 && (t.bits & WPTIGHT) !== 0)
  return { electrons, triggers, ele30, ele32: triggers.some(t => t.id === 11 && (t.bits & ELE32) !== 0) }
}

/** The two electrons of a Z: isotropic in its rest frame, boosted across the beam and along it, then measured. */
function zDecay(random: Random): ToyElectron[] {
  const mass = Math.min(150, Math.max(45, Z_MASS + (Z_WIDTH / 2) * Math.tan(Math.PI * (random.uniform() - 0.5) * 0.96)))
  const cosTheta = random.uniform(-1, 1)
  const sinTheta = Math.sqrt(1 - cosTheta * cosTheta)
  const psi = random.uniform(-Math.PI, Math.PI)
  const boost = random.exponential(14) / mass
  const rapidity = random.normal(0, 1)
  const direction = random.uniform(-Math.PI, Math.PI)
  const charge = random.chance(0.5) ? 1 : -1
  return [1, -1].map(side => {
    const half = mass / 2
    const x0 = side * half * sinTheta * Math.cos(psi)
    const y = side * half * sinTheta * Math.sin(psi)
    const z0 = side * half * cosTheta
    const gamma = Math.sqrt(1 + boost * boost)
    const x = gamma * x0 + boost * half
    const z = Math.cosh(rapidity) * z0 + Math.sinh(rapidity) * (gamma * half + boost * x0)
    const pt = Math.hypot(x, y)
    return {
      pt: pt * random.normal(1, 0.02),
      eta: Math.max(-2.5, Math.min(2.5, Math.asinh(z / pt))),
      phi: wrap(Math.atan2(y, x) + direction),
      charge: random.chance(0.985) ? side * charge : -side * charge,
      cutBased: random.chance(0.72) ? 4 : random.below(4),
    }
  })
}

function fake(random: Random): ToyElectron {
  const [eta, phi] = [random.uniform(-2.5, 2.5), random.uniform(-Math.PI, Math.PI)]
  return { pt: 5 + random.exponential(12), eta, phi, charge: random.chance(0.5) ? 1 : -1, cutBased: random.below(5) }
}

function wrap(phi: number): number {
  return phi - 2 * Math.PI * Math.floor((phi + Math.PI) / (2 * Math.PI))
}
