/**
 * Everything that tests let the house log is looked through when their file ends: no name, no number, no account and no word of anybody
 * may stand there (S29). Made-up names hold "canary"; whatever persons wrote in the test is looked for as well.
 */
import type { Log } from '../bot/conversation/house.js'
import { createLog } from '../bot/log.js'

/** Shorter words may stand in our own sentences too. */
const LONG_ENOUGH = 8

const lines: string[] = []
const secrets = new Set<string>()

/** A log as the house has it. `also` sees each line. */
export const suiteLog = (also: (line: string) => void = () => undefined): Log =>
  createLog({
    write(line) {
      lines.push(line)
      also(line)
    },
  })

/** Words and addresses that no log may hold from now on. */
export function neverLog(...words: (string | undefined)[]): void {
  for (const word of words) if (word && word.length >= LONG_ENOUGH && !word.startsWith('/')) secrets.add(word)
}

/** What stands in these lines and may not. */
export function leaksIn(log: readonly string[], words: Iterable<string>): string[] {
  const all = log.join('')
  const found = [...words].filter((word) => all.includes(word) || all.includes(JSON.stringify(word).slice(1, -1)))
  return [...found, ...(all.match(/\S*canary\S*/gi) ?? [])]
}

/** @returns what leaked in this file so far */
export const leaks = (): string[] => leaksIn(lines, secrets)
