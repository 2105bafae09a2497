/** The list that a person sees behind the menu button, in the language of their Telegram. */
import type { LanguageCode } from 'grammy/types'
import type { Clock, Log } from '../adapter.js'
import { backoffMs } from '../backoff.js'
import type { Telegram } from './api.js'
import { toFailure } from './failures.js'

export type Command = { command: string; description: string }

/** Telegram takes any code of ISO 639-1; its library's list is longer than ours will ever be. */
const isLanguageCode = (code: string): code is LanguageCode => /^[a-z]{2}$/.test(code)

/** What people with a language of none of our lists see. */
const FALLBACK = 'en'

type Needs = { call: Telegram; clock: Clock; log: Log; signal: AbortSignal }

/** Sets every list, trying each again until Telegram has taken or refused it. Never rejects. */
export async function keepCommands(
  byLanguage: Record<string, Command[]>,
  { call, clock, log, signal }: Needs,
): Promise<void> {
  const lists = Object.entries(byLanguage).flatMap(([language, commands]) => [
    ...(isLanguageCode(language) ? [{ commands, language_code: language }] : []),
    ...(language === FALLBACK ? [{ commands }] : []),
  ])
  for (const list of lists) {
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        await call((api, stop) => api.setMyCommands(list, stop), { signal })
        break
      } catch (error) {
        const { code, status, retryAfterMs } = toFailure(error)
        if (status === 400) {
          log.warn({ channel: 'telegram', code: 'TELEGRAM_COMMANDS_REFUSED' }, 'Telegram refused a list of commands.')
          break
        }
        if (failures === 1) log.info({ channel: 'telegram', code }, 'The list of commands is sent to Telegram later.')
        await clock.wait(retryAfterMs ?? backoffMs(failures), signal)
      }
    }
  }
}
