/** What all routes of the desk share, made once. */

import type { Log } from '../conversation/house.js'
import type { InsideHouse } from '../conversation/inside.js'
import type { StaffMember } from '../desk/access.js'
import type { Advice } from '../desk/advice.js'
import { audit } from '../desk/audit.js'
import type { Words } from '../desk/labels.js'
import { sameCases } from '../desk/same-person.js'
import type { FileStore } from '../store/files.js'
import { createCookies } from './cookies.js'
import { createGuesses } from './guesses.js'
import { readPageFiles } from './page-files.js'
import { createReads } from './reads.js'
import { createSessions } from './sessions.js'
import { createStreams } from './streams.js'

export type ConsoleDeps = {
  house: InsideHouse
  files: FileStore
  texts: Words
  advice: Advice
  /** Where people reach us from outside; may have a path. */
  publicUrl: string | undefined
  clock: () => Date
  log: Log
}

export type Desk = ReturnType<typeof createDesk>

/** Where the desk lives under the server, and, behind a proxy with a path of its own, for browsers. */
export const PREFIX = '/desk'

export function createDesk(deps: ConsoleDeps) {
  const { store } = deps.house
  const url = deps.publicUrl ? new URL(deps.publicUrl) : undefined
  const base = `${url?.pathname.replace(/\/+$/, '') ?? ''}${PREFIX}`
  const cookies = createCookies({ base, secure: url?.protocol === 'https:' })
  const reads = createReads(deps.clock)
  return {
    ...deps,
    store,
    base,
    cookies,
    sessions: createSessions({ store, cookies, clock: deps.clock }),
    guesses: createGuesses(deps.clock),
    pageFiles: readPageFiles(),
    streams: createStreams(store.signals),

    /** A token that only a page of this session holds. */
    csrfOf: (owner: Uint8Array | string): string =>
      Buffer.from(
        store.vault.hash('csrf', typeof owner === 'string' ? owner : Buffer.from(owner).toString('hex')),
      ).toString('base64url'),

    /** Leaves a trace that the names of a group were looked at. */
    traceNames: (staff: StaffMember, groupId: string): Promise<void> =>
      store.transaction((tx) =>
        audit(tx, store.vault, { staffId: staff.id, action: 'programme.names', object: groupId, at: deps.clock() }),
      ),

    /** Leaves a trace that this case was opened; `again` for what an open page asks by itself, which was traced a moment ago. */
    async traceRead(staff: StaffMember, code: string, again: boolean): Promise<void> {
      const known = reads.remember(`${staff.id} ${code}`)
      if (again && known) return
      // The page shows what the person asked in their other chat, too.
      const same = (await sameCases(store.sql, staff, code)).filter(({ here }) => here)
      const at = deps.clock()
      await store.transaction(async (tx) => {
        for (const object of [code, ...same.map((each) => each.code)])
          await audit(tx, store.vault, { staffId: staff.id, action: 'case.read', object, at })
      })
    },
  }
}
