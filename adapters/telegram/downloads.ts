/** The content of a file that somebody sent. */
import { FILE_MAX_BYTES } from '../../bot/limits.js'
import { DeliveryError } from '../adapter.js'
import { readBody } from '../read-body.js'
import type { Telegram, TelegramAddress } from './api.js'
import { toDeliveryError } from './failures.js'

/** 20 MB at 1 Mbit/s take this long. */
const DOWNLOAD_TIMEOUT_MS = 180_000

const tooBig = () => new DeliveryError('refused', 'TELEGRAM_FILE_TOO_BIG')

/**
 * Where the file may be. A Bot API server of one's own (`--local`) names the place on its disk,
 * `/var/lib/telegram-bot-api/<token>/documents/file_1.pdf`; what stands before it serves either the whole of it or what
 * follows the token.
 */
function urlsOf(path: string, { apiRoot, token }: TelegramAddress): string[] {
  const parts = path.split('/').filter((part) => part !== '')
  if (parts.length === 0 || parts.includes('..')) return []
  const url = (some: string[]) => `${apiRoot}/file/bot${token}/${some.map(encodeURIComponent).join('/')}`
  const ofToken = parts.indexOf(token)
  const tail = parts.slice(ofToken + 1)
  return path.startsWith('/') && ofToken >= 0 && tail.length > 0 ? [url(tail), url(parts)] : [url(parts)]
}

export function createDownloader(call: Telegram, address: TelegramAddress) {
  const get = address.fetch ?? fetch

  async function download(url: string): Promise<Uint8Array | 'missing'> {
    let response: Response
    try {
      response = await get(url, { redirect: 'error', signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) })
    } catch {
      throw new DeliveryError('retry', 'TELEGRAM_AWAY')
    }
    if (response.ok)
      return readBody(response, FILE_MAX_BYTES, tooBig).catch((error: unknown) => {
        throw error instanceof DeliveryError ? error : new DeliveryError('retry', 'TELEGRAM_AWAY')
      })
    await response.body?.cancel()
    if (response.status === 404) return 'missing'
    const policy = response.status === 429 || response.status >= 500 ? 'retry' : 'refused'
    throw new DeliveryError(policy, `TELEGRAM_FILE_${response.status}`)
  }

  /** `ref` is Telegram's `file_id`. Throws `DeliveryError`. */
  return async function fetchFile(ref: string): Promise<Uint8Array> {
    const file = await call((api, signal) => api.getFile({ file_id: ref }, signal)).catch((error: unknown) => {
      throw toDeliveryError(error)
    })
    if ((file.file_size ?? 0) > FILE_MAX_BYTES) throw tooBig()
    for (const url of urlsOf(file.file_path ?? '', address)) {
      const content = await download(url)
      if (content !== 'missing') return content
    }
    throw new DeliveryError('refused', 'TELEGRAM_FILE_404')
  }
}
