/** What clients do with what we keep of them leaves a trace too: which act and which cases; no identity, and no word (S30). */
import type { Turn } from '../conversation/turn.js'
import { type Audited, audit } from '../desk/audit.js'
import type { Tx } from '../store/store.js'
import type { Vault } from '../store/vault.js'

type OwnAct = Extract<Audited, `client.${string}`>

/** Written where there is no case, so that how often it happens can be counted all the same. */
const NO_CASE = '–'

export async function codesOf(tx: Tx, { loaded: { personId } }: Turn): Promise<string[]> {
  const cases = await tx.case.findMany({ where: { personId }, select: { code: true }, orderBy: { openedAt: 'asc' } })
  return cases.map(({ code }) => code)
}

/** One row for each case. To be the last step of the act; `codes` are given when it takes the cases away. */
export async function traceOwnAct(tx: Tx, vault: Vault, turn: Turn, action: OwnAct, codes?: string[]): Promise<void> {
  const about = codes ?? (await codesOf(tx, turn))
  for (const object of about.length > 0 ? about : [NO_CASE])
    await audit(tx, vault, { staffId: null, action, object, at: turn.now })
}
