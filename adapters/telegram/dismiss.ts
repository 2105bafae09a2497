/** Puts somebody out of a staff group for good. https://core.telegram.org/bots/api#banchatmember */
import { z } from 'zod'
import { toTarget } from './addresses.js'
import type { Telegram } from './api.js'
import { isFailure } from './failures.js'

/** https://core.telegram.org/bots/api#chatmember */
const MemberShape = z.object({ status: z.string(), is_member: z.boolean().optional() })

export function createDismiss(call: Telegram) {
  /** @throws TelegramFailure */
  return async function dismiss(group: string, member: string): Promise<void> {
    const { chat_id } = toTarget(group)
    const { chat_id: user_id } = toTarget(member)
    const isOut = async () => {
      const found = MemberShape.parse(await call((api, signal) => api.getChatMember({ chat_id, user_id }, signal)))
      return ['left', 'kicked'].includes(found.status) || (found.status === 'restricted' && found.is_member === false)
    }
    try {
      // A ban and not only a farewell: the lost device may hold the group's link.
      await call((api, signal) => api.banChatMember({ chat_id, user_id }, signal))
    } catch (error) {
      if (isFailure(error, 'TELEGRAM_NOT_MEMBER')) return
      // Nobody needs to open a group by hand in which they never were.
      if (isFailure(error, 'TELEGRAM_NO_RIGHT') && (await isOut().catch(() => false))) return
      throw error
    }
  }
}
