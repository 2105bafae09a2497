/** A file of ours on its way out: a place for it, the content, and then the message that shows it. */
import type { types } from '@slack/bolt'
import type { Clock, OutFile } from '../adapter.js'
import type { Slack } from './api.js'
import { AWAY, SlackFailure } from './failures.js'
import type { Where } from './finding.js'
import { isSlackHost } from './hosts.js'
import { isRecord } from './updates/reading.js'

/** 20 MB at 1 Mbit/s take this long. */
const UPLOAD_TIMEOUT_MS = 180_000

/** Slack shows a file some moments after it said "ok" to it; how long we look for its message, in all half a minute. */
const LOOKS_MS = [200, 400, 800, 1600, 3000, 5000, 8000, 12_000]

type Needs = { call: Slack; clock: Clock; apiUrl: string }
type Shared = { ts: string; thread: string | undefined }

/** https://docs.slack.dev/reference/objects/file-object: `shares` names the message by conversation. */
function shareOf(file: unknown, channel: string): Shared | undefined {
  const shares = isRecord(file) && isRecord(file.shares) ? file.shares : {}
  for (const kind of [shares.private, shares.public]) {
    const list = isRecord(kind) ? kind[channel] : undefined
    const first: unknown = Array.isArray(list) ? list[0] : undefined
    if (!isRecord(first) || typeof first.ts !== 'string') continue
    return { ts: first.ts, thread: typeof first.thread_ts === 'string' ? first.thread_ts : undefined }
  }
  return undefined
}

export function createUploader({ call, clock, apiUrl }: Needs) {
  async function put(url: string, content: Uint8Array): Promise<void> {
    if (!isSlackHost(url, apiUrl)) throw new SlackFailure('SLACK_UPLOAD_ELSEWHERE')
    let response: Response
    try {
      const signal = AbortSignal.timeout(UPLOAD_TIMEOUT_MS)
      // The address itself is the permission; the token is not needed there, and not sent.
      response = await fetch(url, { method: 'POST', body: Buffer.from(content), redirect: 'error', signal })
    } catch {
      throw new SlackFailure(AWAY)
    }
    await response.body?.cancel()
    if (!response.ok) throw new SlackFailure(response.status === 413 ? 'SLACK_HTTP_413' : AWAY)
  }

  /**
   * Shows the file under `blocks`, whose first carries our mark, and finds out which message that became.
   *
   * @throws SlackFailure; `SLACK_FILE_NOT_SHOWN` when Slack took the file and does not show it yet: another attempt finds it.
   */
  return async function upload(file: OutFile, { channel, thread }: Where, blocks: types.Block[]): Promise<Shared> {
    const { name: filename, content } = file
    const place = await call((api) => api.files.getUploadURLExternal({ filename, length: content.length }))
    const { upload_url: url = '', file_id: id = '' } = place
    await put(url, content)
    const destination = thread ? { channel_id: channel, thread_ts: thread } : { channel_id: channel }
    await call((api) => api.files.completeUploadExternal({ files: [{ id, title: filename }], ...destination, blocks }))
    for (const pause of LOOKS_MS) {
      const { file: shown } = await call((api) => api.files.info({ file: id }))
      const share = shareOf(shown, channel)
      if (share) return share
      await clock.wait(pause)
    }
    throw new SlackFailure('SLACK_FILE_NOT_SHOWN')
  }
}
export type Upload = ReturnType<typeof createUploader>
