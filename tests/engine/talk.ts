/** Talks with the pure engine as `conversation/` does: carries actions out, remembers buttons, keeps the position as JSON. */
import { advance } from '../../bot/engine/advance.js'
import { compile } from '../../bot/engine/compile.js'
import type { Library } from '../../bot/engine/library.js'
import type { Position } from '../../bot/engine/position.js'
import type { ActionSpec } from '../../bot/engine/shapes.js'
import type { Button, Context, Effect, Event, Input, Json, Values } from '../../bot/engine/types.js'

/** 2026-11-23, 12:00 in Moscow. */
export const NOON = Date.UTC(2026, 10, 23, 9)

export class Refused extends Error {}

export type Actions = Record<string, ActionSpec & { run?: (input: Values) => Json }>

export type TalkOptions = {
  texts?: Record<string, string>
  person?: Values
  actions?: Actions
  language?: Context['language']
}

/** Texts are their keys unless given; so a story shows which text is said, not how it is worded. */
export const wordsFrom = (texts: Record<string, string>): Context['words'] => {
  const words = (key: string, values?: Values) =>
    texts[key]?.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values?.[name] ?? ''))
  return words
}

export function libraryOf(flows: string[], actions: Actions = {}): Library {
  const files = flows.map((text, index) => ({ file: `flows/${/^flow: (\S+)/m.exec(text)?.[1] ?? index}.yaml`, text }))
  return compile(files, { actions: Object.values(actions) })
}

export function talkWith(library: Library, options: TalkOptions = {}) {
  const { texts = {}, actions = {} } = options
  const words = wordsFrom(texts)
  let position: Position | null = null
  let buttons: Button[] = []
  let messages = 0
  const all: Effect[] = []
  const calls: string[] = []

  const label = (button: Button) => {
    if (typeof button.label === 'string') return button.label
    return words(button.label.key, button.label.values) ?? button.label.key.replace(/^common:/, '')
  }
  const line = (effect: Effect): string[] => {
    if (effect.kind !== 'say') return effect.kind === 'do' ? [] : [shown(effect)]
    const { text, request, buttons: own } = effect.say
    if (own) buttons = own
    const known = words(text.key, text.values)
    const values = text.values && known === undefined ? ` ${JSON.stringify(text.values)}` : ''
    return [
      `${known ?? text.key}${values}${request ? ` (${request})` : ''}${own ? ` [${own.map(label).join(' | ')}]` : ''}`,
    ]
  }

  const context = (): Context => ({
    language: options.language ?? 'en',
    now: NOON,
    timeZone: 'Europe/Moscow',
    words,
    person: talk.person,
    ...(talk.draft ? { draft: talk.draft } : {}),
  })

  function send(event: Event): string[] {
    const lines: string[] = []
    for (let next: Event | undefined = event; next; ) {
      const result = advance(talk.library, position, next, context())
      if (result.fault) throw result.fault
      position = JSON.parse(JSON.stringify(result.position)) as Position
      next = undefined
      for (const effect of result.effects) {
        all.push(effect)
        lines.push(...line(effect))
        if (effect.kind === 'do') next = act(effect)
      }
    }
    return lines
  }

  function act({ action, input }: Extract<Effect, { kind: 'do' }>): Event {
    calls.push(`${action} ${JSON.stringify(input)}`)
    try {
      return { kind: 'done', output: actions[action]?.run?.(input) ?? null }
    } catch (error) {
      if (error instanceof Refused) return { kind: 'failed', code: error.message }
      throw error
    }
  }

  const talk = {
    library,
    person: options.person ?? ({} as Values),
    draft: undefined as Values | undefined,
    calls,
    effects: all,
    get position() {
      return position
    },
    set position(stored: Position | null) {
      position = stored
    },
    get answers(): Values {
      return position?.frames.at(-1)?.answers ?? {}
    },
    send,
    start: (flow: string, input?: Values) => send({ kind: 'start', flow, ...(input ? { input } : {}) }),
    interrupt: (flow: string) => send({ kind: 'interrupt', flow }),
    resume: () => send({ kind: 'resume' }),
    me: (text: string) => send({ kind: 'input', input: { kind: 'text', text }, messageKey: `m${++messages}` }),
    give: (input: Input) => send({ kind: 'input', input, messageKey: `m${++messages}` }),
    edit: (message: number, text: string) =>
      send({ kind: 'edit', messageKey: `m${message}`, input: { kind: 'text', text } }),
    /** The data of a button of the newest message that has some. */
    dataOf(wanted: string): string {
      const button = buttons.find((each) => label(each) === wanted)
      if (!button) throw new Error(`No button "${wanted}" among: ${buttons.map(label).join(' | ')}`)
      return button.data
    },
    press: (wanted: string) => talk.pressData(talk.dataOf(wanted)),
    pressData: (data: string) => send({ kind: 'input', input: { kind: 'button', data } }),
  }
  return talk
}

const shown = (effect: Effect): string => {
  switch (effect.kind) {
    case 'timer':
      return `⏲ ${effect.key} ${effect.afterMs / 60_000}m`
    case 'cancel-timer':
      return `⏲ off ${effect.key}`
    case 'draft':
      return `✎ ${effect.flow} ${JSON.stringify(effect.answers)}`
    case 'end':
      return `■ ${effect.flow} ${effect.outcome} ${JSON.stringify(effect.answers)}`
    default:
      return effect.kind
  }
}
