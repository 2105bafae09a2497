/** One person's messengers, as they hold them in their hand: they write, press, and read what comes. */
import type { Language } from '../../bot/text/languages.js'
import type { Member, Messenger } from './cast.js'
import type { Stage } from './stage.js'
import type { Notes } from './transcript.js'

export type Shown = { id: string; text: string; buttons: string[] }
type Device = { write(text: string): unknown; press(label: string): unknown; shown(): Shown[] }

function telegramDevice({ telegram }: Stage, language: string): Device {
  const me = telegram.person({ language })
  return {
    write: (text) => me.text(text),
    press(label) {
      const carrier = me
        .shown()
        .findLast(({ reply_markup: markup }) => markup?.inline_keyboard?.flat().some(({ text }) => text === label))
      if (!carrier) throw new Error(`There is no button "${label}"`)
      return me.press(carrier.message_id, label)
    },
    shown: () =>
      me.shown().map(({ message_id: id, text, caption, reply_markup: markup }) => ({
        id: String(id),
        text: text ?? caption ?? '',
        buttons: (markup?.inline_keyboard ?? []).flat().map((button) => button.text),
      })),
  }
}

function slackDevice({ slack }: Stage): Device {
  const me = slack.person()
  return {
    write(text) {
      const [, command, rest = ''] = /^(\/\w+) ?(.*)$/.exec(text) ?? []
      return command ? me.command(command, rest) : me.text(text)
    },
    press(label) {
      const carrier = me.shown().findLast(({ rows }) => rows.flat().some((button) => button.label === label))
      if (!carrier) throw new Error(`There is no button "${label}"`)
      return me.press(carrier.key, label)
    },
    shown: () =>
      me.shown().map(({ key, text, rows }) => ({ id: key, text, buttons: rows.flat().map(({ label }) => label) })),
  }
}

export type Person = ReturnType<typeof createPerson>

export function createPerson(
  stage: Stage,
  { note }: Notes,
  { name, language, on }: Pick<Member, 'name' | 'on'> & { language: Language },
) {
  const devices = new Map<Messenger, { device: Device; seen: Set<string> }>()
  for (const where of on)
    devices.set(where, {
      device: where === 'slack' ? slackDevice(stage) : telegramDevice(stage, language),
      seen: new Set(),
    })
  let where = on[0] ?? 'telegram'
  let last: Shown = { id: '', text: '', buttons: [] }
  let lastAt = where
  const there = () => {
    const found = devices.get(where)
    if (!found) throw new Error(`${name} is not on ${where}`)
    return found.device
  }
  const me = {
    name,
    language,
    on,
    /** Takes the other messenger into the hand. */
    takes(other: Messenger) {
      where = other
      return me
    },
    /** Takes the messenger into the hand on which the newest message came. */
    follows: () => me.takes(lastAt),
    /** Reads what is new, everywhere. */
    reads(): Shown[] {
      const fresh: Shown[] = []
      for (const [messenger, { device, seen }] of devices)
        for (const shown of device.shown()) {
          if (seen.has(shown.id)) continue
          seen.add(shown.id)
          note({ who: name, where: messenger, did: 'hears', text: shown.text })
          fresh.push(shown)
          last = shown
          lastAt = messenger
        }
      return fresh
    },
    async writes(text: string): Promise<Shown[]> {
      await stage.acts(() => {
        note({ who: name, where, did: 'writes', text })
        return there().write(text)
      })
      return me.reads()
    },
    async presses(label: string): Promise<Shown[]> {
      await stage.acts(() => {
        note({ who: name, where, did: 'presses', text: label })
        return there().press(label)
      })
      return me.reads()
    },
    /** Before the screen of a room, with what it shows. */
    async comes(about: { group: string; module: string }, types: string): Promise<Shown[]> {
      await stage.acts(() => {
        note({ who: name, where: 'room', did: 'comes', text: '', about })
        return there().write(types)
      })
      return me.reads()
    },
    /** The newest message, wherever it came. */
    get last(): Shown {
      return last
    },
    /** A button of the newest message, by how its label begins or what stands in it. */
    button(part: string): string {
      const found = last.buttons.find((label) => label.includes(part))
      if (found === undefined)
        throw new Error(`${name}: no button with "${part}" under "${last.text}": ${last.buttons}`)
      return found
    },
  }
  return me
}
