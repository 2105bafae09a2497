/** The first message of a case's place: what it is about, where it stands, and what can be done. Drawn anew when any of it changes. */
import type { OutButton, OutForm } from '../../conversation/channel.js'
import { fitLabel } from '../../conversation/render.js'
import { LABEL_MAX } from '../../limits.js'
import { CONTACT_KINDS, STAFF_OUTCOMES } from '../ending.js'
import { WORDS_MAX } from '../words.js'
import type { PlaceWords } from './lines.js'
import { dataOf } from './menu.js'

export type HeadFacts = {
  code: string
  state: string
  urgency: string
  minor: boolean
  label: string
  country: string | null
  city: string | null
  language: string
  ownerAlias: string | null
  outcome: string | null
  question: string
  /** Titles of the answers that the bot showed. */
  shown: string[]
  /** `closed`, or words like "since 14:05", already in the group's language. */
  opened: string
  /** An offer that waits for an answer: to whom, and from whom. */
  offer: { from: string; to: string; summary: string } | null
}

/** What can be chosen in an open menu. */
export type Choices = { articles: { id: string; title: string }[]; targets: { id: string; label: string }[] }

export type Head = { text: string; buttons: OutButton[][] }

const QUESTION_SHOWN = 900

export function headOf(facts: HeadFacts, menu: string | null, choices: Choices, words: PlaceWords): Head {
  return { text: textOf(facts, menu, words), buttons: buttonsOf(facts, menu, choices, words) }
}

function textOf(facts: HeadFacts, menu: string | null, words: PlaceWords): string {
  const { room, say } = words
  const place = words.place(facts.country, facts.city)
  const first = [
    facts.urgency === 'urgent' && facts.state !== 'closed' ? `❗ ${say('queue.urgent')}` : '',
    facts.code,
    facts.label,
  ]
  const question =
    facts.question.length > QUESTION_SHOWN ? `${facts.question.slice(0, QUESTION_SHOWN)}…` : facts.question
  return [
    first.filter(Boolean).join(' · '),
    [words.language(facts.language), place, facts.minor && say('minor.is'), facts.opened].filter(Boolean).join(' · '),
    standing(facts, words),
    question && `${say('about.question')}: ${question}`,
    facts.shown.length > 0 && `${say('about.shown')}:\n${facts.shown.map((title) => `– ${title}`).join('\n')}`,
    facts.offer &&
      room('head.offer', { from: words.alias(facts.offer.from), to: facts.offer.to, summary: facts.offer.summary }),
    menu && room(`head.menu.${menu.split(':')[0]}`),
    facts.state !== 'closed' && room('head.how'),
  ]
    .filter(Boolean)
    .join('\n\n')
}

function standing({ state, ownerAlias, outcome }: HeadFacts, words: PlaceWords): string {
  const { say } = words
  if (state === 'queued') return say('case.queued')
  if (state === 'claimed') return say('case.with', { alias: words.alias(ownerAlias ?? '') })
  return `${say('case.closed')} · ${say(`outcomes.${outcome ?? 'answered'}`)}`
}

function buttonsOf(facts: HeadFacts, menu: string | null, choices: Choices, words: PlaceWords): OutButton[][] {
  const { room, say } = words
  const button = (label: string, ...data: Parameters<typeof dataOf>) => ({
    label: fitLabel(label, LABEL_MAX),
    data: dataOf(...data),
  })
  const back = [button(room('button.back'), 'menu')]
  if (facts.state === 'closed') return []
  if (menu === 'with') return [...choices.articles.map(({ id, title }) => [button(title, 'with', id)]), back]
  if (menu === 'transfer') return [...choices.targets.map(({ id, label }) => [button(label, 'to', id)]), back]
  if (menu === 'close') return [...STAFF_OUTCOMES.map((each) => [button(say(`outcomes.${each}`), 'close', each)]), back]
  const outcome = menu?.startsWith('close:') ? menu.slice('close:'.length) : undefined
  if (outcome)
    return [...CONTACT_KINDS.map((kind) => [button(say(`contact.${kind}`), 'close', `${outcome}:${kind}`)]), back]
  const answer: OutButton = { ...button(room('button.answer'), 'answer'), form: form(words, 'answer') }
  const note: OutButton = { ...button(room('button.note'), 'note'), form: form(words, 'note') }
  const offered = facts.offer
    ? [[button(room('button.accept'), 'offer', 'accept'), button(room('button.decline'), 'offer', 'decline')]]
    : []
  if (facts.state === 'queued') return [...offered, [button(room('button.claim'), 'claim')], [note]]
  return [
    ...offered,
    [answer, button(room('button.with'), 'with')],
    [button(room('button.transfer'), 'transfer'), note],
    [button(room('button.phone'), 'phone'), button(room('button.close'), 'close')],
    [button(room('button.release'), 'release')],
  ]
}

const form = ({ room }: PlaceWords, what: 'answer' | 'note'): OutForm => ({
  title: room(`form.${what}`),
  label: room(`form.${what}Label`),
  send: room(`form.${what}Send`),
  max: WORDS_MAX,
})
