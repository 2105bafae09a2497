/** Pages as their readers see them: words without tags. */

const SIGNS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: '\u00A0' }

export const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&(#?\w+);/g, (whole, name: string) => SIGNS[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim()

/** What stands between every such pair. */
export const between = (html: string, begin: string | RegExp, end: string): string[] =>
  html
    .split(begin)
    .slice(1)
    .map((rest) => rest.slice(0, Math.max(0, rest.indexOf(end))))
