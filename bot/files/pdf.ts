/** More places than any real paper has; a hostile one must not keep us searching. */
const PLACES_MAX = 64
const OBJECT_CHARS_MAX = 64 * 1024

const INFO = /\/Info\s{1,8}(\d{1,10})\s{1,8}\d{1,5}\s{1,8}R/g
const OBJECT = /\b(\d{1,10})\s{1,8}\d{1,5}\s{1,8}obj\b/g
const REFERENCE = /\b(\d{1,10})\s{1,8}\d{1,5}\s{1,8}R\b/g
const STREAM = />>\s{0,8}stream\r?\n/
/** Dates stay: spaces are none, and tell nobody's name. */
const DATE_BEFORE = /\/(CreationDate|ModDate)\s*$/

/**
 * Author, program, title and every other word of the Info dictionary, and XMP: overwritten with spaces of the same length, because a PDF
 * finds its parts by counting bytes. NOT stripped: an Info dictionary in a compressed object stream, compressed XMP, an encrypted paper,
 * the names beside comments, and the Exif of photos inside.
 */
export function withoutPdfTraces(bytes: Buffer): Uint8Array {
  // One character for each byte, so that places in the text are places in the file.
  const text = bytes.toString('latin1')
  // Their strings are sealed: spaces would come out as noise, or not at all.
  if (/\/Encrypt\s{0,8}(\d|<<)/.test(text)) return bytes
  blankXmp(bytes, text)
  const infos = objectsOf(text, numbersIn(text, INFO))
  // A value may stand in an object of its own.
  const values = objectsOf(text, numbersIn(infos.map(({ words }) => words).join(' '), REFERENCE))
  for (const { words, start } of [...infos, ...values]) blankStrings(bytes, words, start)
  return bytes
}

function numbersIn(text: string, pattern: RegExp): Set<string> {
  const found = new Set<string>()
  for (const [, number = ''] of text.matchAll(pattern)) if (found.size < PLACES_MAX) found.add(number)
  return found
}

/** Every object with one of these numbers: a paper that was changed holds the older ones too. */
function objectsOf(text: string, numbers: Set<string>): { start: number; words: string }[] {
  const found: { start: number; words: string }[] = []
  if (numbers.size === 0) return found
  let looked = 0
  for (const match of text.matchAll(OBJECT)) {
    if (!numbers.has(match[1] ?? '')) continue
    // Also those that turn out to be something else: a million of them would keep us reading.
    if (++looked > PLACES_MAX) break
    const start = match.index + match[0].length
    const [words = ''] = text.slice(start, start + OBJECT_CHARS_MAX).split('endobj', 1)
    // The words of a stream are not strings: a page, say, that a lying Info points at.
    if (!STREAM.test(words)) found.push({ start, words })
  }
  return found
}

/** `(words)`, with brackets inside and `\)`, and `<hex>`; in the latter spaces count as nothing. */
function blankStrings(bytes: Buffer, words: string, offset: number): void {
  for (let at = 0; at < words.length; at++) {
    const hex = words[at] === '<'
    if (hex && words[at + 1] === '<') at++
    else if (hex || words[at] === '(') {
      const end = hex ? words.indexOf('>', at) : closing(words, at)
      if (end < 0) return
      if (!DATE_BEFORE.test(words.slice(Math.max(0, at - 24), at))) bytes.fill(' ', offset + at + 1, offset + end)
      at = end
    }
  }
}

function closing(words: string, open: number): number {
  let depth = 0
  for (let at = open; at < words.length; at++) {
    if (words[at] === '\\') at++
    else if (words[at] === '(') depth++
    else if (words[at] === ')' && --depth === 0) return at
  }
  return -1
}

function blankXmp(bytes: Buffer, text: string): void {
  for (const name of ['x:xmpmeta', 'rdf:RDF']) {
    for (let at = text.indexOf(`<${name}`); at >= 0; ) {
      const end = text.indexOf(`</${name}>`, at)
      if (end < 0) break
      bytes.fill(' ', at, end + name.length + 3)
      at = text.indexOf(`<${name}`, end)
    }
  }
}
