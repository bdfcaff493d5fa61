/** An SVG as PNG, by resvg (a renderer in Rust, as WebAssembly: the same pixels on every machine). It is loaded here only. */
import { readFileSync } from 'node:fs'
import { placeOf } from '../core/places.js'

type Library = typeof import('@resvg/resvg-wasm')

let loading: Promise<Library> | undefined

async function load(): Promise<Library> {
  const library: Library = await import(placeOf('lib/plot/libraries/resvg.mjs').href)
  await library.initWasm(readFileSync(placeOf('lib/plot/libraries/resvg.wasm')))
  return library
}

/** scale: pixels of the PNG for one of the SVG. */
export async function pngOf(svg: string, scale: number): Promise<Buffer> {
  loading ??= load()
  const { Resvg } = await loading
  const renderer = new Resvg(svg, { fitTo: { mode: 'zoom', value: scale }, font: { loadSystemFonts: false } })
  try {
    const image = renderer.render()
    try {
      return Buffer.from(image.asPng())
    } finally {
      image.free()
    }
  } finally {
    renderer.free()
  }
}
