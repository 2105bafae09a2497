/** The content of a file that somebody sent. */
import { FILE_MAX_BYTES } from '../../bot/limits.js'
import { DeliveryError } from '../adapter.js'
import { readBody } from '../read-body.js'
import type { Slack } from './api.js'
import { AWAY, toDeliveryError } from './failures.js'
import { isSlackHost } from './hosts.js'

/** 20 MB at 1 Mbit/s take this long. */
const DOWNLOAD_TIMEOUT_MS = 180_000

const refused = (code: string) => new DeliveryError('refused', code)
const later = (code: string) => new DeliveryError('retry', code)
const tooBig = () => refused('SLACK_FILE_TOO_BIG')

/** https://docs.slack.dev/reference/objects/file-object: modes of files that are not, or no longer, at Slack. */
const MODES: Record<string, string> = {
  tombstone: 'SLACK_FILE_GONE',
  hidden_by_limit: 'SLACK_FILE_GONE',
  external: 'SLACK_FILE_EXTERNAL',
}

type Needs = { call: Slack; token: string; apiUrl: string }

const isHtml = (type: string | null | undefined) => /^text\/html\b/i.test(type ?? '')

export function createDownloader({ call, token, apiUrl }: Needs) {
  async function get(url: string): Promise<Response> {
    const headers = { authorization: `Bearer ${token}` }
    const signal = AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS)
    const response = await fetch(url, { headers, redirect: 'manual', signal }).catch(() => {
      throw later(AWAY)
    })
    if (response.ok) return response
    await response.body?.cancel()
    // Who may not have a file is led to the page where people sign in.
    if (response.status >= 300 && response.status < 400) throw refused('SLACK_FILE_HTML')
    const passing = response.status === 429 || response.status >= 500
    throw passing ? later(AWAY) : refused(`SLACK_FILE_${response.status}`)
  }

  /**
   * `ref` is Slack's id of the file.
   *
   * @throws DeliveryError
   */
  return async function fetchFile(ref: string): Promise<Uint8Array> {
    const { file } = await call((api) => api.files.info({ file: ref })).catch((error: unknown) => {
      const failure = toDeliveryError(error)
      throw failure.code === 'SLACK_FILE_NOT_READY' ? later(failure.code) : failure
    })
    const gone = MODES[file?.mode ?? '']
    if (gone) throw refused(gone)
    if ((file?.size ?? 0) > FILE_MAX_BYTES) throw tooBig()
    const url = file?.url_private_download ?? file?.url_private
    if (!url) throw later('SLACK_FILE_NOT_READY')
    if (!isSlackHost(url, apiUrl)) throw refused('SLACK_FILE_ELSEWHERE')
    const response = await get(url)
    const content = await readBody(response, FILE_MAX_BYTES, tooBig).catch((error: unknown) => {
      throw error instanceof DeliveryError ? error : later(AWAY)
    })
    // A page to sign in, with "200 OK", in place of the file (S34). A file that is a page itself has its own length.
    const isPage = isHtml(response.headers.get('content-type'))
    if (isPage && (!isHtml(file?.mimetype) || content.length !== file?.size)) throw refused('SLACK_FILE_HTML')
    return content
  }
}
