/** Answers that are picked: a day in Slack's calendar, several options in its menu. Buttons stand in `buttons.ts`. */
import type { types } from '@slack/bolt'
import type { Outbound, OutPicker } from '../adapter.js'
import { buttonBlocks, plain } from './buttons.js'
import { SLACK_ACTION_ID_MAX, SLACK_OPTION_VALUE_MAX, SLACK_OPTIONS_MAX } from './limits.js'

/** A calendar has no value of its own to come back with: the data is in its name. */
export const DAY_NAME = 'day-'
/** The menu of several; what is ticked in it counts when the button below is pressed. */
export const SEVERAL_NAME = 'several'
export const SEND_NAME = 'send-several'

/** Everything of a message that is not words. `isRoot`: it stands on the message that opened the place of a case. */
export function controlBlocks(
  { buttons = [], picker }: Pick<Outbound, 'buttons' | 'picker'>,
  isRoot = false,
): types.KnownBlock[] {
  // The buttons ask the same, a page at a time
  if (!picker || !fits(picker)) return buttonBlocks(buttons, isRoot)
  if (picker.kind === 'date') return [calendar(picker), ...buttonBlocks(buttons, isRoot)]
  const others = buttons.map((row) => row.filter((one) => !('data' in one && picker.replaces.includes(one.data))))
  return [...severalBlocks(picker), ...buttonBlocks(others, isRoot)]
}

function fits(picker: OutPicker): boolean {
  if (picker.kind === 'date') return DAY_NAME.length + picker.data.length <= SLACK_ACTION_ID_MAX
  const { options } = picker
  const isShort = options.every(({ value }) => value.length <= SLACK_OPTION_VALUE_MAX)
  return options.length > 0 && options.length <= SLACK_OPTIONS_MAX && isShort
}

type DatePicker = Extract<OutPicker, { kind: 'date' }>
type SeveralPicker = Extract<OutPicker, { kind: 'several' }>

/** No day to begin with: picking the one that is shown already would tell us nothing. */
const calendar = ({ data, placeholder }: DatePicker): types.ActionsBlock => ({
  type: 'actions',
  elements: [{ type: 'datepicker', action_id: `${DAY_NAME}${data}`, placeholder: plain(placeholder) }],
})

/**
 * The menu stands in a section: in an actions block Slack has refused it, whatever its types say
 * (https://github.com/slackapi/node-slack-sdk/issues/1299).
 */
function severalBlocks({ data, label, placeholder, send, options }: SeveralPicker): types.KnownBlock[] {
  const all = options.map((one) => ({ ...one, option: { text: plain(one.label), value: one.value } }))
  const ticked = all.filter(({ picked }) => picked).map(({ option }) => option)
  return [
    {
      type: 'section',
      text: plain(label),
      accessory: {
        type: 'multi_static_select',
        action_id: SEVERAL_NAME,
        placeholder: plain(placeholder),
        options: all.map(({ option }) => option),
        ...(ticked.length > 0 && { initial_options: ticked }),
      },
    },
    { type: 'actions', elements: [{ type: 'button', action_id: SEND_NAME, text: plain(send), value: data }] },
  ]
}
