/** The monthly summary on paper, with lines for the signatures. */
import { type Pdf, pdfOf } from '../pdf.js'

/** In points. */
const MARGIN = 56
const ROW = 18
/** What two signatures take. */
const SIGNATURES = 120

export type SummaryPaper = {
  language: string
  title: string
  /** Programme, group, city; month. */
  subtitle: readonly string[]
  sections: readonly { title: string; rows: readonly (readonly [string, string])[]; empty?: string }[]
  signatures: readonly string[]
  /** When it was made. */
  footer: string
}

export const summaryPdf = (paper: SummaryPaper): Promise<Buffer> =>
  pdfOf({ title: paper.title, margin: MARGIN, language: paper.language }, (pdf) => {
    const room = pdf.page.width - 2 * MARGIN
    const bottom = pdf.page.height - MARGIN
    const need = (height: number) => {
      if (pdf.y + height > bottom) pdf.addPage()
    }
    pdf.font('bold').fontSize(18).text(paper.title)
    pdf.font('plain').fontSize(11).fillColor('#333')
    for (const line of paper.subtitle) pdf.text(line, { width: room })
    for (const { title, rows, empty } of paper.sections) {
      need(4 * ROW)
      pdf
        .font('bold')
        .fontSize(12)
        .fillColor('#000')
        .text(title, MARGIN, pdf.y + 16)
      pdf.font('plain').fontSize(10)
      if (rows.length === 0 && empty) pdf.text(empty, MARGIN, pdf.y + 6)
      for (const [name, value] of rows) {
        need(ROW)
        line(pdf, name, value, room)
      }
    }
    need(SIGNATURES)
    sign(pdf, paper.signatures, room)
    pdf
      .fontSize(8)
      .fillColor('#555')
      .text(paper.footer, MARGIN, pdf.y + 14, { width: room })
  })

function line(pdf: Pdf, name: string, value: string, room: number): void {
  const y = pdf.y + 4
  pdf.text(name, MARGIN, y, { width: room - 130, height: ROW - 4, ellipsis: true, lineBreak: false })
  pdf.text(value, MARGIN + room - 120, y, { width: 120, align: 'right', lineBreak: false })
  pdf
    .moveTo(MARGIN, y + 13)
    .lineTo(MARGIN + room, y + 13)
    .lineWidth(0.4)
    .stroke('#aaa')
  pdf.y = y + 14
}

function sign(pdf: Pdf, signatures: readonly string[], room: number): void {
  const y = pdf.y + 66
  const each = room / Math.max(1, signatures.length)
  for (const [nth, words] of signatures.entries()) {
    const x = MARGIN + nth * each
    pdf
      .moveTo(x, y)
      .lineTo(x + each - 24, y)
      .lineWidth(0.7)
      .stroke('#000')
    pdf
      .fontSize(8.5)
      .fillColor('#333')
      .text(words, x, y + 4, { width: each - 24 })
  }
}
