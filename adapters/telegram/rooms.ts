/**
 * Staff's groups: supergroups with topics, one topic for each case. https://core.telegram.org/bots/api#createforumtopic
 *
 * A topic is created by one call and its first message sent by another. Which topic was opened for which first message is
 * remembered until that message stands in it, so that a retry of this process uses it. After a crash between the two, or when the
 * answer to the first call was lost, one empty topic remains: Telegram lists a group's topics to nobody.
 */
import { DeliveryError, type Outbound, PLACE_GONE, type Rooms, type Sent } from '../adapter.js'
import { toTarget } from './addresses.js'
import type { Telegram } from './api.js'
import { createDismiss } from './dismiss.js'
import { isFailure, toDeliveryError } from './failures.js'
import { TELEGRAM_TOPIC_NAME_MAX } from './limits.js'
import type { createRemover } from './remove.js'
import { createCheck } from './rooms-check.js'

/** So many opened topics whose first message has not been sent are remembered. */
const REMEMBERED = 1000

type Needs = {
  call: Telegram
  send(message: Outbound): Promise<Sent>
  removeMany: ReturnType<typeof createRemover>['removeMany']
}

export function createRooms({ call, send, removeMany }: Needs): Rooms {
  const opened = new Map<string, string>()

  async function createTopic(group: string, title: string): Promise<string> {
    const { chat_id: chat } = toTarget(group)
    // By characters, not by their halves: a cut emoji is refused.
    const name = [...title].slice(0, TELEGRAM_TOPIC_NAME_MAX).join('')
    const topic = await call((api, signal) => api.createForumTopic({ chat_id: chat, name }, signal))
    return `${chat}/${topic.message_thread_id}`
  }

  const isPlaceGone = (error: unknown) => error instanceof DeliveryError && error.code === PLACE_GONE

  async function open(
    group: string,
    title: string,
    first: Omit<Outbound, 'address' | 'edits'>,
    mayBeGone = true,
  ): Promise<Sent & { address: string }> {
    const key = `${group} ${first.id}`
    const earlier = opened.get(key)
    const address = earlier ?? (await createTopic(group, title))
    opened.set(key, address)
    const [oldest] = opened.keys()
    if (opened.size > REMEMBERED && oldest) opened.delete(oldest)
    try {
      const sent = await send({ ...first, address })
      opened.delete(key)
      return { ...sent, address }
    } catch (error) {
      const failure = toDeliveryError(error)
      if (failure.policy === 'retry') throw failure
      opened.delete(key)
      // Staff deleted it between our attempts.
      if (mayBeGone && earlier && isPlaceGone(failure)) return open(group, title, first, false)
      // Nothing will ever stand in it. That it cannot be taken away either changes nothing about why.
      if (failure.policy === 'refused') await remove(address, []).catch(() => undefined)
      throw failure
    }
  }

  async function remove(address: string, messageKeys: readonly string[]): Promise<void> {
    const { chat_id, message_thread_id } = toTarget(address)
    if (!message_thread_id) return removeMany(address, messageKeys)
    try {
      await call((api, signal) => api.deleteForumTopic({ chat_id, message_thread_id }, signal))
    } catch (error) {
      if (isFailure(error, 'TELEGRAM_TOPIC_GONE')) return
      // Topics were switched off: what stood in them is shown in the main chat now, and must go all the same.
      if (isFailure(error, 'TELEGRAM_NOT_FORUM')) return removeMany(address, messageKeys)
      throw error
    }
  }

  async function setOpen(address: string, isOpen: boolean): Promise<void> {
    const { chat_id, message_thread_id } = toTarget(address)
    if (!message_thread_id) throw new DeliveryError('refused', 'TELEGRAM_NO_TOPIC')
    const topic = { chat_id, message_thread_id }
    try {
      await call((api, signal) => (isOpen ? api.reopenForumTopic(topic, signal) : api.closeForumTopic(topic, signal)))
    } catch (error) {
      if (!isFailure(error, 'TELEGRAM_TOPIC_UNCHANGED', 'TELEGRAM_TOPIC_GONE')) throw error
    }
  }

  /** Nothing but `DeliveryError` gets out. */
  const guard = async <T>(run: Promise<T>): Promise<T> =>
    run.catch((error: unknown) => {
      throw toDeliveryError(error)
    })

  const dismiss = createDismiss(call)

  return {
    check: createCheck(call),
    open: (group, title, first) => guard(open(group, title, first)),
    setOpen: (address, isOpen) => guard(setOpen(address, isOpen)),
    remove: (address, messageKeys) => guard(remove(address, messageKeys)),
    dismiss: (group, member) => guard(dismiss(group, member)),
  }
}
