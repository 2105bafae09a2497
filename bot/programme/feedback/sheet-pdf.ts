/** Ten slips of paper to cut apart: a QR, the code for who types it, and one line in every language of our clients. */
import { darkModules } from '../../http/qr.js'
import { type Pdf, pdfOf } from '../pdf.js'

/** A4, in points. */
const MARGIN = 30
const COLUMNS = 2
const ROWS = 5
const QR = 104
/** The white that a QR needs around it, too. */
const PAD = 15
const SMALL = 6.5
const LINE = 10

export type Slip = { qr: string; code: string; address: string }

/** `lines` are the same words in each language. */
export const sheetPdf = (title: string, lines: readonly string[], slips: readonly Slip[]): Promise<Buffer> =>
  pdfOf({ title, margin: MARGIN }, (pdf) => drawSheet(pdf, lines, slips))

function drawSheet(pdf: Pdf, lines: readonly string[], slips: readonly Slip[]): void {
  const width = (pdf.page.width - 2 * MARGIN) / COLUMNS
  const height = (pdf.page.height - 2 * MARGIN) / ROWS

  const drawQr = (text: string, x: number, y: number) => {
    const { size, dark } = darkModules(text)
    const side = QR / size
    for (const [column, row] of dark) pdf.rect(x + column * side, y + row * side, side, side)
    pdf.fill('#000')
  }

  const draw = ({ qr, code, address }: Slip, nth: number) => {
    const x = MARGIN + (nth % COLUMNS) * width
    const y = MARGIN + Math.floor(nth / COLUMNS) * height
    pdf.rect(x, y, width, height).dash(3, { space: 3 }).lineWidth(0.5).stroke('#999').undash()
    drawQr(qr, x + PAD, y + PAD)
    const left = x + QR + 2 * PAD
    const room = width - QR - 3 * PAD
    const put = (words: string, at: number, height = LINE) =>
      pdf.text(words, left, at, { width: room, height, ellipsis: true })
    pdf.font('plain').fontSize(SMALL)
    lines.forEach((words, i) => {
      put(words, y + PAD + i * LINE)
    })
    const below = y + PAD + lines.length * LINE + 5
    pdf.font('bold').fontSize(13)
    put(code, below, 2 * LINE)
    pdf.font('plain').fontSize(SMALL)
    put(address, below + 18, 3 * LINE)
  }

  slips.forEach(draw)
}
