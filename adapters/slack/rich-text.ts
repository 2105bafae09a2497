/**
 * Plain words as Slack's blocks. Rich text is the only block that shows every character as it is and still lets a link be pressed:
 * `mrkdwn` reads stars and underscores as markup, and in `plain_text` an address is only letters.
 */
import type { types } from '@slack/bolt'
import { SLACK_BLOCK_TEXT_MAX, SLACK_FALLBACK_TEXT_MAX } from './limits.js'

/** Stops before what closes a sentence or a bracket. */
const LINK = /https?:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]}»…]/gi

const isHighSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff

/** Cuts at the last line break or space that fits; nothing is left out, the parts together are the text. */
export function chunks(text: string, max: number): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > max) {
    const window = rest.slice(0, max)
    const at = Math.max(window.lastIndexOf('\n'), window.lastIndexOf(' ')) + 1
    let end = at > max / 2 ? at : max
    if (isHighSurrogate(rest.charCodeAt(end - 1))) end -= 1
    parts.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  return rest ? [...parts, rest] : parts
}

function elements(text: string): types.RichTextElement[] {
  const found: types.RichTextElement[] = []
  let from = 0
  for (const { 0: url, index } of text.matchAll(LINK)) {
    if (!URL.canParse(url)) continue
    if (index > from) found.push({ type: 'text', text: text.slice(from, index) })
    found.push({ type: 'link', url })
    from = index + url.length
  }
  if (from < text.length) found.push({ type: 'text', text: text.slice(from) })
  return found
}

/** `firstId` becomes the name of the first block. */
export const textBlocks = (text: string, firstId?: string): types.RichTextBlock[] =>
  chunks(text, SLACK_BLOCK_TEXT_MAX).map((part, i) => ({
    type: 'rich_text',
    ...(i === 0 && firstId && { block_id: firstId }),
    elements: [{ type: 'rich_text_section', elements: elements(part) }],
  }))

/** https://docs.slack.dev/messaging/formatting-message-text#escaping */
const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** What notifications and screen readers say in place of the blocks. */
export function fallbackText(text: string): string {
  const [start = ''] = chunks(text, SLACK_FALLBACK_TEXT_MAX - 1)
  return escapeText(start.length < text.length ? `${start.trimEnd()}…` : text)
}
