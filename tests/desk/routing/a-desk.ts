/** Centres, colleagues and cases for stories. */
import type { CaseFacts, Centre, Colleague, World } from '../../../bot/desk/routing/facts.js'

export const NOW = Date.parse('2026-11-20T12:00Z')
export const HOUR = 3_600_000

export const centre = (
  id: string,
  country: Centre['country'],
  languages: Centre['languages'],
  more: Partial<Centre> = {},
): Centre => ({
  id,
  country,
  city: id,
  languages,
  open: true,
  ...more,
})

export const moscow = centre('moscow', 'RU', ['ru', 'tg'])
export const almaty = centre('almaty', 'KZ', ['ru', 'kk', 'uz'])
export const shymkent = centre('shymkent', 'KZ', ['ru', 'uz', 'tg'])
export const aktobe = centre('aktobe', 'KZ', ['ru', 'kk'])
export const dushanbe = centre('dushanbe', 'TJ', ['ru', 'tg'])
export const prague = centre('prague', 'CZ', ['cs', 'uk', 'ru', 'en'])
export const brno = centre('brno', 'CZ', ['cs', 'uk'])

/** Somebody of Moscow who can help, changed as the story needs. */
export const colleague = (id: string, more: Partial<Colleague> = {}): Colleague => ({
  id,
  centreId: 'moscow',
  languages: ['ru', 'tg'],
  roles: ['social'],
  skills: [],
  capacity: 5,
  load: 1,
  present: true,
  lastCaseAt: null,
  ...more,
})

/** A Tajik in Moscow with an ordinary question. */
export const facts = (more: Partial<CaseFacts> = {}): CaseFacts => ({
  country: 'RU',
  city: 'Moscow',
  language: 'tg',
  topic: 'health-care',
  channel: 'telegram',
  avoid: [],
  ...more,
})

export const world = (more: Partial<World> = {}): World => ({
  now: NOW,
  centres: [moscow, almaty, shymkent, aktobe, dushanbe, prague, brno],
  staff: [],
  ...more,
})
