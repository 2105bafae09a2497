import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

export type Promised = { number: string; state: 'holds' | 'in part' | 'not yet'; what: string }

/** "| S05 | holds | Channel ids are … |": one row of the table in SECURITY.md. */
const ROW = /^\| (S\d\d) \| (holds|in part|not yet) \| ([^|]+) \|/

/** Every promise of SECURITY.md, as it says of itself. */
export const promisesOf = (text: string): Promised[] =>
  text.split('\n').flatMap((line) => {
    const [, number, state, what] = ROW.exec(line) ?? []
    return number && what ? [{ number, state: state as Promised['state'], what: what.trim() }] : []
  })

/** The names of tests, in code and in transcripts. */
const NAMES = [
  /\b(?:it|test|describe|stories)\b[^'"`\n]*(?:\(|\n\s*)(['"`])((?:(?!\1).)*\bS\d\d\b(?:(?!\1).)*)\1/g,
  /^(?:name|title|#) ?:? ?()(.*\bS\d\d\b.*)$/gm,
]

/** Which tests say that they prove a promise, by its number: "file: name". */
export function testsOf(folder: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(test\.ts|yaml)$|contract\.ts$|-story\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    for (const pattern of file.endsWith('.yaml') ? NAMES.slice(1) : NAMES.slice(0, 1))
      for (const [, , name = ''] of text.matchAll(pattern))
        for (const [number] of name.matchAll(/\bS\d\d\b/g))
          found.set(number, [...(found.get(number) ?? []), `${relative(folder, file)}: ${name}`])
  }
  return found
}
