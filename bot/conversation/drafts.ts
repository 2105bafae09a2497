/** Unfinished answers of somebody who begins a flow again: kept in a row, or still open in one of their chats, also on another channel. */
import { draftOf } from '../engine/begin.js'
import type { Library } from '../engine/library.js'
import type { Position } from '../engine/position.js'
import type { Values } from '../engine/types.js'
import { sqlOf, type Tx } from '../store/store.js'
import type { State } from './state.js'
import type { Turn } from './turn.js'
import { fetchVersion } from './versions.js'

/** `version`: of the flow that asked; unknown of what is older than that column. */
export type KeptDraft = { answers: Values; at: Date; version?: string | undefined }

/** `versions`: the flow's versions with which somebody may begin, the first of them that is still there; the newest when none is. */
export type Begun = { answers: Values | undefined; versions: readonly string[] }

/** A room that knows more of the drafts of one flow: which of those there are is wanted now, or what it kept by itself. */
export type DraftKeeper = {
  flow: string
  choose(turn: Turn, tx: Tx, drafts: readonly KeptDraft[]): Promise<Begun>
}

/** The newest first. */
export async function draftsOf(turn: Turn, library: Library, flow: string, tx: Tx): Promise<KeptDraft[]> {
  const { personId, conversationId } = turn.loaded
  const drafts: KeptDraft[] = []
  const add = async (position: Position | null, at: Date) => {
    const frame = position?.frames.find((each) => each.flow === flow && each.by !== 'run')
    if (!frame) return
    const { version } = frame
    const answers = draftOf(frame, await fetchVersion(tx, library, flow, version))
    if (Object.keys(answers).length > 0) drafts.push({ answers, at, version })
  }
  await add(turn.state.position, turn.now)
  const others = await sqlOf(tx)<{ state: Uint8Array; at: Date }>(
    `select state, updated_at as at from conversation where person_id = $1::uuid and flow = $2 and id <> $3::uuid and state is not null`,
    [personId, flow, conversationId],
  )
  for (const { state, at } of others)
    await add(turn.drawer.openJson<State>('conversation.state', state).position, new Date(at))
  const row = await tx.draft.findUnique({ where: { personId_flow: { personId, flow }, until: { gt: turn.now } } })
  const keptFor = library.newest(flow)?.draftMs ?? 0
  if (row)
    drafts.push({
      answers: turn.drawer.openJson<Values>('draft.answers', row.answers),
      at: new Date(row.until.getTime() - keptFor),
      version: row.version ?? undefined,
    })
  return drafts.sort((a, b) => b.at.getTime() - a.at.getTime())
}
