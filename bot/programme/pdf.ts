/** A paper in which every letter of our languages is there: DejaVu Sans, plain and bold. */
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'

const FONTS = {
  plain: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  bold: 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
}
const fontFile = (name: keyof typeof FONTS): string => createRequire(import.meta.url).resolve(FONTS[name])

export type Pdf = PDFKit.PDFDocument

export type Sheet = { title: string; margin: number; layout?: 'portrait' | 'landscape'; language?: string }

/** A4. `draw` writes on it, in the fonts `plain` and `bold`. */
export function pdfOf(
  { title, margin, layout = 'portrait', language }: Sheet,
  draw: (pdf: Pdf) => void,
): Promise<Buffer> {
  const info = { Title: title }
  const pdf = new PDFDocument({ size: 'A4', margin, layout, info, ...(language ? { lang: language } : {}) })
  const chunks: Buffer[] = []
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
  })
  pdf.registerFont('plain', fontFile('plain')).registerFont('bold', fontFile('bold'))
  draw(pdf)
  pdf.end()
  return done
}
