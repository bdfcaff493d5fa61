/** Correction files as released: the dialect, and the values that correctionlib gives. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, is, ok, throws } from 'uvu/assert'
import { DataError } from '../../../lib/core/errors.js'
import { CorrectionSet, parseCorrectionText } from '../../../lib/physics/correction/index.js'
import { scratch } from '../../support/cli.js'
import { pythonPath, sharedDir, testIf } from '../../support/tools.js'

const shared = sharedDir()

test('bare infinities and NaN are numbers, and text of the same letters stays text', () => {
  const text = '{"a": [-Infinity, Infinity, -Inf, Inf, 1], "NaN": "a \\"Infinity\\", -NaN", "b": [NaN,-NaN]}'
  equal(parseCorrectionText(text, 'f'), {
    a: [-Infinity, Infinity, -Infinity, Infinity, 1],
    NaN: 'a "Infinity", -NaN',
    b: [NaN, NaN],
  })
})

test('what is no number of the dialect is refused, with its position in the text', () => {
  for (const text of ['[Infinityx]', '[infinity]', '[+Infinity]', '[1Infinity]', '[Infinity Infinity]', '[nan]', '']) {
    throws(
      () => parseCorrectionText(text, 'f.json'),
      (e: unknown) => e instanceof DataError && e.message.startsWith('f.json: not valid JSON ('),
      text,
    )
  }
})

test('a file is read plain and gzipped, whatever its name, and one that is not there is said', () => {
  const dir = scratch()
  try {
    const text = JSON.stringify({
      schema_version: 2,
      corrections: [
        {
          name: 'c',
          version: 1,
          inputs: [{ name: 'x', type: 'real' }],
          output: { name: 'w', type: 'real' },
          data: { nodetype: 'binning', input: 'x', edges: [0, 1, 'END'], content: [2, 3], flow: 'error' },
        },
      ],
    }).replace('"END"', 'Infinity')
    writeFileSync(dir.path('plain.gz'), text)
    writeFileSync(dir.path('packed.json'), gzipSync(text))
    for (const name of ['plain.gz', 'packed.json']) {
      equal(
        [
          ...CorrectionSet.read(dir.path(name))
            .correction('c')
            .evaluate([Float64Array.of(0.5, 1e300)]),
        ],
        [2, 3],
      )
    }
    throws(() => CorrectionSet.read(dir.path('none.json')), /none\.json: cannot be read \(ENOENT/)
    writeFileSync(dir.path('cut.json'), gzipSync(text).subarray(0, 60))
    throws(() => CorrectionSet.read(dir.path('cut.json')), /cut\.json: cannot be read/)
  } finally {
    dir.remove()
  }
})

type Row = readonly [correction: string, inputs: readonly (string | number)[], result: string]

testIf(
  test,
  shared,
  '../shared',
)('released files give what correctionlib gives, refusals included', () => {
  const folder = join(shared!, 'data/pog')
  const expected = JSON.parse(gunzipSync(readFileSync(join(folder, 'expected.json.gz'))).toString()) as Record<
    string,
    readonly Row[]
  >
  let values = 0
  let refusals = 0
  for (const [file, rows] of Object.entries(expected)) {
    const set = CorrectionSet.read(join(folder, file))
    for (const [name, inputs, want] of rows) {
      const correction = set.compoundNames.includes(name) ? set.compound(name) : set.correction(name)
      const args = correction.inputs.map(({ type }, i) => {
        const given = inputs[i]!
        if (type === 'string') return String(given)
        return type === 'int' ? BigInt64Array.of(BigInt(given)) : Float64Array.of(numberOf(given))
      })
      const what = `${file} > ${name}(${inputs.join(', ')})`
      if (want === 'error') {
        refusals++
        throws(
          () => correction.evaluate(args),
          (e: unknown) => e instanceof DataError,
          what,
        )
      } else {
        values++
        is(correction.evaluate(args)[0], numberOf(want), what)
      }
    }
  }
  ok(values > 3000 && refusals > 100, `${values} values, ${refusals} refusals`)
})

test('long numbers are rounded as correctionlib rounds them', () => {
  const values = { '1.0000731611150935': 1.0000731611150937, '0.1': 0.1, '123456789012345678.5': 123456789012345680 }
  for (const [text, want] of Object.entries(values)) equal(parseCorrectionText(`[${text}]`, 'f'), [want], text)
})

testIf(
  test,
  pythonPath(),
  'Python',
)('a thousand random numbers are read as correctionlib reads them', () => {
  const random = generator(7)
  const texts = Array.from({ length: 1000 }, () => {
    const digits = Array.from({ length: 1 + Math.floor(25 * random()) }, () => Math.floor(10 * random())).join('')
    const point = 1 + Math.floor(digits.length * random())
    const whole = digits.slice(0, point).replace(/^0+(?=\d)/, '')
    const fraction = digits.slice(point) || '0'
    const exponent = random() < 0.3 ? `e${Math.floor(60 * random()) - 40}` : ''
    return `${random() < 0.3 ? '-' : ''}${whole}.${fraction}${exponent}`
  })
  const content = texts.map((text, key) => `{"key": ${key}, "value": ${text}}`)
  const document = `{"schema_version": 2, "corrections": [{"name": "c", "version": 1, "inputs": [{"name": "i", "type": "int"}],
    "output": {"name": "w", "type": "real"}, "data": {"nodetype": "category", "input": "i", "content": [${content}]}}]}`
  const script = `import correctionlib, sys
c = correctionlib.CorrectionSet.from_string(sys.stdin.read())["c"]
for i in range(1000): print(repr(c.evaluate(i)))`
  const { stdout, stderr, status } = spawnSync(pythonPath()!, ['-c', script], { input: document, encoding: 'utf8' })
  is(status, 0, stderr)
  const want = stdout.trim().split('\n').map(Number)
  equal(parseCorrectionText(`[${texts}]`, 'f'), want)
  ok(texts.some((text, i) => Number(text) !== want[i]))
})

/** A linear congruential generator: the same numbers in every run. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
}

/** As Python writes it. */
function numberOf(text: string | number): number {
  return Number(String(text).replace('inf', 'Infinity'))
}

test.run()
