/** A message as the page's script gets it: its parts, and the same drawn. */
import { randomUUID } from 'node:crypto'
import type { Words } from '../../bot/conversation/words.js'
import type { Language } from '../../bot/text/languages.js'
import type { HistoryItem } from '../adapter.js'
import { isShown, messageHtml, sayIn } from './message-html.js'

export type Wire = Omit<HistoryItem, 'at'> & { at: string; html: string }

export const toWire = (item: HistoryItem, words: Pick<Words, 'say'>, language: Language): Wire => ({
  ...item,
  at: item.at.toISOString(),
  html: isShown(item) ? messageHtml(item, sayIn(words, language), randomUUID()).toString() : '',
})
