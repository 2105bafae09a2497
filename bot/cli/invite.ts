/** A sign-in link, asked for in the terminal: here or through the running process. */
import type { Config } from '../config.js'
import { invite, inviteAgain, signInLink, staffLanguage } from '../console/invitations.js'
import type { Clock } from '../conversation/house.js'
import { isStaffRole, STAFF_ROLES } from '../desk/access.js'
import { SetupError } from '../errors.js'
import type { Store } from '../store/store.js'

/**
 * @param who a role (somebody new) or an alias such as `consultant-3` (a new link for the same person)
 * @throws SetupError INVITE_WHO
 */
export async function inviteStaff(
  { store, config, clock }: { store: Store; config: Config; clock: Clock },
  { who = '', language = '' }: Record<string, string>,
): Promise<string> {
  const now = clock()
  const token = isStaffRole(who)
    ? await invite(store, { role: who, language: staffLanguage(language), now })
    : await inviteAgain(store, { alias: who, now })
  if (!token)
    throw new SetupError(
      'INVITE_WHO',
      `Nobody here is called "${who}". Say whom to invite: ${STAFF_ROLES.join(', ')}, or somebody who is here already, like consultant-1.`,
    )
  return signInLink(config.publicUrl, token)
}
