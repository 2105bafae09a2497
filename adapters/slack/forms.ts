/**
 * A button that asks for words: what its form shows travels in the button itself, so that it opens after a restart and at any process.
 */
import type { types } from '@slack/bolt'
import { z } from 'zod'
import type { OutForm } from '../adapter.js'
import { SLACK_BUTTON_VALUE_MAX, SLACK_INPUT_LABEL_MAX, SLACK_INPUT_MAX, SLACK_MODAL_TITLE_MAX } from './limits.js'

export const FORM_ID = 'rahnamo-form'
export const WORDS_BLOCK = 'words'
export const WORDS_INPUT = 'input'

/** Shown under the words when they could not be stored; we know only that the reader has a form open, not their language. */
const NOT_STORED = 'Не сохранилось, нажмите ещё раз. · Not saved, please press again.'
export const notStored = { response_action: 'errors', errors: { [WORDS_BLOCK]: NOT_STORED } } as const

const Packed = z.object({
  d: z.string(),
  t: z.string(),
  l: z.string(),
  s: z.string(),
  m: z.number(),
  w: z.string().optional(),
})

/** Words to begin with that do not fit into a button are left out whole: cut ones might be sent as they are. */
export function packForm(data: string, { title, label, send, max, text }: OutForm): string {
  const packed = { d: data, t: title, l: label, s: send, m: max }
  const whole = JSON.stringify(text ? { ...packed, w: text } : packed)
  return whole.length <= SLACK_BUTTON_VALUE_MAX ? whole : JSON.stringify(packed)
}

/** Where the words belong once they are sent. */
export const FormOrigin = z.object({
  data: z.string(),
  address: z.string(),
  messageKey: z.string().optional(),
  group: z.boolean().optional(),
})
export type FormOrigin = z.infer<typeof FormOrigin>

/** What was pressed: the form, or `undefined` for a value that is none. */
export function unpackForm(value: string): { data: string; form: OutForm } | undefined {
  const { data: packed } = Packed.safeParse(parse(value))
  if (!packed) return undefined
  const { d, t, l, s, m, w } = packed
  return { data: d, form: { title: t, label: l, send: s, max: m, ...(w && { text: w }) } }
}

/** JSON that somebody else may have written; `undefined` when it is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const cut = (text: string, max: number) => (text.length <= max ? text : `${text.slice(0, max - 1)}…`)
const short = (text: string) => ({ type: 'plain_text', text: cut(text, SLACK_MODAL_TITLE_MAX) }) as const

export function formView(form: OutForm, origin: FormOrigin): types.ModalView {
  const max = Math.max(1, Math.min(form.max, SLACK_INPUT_MAX))
  return {
    type: 'modal',
    callback_id: FORM_ID,
    private_metadata: JSON.stringify(origin),
    title: short(form.title),
    submit: short(form.send),
    blocks: [
      {
        type: 'input',
        block_id: WORDS_BLOCK,
        label: { type: 'plain_text', text: cut(form.label, SLACK_INPUT_LABEL_MAX) },
        element: {
          type: 'plain_text_input',
          action_id: WORDS_INPUT,
          multiline: true,
          max_length: max,
          ...(form.text && { initial_value: form.text.slice(0, max) }),
        },
      },
    ],
  }
}
