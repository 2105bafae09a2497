/** What Slack's own client makes of typed words: https://docs.slack.dev/messaging/formatting-message-text */
import type { Block } from './world.js'

const URL_TYPED = /https?:\/\/[^\s)\]]+/g
const EMOJI = /\p{Extended_Pictographic}(?:\u{200d}\p{Extended_Pictographic})*/gu

export const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Links in brackets, emoji as names; the blocks have the characters. */
export function compose(typed: string): { text: string; blocks: Block[] } {
  const emoji: Record<string, unknown>[] = []
  const text = escapeText(typed)
    .replace(URL_TYPED, (url) => `<${url}>`)
    .replace(EMOJI, (character) => {
      const name = `canary-emoji-${emoji.length}`
      const unicode = [...character].map((one) => one.codePointAt(0)?.toString(16)).join('-')
      emoji.push({ type: 'emoji', name, unicode })
      return `:${name}:`
    })
  const elements = [{ type: 'text', text: typed.slice(0, 100) }, ...emoji]
  return {
    text,
    blocks: [{ type: 'rich_text', block_id: 'typed', elements: [{ type: 'rich_text_section', elements }] }],
  }
}
