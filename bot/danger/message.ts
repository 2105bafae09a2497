import type { Values } from '../engine/types.js'
import { COUNTRIES, type Country } from '../text/countries.js'
import type { Language } from '../text/languages.js'
import { EVERYWHERE, type HelpKind, numbersFor } from './numbers.js'

export type DangerMessage = {
  /** What was recognised, or `sos` for the button. */
  kind: HelpKind
  /** Where the person is; undefined when unknown, or none of ours: then 112 and each country's numbers. */
  country: Country | undefined
  language: Language
  say: (key: string, values?: Values) => string
  /** Whether a consultant is on duty now: says that one was told, or when one will read it. Undefined says neither. */
  onDuty?: boolean | undefined
}

/**
 * The fixed text for somebody in danger: a first line that may be read on a locked screen, a few calm words, whom to call. It
 * is the same for everybody and gives no advice on law and no judgement of the risk (S38, S40).
 */
export function dangerMessage({ kind, country, say, onDuty }: DangerMessage): string {
  const paragraphs = [
    say('danger:start'),
    say(`danger:${kind}`),
    [say('danger:call'), ...(country ? inCountry(country, kind, say) : inEachCountry(kind, say))].join('\n'),
  ]
  if (onDuty !== undefined) paragraphs.push(say(onDuty ? 'danger:told' : 'danger:toldLater'))
  return paragraphs.join('\n\n')
}

const inCountry = (country: Country, kind: HelpKind, say: DangerMessage['say']) =>
  numbersFor(country, kind).map(({ number, what }) => `${number} – ${say(`danger:number.${what}`)}`)

const inEachCountry = (kind: HelpKind, say: DangerMessage['say']) => [
  `${EVERYWHERE} – ${say('danger:number.emergency')}`,
  ...COUNTRIES.map((country) => {
    const list = numbersFor(country, kind).map(({ number }) => number)
    return `${say(`danger:country.${country}`)}: ${list.join(', ')}`
  }),
]
