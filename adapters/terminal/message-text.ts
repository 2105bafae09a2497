/** A message as lines that can be read aloud: the words, then what can be pressed, each with its number. */
import type { Outbound } from '../adapter.js'
import { pressable } from './read-line.js'

/** `fileAt` is where the message's file was put. */
export function messageText(
  { text, buttons, request, file }: Omit<Outbound, 'id' | 'address'>,
  fileAt?: string,
): string {
  const links = (buttons ?? []).flat().flatMap((button) => ('url' in button ? `  ${button.label}: ${button.url}` : []))
  return [
    '',
    ...(text ? [text] : []),
    ...(file ? [`  ${fileAt ?? file.name} (${Math.max(1, Math.round(file.content.length / 1024))} kB)`] : []),
    ...pressable(buttons).map((button, i) => `  ${i + 1}. ${button.label}`),
    ...links,
    ...(request ? [`  ${request.label}`] : []),
    '',
  ].join('\n')
}
