/** Our buttons as Slack's: a row each, or one menu when they would be a wall. */
import type { types } from '@slack/bolt'
import type { OutButton } from '../adapter.js'
import { packForm } from './forms.js'
import { SLACK_ACTIONS_MAX, SLACK_BLOCKS_MAX, SLACK_BUTTONS_READABLE } from './limits.js'

/** Blocks that are left for rows beside the longest text. */
const ROWS_MAX = SLACK_BLOCKS_MAX - 10

export const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text, emoji: true })

type Element = types.Button | types.StaticSelect
type DataButton = Extract<OutButton, { data: string }>
const isPlainData = (button: OutButton): button is DataButton => 'data' in button && !button.form

/**
 * The name of an action says what comes back with it: `root-` when it stands on the message that opened a place (Slack does not
 * tell that of a message without answers), `-form` when a form opens first.
 */
function element(button: OutButton, name: string): types.Button {
  const text = plain(button.label)
  if ('url' in button) return { type: 'button', action_id: name, text, url: button.url }
  const { data, form } = button
  if (!form) return { type: 'button', action_id: name, text, value: data }
  return { type: 'button', action_id: `${name}-form`, text, value: packForm(data, form) }
}

const menu = (buttons: DataButton[], name: string): types.StaticSelect => ({
  type: 'static_select',
  action_id: name,
  // Without a placeholder Slack writes its own, in the reader's language.
  options: buttons.map(({ label, data }) => ({ text: plain(label), value: data })),
})

/** `isRoot`: the buttons stand on the message that opened the place of a case. */
export function buttonBlocks(buttons: OutButton[][] = [], isRoot = false): types.ActionsBlock[] {
  let count = 0
  const name = () => `${isRoot ? 'root-' : ''}b${count++}`
  const all = buttons.flat()
  const options = all.filter(isPlainData)
  const isWall = options.length > SLACK_BUTTONS_READABLE
  // The last row is what stands under every question (the way to a human, the button for danger): never hidden in a menu.
  const standing = isWall ? (buttons.at(-1) ?? []).filter(isPlainData) : []
  const inMenu = isWall ? options.filter((button) => !standing.includes(button)) : []
  const rows = buttons.map((row) => row.filter((button) => !isPlainData(button) || !inMenu.includes(button)))
  const fitting =
    rows.length <= ROWS_MAX && rows.every((row) => row.length <= SLACK_ACTIONS_MAX) ? rows : inFullRows(rows.flat())
  const blocks: Element[][] = [
    ...(inMenu.length > 0 ? [[menu(inMenu, name())]] : []),
    ...fitting.filter((row) => row.length > 0).map((row) => row.map((button) => element(button, name()))),
  ]
  return blocks.map((elements) => ({ type: 'actions', elements }))
}

function inFullRows(buttons: OutButton[]): OutButton[][] {
  const rows: OutButton[][] = []
  for (let i = 0; i < buttons.length; i += SLACK_ACTIONS_MAX) rows.push(buttons.slice(i, i + SLACK_ACTIONS_MAX))
  return rows
}
