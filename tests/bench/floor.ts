/** The floor: the same talks as a state machine written by hand, with the least that a correct one can do. */
const inWords = (list: readonly string[]) => new Map(list.map((word) => [word.toLowerCase(), word]))
const REGIONS = inWords(['North', 'South', 'East', 'West', 'Centre'])
const PROGRAMMES = inWords(['Health', 'Education', 'Housing', 'Food', 'Legal aid'])
const CHANNELS = inWords(['Phone', 'Email', 'Visit', 'Post', 'Chat'])
const LANGUAGES = inWords(['English', 'Deutsch', 'Español'])
const TOPICS = inWords(['Fees', 'Membership', 'Documents', 'Events', 'Contacts'])
const ARTICLES = inWords(['Refunds', 'Discounts', 'Deadlines'])

export type FloorState = { at: string; answers: Record<string, unknown> } | null
type Stepped = { state: FloorState; said: string[] }

const one = (list: ReadonlyMap<string, string>, text: string) => list.get(text.trim().toLowerCase())

function number(text: string, max: number): number | undefined {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  return value <= max ? value : undefined
}

function several(text: string): string[] | undefined {
  const found = text.split(',').map((part) => one(CHANNELS, part))
  return found.every((each) => each !== undefined) ? found : undefined
}

function date(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim()) ?? []
  if (!year) return undefined
  const real = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return real.getUTCDate() === Number(day) ? text.trim() : undefined
}

const yesNo = (text: string) => ({ yes: true, no: false })[text.trim().toLowerCase()]

function next(state: NonNullable<FloorState>, value: unknown, retry: string, to: string, key: string): Stepped {
  if (value === undefined) return { state, said: [retry] }
  return { state: { at: to, answers: { ...state.answers, [state.at]: value } }, said: [key] }
}

export function floorStep(state: FloorState, text: string): Stepped {
  if (state === null) {
    if (text === 'report') return { state: { at: 'visits', answers: {} }, said: ['report:greeting', 'report:visits'] }
    if (text === 'faq') return { state: { at: 'language', answers: {} }, said: ['faq:language'] }
    return { state: null, said: ['idle:hint'] }
  }
  const wrong = 'questions:choose.unreadable'
  switch (state.at) {
    case 'visits':
      return next(state, number(text, 500), 'questions:number.unreadable', 'members', 'report:members')
    case 'members':
      return next(state, number(text, 100), 'questions:number.unreadable', 'region', 'report:region')
    case 'region':
      return next(state, one(REGIONS, text), wrong, 'programme', 'report:programme')
    case 'programme':
      return next(state, one(PROGRAMMES, text), wrong, 'channels', 'report:channels')
    case 'channels':
      return next(state, several(text), wrong, 'difficulty', 'report:difficulty')
    case 'difficulty':
      return next(state, text.trim() || undefined, 'questions:text.unreadable', 'lastVisit', 'report:lastVisit')
    case 'lastVisit':
      return next(state, date(text), 'questions:date.unreadable', 'sure', 'report:sure')
    case 'sure': {
      const sure = yesNo(text)
      if (sure === undefined) return { state, said: ['questions:confirm.unreadable'] }
      return { state: null, said: sure ? ['report:summary', 'report:accepted'] : ['report:discarded'] }
    }
    case 'language':
      return next(state, one(LANGUAGES, text), wrong, 'topic', 'faq:topic')
    case 'topic':
      return next(state, one(TOPICS, text), wrong, 'article', 'faq:article')
    case 'article': {
      const stepped = next(state, one(ARTICLES, text), wrong, 'helpful', 'faq:text')
      return stepped.state === state ? stepped : { ...stepped, said: ['faq:text', 'faq:helpful'] }
    }
    default: {
      const helped = yesNo(text)
      if (helped === undefined) return { state, said: [wrong] }
      return { state: null, said: [helped ? 'faq:thanks' : 'faq:sorry'] }
    }
  }
}
