/** Puts somebody out of a staff channel. https://docs.slack.dev/reference/methods/conversations.kick */
import { DeliveryError } from '../adapter.js'
import { USER_ID } from './addresses.js'
import type { Slack } from './api.js'
import { toFailure } from './failures.js'

/** Staff's channels are private ones; a workspace may have installed an app without it. */
const SCOPE = 'groups:write'
/** More than staff of any centre. */
const MEMBERS_MAX = 1000

export function createDismiss(call: Slack) {
  /** @throws SlackFailure, DeliveryError */
  return async function dismiss(channel: string, member: string): Promise<void> {
    if (!USER_ID.test(member)) throw new DeliveryError('gone', 'SLACK_ADDRESS_WRONG')
    // Asked beforehand: a refused call would look as if Slack did not accept the app any more.
    const { response_metadata: given } = await call((api) => api.auth.test())
    if (given?.scopes && !given.scopes.includes(SCOPE)) {
      const { members } = await call((api) => api.conversations.members({ channel, limit: MEMBERS_MAX }))
      if (members && !members.includes(member)) return
      throw new DeliveryError('refused', 'SLACK_MAY_NOT_DISMISS')
    }
    try {
      await call((api) => api.conversations.kick({ channel, user: member }))
    } catch (error) {
      const { code } = toFailure(error)
      if (code === 'SLACK_NOT_IN_CHANNEL') return
      if (code === 'SLACK_MISSING_SCOPE') throw new DeliveryError('refused', 'SLACK_MAY_NOT_DISMISS')
      throw error
    }
  }
}
