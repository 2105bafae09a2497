/** A certificate goes to its owner in the chat: as a file beside a word of joy. */
import type { InsideHouse } from '../../conversation/inside.js'
import { inNewestChat } from '../../conversation/newest-chat.js'
import type { Turn } from '../../conversation/turn.js'
import type { FileStore } from '../../store/files.js'
import type { Tx } from '../../store/store.js'
import { paperOf } from './paper.js'

export type PaperHouse = InsideHouse & { publicUrl: string | undefined }
type Files = Pick<FileStore, 'write'>

/** In a turn of the owner's own. */
export async function sendPaper(
  house: PaperHouse,
  files: Files,
  tx: Tx,
  turn: Turn,
  certificateId: string,
): Promise<void> {
  const { words } = house.mind
  const { name, content } = await paperOf({ store: house.store, publicUrl: house.publicUrl, words }, tx, certificateId)
  const fileId = turn.keepOwnFile({ kind: 'document', mime: 'application/pdf', name, bytes: content.length })
  await files.write(fileId, turn.drawer, content)
  turn.sayText(words.say(turn.language, 'duties:certificate'), { fileId })
}

/** In the chat that they used last. False when they have none that can be written to. */
export const sendPaperTo = (
  house: PaperHouse,
  files: Files,
  tx: Tx,
  personId: string,
  certificateId: string,
): Promise<boolean> => inNewestChat(house, tx, personId, (turn) => sendPaper(house, files, tx, turn, certificateId))
