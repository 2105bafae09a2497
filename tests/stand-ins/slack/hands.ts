/** What one person does with the elements of a message: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
import { type Element, elementsOf, isPicker, type Option } from './screen.js'
import type { Block } from './world.js'

/** `press` and `tick` name labels; `day` is YYYY-MM-DD. */
export type Doing = { press: string } | { day: string } | { tick: string[] }

export function createHands() {
  /** What was picked last, by block: Slack tells it with whatever is done on that message. */
  const picked = new Map<string, Record<string, unknown>>()

  const optionsOf = ({ options = [] }: Element, labels: string[]): Option[] => {
    const found = options.filter(({ text }) => labels.includes(text.text))
    if (found.length < labels.length) throw new Error(`not all of them stand there: ${labels.join(', ')}`)
    return found
  }

  /** What the action says of it; `undefined` when this cannot be done to that element. */
  const answer = (element: Element, doing: Doing): Record<string, unknown> | undefined => {
    const { type, text, value } = element
    if ('day' in doing) return type === 'datepicker' ? { selected_date: doing.day } : undefined
    if ('tick' in doing)
      return type === 'multi_static_select' ? { selected_options: optionsOf(element, doing.tick) } : undefined
    if (isPicker(element)) return undefined
    const option = element.options?.find((one) => one.text.text === doing.press)
    if (option) return { selected_option: option }
    return text?.text === doing.press ? { text, ...(value !== undefined && { value }) } : undefined
  }

  const stateOf = (block: Block) => {
    const untouched = elementsOf(block)
      .filter(({ type }) => type === 'multi_static_select')
      .map(({ type, action_id, initial_options: ticked = [] }) => [action_id, { type, selected_options: ticked }])
    return { ...Object.fromEntries(untouched), ...picked.get(block.block_id) }
  }

  return {
    /** Does it to the first element that it can be done to; returns the action. */
    act(blocks: Block[], doing: Doing) {
      for (const block of blocks)
        for (const element of elementsOf(block)) {
          const what = answer(element, doing)
          if (!what) continue
          const { type, action_id } = element
          if (isPicker(element)) picked.set(block.block_id, { [action_id]: { type, ...what } })
          return { type, action_id, block_id: block.block_id, ...what }
        }
      throw new Error(`nothing stands there for ${JSON.stringify(doing)}`)
    },
    state: (blocks: Block[]) => ({
      values: Object.fromEntries(blocks.map((block) => [block.block_id, stateOf(block)])),
    }),
  }
}
