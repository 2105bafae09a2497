/** Slack's way of writing a text down, read back into what its writer sees on the screen. */
import { cleanText, isRecord } from './reading.js'

/** `<…>`: a mention, a link, a date. https://docs.slack.dev/messaging/formatting-message-text */
const BRACKETS = /<([^<>\n]{1,4000})>/g
const EMOJI = /:[a-z0-9_+'-]{1,100}:(?::skin-tone-[2-6]:)?/g
/** Deeper than any list in a list; nothing that nests further was typed. */
const DEPTH_MAX = 8

const withoutScheme = (url: string) => url.replace(/^(?:https?:\/\/|mailto:|tel:)/, '').replace(/\/$/, '')

function link(url: string, label: string | undefined): string {
  // What was typed without a scheme gets one from Slack, and the typed form as its label; a number keeps the form it was typed in.
  if (!label) return url.replace(/^(?:mailto|tel):/, '')
  if (url.startsWith('tel:') || withoutScheme(label) === withoutScheme(url)) return label
  return `${label} (${url})`
}

/** Mentions of people become a word: neither name nor id is ours to know. */
function readBrackets(inner: string): string {
  const [target = '', label] = inner.split(/\|(.*)/s, 2)
  if (target.startsWith('@')) return '@user'
  if (target.startsWith('#')) return `#${label || 'channel'}`
  if (target.startsWith('!subteam')) return '@group'
  if (target.startsWith('!date')) return label ?? ''
  if (target.startsWith('!')) return `@${target.slice(1)}`
  return link(target, label)
}

/** An emoji is written as its name; the character itself stands in the blocks. */
function collectEmoji(value: unknown, found: Map<string, string>, depth = 0): void {
  if (depth > DEPTH_MAX) return
  if (Array.isArray(value)) for (const one of value) collectEmoji(one, found, depth + 1)
  if (!isRecord(value)) return
  const { type, name, unicode, elements } = value
  if (type === 'emoji' && typeof name === 'string' && typeof unicode === 'string') {
    const character = fromCodes(unicode)
    if (character) found.set(`:${name}:`, character)
  }
  collectEmoji(elements, found, depth + 1)
}

function fromCodes(unicode: string): string | undefined {
  const codes = unicode.split('-').map((code) => Number.parseInt(code, 16))
  const isCode = (code: number) => code >= 0x20 && code <= 0x10ffff
  return codes.length <= 16 && codes.every(isCode) ? String.fromCodePoint(...codes) : undefined
}

const unescapeText = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** `blocks` are those of the same message, where it has any. */
export function plainText(text: string, blocks?: unknown): string {
  const emoji = new Map<string, string>()
  collectEmoji(blocks, emoji)
  const read = text
    .replace(BRACKETS, (_whole, inner: string) => readBrackets(inner))
    .replace(EMOJI, (name) => emoji.get(name) ?? name)
  return cleanText(unescapeText(read))
}
