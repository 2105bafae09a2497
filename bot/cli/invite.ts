/** A sign-in link, asked for in the terminal: here or through the running process. */
import type { Config } from '../config.js'
import { invite, signInLink, staffLanguage } from '../console/invitations.js'
import type { Clock } from '../conversation/house.js'
import { isStaffRole, STAFF_ROLES } from '../desk/access.js'
import { SetupError } from '../errors.js'
import type { Store } from '../store/store.js'

/** @throws SetupError INVITE_ROLE */
export async function inviteStaff(
  house: { store: Store; config: Config; clock: Clock },
  { role = '', language = '' }: Record<string, string>,
): Promise<string> {
  if (!isStaffRole(role)) throw new SetupError('INVITE_ROLE', `Say whom to invite: ${STAFF_ROLES.join(', ')}.`)
  const token = await invite(house.store, { role, language: staffLanguage(language), now: house.clock() })
  return signInLink(house.config.publicUrl, token)
}
