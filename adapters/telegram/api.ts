/** The Bot API through grammY: one call, one answer or one `TelegramFailure`. */
import { Api } from 'grammy'
import { TelegramFailure, toFailure } from './failures.js'

export const TELEGRAM_API_ROOT = 'https://api.telegram.org'

/** Ordinary calls answer in a second; on a line that loses packets, within this. */
const CALL_TIMEOUT_MS = 30_000

export type TelegramAddress = {
  token: string
  /** Root of the Bot API server, without a slash at its end. */
  apiRoot: string
  fetch?: typeof fetch
}

/** Anything else is no token, and might bend the address it becomes a part of. */
const TOKEN_FORM = /^[\w:-]{1,200}$/

type Raw = Api['raw']
/** The library's types know only the polyfill of an abort signal; it takes Node's own as well. */
export type ApiSignal = NonNullable<Parameters<Raw['getMe']>[0]>
const isApiSignal = (signal: AbortSignal | ApiSignal): signal is ApiSignal => 'addEventListener' in signal

/** Node's own `fetch` takes no polyfilled signal, which is what the library hands over. */
const withNodeSignal =
  (ownFetch: typeof fetch): typeof fetch =>
  (input, init) => {
    const controller = new AbortController()
    init?.signal?.addEventListener('abort', () => controller.abort())
    return ownFetch(input, { ...init, signal: controller.signal })
  }

export type Telegram = ReturnType<typeof createTelegram>

export function createTelegram({ token, apiRoot, fetch: ownFetch }: TelegramAddress) {
  const { raw } = new Api(token, { apiRoot, ...(ownFetch && { fetch: withNodeSignal(ownFetch) }) })
  /**
   * Runs one method, e.g. `call((api, signal) => api.getMe(signal))`. `signal` gives it up early; so does `timeoutMs`.
   * Throws only `TelegramFailure`.
   */
  return async function call<T>(
    run: (api: Raw, signal: ApiSignal) => Promise<T>,
    { signal, timeoutMs = CALL_TIMEOUT_MS }: { signal?: AbortSignal; timeoutMs?: number } = {},
  ): Promise<T> {
    if (!TOKEN_FORM.test(token)) throw new TelegramFailure('TELEGRAM_404', 404)
    const controller = new AbortController()
    const giveUp = () => controller.abort()
    const timer = setTimeout(giveUp, timeoutMs)
    signal?.addEventListener('abort', giveUp)
    if (signal?.aborted) giveUp()
    try {
      if (!isApiSignal(controller.signal)) throw new TypeError('AbortSignal expected')
      return await run(raw, controller.signal)
    } catch (error) {
      throw toFailure(error)
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', giveUp)
    }
  }
}
