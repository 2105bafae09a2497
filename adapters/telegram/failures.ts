/**
 * What went wrong in a call of the Bot API, reduced to what may be kept: a code and numbers. The library's own errors carry the
 * payload (somebody's words) and, inside, the URL (our token); they end here.
 */
import { GrammyError } from 'grammy'
import { DeliveryError, PLACE_GONE } from '../adapter.js'

export class TelegramFailure extends Error {
  constructor(
    /** `TELEGRAM_<status>`, `TELEGRAM_AWAY` when there was no answer, or a name from `REASONS`. */
    readonly code: string,
    /** HTTP status as the Bot API gives it; 0 when there was no answer. */
    readonly status: number,
    readonly retryAfterMs?: number,
    readonly movedTo?: string,
  ) {
    super(code)
    this.name = 'TelegramFailure'
  }
}

/** The descriptions that mean something to us; all other words of Telegram's are dropped. They are not promised to be stable. */
const REASONS: [status: number, words: RegExp, code: string][] = [
  [400, /message is not modified/i, 'TELEGRAM_NOT_MODIFIED'],
  [400, /there is no text in the message to edit/i, 'TELEGRAM_NO_TEXT'],
  [400, /message to (delete|edit) not found|message_id_invalid/i, 'TELEGRAM_MESSAGE_GONE'],
  [400, /message can't be deleted/i, 'TELEGRAM_MESSAGE_TOO_OLD'],
  [400, /message thread not found|topic_deleted|topic_id_invalid/i, 'TELEGRAM_TOPIC_GONE'],
  // Only of topics that others opened: in its own a bot may always write.
  [400, /topic_closed/i, 'TELEGRAM_TOPIC_CLOSED'],
  [400, /topic_not_modified/i, 'TELEGRAM_TOPIC_UNCHANGED'],
  [400, /is not a (supergroup )?forum|channel_forum_missing/i, 'TELEGRAM_NOT_FORUM'],
  [400, /user_not_participant|participant_id_invalid|member not found/i, 'TELEGRAM_NOT_MEMBER'],
  [400, /user is an administrator of the chat|can't remove chat owner/i, 'TELEGRAM_NO_RIGHT'],
  [400, /not enough rights|have no rights|chat_admin_required|chat_write_forbidden/i, 'TELEGRAM_NO_RIGHT'],
  [
    400,
    /chat not found|user not found|peer_id_invalid|user_deactivated|input_user_deactivated/i,
    'TELEGRAM_CHAT_NOT_FOUND',
  ],
  [400, /file is too big/i, 'TELEGRAM_FILE_TOO_BIG'],
  [400, /file is temporarily unavailable/i, 'TELEGRAM_FILE_NOT_READY'],
  [
    400,
    /photo_|image_process_failed|voice_messages_forbidden|wrong type of the web page content/i,
    'TELEGRAM_MEDIA_REFUSED',
  ],
  [409, /webhook/i, 'TELEGRAM_WEBHOOK_ACTIVE'],
  [409, /./, 'TELEGRAM_SECOND_POLLER'],
]

/** Reads an error thrown by the library; anything that is not an answer of the API is `TELEGRAM_AWAY`. */
export function toFailure(error: unknown): TelegramFailure {
  if (error instanceof TelegramFailure) return error
  if (!(error instanceof GrammyError)) return new TelegramFailure('TELEGRAM_AWAY', 0)
  const { error_code: status, parameters } = error
  const description = String(error.description)
  const known = REASONS.find(([code, words]) => code === status && words.test(description))
  // A proxy in between may answer JSON that is not Telegram's; without a number it is no answer.
  if (!Number.isInteger(status)) return new TelegramFailure('TELEGRAM_AWAY', 0)
  const { retry_after: retryAfter, migrate_to_chat_id: movedTo } = parameters
  return new TelegramFailure(
    known?.[2] ?? `TELEGRAM_${status}`,
    status,
    retryAfter === undefined ? undefined : retryAfter * 1000,
    movedTo === undefined ? undefined : String(movedTo),
  )
}

/** A token that Telegram refuses is not the message's fault, and takes a person to mend. */
const REFUSED_TOKEN_PAUSE_MS = 60_000

/** Whether this went wrong in one of these ways; codes as in `TelegramFailure`. */
export const isFailure = (error: unknown, ...codes: string[]): error is TelegramFailure =>
  error instanceof TelegramFailure && codes.includes(error.code)

/** What the outbox is to do about it. */
export function toDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error
  const { code, status, retryAfterMs, movedTo } = toFailure(error)
  if (movedTo) return new DeliveryError('moved', 'TELEGRAM_MOVED', { to: movedTo })
  if (status === 401 || status === 404)
    return new DeliveryError('retry', code, { retryAfterMs: REFUSED_TOKEN_PAUSE_MS })
  if (status === 403 || code === 'TELEGRAM_CHAT_NOT_FOUND') return new DeliveryError('gone', code)
  if (code === 'TELEGRAM_TOPIC_GONE') return new DeliveryError('refused', PLACE_GONE)
  const passing =
    status === 0 || status === 409 || status === 429 || status >= 500 || code === 'TELEGRAM_FILE_NOT_READY'
  if (!passing) return new DeliveryError('refused', code)
  return new DeliveryError('retry', code, retryAfterMs === undefined ? {} : { retryAfterMs })
}
