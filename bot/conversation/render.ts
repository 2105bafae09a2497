/** Puts a message of the engine into a person's words and into a channel's measure. */
import type { Button, Picker, Say } from '../engine/types.js'
import type { Language } from '../text/languages.js'
import type { Limits, OutButton, OutPicker } from './channel.js'
import type { Words } from './words.js'

/** What a message says, as it is kept (encrypted) and sent. */
export type Body = {
  text: string
  buttons?: OutButton[][]
  request?: { kind: 'phone' | 'location'; label: string }
  picker?: OutPicker
  /** A correction of an earlier message, by the channel's id of that message. */
  corrects?: string
  /** Carries a correction of our own earlier message (its id) to the channel; the words of that one are changed already. */
  edits?: string
  /** Its writer took it back: nobody but staff sees it any more. */
  takenBack?: boolean
  /** What it said before it was corrected, oldest first. */
  was?: string[]
  /** A contact card or a place, masked until somebody asks to see it. */
  shared?: 'phone' | 'location'
  value?: string
  /** Not words, but something that the client did; only staff see it. */
  event?: string
}

/** Two buttons stand side by side when both labels are this short. */
const SHORT_LABEL = 14
const PER_ROW = 2

function inRows(buttons: OutButton[]): OutButton[][] {
  const rows: OutButton[][] = []
  for (const button of buttons) {
    const last = rows.at(-1)
    const fits = last && last.length < PER_ROW && [...last, button].every(({ label }) => label.length <= SHORT_LABEL)
    if (fits) last.push(button)
    else rows.push([button])
  }
  return rows
}

/** The words of a button as the channel takes them; never ends inside a surrogate pair. */
export const fitLabel = (label: string, limit: number): string =>
  label.length <= limit ? label : `${label.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`

/** Cuts a text at paragraphs, then lines, then words, then anywhere; never inside a surrogate pair. */
export function split(text: string, limit: number): string[] {
  const parts: string[] = []
  let rest = text.trim()
  while (rest.length > limit) {
    const window = rest.slice(0, limit + 1)
    const at = ['\n\n', '\n', ' '].map((mark) => window.lastIndexOf(mark)).find((index) => index > limit / 2)
    let end = at ?? limit
    if (at === undefined && /[\uD800-\uDBFF]/.test(rest[end - 1] ?? '')) end--
    parts.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  return rest || parts.length === 0 ? [...parts, rest] : parts
}

export type Measure = Pick<Limits, 'text' | 'caption' | 'label' | 'buttons'>

/** One message as the parts that the channel takes; buttons hang on the last. */
export function renderSay(
  say: Say,
  words: Words,
  language: Language,
  limits: Measure,
  /** Buttons that stand under every question, such as the one for danger. */
  standing: OutButton[],
): Body[] {
  const label = ({ label }: Button) =>
    fitLabel(typeof label === 'string' ? label : words.say(language, label.key, label.values), limits.label)
  const own = (say.buttons ?? []).map((button) => ({ label: label(button), data: button.data }))
  const rows = [...inRows(own.slice(0, limits.buttons - standing.length)), ...(standing.length > 0 ? [standing] : [])]
  const texts = split(words.say(language, say.text.key, say.text.values), limits.text)
  return texts.map((text, index) => {
    if (index < texts.length - 1) return { text }
    return {
      text,
      ...(rows.length > 0 ? { buttons: rows } : {}),
      ...(say.request
        ? { request: { kind: say.request, label: words.say(language, `common:share.${say.request}`) } }
        : {}),
      ...(say.picker ? { picker: renderPicker(say.picker, words, language, limits) } : {}),
    }
  })
}

function renderPicker(picker: Picker, words: Words, language: Language, { label }: Measure): OutPicker {
  if (picker.kind === 'date') return { ...picker, placeholder: words.say(language, 'common:pick.date') }
  return {
    ...picker,
    label: words.say(language, 'common:pick.several'),
    placeholder: words.say(language, 'common:pick.open'),
    send: words.say(language, 'common:done'),
    options: picker.options.map((option) => ({ ...option, label: fitLabel(option.label, label) })),
  }
}
