/** A table as an Excel workbook of one sheet, row after row. Words stand in their cells as words, so that none runs as a formula. */
import { type Entry, zip } from './zip.js'

export type Value = string | number | null

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** What every workbook has, whatever is in it (ECMA-376, part 1). */
const PARTS: Record<string, string> = {
  '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
  '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf/></cellXfs></styleSheet>`,
}

const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
/** XML has no place for these. */
const CONTROL = /(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]|\p{Cs}/gu

/** A, B, … Z, AA, AB, … */
const column = (nth: number): string =>
  (nth >= 26 ? column(Math.floor(nth / 26) - 1) : '') + String.fromCharCode(65 + (nth % 26))

const cell = (value: Value, at: string): string => {
  if (value === null || value === '') return ''
  if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`
  const text = value.replace(CONTROL, '\uFFFD').replace(/[&<>]/g, (mark) => MARKS[mark] ?? '')
  return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`
}

async function* sheet(rows: AsyncIterable<readonly Value[]>): AsyncGenerator<string> {
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>`
  let n = 0
  for await (const row of rows) {
    n++
    yield `<row r="${n}">${row.map((value, nth) => cell(value, `${column(nth)}${n}`)).join('')}</row>`
  }
  yield '</sheetData></worksheet>'
}

export function xlsx(rows: AsyncIterable<readonly Value[]>): AsyncGenerator<Buffer> {
  const parts = Object.entries(PARTS).map(([name, text]): Entry => ({ name, content: [text] }))
  return zip([...parts, { name: 'xl/worksheets/sheet1.xml', content: sheet(rows) }])
}
