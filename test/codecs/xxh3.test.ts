/** XXH3 beside hashes that its reference implementation gave. */
import { test } from 'uvu'
import { is, ok } from 'uvu/assert'
import { matchesXxh3, xxh3 } from '../../lib/codecs/xxh3.js'

const BYTES = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i * 7 + i * 13 + (i >> 3)) & 255)

/** Python: xxhash.xxh3_64_hexdigest(bytes[:length]), at each border between the ways in which lengths are hashed. */
const HASHES: readonly (readonly [number, string])[] = [
  [0, '2d06800538d394c2'],
  [1, 'c44bdff4074eecdb'],
  [2, 'dac72d23cbf01267'],
  [3, '6647634850539fa2'],
  [4, '26dfb56de65c55cd'],
  [7, 'b4412ff26fbd30b6'],
  [8, '83a192ada40b0ce9'],
  [9, '5e0cf1d6b2bd57b6'],
  [12, '8c4549dedcf25bf2'],
  [16, '7d6c8268f6254119'],
  [17, 'b103fddb6554bad7'],
  [31, '1034becb859338c8'],
  [32, 'facd22cf9e8cfa18'],
  [33, '0b3fb704e3c91b66'],
  [64, '078fab4c6100357e'],
  [65, '760ab4e42bdce8e4'],
  [96, '2eebab2f2fdd0bd4'],
  [97, '3b87f0e499cb0353'],
  [128, 'e55e988e5b0e291e'],
  [129, 'ba5923499d25d2d2'],
  [144, 'c46dda5ec792f917'],
  [200, '9e65e06fab07781b'],
  [239, '32dee0917b54feef'],
  [240, 'd5d4b763c47fd957'],
  [241, '7218603f741493ce'],
  [255, '6d3ad36fd5c96a55'],
  [256, '88e4c0d301c4aa2d'],
  [512, '74d899ca37cccbfa'],
  [1023, 'cd6ad5b3b72fe19b'],
  [1024, '42fe8b0f2443c6d8'],
  [1025, '232373451a36ab9d'],
  [1088, '4bcecdc5280bd5b7'],
  [1089, '41ffe87689ab0470'],
  [2048, 'cc1bfba04e6be12a'],
  [2049, '1c96a829ccb45d9f'],
  [20000, '88968f2d75e437b0'],
  [64511, '9d8f44d32ae4c54c'],
  [64512, 'b3b562386d0c479e'],
  [64513, '0cdcff61f3aad7f5'],
  [64575, '916b273feb6cf4f3'],
  [64576, '54eb9b990b82152d'],
  [64577, '61cb3f26cebb18ad'],
  [129024, '295c46303ec477c8'],
  [129025, '9801777e5250b520'],
  [129087, 'ff643c44ac88ac04'],
  [129089, '18034861f4a00e99'],
  [200000, '231aac10a87a81a2'],
]

test('inputs of every length have the hashes of the reference implementation', () => {
  for (const [length, hash] of HASHES)
    is(xxh3(BYTES.subarray(0, length)).toString(16).padStart(16, '0'), hash, `${length} bytes`)
})

test('a hash is compared with what is stored, lowest byte first', () => {
  const stored = Buffer.alloc(12)
  stored.writeBigUInt64LE(xxh3(BYTES), 3)
  ok(matchesXxh3(BYTES, stored, 3))
  ok(!matchesXxh3(BYTES, stored, 2))
  ok(!matchesXxh3(BYTES.subarray(1), stored, 3))
})

test.run()
