/** A table that is sent as it is read: as much of it lies in memory as one page of rows. */
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { csvStream } from '../csv.js'
import type { Visit } from '../guard.js'
import { FILE_HEADERS } from '../headers.js'
import { type Value, xlsx } from './xlsx.js'

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
export type TableKind = keyof typeof TYPES

/** `name` is without its ending. */
export function streamed(
  { reply }: Visit,
  name: string,
  kind: TableKind,
  rows: AsyncIterable<readonly Value[]>,
): FastifyReply {
  const parts = kind === 'csv' ? csvStream(rows) : xlsx(rows)
  return reply
    .headers(FILE_HEADERS)
    .type(TYPES[kind])
    .header('content-disposition', `attachment; filename="${name}.${kind}"`)
    .send(Readable.from(parts, { objectMode: false }))
}
