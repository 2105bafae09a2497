/** What was picked instead of pressed. https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
import { z } from 'zod'
import { SLACK_OPTION_VALUE_MAX, SLACK_OPTIONS_MAX } from '../limits.js'
import { DAY_NAME, SEND_NAME, SEVERAL_NAME } from '../pickers.js'
import { cleanText, type Ignored, ignored } from './reading.js'

const Day = z.iso.date()
const Ticked = z.object({
  selected_options: z.array(z.object({ value: z.string().max(SLACK_OPTION_VALUE_MAX) })).max(SLACK_OPTIONS_MAX),
})
/** By block, then by the name of the element. */
const StateShape = z.object({ values: z.record(z.string(), z.record(z.string(), z.unknown())) })

type Action = { action_id: string; value?: string | undefined; selected_date?: unknown }

/** The press that it amounts to; `undefined` for what is an ordinary button. `state`: all that is filled in on that message. */
export function readPicked(action: Action, state: unknown): { data: string; picked: string[] } | Ignored | undefined {
  const { action_id: name, value, selected_date: date } = action
  if (name.startsWith(DAY_NAME)) {
    const { data: day } = Day.safeParse(date)
    return day ? { data: cleanText(name.slice(DAY_NAME.length)), picked: [day] } : ignored('no day')
  }
  // Told at every tick; the answer is what stands there when it is sent
  if (name === SEVERAL_NAME) return ignored('tick')
  if (name === SEND_NAME && value !== undefined) return { data: cleanText(value), picked: ticked(state) }
  return undefined
}

function ticked(state: unknown): string[] {
  const { data: { values } = { values: {} } } = StateShape.safeParse(state)
  for (const elements of Object.values(values)) {
    const { data } = Ticked.safeParse(elements[SEVERAL_NAME])
    if (data) return data.selected_options.map(({ value }) => cleanText(value))
  }
  return []
}
