/** What compiled expressions load, read and return: objects with fields and methods, lazy columns, events. */
import { test } from 'uvu'
import { equal, is, throws } from 'uvu/assert'
import {
  type ColumnBinding,
  compileColumn,
  compileExpression,
  type Env,
  type ObjectBinding,
  type Scope,
} from '../../lib/expr/index.js'
import { columnScope, envOf } from './scope.js'

interface PairEnv extends Env {
  /** Paths of the columns that were loaded, in order. */
  readonly loads: string[]
}

const ptOf = { tag: Float32Array.of(50, 30, 60), probe: Float32Array.of(20, 45, 41) }

function column(name: string, values: Float32Array): ColumnBinding<PairEnv> {
  const load = (env: PairEnv) => {
    env.loads.push(name)
    return { values }
  }
  return { kind: 'column', dtype: 'float32', reads: ['Electron_pt', { optional: `Electron_${name}` }], load }
}

function lepton(side: 'tag' | 'probe'): ObjectBinding<PairEnv> & { side: string } {
  return {
    kind: 'object',
    side,
    methods: {
      delta_r: other =>
        'side' in other ? column(`${side}-${String(other.side)}`, Float32Array.of(0.5, 1, 2)) : undefined,
    },
    add: other => ('side' in other ? sumOf(`${side}+${String(other.side)}`) : undefined),
  }
}

function sumOf(name: string): ObjectBinding<PairEnv> {
  const mass = column(`mass(${name})`, Float32Array.of(91, 60, 120))
  return {
    kind: 'object',
    fields: { resolve: ([field]) => (field === 'mass' ? mass : undefined), suggestions: () => ['mass'] },
  }
}

const scope: Scope<PairEnv> = {
  resolve: ([root, side, field, ...rest]) => {
    if (root !== 'zcands' || rest.length > 0) return undefined
    if (side === undefined) return { kind: 'object' }
    if (side !== 'tag' && side !== 'probe') return undefined
    if (field === undefined) return lepton(side)
    return field === 'pt' ? column(`${side}.pt`, ptOf[side]) : undefined
  },
  suggestions: path => (path.length === 1 ? ['zcands'] : path.length === 2 ? ['tag', 'probe'] : ['pt']),
}

function pairEnv(): PairEnv {
  return { ...envOf(3, [0, 0, 2]), loads: [] }
}

test('fields, methods and sums of objects are columns', () => {
  const pass = (text: string) => [...compileExpression(text, scope).run(pairEnv())]
  equal(pass('(zcands.tag.pt > 40) & (zcands.probe["pt"] > 40)'), [0, 0, 1])
  equal(pass('zcands.tag.delta_r(zcands.probe) >= 1'), [0, 1, 1])
  equal(pass('(zcands.tag + zcands.probe).mass < 100'), [1, 1, 0])
})

test('each column is loaded once a run, and anew in the next', () => {
  const compiled = compileExpression('(zcands.tag.pt > 1) & (zcands.tag.pt < 9) | (zcands.tag.pt == 5)', scope)
  const env = pairEnv()
  compiled.run(env)
  equal(env.loads, ['tag.pt'])
  compiled.run(env)
  equal(env.loads, ['tag.pt', 'tag.pt'])
  const twice = 'zcands.tag.delta_r(zcands.probe) + zcands.tag.delta_r(zcands.probe) + (zcands.tag + zcands.tag).mass'
  const other = pairEnv()
  compileColumn(twice, scope).run(other)
  equal(other.loads, ['tag-probe', 'mass(tag+tag)'])
})

test('nothing is loaded by compiling, and nothing that the result does not depend on', () => {
  const env = pairEnv()
  const compiled = compileExpression('ak.num(zcands.probe, axis=1) == 2 if True else zcands.tag.pt > 2', scope)
  equal([...compiled.run(env)], [1, 1, 0])
  equal(env.loads, [])
})

test('reads lists the branches of the columns that are used, each once', () => {
  equal(compileExpression('zcands.tag.pt + zcands.probe.pt > zcands.tag.pt', scope).reads, [
    'Electron_pt',
    { optional: 'Electron_tag.pt' },
    { optional: 'Electron_probe.pt' },
  ])
  equal(compileExpression('True', scope).reads, [])
})

test('an expression tells whether it looks at the other pairs of the event, and whether it decides for events', () => {
  const flags = (text: string) => {
    const { usesReduction, perEvent } = compileExpression(text, scope)
    return [usesReduction, perEvent]
  }
  equal(flags('zcands.tag.pt > 4'), [false, false])
  equal(flags('ak.any(zcands.tag.pt > 4, axis=1)'), [true, true])
  equal(flags('zcands.tag.pt == ak.max(zcands.tag.pt, axis=1)'), [true, false])
})

test('reductions go over the pairs of one event and stand for each of them', () => {
  const env = { ...envOf(5, [3, 3, 7, 8, 8]) }
  const x = columnScope({
    q: { dtype: 'int8', values: Int8Array.of(1, -1, 5, 100, 100) },
    n: { dtype: 'float32', values: Float32Array.of(1, 2, 3, 4, 5), valid: Uint8Array.of(1, 0, 0, 1, 1) },
  })
  const run = (text: string) => compileColumn(text, x).run(env)
  equal(run('ak.sum(x.q, axis=1)').values, BigInt64Array.of(0n, 0n, 5n, 200n, 200n))
  equal(run('ak.num(x.q)').values, BigInt64Array.of(2n, 2n, 1n, 2n, 2n))
  equal(run('ak.any(x.q < 0, axis=1)').values, Uint8Array.of(1, 1, 0, 0, 0))
  const most = run('ak.max(x.n, axis=1)')
  equal(most.valid, Uint8Array.of(1, 1, 0, 1, 1))
  equal(most.values, Float32Array.of(1, 1, 0, 5, 5))
})

test('a null fails, whichever way it is asked', () => {
  const x = columnScope({
    pdgId: { dtype: 'int32', values: Int32Array.of(11, 0, -11), valid: Uint8Array.of(1, 0, 1) },
  })
  const pass = (text: string) => [...compileExpression(text, x).run(envOf(3))]
  equal(pass('x.pdgId == 11'), [1, 0, 0])
  equal(pass('x.pdgId != 11'), [0, 0, 1])
  equal(pass('~(x.pdgId == 11)'), [0, 0, 1])
  equal(pass('x.pdgId'), [1, 0, 1])
  equal(pass('ak.fill_none(x.pdgId, 1) != 11'), [0, 1, 1])
  equal(pass('ak.is_none(x.pdgId, axis=1)'), [0, 1, 0])
})

test('a constant stands for every pair', () => {
  equal(compileExpression('True', scope).run(pairEnv()), Uint8Array.of(1, 1, 1))
  equal(compileExpression('1 > 2', scope).run(pairEnv()), Uint8Array.of(0, 0, 0))
  equal(compileColumn('3 / 2', scope).run(pairEnv()).values, Float64Array.of(1.5, 1.5, 1.5))
})

test('the mask belongs to the caller, the column that it was made of does not change', () => {
  const isTight = Uint8Array.of(1, 0)
  const x = columnScope({ isTight: { dtype: 'bool', values: isTight } })
  const mask = compileExpression('x.isTight', x).run(envOf(2))
  mask.fill(0)
  equal(isTight, Uint8Array.of(1, 0))
})

test('one pair is compared like many', () => {
  const x = columnScope({
    pt: { dtype: 'float32', values: Float32Array.of(41) },
    q: { dtype: 'int64', values: BigInt64Array.of(-1n) },
  })
  const pass = (text: string) => [...compileExpression(text, x).run(envOf(1))]
  equal(pass('(x.pt > 40) & (x.q == -1) & (ak.sum(x.q, axis=1) < 0)'), [1])
  equal(pass('ak.where(x.pt > 40, x.q, 1) > 0'), [0])
})

test('columns behind a byte offset are read at that offset', () => {
  const buffer = new ArrayBuffer(32)
  new BigInt64Array(buffer).set([7n, -5n, 2n ** 40n, 9n])
  const x = columnScope({ q: { dtype: 'int64', values: new BigInt64Array(buffer, 8, 2) } })
  equal([...compileExpression('x.q > 4294967296', x).run(envOf(2))], [0, 1])
  equal(compileColumn('x.q / 5', x).run(envOf(2)).values, Float64Array.of(-1, 2 ** 40 / 5))
})

test('hundreds of joined conditions are compiled and run', () => {
  const x = columnScope({ run: { dtype: 'uint32', values: Uint32Array.of(370000, 370499, 5) } })
  const terms = Array.from({ length: 500 }, (_, i) => `(x.run == ${370000 + i})`)
  equal([...compileExpression(terms.join(' | '), x).run(envOf(3))], [1, 1, 0])
})

test('methods take one object, sums take objects of the same kind', () => {
  throws(() => compileExpression('zcands.tag.delta_r(zcands.tag.pt) > 1', scope), /takes one object/)
  throws(() => compileExpression('zcands.tag.delta_r() > 1', scope), /takes one object/)
  throws(() => compileExpression('zcands.tag.delta_r(zcands.tag, zcands.probe) > 1', scope), /takes one object/)
  throws(() => compileExpression('zcands.tag.delta_r(zcands) > 1', scope), /takes one object/)
  throws(
    () => compileExpression('(zcands.tag - zcands.probe).mass > 1', scope),
    /\(zcands.tag - zcands.probe\) has no meaning/,
  )
  throws(() => compileExpression('(zcands.tag + zcands).mass > 1', scope), /has no meaning/)
  throws(() => compileExpression('(zcands.tag + zcands.probe).mas > 1', scope), /no field "mas".*Nearest: "mass"/)
  throws(
    () => compileExpression('zcands.tag.delta_rr(zcands.tag) > 1', scope),
    /no field "delta_rr".*Nearest: "delta_r"/,
  )
  throws(() => compileExpression('zcands.tag.delta_r > 1', scope), /is a function/)
  throws(() => compileExpression('zcands.tag + 1 > 1', scope), /"zcands.tag" is an object/)
})

test('a column that is not as it was declared is a bug of ours, not a wrong mask', () => {
  const x = columnScope({ pt: { dtype: 'float32', values: Float64Array.of(1, 2) } })
  throws(() => compileExpression('x.pt > 1', x).run(envOf(2)), /"x.pt": got a Float64Array for float32/)
  const y = columnScope({ pt: { dtype: 'float32', values: Float32Array.of(1, 2) } })
  throws(() => compileExpression('x.pt > 1', y).run(envOf(3)), /"x.pt": 2 values, wanted 3/)
})

test('float16, which only numpy has, is given as float32 of the same values', () => {
  const x = columnScope({ u: { dtype: 'uint8', values: Uint8Array.of(2, 3) } })
  const root = compileColumn('np.sqrt(x.u)', x)
  is(root.dtype, 'float32')
  equal(root.run(envOf(2)).values, Float32Array.of(1.4140625, 1.732421875))
})

test.run()
