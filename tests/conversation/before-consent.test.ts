/** Wherever somebody goes before they were shown the notice and answered it, nobody asks them for words (S01). */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { actionSpecs } from '../../bot/actions.js'
import { ROOT } from '../../bot/config.js'
import { consentWord } from '../../bot/conversation/notice.js'
import { advance } from '../../bot/engine/advance.js'
import type { Library } from '../../bot/engine/library.js'
import type { Flow, Step } from '../../bot/engine/model.js'
import type { Position } from '../../bot/engine/position.js'
import { goData } from '../../bot/engine/tokens.js'
import type { Context, Effect, Event, Json, Values } from '../../bot/engine/types.js'
import { wordsIn } from '../../bot/engine/vocabulary.js'
import { readSoundFlows } from '../../bot/flows.js'
import { loadTexts } from '../../bot/text/texts.js'

const library = readSoundFlows(join(ROOT, 'flows'), actionSpecs())
const texts = loadTexts(join(ROOT, 'locales'))
const words: Context['words'] = (key, values) => texts.find('ru', key, values)

/** What actions give where a flow goes on with it. */
const OUTPUT: Record<string, Json> = {
  'people.languages': [{ id: 'ru', label: 'Русский' }],
  'knowledge.cities': [{ id: 'moscow', label: 'Москва' }],
  'knowledge.topics': [{ id: 'wages', label: 'Зарплата' }],
  'knowledge.questions': [{ id: 'ru-wages', label: 'Не платят' }],
  // More than anybody is offered at once
  'people.privacyChoices': ['mydata', 'stop', 'erase', 'panic', 'word', 'clean', 'back'],
  'people.autoClean': { now: 'включено' },
}

/** Where nothing is kept of who writes, the notice is another one (`tests/programme/feedback`): the question that leads to the words. */
const OWN_NOTICE: Record<string, string> = { 'opinion.words': 'opinion.line' }

type Scene = { position: Position | null; person: Values; buttons: string[]; way: string[] }

const takesWords = (step: Step | undefined): boolean =>
  step?.form === 'ask' && (step.orText || ['text', 'voice', 'file'].includes(step.kind.kind))

const openStep = (
  flows: Library,
  { position }: Pick<Scene, 'position'>,
): { flow?: string; step?: Step | undefined } => {
  const frame = position?.frames.at(-1)
  if (!frame?.open) return {}
  return { flow: frame.flow, step: flows.version(frame.flow, frame.version)?.byId.get(frame.at) }
}

/** Everything that could come next: commands, words, buttons on the screen or kept from elsewhere, and what people just send. */
function eventsIn({ position, buttons }: Scene, flows: readonly Flow[]): [string, Event][] {
  const press = (data: string): [string, Event] => [`[${data}]`, { kind: 'input', input: { kind: 'button', data } }]
  const says = (text: string): [string, Event] => [text, { kind: 'input', input: { kind: 'text', text } }]
  return [
    ...buttons.map(press),
    ...['где взять патент?', 'помогите', 'назад'].map(says),
    ['фото', { kind: 'input', input: { kind: 'files', files: [], text: 'что это?' } }],
    ['место', { kind: 'input', input: { kind: 'location', latitude: 55, longitude: 37 } }],
    ['resume', { kind: 'resume' }],
    ...flows.flatMap(({ name, command, interrupt, hasWords }): [string, Event][] => [
      press(goData(name)),
      // As a command, and as a button that carries a word (`conversation/read-event.ts`)
      ...(command
        ? [[`/${command}`, { kind: position && interrupt ? 'interrupt' : 'start', flow: name }] as [string, Event]]
        : []),
      ...(interrupt
        ? [[`go:${name}:yes`, { kind: 'interrupt', flow: name, input: { said: 'yes' } }] as [string, Event]]
        : []),
      ...(hasWords
        ? wordsIn(words(`${name}:words`))
            .slice(0, 1)
            .map(says)
        : []),
    ]),
  ]
}

/** One event to its end, with actions as stand-ins; undefined as soon as the notice was answered. Also what refusing actions lead to. */
function after(flows: Library, scene: Scene, name: string, event: Event): Scene[] {
  const way = [...scene.way, name]
  const go = (position: Position | null, person: Values, next: Event, said: string[], depth: number): Scene[] => {
    const context: Context = { language: 'ru', now: 0, timeZone: 'UTC', words, person }
    const result = advance(flows, position, next, context)
    const buttons = [...said, ...buttonsOf(result.effects)]
    const todo = result.effects.at(-1)
    if (todo?.kind !== 'do') return [{ position: result.position, person, buttons, way }]
    // The consent event itself
    if (todo.action === 'people.consent' || depth > 10) return []
    const known = todo.action === 'people.setLanguage' ? { ...person, language: 'ru' } : person
    const done: Event = { kind: 'done', output: OUTPUT[todo.action] ?? {} }
    const step = openOrWaiting(flows, result.position)
    const refusals =
      step?.form === 'do' ? [...step.otherwise.keys()].map((code): Event => ({ kind: 'failed', code })) : []
    return [done, ...refusals].flatMap((each) => go(result.position, known, each, buttons, depth + 1))
  }
  return go(scene.position, scene.person, event, [], 0)
}

const openOrWaiting = (flows: Library, position: Position): Step | undefined => {
  const frame = position.frames.at(-1)
  return frame && flows.version(frame.flow, frame.version)?.byId.get(frame.at)
}

const buttonsOf = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) => (effect.kind === 'say' ? (effect.say.buttons ?? []).map(({ data }) => data) : []))

/** The place in the talk, without the numbers that grow. */
const placeOf = ({ position, person }: Scene): string =>
  [person.language, ...(position?.frames ?? []).slice(-2).map(({ flow, at, by }) => `${flow}.${at}.${by ?? ''}`)].join(
    ' ',
  )

/** Every place that can be come to, and the questions for words among them. */
function explore(flows: Library) {
  const clients = flows.flows.filter(({ audience }) => audience === 'client')
  const person = {
    role: 'client',
    channel: 'telegram',
    owner: 'bot',
    language: '',
    country: '',
    city: '',
    hasCase: false,
  }
  const seen = new Map<string, Scene>()
  const asked: string[] = []
  const open: Scene[] = [
    { position: null, person: { ...person, consent: consentWord(undefined) }, buttons: [], way: [] },
  ]
  for (let scene = open.shift(); scene; scene = open.shift())
    for (const [name, event] of eventsIn(scene, clients))
      for (const next of after(flows, scene, name, event)) {
        const place = placeOf(next)
        if (seen.has(place)) continue
        seen.set(place, next)
        const { flow, step } = openStep(flows, next)
        const before = openStep(flows, scene)
        const isAnswered = OWN_NOTICE[`${flow}.${step?.id}`] === `${before.flow}.${before.step?.id}`
        if (takesWords(step) && !isAnswered) asked.push(`${flow}.${step?.id}: ${next.way.join(' → ')}`)
        open.push(next)
      }
  return { places: seen, asked }
}

it('S01 no way leads to a question for words before the notice was answered: over all flows, commands, words and buttons', () => {
  const { places, asked } = explore(library)
  expect(asked).toEqual([])
  // It really went everywhere: to the notice in each of its forms, and to flows that only inform
  const been = [...places.keys()].join('\n')
  for (const place of [
    'hotline.notice',
    'human.consent',
    'complaint.consent',
    'privacy.choice',
    'erase.sure',
    'opinion.words',
  ])
    expect(been).toContain(place)
})

it('S01 the search finds a question for words that stands before the notice', () => {
  const hole: Flow = { ...(library.newest('complaint') as Flow) }
  const what = hole.steps.filter(({ id }) => id === 'what').map((step) => ({ ...step, place: 0, below: -1 }))
  const open = { ...hole, steps: what, byId: new Map(what.map((step) => [step.id, step])) }
  const newest = (name: string) => (name === 'complaint' ? open : library.newest(name))
  const version = (name: string, which: string) => (name === 'complaint' ? open : library.version(name, which))
  const flows = library.flows.map((flow) => (flow.name === 'complaint' ? open : flow))
  const { asked } = explore({ ...library, flows, newest, version })
  expect(asked.join()).toContain('complaint.what')
})
