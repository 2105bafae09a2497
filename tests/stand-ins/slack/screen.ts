/** What people see of blocks. */
import { richText } from './rules.js'
import type { Block } from './world.js'

export type SeenButton = { label: string; data?: string; url?: string }
export type Seen = {
  key: string
  text: string
  rows: SeenButton[][]
  /** What a day or several options can be picked with; `options` are labels. */
  picker?: { placeholder: string; options?: string[]; ticked?: string[] }
  files: string[]
  thread?: string | undefined
}

export type Element = {
  type: string
  action_id: string
  text?: { text: string }
  value?: string
  url?: string
  placeholder?: { text: string }
  options?: Option[]
  initial_options?: Option[]
}
export type Option = { text: { text: string }; value: string }

export const elementsOf = (block: Block): Element[] => {
  if (block.type === 'section') return [Object(block).accessory]
  return block.type === 'actions' ? Object(block).elements : []
}
export const isPicker = ({ type }: Element) => type === 'datepicker' || type === 'multi_static_select'
const labelsOf = (options: Option[] = []) => options.map(({ text }) => text.text)

/** The words and buttons of blocks, as they are on the screen. */
export function screen(blocks: Block[] = []) {
  const text = blocks.map((block) => (block.type === 'rich_text' ? richText(block) : '')).join('')
  const rows = blocks
    .map((block) => elementsOf(block).filter((one) => !isPicker(one)))
    .filter((elements) => elements.length > 0)
    .map((elements) =>
      elements.flatMap((one): SeenButton[] =>
        one.options
          ? one.options.map(({ text: { text: label }, value }) => ({ label, data: value }))
          : [{ label: one.text?.text ?? '', ...(one.url ? { url: one.url } : { data: one.value ?? '' }) }],
      ),
    )
  const picker = blocks.flatMap(elementsOf).find(isPicker)
  if (!picker) return { text, rows }
  const { placeholder, options, initial_options: ticked } = picker
  const lists = { ...(options && { options: labelsOf(options) }), ...(ticked && { ticked: labelsOf(ticked) }) }
  return { text, rows, picker: { placeholder: placeholder?.text ?? '', ...lists } }
}
