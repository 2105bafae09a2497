/** One thing that Slack sent, read. */
import { readCommand } from './command.js'
import { readEvent } from './event.js'
import { readForm, readPress } from './interaction.js'
import { ignored, isRecord, type Reading, type World } from './reading.js'

/** Interactions that none of our messages can bring about, or that need no answer. */
const IGNORED = ['view_closed', 'shortcut', 'message_action', 'block_suggestion', 'interactive_message']

/** Never throws, whatever `raw` is. */
export function readUpdate(raw: unknown, world: World): Reading {
  if (!isRecord(raw)) return ignored('unreadable')
  if (typeof raw.command === 'string') return readCommand(raw, world) ?? ignored('unreadable')
  if (raw.type === 'event_callback') return readEvent(raw, world)
  if (raw.type === 'block_actions') return readPress(raw, world) ?? ignored('unreadable')
  if (raw.type === 'view_submission') return readForm(raw, world) ?? ignored('unreadable')
  return ignored(IGNORED.find((type) => type === raw.type) ?? 'unreadable')
}
