/** Slash commands. Wherever one is typed, it is answered in the person's own chat with us: a channel need not see it. */
import { z } from 'zod'
import type { IncomingEvent } from '../../adapter.js'
import { plainText } from './plain-text.js'
import { ignored, type Reading, UserId, type World } from './reading.js'

const CommandShape = z.object({
  command: z.string(),
  text: z.string().catch('').default(''),
  user_id: UserId,
  trigger_id: z.string().min(1).max(500),
})

const into =
  (name: string) =>
  (argument: string): IncomingEvent => ({ kind: 'command', name, argument })

const COMMANDS: Record<string, (words: string) => IncomingEvent> = {
  '/ask': (text) => (text ? { kind: 'text', text } : into('start')('')),
  '/report': into('report'),
  '/checkin': into('checkin'),
  '/feedback': into('feedback'),
  '/duties': into('duties'),
  '/session': into('session'),
}

export function readCommand(body: unknown, world: World): Reading | undefined {
  const { data } = CommandShape.safeParse(body)
  if (!data) return undefined
  const { command, user_id: address, trigger_id: trigger } = data
  const read = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined
  if (!read) return ignored('command of another')
  return {
    kind: 'incoming',
    incoming: {
      channel: 'slack',
      address,
      updateKey: `c-${trigger}`,
      at: world.now,
      event: read(plainText(data.text).trim()),
    },
  }
}
