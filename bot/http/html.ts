/** HTML that cannot be injected into: whatever is put between the tags is escaped unless it is `Html` itself. */
const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** HTML has no place for control characters; the replacement character shows that something stood there. */
const CONTROL = /(?![\t\n\r])\p{Cc}/gu

export class Html {
  constructor(private readonly source: string) {}
  toString(): string {
    return this.source
  }
}

export type Part = Html | readonly Html[] | string | number | undefined | null | false

const put = (part: Part): string => {
  if (part === undefined || part === null || part === false) return ''
  if (part instanceof Html) return part.toString()
  if (typeof part === 'object') return part.join('')
  return String(part)
    .replace(CONTROL, '\uFFFD')
    .replace(/[&<>"']/g, (mark) => MARKS[mark] ?? '')
}

/** @example html`<p>${'<b>'}</p>` is `<p>&lt;b&gt;</p>` */
export const html = (texts: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(texts.reduce((all, text, i) => all + put(parts[i - 1]) + text))

/** Marks that turn the direction of what follows: in one line beside our own words they could make it read as something else. */
const DIRECTION_MARKS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** A name for one line, such as a file's. Longer texts are kept apart by `unicode-bidi: isolate` instead. */
export const oneLine = (text: string): string => text.replace(DIRECTION_MARKS, '').replace(/\s+/g, ' ').trim()
