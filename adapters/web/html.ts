/** HTML that cannot be injected into: whatever is put between the tags is escaped unless it is `Html` itself. */
const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export class Html {
  constructor(private readonly source: string) {}
  toString(): string {
    return this.source
  }
}

type Part = Html | Html[] | string | number | undefined | false

const put = (part: Part): string => {
  if (part === undefined || part === false) return ''
  if (Array.isArray(part)) return part.join('')
  return part instanceof Html ? part.toString() : String(part).replace(/[&<>"']/g, (mark) => MARKS[mark] ?? '')
}

/** @example html`<p>${'<b>'}</p>` is `<p>&lt;b&gt;</p>` */
export const html = (texts: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(texts.reduce((all, text, i) => all + put(parts[i - 1]) + text))
