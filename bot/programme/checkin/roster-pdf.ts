/** The list on paper: for a room without telephones. Names as they are written, lines to sign on. */
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import type { Row } from './roster.js'

/** Has every letter of our languages. */
export const FONTS = {
  plain: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  bold: 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
}
export const fontFile = (name: keyof typeof FONTS): string => createRequire(import.meta.url).resolve(FONTS[name])

/** A4, in points. */
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
export async function rosterPdf({ title, subtitle, columns, footer }: Paper, rows: readonly Row[]): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4', margin: MARGIN, info: { Title: title } })
  const chunks: Buffer[] = []
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
  })
  pdf.registerFont('plain', fontFile('plain')).registerFont('bold', fontFile('bold'))
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
  pdf.end()
  return done
}
