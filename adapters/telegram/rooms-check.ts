/** What a group still lacks before cases can be shown in it. */
import { z } from 'zod'
import { toTarget } from './addresses.js'
import type { Telegram } from './api.js'
import { toDeliveryError } from './failures.js'

/** https://core.telegram.org/bots/api#chatfullinfo */
const GroupShape = z.object({
  type: z.string(),
  is_forum: z.boolean().optional(),
  username: z.string().optional(),
  active_usernames: z.array(z.string()).optional(),
  // A group "nearby" is as open as one with a name.
  location: z.unknown().optional(),
})
/** https://core.telegram.org/bots/api#chatmember */
const MemberShape = z.object({
  status: z.string(),
  can_manage_topics: z.boolean().optional(),
  can_delete_messages: z.boolean().optional(),
})

const isPublic = ({ username, active_usernames: names, location }: z.infer<typeof GroupShape>) =>
  Boolean(username) || (names?.length ?? 0) > 0 || location !== undefined

function lacksOf(group: z.infer<typeof GroupShape>, me: z.infer<typeof MemberShape>): string[] {
  const lacks: string[] = []
  if (isPublic(group)) lacks.push('TELEGRAM_PUBLIC_GROUP')
  const isForum = group.type === 'supergroup' && group.is_forum === true
  if (!isForum) lacks.push('TELEGRAM_NOT_FORUM')
  if (me.status !== 'administrator') return [...lacks, 'TELEGRAM_NOT_ADMIN']
  // Telegram's apps offer this right only where topics are on.
  if (isForum && me.can_manage_topics !== true) lacks.push('TELEGRAM_NO_TOPICS_RIGHT')
  if (me.can_delete_messages !== true) lacks.push('TELEGRAM_NO_DELETE_RIGHT')
  return lacks
}

export function createCheck(call: Telegram) {
  /** @throws {DeliveryError} when Telegram cannot say, or the group has a new id (`moved`). */
  return async function check(address: string): Promise<string[]> {
    try {
      const { chat_id: chat } = toTarget(address)
      const group = GroupShape.parse(await call((api, signal) => api.getChat({ chat_id: chat }, signal)))
      if (group.type !== 'group' && group.type !== 'supergroup') return ['TELEGRAM_NOT_A_GROUP']
      const { id } = await call((api, signal) => api.getMe(signal))
      const me = await call((api, signal) => api.getChatMember({ chat_id: chat, user_id: id }, signal))
      if (me.status === 'left' || me.status === 'kicked') return ['TELEGRAM_NOT_IN_GROUP']
      return lacksOf(group, MemberShape.parse(me))
    } catch (error) {
      const failure = toDeliveryError(error)
      if (failure.policy === 'gone') return ['TELEGRAM_NOT_IN_GROUP']
      throw failure
    }
  }
}
