/**
 * The data map (S48), read off the comments of `prisma/schema.prisma`: what each column holds, how it lies there, how long it is kept,
 * and who reads it. One form of comment, `/// words · class: … · stored: … · kept: … · read by: …`; a model speaks for its columns.
 */
import { LIFETIMES } from './lifetimes.js'

export const CLASSES = {
  none: 'nothing about a person',
  technical: 'how the machine works on it; by itself it tells nothing of anybody',
  pseudonym: 'tells persons apart, or something of one, but not who they are',
  personal: 'who somebody is, or how they are reached',
  special: 'words, danger, health, status: what can get somebody hurt',
  secret: 'opens something',
} as const

export const STORED = {
  plain: 'readable to whoever has the database',
  'person key': "sealed with the person's own key; gone for ever with it",
  'house key': "sealed with the house's own key",
  'master key': 'wrapped by the master key, which is not in the database',
  hash: 'a keyed hash: it can be found, not read',
} as const

export const READERS = {
  machine: 'no page and no message shows it',
  self: 'whom it is about, with /mydata, in the chat, or at their own desk',
  consultant: 'who has the case, or may have it',
  supervisor: 'within the limits of the desk',
  administrator: 'looks after the machine; no word of any client',
  worker: 'a community worker of the programme',
  coordinator: 'coordinators, and trainers for their own groups',
  trainer: 'trainers, for their own groups',
  everyone: 'public knowledge',
} as const

export type Column = { name: string; words: string; class: string; stored: string; kept: string[]; readers: string[] }
export type Model = { name: string; table: string; words: string; columns: Column[] }
export type DataMap = { models: Model[]; problems: string[] }

const FORM = '/// words · class: … · stored: … · kept: … · read by: …'
const list = (text: string) => text.split(',').map((each) => each.trim())
const oneOf = (table: object) => Object.keys(table).join(', ')

/** The parts of a comment: its words, and what it says by name. */
function readComment(comment: string, where: string, problems: string[]) {
  const [words = '', ...parts] = comment.split('·').map((part) => part.trim())
  const said: Record<string, string> = {}
  for (const part of parts) {
    const [, name = '', value = ''] = /^(class|stored|kept|read by): (.+)$/.exec(part) ?? []
    if (name) said[name] = value
    else problems.push(`${where}: "${part}" is not understood. Write it as ${FORM}`)
  }
  return { words, said }
}

function check(where: string, column: Column, isBytes: boolean, problems: string[]): void {
  const unknown = (what: string, names: string[], table: object) => {
    for (const name of names)
      if (!Object.hasOwn(table, name))
        problems.push(
          `${where}: ${name ? `"${name}" is no ${what}` : `no ${what} is given`}. Choose of: ${oneOf(table)}.`,
        )
  }
  if (!column.words) problems.push(`${where} has no comment. Say above it, in plain words, what it holds: ${FORM}`)
  unknown('class', [column.class], CLASSES)
  unknown('lifetime', column.kept, LIFETIMES)
  unknown('reader', column.readers, READERS)
  if (isBytes && column.stored === 'plain')
    problems.push(`${where} holds bytes: say how they are sealed, such as "· stored: person key".`)
  else unknown('way of storing', list(column.stored), STORED)
  if (!isBytes && column.stored !== 'plain')
    problems.push(`${where} is no Bytes column, so nothing seals it: leave "stored" out, or change its type.`)
}

/** Reads a schema. What is wrong with its comments is told in sentences that name model, column and remedy. */
export function readDataMap(schema: string): DataMap {
  const problems: string[] = []
  const names = new Set([...schema.matchAll(/^model (\w+)/gm)].map(([, name]) => name))
  const models = [...schema.matchAll(/((?:^\/\/\/[^\n]*\n)*)^model (\w+) \{\n(.*?)^\}/gms)].map(
    ([, above = '', name = '', body = '']): Model => {
      const own = readComment(joined(above.split('\n')), name, problems)
      if (!own.words) problems.push(`${name} has no comment. Say above it what it holds: ${FORM}`)
      const model: Model = { name, table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name, words: own.words, columns: [] }
      let comment: string[] = []
      for (const line of body.split('\n').map((each) => each.trim())) {
        if (line.startsWith('///')) {
          comment.push(line)
          continue
        }
        const [, column = '', type = ''] = /^(\w+)\s+(\w+)/.exec(line) ?? []
        // A relation is no column: the table on its other side holds it.
        if (column && !names.has(type)) {
          const where = `${name}.${column}`
          const { words, said } = readComment(joined(comment), where, problems)
          const all: Record<string, string> = { stored: 'plain', ...own.said, ...said }
          const entry: Column = {
            name: column,
            words,
            class: all.class ?? '',
            stored: all.stored ?? '',
            kept: list(all.kept ?? ''),
            readers: list(all['read by'] ?? ''),
          }
          check(where, entry, type === 'Bytes', problems)
          model.columns.push(entry)
        }
        comment = []
      }
      return model
    },
  )
  return { models, problems }
}

const joined = (lines: string[]) =>
  lines
    .map((line) => line.replace('///', '').trim())
    .join(' ')
    .trim()
