/** The list on paper: for a room without telephones. Names as they are written, lines to sign on. */
import { pdfOf } from '../pdf.js'
import type { Row } from './roster.js'

/** In points. */
const MARGIN = 42
const ROW = 24
const NUMBER = 26
const NAME = 200

export type Paper = {
  title: string
  /** Day, hours, place. */
  subtitle: string
  /** The heads of the columns: a name, then a signature for each point. */
  columns: readonly string[]
  /** A line under the list, for the trainer's signature. */
  footer: string
}

/** Ready to be printed. */
export const rosterPdf = ({ title, subtitle, columns, footer }: Paper, rows: readonly Row[]): Promise<Buffer> =>
  pdfOf({ title, margin: MARGIN }, (pdf) => {
    const width = pdf.page.width - 2 * MARGIN
    const bottom = pdf.page.height - MARGIN - 2 * ROW
    const [first = '', ...points] = columns
    const each = (width - NUMBER - NAME) / Math.max(1, points.length)
    const line = (y: number) =>
      pdf
        .moveTo(MARGIN, y)
        .lineTo(MARGIN + width, y)
        .lineWidth(0.5)
        .stroke('#888')
    const cell = (words: string, x: number, y: number, room: number) =>
      pdf.text(words, x + 3, y + 7, { width: room - 6, height: ROW - 8, ellipsis: true, lineBreak: false })

    const head = (y: number): number => {
      pdf.font('bold').fontSize(9).fillColor('#000')
      cell(first, MARGIN + NUMBER, y, NAME)
      points.forEach((words, i) => {
        cell(words, MARGIN + NUMBER + NAME + i * each, y, each)
      })
      line(y + ROW)
      pdf.font('plain').fontSize(10)
      return y + ROW
    }

    pdf.font('bold').fontSize(15).text(title).font('plain').fontSize(10).text(subtitle)
    let y = head(pdf.y + 12)
    rows.forEach(({ name }, i) => {
      if (y + ROW > bottom) {
        pdf.addPage()
        y = head(MARGIN)
      }
      cell(`${i + 1}.`, MARGIN, y, NUMBER)
      cell(name, MARGIN + NUMBER, y, NAME)
      line(y + ROW)
      y += ROW
    })
    pdf.text(footer, MARGIN, y + ROW, { width })
  })
