/** Pictures, papers and voice messages that a report holds. They are kept as long as whoever sent them is a worker here. */
import type { FileRef, Json, Values } from '../../engine/types.js'
import type { ReadReport } from './read.js'

export type Attachment = Pick<FileRef, 'id' | 'kind'>

const KINDS: readonly FileRef['kind'][] = ['photo', 'voice', 'video', 'document']

/** Words may be spoken: then the answer names the voice message only. */
function fileIn(value: Json | undefined): Attachment[] {
  const { id, kind, voice } = Object(value)
  if (typeof voice === 'string') return [{ id: voice, kind: 'voice' }]
  const known = KINDS.find((each) => each === kind)
  return typeof id === 'string' && known ? [{ id, kind: known }] : []
}

/** The files that an answer consists of; none where it is of another kind. */
export const filesIn = (answer: Json | undefined): Attachment[] =>
  (Array.isArray(answer) ? answer : [answer]).flatMap(fileIn)

const filesOf = (answers: Values | null): Attachment[] => Object.values(answers ?? {}).flatMap(filesIn)

/** Whether one of the report's versions holds this file: what else the same person sent is nobody's to open here. */
export const holdsFile = ({ versions }: Pick<ReadReport, 'versions'>, id: string): boolean =>
  versions.some(({ answers }) => filesOf(answers).some((file) => file.id === id))
