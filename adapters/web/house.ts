/** What all routes of the web chat share. */
import type { FastifyRequest } from 'fastify'
import { createSerial } from '../../bot/conversation/serial.js'
import { askedLanguage } from '../../bot/http/accept-language.js'
import { isLanguage, LANGUAGES, type Language } from '../../bot/text/languages.js'
import { type Clock, type HistoryItem, type Ports, systemClock } from '../adapter.js'
import { type Say, sayIn } from './message-html.js'
import type { WebOptions } from './options.js'
import { createAddressPace, createPace, NEIGHBOURHOOD, NEWCOMERS } from './pace.js'
import { createPageFiles } from './page-files.js'
import { createVisitors } from './visitor.js'
import { createWakers } from './wakers.js'

export type Web = ReturnType<typeof createWeb>

/** For browsers that ask for none of our languages. */
const FALLBACK_LANGUAGE: Language = 'en'

export function createWeb(options: WebOptions) {
  const clock: Clock = options.clock ?? systemClock
  const visitors = createVisitors(options)
  const ending = new AbortController()
  const now = () => clock.now().getTime()

  return {
    ...options,
    clock,
    visitors,
    wakers: createWakers(),
    pace: createPace(now),
    newcomers: createAddressPace(now, NEWCOMERS),
    neighbourhood: createAddressPace(now, NEIGHBOURHOOD),
    /** One update of a visitor at a time, as the house wants them. */
    inOrder: createSerial(),
    files: createPageFiles(),
    ending,
    isOpen: false,

    /** The conversation's language, else the one chosen on the page, else the browser's best that we speak. */
    async languageFor(request: FastifyRequest, address: string | undefined): Promise<Language> {
      const { lang } = request.query as { lang?: unknown }
      return (
        (address && (await options.languageOf?.(address))) ||
        (isLanguage(lang) && lang) ||
        visitors.languageOf(request) ||
        askedLanguage(request.headers['accept-language'], LANGUAGES) ||
        FALLBACK_LANGUAGE
      )
    },
    say: (language: Language): Say => sayIn(options.words, language),
    reader:
      (ports: Ports, address: string) =>
      (after: number): Promise<HistoryItem[]> =>
        ports.history('web', address, after),
  }
}
