/** QR codes as a telephone sees them: painted, and read by a reader that is not ours. */
import { inflateSync } from 'node:zlib'
import { PNG } from 'pngjs'
import decodeQR from 'qr/decode.js'

type Square = { x: number; y: number; side: number }
/** What of the drawing is looked at, white where nothing is drawn; `module` is the side of the code's smallest square. */
type Field = { left: number; top: number; side: number; module: number }

const PIXELS_PER_MODULE = 4
/** The white around a code, in modules, as the standard wants it. */
const QUIET = 4

/** What the code of a picture says. Throws when it cannot be read, as all of these do. */
export function readPng(content: Uint8Array): string {
  const { width, height, data } = PNG.sync.read(Buffer.from(content))
  return decodeQR({ width, height, data })
}

export function readSvg(svg: string): string {
  const [, side = ''] = /viewBox="0 0 (\d+) \1"/.exec(svg) ?? []
  const [, path = ''] = /fill="#000" d="([^"]+)"/.exec(svg) ?? []
  const squares = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => ({
    x: Number(x),
    y: Number(y),
    side: 1,
  }))
  return readSquares(squares, { left: 0, top: 0, side: Number(side), module: 1 })
}

/** Every code that a PDF draws of squares: those that are filled at once are one code. */
export function readPdf(content: Uint8Array): string[] {
  const streams = Buffer.from(content)
    .toString('latin1')
    .matchAll(/\/Filter \/FlateDecode\n>>\nstream\n([\s\S]*?)\nendstream/g)
  return [...streams]
    .flatMap(([, packed = '']) => inflateSync(Buffer.from(packed, 'latin1')).toString('latin1').split(/\nf\n/))
    .map(squaresIn)
    .filter(({ length }) => length > 0)
    .map((squares) => {
      const [left, top] = [Math.min(...squares.map(({ x }) => x)), Math.min(...squares.map(({ y }) => y))]
      const columns = [...new Set(squares.map(({ x }) => x))].sort((one, other) => one - other)
      const module = Math.min(...columns.slice(1).map((x, nth) => x - (columns[nth] ?? 0)))
      const side = (columns.at(-1) ?? 0) + module - left
      const quiet = QUIET * module
      return readSquares(squares, { left: left - quiet, top: top - quiet, side: side + 2 * quiet, module })
    })
}

const squaresIn = (drawing: string): Square[] =>
  [...drawing.matchAll(/^([\d.]+) ([\d.]+) ([\d.]+) \3 re$/gm)].map(([, x, y, side]) => ({
    x: Number(x),
    y: Number(y),
    side: Number(side),
  }))

function readSquares(squares: readonly Square[], field: Field): string {
  const pixels = (length: number) => Math.round((length / field.module) * PIXELS_PER_MODULE)
  const width = pixels(field.side)
  const data = new Uint8Array(width * width * 4).fill(255)
  for (const { x, y, side } of squares) {
    const [left, right] = [pixels(x - field.left), pixels(x - field.left + side)]
    for (let row = pixels(y - field.top); row < pixels(y - field.top + side); row++)
      for (let column = left; column < right; column++)
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3)
  }
  return decodeQR({ width, height: width, data })
}
