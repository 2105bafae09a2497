/** Talks with a flow in the terminal. The engine alone: where an action would run, you say what it gives. */
import { createInterface } from 'node:readline'
import { advance } from '../engine/advance.js'
import { emptyOf } from '../engine/cel.js'
import { entranceOf } from '../engine/entrance.js'
import type { Library } from '../engine/library.js'
import type { Position } from '../engine/position.js'
import { type ActionSpec, emptyOutput, PERSON } from '../engine/shapes.js'
import type { Button, Context, Effect, Event, Json, Values } from '../engine/types.js'
import type { Language } from '../text/languages.js'
import { loadTexts } from '../text/texts.js'

export type TryOptions = {
  flow: string | undefined
  language: Language
  /** The person's fields as JSON. */
  person: string
  locales: string
  specs: readonly ActionSpec[]
}

const HINT = `Write, or press a button by [its number]. Also: /resume, /edit N words, /draft, /position, /quit.`

export async function tryFlow(library: Library, options: TryOptions): Promise<number> {
  const texts = loadTexts(options.locales)
  const words: Context['words'] = (key, values) => texts.find(options.language, key, values)
  const person: Values = {
    ...(emptyOf({ ...PERSON }) as Values),
    ...readValues(options.person),
    language: options.language,
  }
  const terminal = createInterface({ input: process.stdin })
  const lines = terminal[Symbol.asyncIterator]()
  const ask = async (prompt: string): Promise<string | undefined> => {
    process.stdout.write(prompt)
    const { value, done } = await lines.next()
    return done ? undefined : value
  }
  const specs = new Map(options.specs.map((spec) => [spec.name, spec]))
  const drafts = new Map<string, Values>()
  let position: Position | null = null
  let buttons: Button[] = []
  let sent = 0

  const show = (effect: Exclude<Effect, { kind: 'do' }>): void => {
    if (effect.kind === 'draft') drafts.set(effect.flow, effect.answers)
    if (effect.kind === 'say') buttons = effect.say.buttons ?? []
    for (const line of linesOf(effect, words)) console.log(line)
  }

  const turn = async (event: Event): Promise<void> => {
    for (let next: Event | undefined = event; next; ) {
      const context: Context = { language: options.language, now: Date.now(), timeZone: 'UTC', words, person }
      const draft = drafts.get(entranceOf(library, position, next, context) ?? '')
      const advanced = advance(library, position, next, { ...context, ...(draft ? { draft } : {}) })
      position = advanced.position
      next = undefined
      if (advanced.fault) console.log(`  (fault: ${advanced.fault.message})`)
      for (const effect of advanced.effects)
        if (effect.kind === 'do') next = await act(ask, effect, specs.get(effect.action))
        else show(effect)
    }
  }

  console.log(HINT)
  const first = options.flow ?? library.defaultOf('client')?.name
  if (first !== undefined) await turn({ kind: 'start', flow: first })
  for (let line = await ask('\n> '); line !== undefined && line !== '/quit'; line = await ask('\n> ')) {
    const edited = /^\/edit (\d+) (.*)$/.exec(line)
    const pressed = /^\[?(\d+)\]$/.exec(line)
    const button = pressed ? buttons[Number(pressed[1]) - 1] : undefined
    if (line === '/position') console.log(JSON.stringify(position, null, 1))
    else if (line === '/draft') console.log(Object.fromEntries(drafts))
    else if (line === '/resume') await turn({ kind: 'resume' })
    else if (edited)
      await turn({ kind: 'edit', messageKey: edited[1] ?? '', input: { kind: 'text', text: edited[2] ?? '' } })
    else if (button) await turn({ kind: 'input', input: { kind: 'button', data: button.data } })
    else await turn({ kind: 'input', input: { kind: 'text', text: line }, messageKey: String(++sent) })
  }
  terminal.close()
  return 0
}

function linesOf(effect: Exclude<Effect, { kind: 'do' }>, words: Context['words']): string[] {
  switch (effect.kind) {
    case 'say': {
      const { text, request, buttons = [] } = effect.say
      return [
        `\n${words(text.key, text.values) ?? `${text.key} ${JSON.stringify(text.values ?? {})}`}`,
        ...(request ? [`  (shares a ${request})`] : []),
        ...buttons.map(({ label }, index) => {
          const shown = typeof label === 'string' ? label : (words(label.key, label.values) ?? label.key)
          return `  [${index + 1}] ${shown}`
        }),
      ]
    }
    case 'draft':
      return [`  (kept of ${effect.flow}: ${JSON.stringify(effect.answers)})`]
    case 'end':
      return [`  (${effect.flow} is ${effect.outcome}: ${JSON.stringify(effect.answers)})`]
    case 'timer':
      return [`  (clock ${effect.key}, in ${effect.afterMs / 60_000} minutes)`]
    case 'cancel-timer':
      return []
  }
}

/** An empty line takes the output that says nothing; `!code` refuses. */
async function act(
  ask: (prompt: string) => Promise<string | undefined>,
  { action, input }: Extract<Effect, { kind: 'do' }>,
  spec: ActionSpec | undefined,
): Promise<Event> {
  const usual: Json = spec ? emptyOutput(spec) : null
  console.log(`  (${action} ${JSON.stringify(input)})`)
  const said = (await ask(`  its output as JSON, !code to refuse, Enter for ${JSON.stringify(usual)}: `))?.trim() ?? ''
  if (said.startsWith('!')) return { kind: 'failed', code: said.slice(1) }
  try {
    return { kind: 'done', output: said ? (JSON.parse(said) as Json) : usual }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    console.log('  This is not JSON; taking the usual.')
    return { kind: 'done', output: usual }
  }
}

function readValues(json: string): Values {
  const value: unknown = JSON.parse(json)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}
}
