/** The paper that somebody hangs on the wall: one page, wide. */
import { darkModules } from '../../http/qr.js'
import { type Pdf, pdfOf } from '../pdf.js'

/** In points. */
const MARGIN = 56
const QR = 96
/** So that no white hair is seen between two squares. */
const SEAM = 0.05
const GREEN = '#1f6f6b'
const SOFT = '#4a5552'

export type CertificateWords = {
  language: string
  title: string
  lead: string
  name: string
  organisation: string | undefined
  did: string
  programme: string
  facts: readonly string[]
  date: string
  signature: string
  code: string
  check: string
  /** What the QR opens; without an address of the house there is none. */
  link: string | undefined
}

export const certificatePdf = (words: CertificateWords): Promise<Buffer> =>
  pdfOf({ title: words.title, margin: MARGIN, layout: 'landscape', language: words.language }, (pdf) => {
    const { width, height } = pdf.page
    const room = width - 2 * MARGIN
    frame(pdf, width, height)
    const centred = (text: string, font: 'plain' | 'bold', size: number, gap: number, colour = '#000') =>
      pdf
        .font(font)
        .fontSize(fitting(pdf.font(font), text, size, room))
        .fillColor(colour)
        .text(text, MARGIN, pdf.y + gap, { width: room, align: 'center' })

    pdf.y = MARGIN + 26
    centred(words.title.toLocaleUpperCase(words.language), 'bold', 30, 0, GREEN)
    centred(words.lead, 'plain', 12, 20, SOFT)
    centred(words.name, 'bold', 28, 10)
    if (words.organisation) centred(words.organisation, 'plain', 13, 4, SOFT)
    centred(words.did, 'plain', 12, 24, SOFT)
    centred(words.programme, 'bold', 18, 8)
    for (const [nth, fact] of words.facts.entries()) centred(fact, 'plain', 12, nth === 0 ? 22 : 4)

    const foot = height - MARGIN - QR - 8
    if (words.link) qr(pdf, words.link, MARGIN + 8, foot)
    const beside = words.link ? MARGIN + 8 + QR + 16 : MARGIN + 8
    pdf
      .font('bold')
      .fontSize(11)
      .fillColor('#000')
      .text(words.code, beside, foot + 30, { width: 300 })
    pdf
      .font('plain')
      .fontSize(9)
      .fillColor(SOFT)
      .text(words.check, beside, pdf.y + 4, { width: 300 })
    const sign = width - MARGIN - 230
    pdf
      .font('plain')
      .fontSize(11)
      .fillColor('#000')
      .text(words.date, sign, foot + 8, { width: 222, align: 'center' })
    pdf
      .moveTo(sign, foot + 64)
      .lineTo(sign + 222, foot + 64)
      .lineWidth(0.7)
      .stroke('#888')
    pdf
      .font('plain')
      .fontSize(9)
      .fillColor(SOFT)
      .text(words.signature, sign, foot + 69, { width: 222, align: 'center' })
  })

/** A long name is written smaller rather than broken. */
function fitting(pdf: Pdf, text: string, size: number, room: number): number {
  const wide = pdf.fontSize(size).widthOfString(text)
  return wide <= room ? size : Math.max(9, (size * room) / wide)
}

function frame(pdf: Pdf, width: number, height: number): void {
  pdf
    .rect(24, 24, width - 48, height - 48)
    .lineWidth(2)
    .stroke(GREEN)
  pdf
    .rect(30, 30, width - 60, height - 60)
    .lineWidth(0.6)
    .stroke(GREEN)
}

function qr(pdf: Pdf, link: string, left: number, top: number): void {
  const { size, dark } = darkModules(link)
  const side = QR / size
  for (const [x, y] of dark) pdf.rect(left + x * side, top + y * side, side + SEAM, side + SEAM)
  pdf.fill('#000')
}
