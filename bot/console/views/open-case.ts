/** A case as the page draws it: all that was read, and what whoever looks is to it. */
import { may } from '../../desk/access.js'
import type { Around } from '../../desk/around-case.js'
import type { CaseRow, Summary } from '../../desk/cases.js'
import type { ReadyAnswer } from '../../desk/quick-answers.js'
import type { CaseMessage, CaseNote, Reach } from '../../desk/reading.js'
import type { SameCase } from '../../desk/same-person.js'
import type { Shared } from '../../desk/shared.js'
import type { Target } from '../../desk/targets.js'
import type { Identity, RevealState } from '../../desk/two-people/reveal.js'
import type { View } from './view.js'

/** An answer of the knowledge: its title, and the whole of it in our language and in the client's. */
export type ArticleChoice = { id: string; title: string; ours: string; theirs: string }

/** `owner` and `guest` answer; everybody else reads. */
export type Part = 'owner' | 'guest' | 'reader'

export type OpenCase = {
  row: CaseRow
  around: Around
  part: Part
  messages: CaseMessage[]
  notes: CaseNote[]
  summary: Summary | undefined
  reach: Reach
  /** The same person's cases in other chats, with what was asked there. */
  same: (SameCase & { question: string | undefined })[]
  /** The titles of the answers that were shown. */
  shown: string[]
  /** To whom it can be handed on. */
  targets: Target[]
  articles: ArticleChoice[]
  ready: ReadyAnswer[]
  /** What was searched for among the answers; then that menu is open. */
  find: string | undefined
  /** The client's message that is being answered. */
  answering: CaseMessage | undefined
  /** One's own message that is being put right. */
  correcting: CaseMessage | undefined
  /** The client's number, on the one page that shows it. */
  phone: string | undefined
  /** Who the client is, on the one page that shows it. */
  identity: Identity | undefined
  /** Where the wish to see that stands; undefined for whoever may not ask. */
  reveal: RevealState | undefined
  /** A shared card or place, on the one page that shows it. */
  shared: Shared | undefined
  /** What was written and not sent, put back where it was. */
  draft?: { reply?: string; note?: string }
}

export function partOf({ staff }: View, row: CaseRow, { guests }: Around): Part {
  if (row.state !== 'claimed' || !may(staff, 'case.reply')) return 'reader'
  if (row.ownerId === staff.id) return 'owner'
  return guests.some(({ id }) => id === staff.id) ? 'guest' : 'reader'
}
