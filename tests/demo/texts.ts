/** The product's own sentences as they are kept, to find a button by its words or to know which question was asked. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../bot/config.js'

const files = new Map<string, Record<string, string>>()

const file = (language: string, namespace: string): Record<string, string> => {
  const path = join(ROOT, 'locales', language, `${namespace}.json`)
  const known = files.get(path) ?? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>)
  files.set(path, known)
  return known
}

/** `report:city.short`, as it stands in the file, with its placeholders. */
export function text(language: string, key: string): string {
  const [namespace = '', name = ''] = key.split(':')
  const found = file(language, namespace)[name]
  if (found === undefined) throw new Error(`There is no text ${key} in ${language}`)
  return found
}

/** All of a namespace, for who looks one up by its words. */
export const texts = (language: string, namespace: string): [string, string][] =>
  Object.entries(file(language, namespace))
