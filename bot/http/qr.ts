/** A QR code as a picture of lines: drawn here, so that the page needs no script for it and no other server. */
import { create, toBuffer } from 'qrcode'
import { type Html, html } from './html.js'

/** The white around it, in modules, as the standard wants it. */
const QUIET = 4

/** Large enough for a camera that looks at a telephone. */
const PIXELS_PER_MODULE = 12

/** As a picture (PNG), for messengers. */
export const qrPicture = (text: string): Promise<Buffer> =>
  toBuffer(text, { errorCorrectionLevel: 'M', margin: QUIET, scale: PIXELS_PER_MODULE })

/** The code as dark squares, each of side 1 in a field of side `size`, for whatever draws them. */
export function darkModules(text: string): { size: number; dark: [x: number, y: number][] } {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  const dark = Array.from(data).flatMap((bit, i): [number, number][] => (bit ? [[i % size, Math.floor(i / size)]] : []))
  return { size, dark }
}

export function qrCode(text: string, label: string): Html {
  const { size, dark } = darkModules(text)
  const side = size + 2 * QUIET
  const path = dark.map(([x, y]) => `M${x + QUIET} ${y + QUIET}h1v1h-1z`)
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${path.join('')}"/></svg>`
}
