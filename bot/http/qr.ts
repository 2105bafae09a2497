/** A QR code as a picture of lines: drawn here, so that the page needs no script for it and no other server. */
import { create, toBuffer } from 'qrcode'
import { type Html, html } from './html.js'

/** The white around it, in modules, as the standard wants it. */
const QUIET = 4

/** The dark modules of a code, row by row. */
export function qrModules(text: string): { size: number; isDark(row: number, column: number): boolean } {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  return { size, isDark: (row, column) => data[row * size + column] === 1 }
}

/** Large enough for a camera that looks at a telephone. */
const PIXELS_PER_MODULE = 12

/** As a picture (PNG), for messengers. */
export const qrPicture = (text: string): Promise<Buffer> =>
  toBuffer(text, { errorCorrectionLevel: 'M', margin: QUIET, scale: PIXELS_PER_MODULE })

export function qrCode(text: string, label: string): Html {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  const side = size + 2 * QUIET
  const dark = Array.from(data, (bit, i) =>
    bit ? `M${(i % size) + QUIET} ${Math.floor(i / size) + QUIET}h1v1h-1z` : '',
  )
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${dark.join('')}"/></svg>`
}
