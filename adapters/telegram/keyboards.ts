/** Our buttons as Telegram's keyboards. */
import type { Api } from 'grammy'
import type { Outbound } from '../adapter.js'

export type ReplyMarkup = NonNullable<NonNullable<Parameters<Api['raw']['sendMessage']>[0]>['reply_markup']>
export type InlineKeyboard = NonNullable<NonNullable<Parameters<Api['raw']['editMessageText']>[0]>['reply_markup']>

export function inlineKeyboard(buttons: Outbound['buttons']): InlineKeyboard | undefined {
  if (!buttons?.length) return undefined
  return {
    inline_keyboard: buttons.map((row) =>
      row.map((button) =>
        'url' in button ? { text: button.label, url: button.url } : { text: button.label, callback_data: button.data },
      ),
    ),
  }
}

/**
 * The keyboard that shares a number or a place. A message has one keyboard of one sort, so buttons beside a request become keys
 * that type their label, which is understood as well; links have no place there.
 */
function requestKeyboard({ kind, label }: NonNullable<Outbound['request']>, buttons: Outbound['buttons']): ReplyMarkup {
  const share = kind === 'phone' ? { text: label, request_contact: true } : { text: label, request_location: true }
  const rows = (buttons ?? []).map((row) =>
    row.filter((button) => 'data' in button).map(({ label: text }) => ({ text })),
  )
  return {
    keyboard: [[share], ...rows.filter((row) => row.length > 0)],
    one_time_keyboard: true,
    resize_keyboard: true,
  }
}

/** Beyond this many open keyboards the oldest is left to the one-time rule: it hides itself when used. */
const REMEMBERED = 10_000

/**
 * A request's keyboard stays at hand until it is removed, and only a message without other buttons can do that. So we remember
 * who has one open. It is not always removed to be safe, because a message that removes a keyboard cannot be edited:
 * https://core.telegram.org/bots/api#updating-messages
 */
export function createKeyboards() {
  const open = new Set<string>()
  return {
    /** The markup of a new message. */
    of({ address, request, buttons }: Outbound): ReplyMarkup | undefined {
      if (request) return requestKeyboard(request, buttons)
      return inlineKeyboard(buttons) ?? (open.has(address) ? { remove_keyboard: true } : undefined)
    },
    /** The message is there. */
    sent({ address, request, buttons }: Outbound) {
      if (request) {
        open.add(address)
        const [oldest] = open
        if (open.size > REMEMBERED && oldest) open.delete(oldest)
      } else if (!buttons?.length) open.delete(address)
    },
  }
}
