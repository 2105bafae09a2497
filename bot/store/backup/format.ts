/**
 * What a backup is: one gzip file of lines, each a letter and JSON. Rows stand in it as the database has them, so what is sealed there
 * is sealed here, and no master key is in it.
 *
 *     H  format, schema, when it was made and when it ends, and the house's own keys, wrapped
 *     T  a table begins: its name and columns      R  a row of it
 *     S  the last number that a table has given
 *     F  a file: its id and length, then so many bytes as they lie in the folder, sealed
 *     E  how much there was, and a seal over all of it that only the holder of the key can make
 */
import { z } from 'zod'
import { SetupError } from '../../errors.js'
import type { Vault } from '../vault.js'

export const FORMAT = 'rahnamo-backup'
export const VERSION = 1

/** No row is longer; a file that says so was not written by us. */
export const LINE_MAX_BYTES = 32 * 1024 * 1024

/** Written by the database itself, or compared before anything is read. */
export const LEFT_OUT = ['_prisma_migrations', 'key_check']

export const Header = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** The newest migration of the database it was made of. */
  schema: z.string(),
  madeAt: z.coerce.date(),
  expiresAt: z.coerce.date(),
  /** The house's own keys, wrapped by the master key: whoever has that can open the rest. */
  ring: z.array(z.object({ name: z.string(), wrapped: z.base64() })),
})
export type Header = z.infer<typeof Header>

export const TableLine = z.object({ table: z.string(), columns: z.array(z.string()).min(1) })
export const SequenceLine = z.object({ table: z.string(), column: z.string(), last: z.string().regex(/^\d+$/) })
export const FileLine = z.object({ id: z.uuid(), bytes: z.int().min(0) })
export const EndLine = z.object({ rows: z.int(), files: z.int(), seal: z.base64() })

export const lineOf = (letter: 'H' | 'T' | 'S' | 'F' | 'E', value: object): Buffer =>
  Buffer.from(`${letter}${JSON.stringify(value)}\n`)

/** `digest` is that of every byte before the last line. */
export const sealOf = (vault: Vault, digest: Buffer): Buffer =>
  Buffer.from(vault.hash('backup', digest.toString('hex')))

export const damaged = (path: string): SetupError =>
  new SetupError(
    'BACKUP_DAMAGED',
    `The backup ${path} is damaged or was changed. Take another copy of it, or an earlier one.`,
  )

const FULL_DISK = ['ENOSPC', 'EDQUOT', '53100']

/** A full disk gets its sentence; every other error stays what it is. */
export function explained(error: unknown, where: string): unknown {
  const { code } = (error ?? {}) as { code?: unknown }
  if (!FULL_DISK.includes(String(code))) return error
  return new SetupError(
    'DISK_FULL',
    `The disk of ${where} is full. Nothing was left half written; make room, then try again.`,
  )
}
