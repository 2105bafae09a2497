/** What a place is told, in plain words: who said it first, then what. No name, no account, no number. */
import { split } from '../../conversation/render.js'
import type { Labels } from '../labels.js'
import type { Item } from './items.js'

/** Texts of `rooms.json`, and the labels of the desk, in the group's language. */
export type PlaceWords = Labels & { room(key: string, values?: Record<string, string | number>): string }

/** The parts of one item; with a file, its words stand beside it when they are short enough. */
export function linesOf(item: Item, words: PlaceWords, limit: number): string[] {
  return split(lineOf(item, words), limit)
}

function lineOf(item: Item, words: PlaceWords): string {
  const { room } = words
  if (item.kind === 'remark') {
    const { alias } = item.values
    return room(item.key, alias === undefined ? item.values : { ...item.values, alias: words.alias(String(alias)) })
  }
  if (item.kind === 'note') return room('line.note', { alias: words.alias(item.alias), text: item.text })
  const { body, author, alias } = item
  if (body.event) return room('line.event', { text: words.say(`events.${body.event}`) })
  const text = [body.shared ? words.say(`shared.${body.shared}`) : body.text, fileWords(item, words)]
    .filter(Boolean)
    .join('\n')
  if (author === 'staff')
    return room(body.edits ? 'line.staffCorrects' : 'line.staff', { alias: words.alias(alias ?? ''), text })
  return room(body.corrects ? 'line.clientCorrects' : 'line.client', { text })
}

const fileWords = ({ file }: Extract<Item, { kind: 'message' }>, words: PlaceWords): string =>
  file?.state === 'failed' || file?.state === 'held' ? words.say(`file.${file.state}`) : ''
