/** Our own page in Slack: the App Home of one person. https://docs.slack.dev/surfaces/app-home */
import { type Channel, DeliveryError } from '../adapter.js'
import { toTarget } from './addresses.js'
import type { Slack } from './api.js'
import { buttonBlocks } from './buttons.js'
import { toDeliveryError } from './failures.js'
import { textBlocks } from './rich-text.js'

export const createHome =
  (call: Slack): NonNullable<Channel['showHome']> =>
  async (address, { text, buttons }) => {
    const target = toTarget(address)
    if (!('user' in target)) throw new DeliveryError('refused', 'SLACK_HOME_OF_NOBODY')
    const blocks = [...textBlocks(text), ...buttonBlocks(buttons)]
    await call((api) => api.views.publish({ user_id: target.user, view: { type: 'home', blocks } })).catch(
      (error: unknown) => {
        throw toDeliveryError(error)
      },
    )
  }
