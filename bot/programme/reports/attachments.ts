/** Pictures, papers and voice messages that a report holds. They are kept as long as whoever sent them is a worker here. */
import type { FileRef, Json, Values } from '../../engine/types.js'
import type { ReadReport } from './read.js'

const isFile = (value: unknown): value is FileRef => {
  const { id, kind, mime, bytes } = Object(value)
  return typeof id === 'string' && typeof kind === 'string' && typeof mime === 'string' && typeof bytes === 'number'
}

/** The files that an answer consists of; none where it is of another kind. */
export const filesIn = (answer: Json | undefined): FileRef[] =>
  (Array.isArray(answer) ? answer : [answer]).filter((each): each is FileRef & Json => isFile(each))

const filesOf = (answers: Values | null): FileRef[] => Object.values(answers ?? {}).flatMap(filesIn)

/** Whether one of the report's versions holds this file: what else the same person sent is nobody's to open here. */
export const holdsFile = ({ versions }: Pick<ReadReport, 'versions'>, id: string): boolean =>
  versions.some(({ answers }) => filesOf(answers).some((file) => file.id === id))
