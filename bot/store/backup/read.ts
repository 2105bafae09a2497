/** Reads a backup from its beginning, and proves the whole of it before a word of it is believed. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import { SetupError } from '../../errors.js'
import { openRing } from '../key-ring.js'
import { readMigrations } from '../migrate.js'
import { createVault, type Vault } from '../vault.js'
import { damaged, EndLine, FileLine, Header, LINE_MAX_BYTES, sealOf, TableLine } from './format.js'

/** A line with its letter taken off, or (letter C) a piece of the file whose line came before. */
type Part = { letter: string; body: Buffer }

const NEWLINE = 0x0a

/** Every part in order. `pass` sees each byte that comes before the last line. */
export async function* partsOf(path: string, pass: (bytes: Buffer) => void = () => undefined): AsyncGenerator<Part> {
  const source = createReadStream(path)
  const gunzip = createGunzip({ chunkSize: 256 * 1024 })
  source.once('error', (error) => gunzip.destroy(error))
  source.pipe(gunzip)
  let rest: Buffer = Buffer.alloc(0)
  let content = 0
  try {
    for await (const chunk of gunzip) {
      rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
      for (;;) {
        if (content > 0) {
          const body = rest.subarray(0, content)
          if (body.length === 0) break
          pass(body)
          content -= body.length
          rest = rest.subarray(body.length)
          yield { letter: 'C', body }
          continue
        }
        const end = rest.indexOf(NEWLINE)
        if (end < 0) break
        const line = rest.subarray(0, end)
        const part = { letter: String.fromCharCode(line[0] ?? 0), body: line.subarray(1) }
        if (part.letter !== 'E') pass(rest.subarray(0, end + 1))
        rest = rest.subarray(end + 1)
        if (part.letter === 'F') content = parse(FileLine, part.body, path).bytes
        yield part
      }
      if (rest.length > LINE_MAX_BYTES) throw damaged(path)
    }
    if (rest.length > 0 || content > 0) throw damaged(path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (message === 'incorrect header check') throw foreign(path) // not even gzip
    if (code?.startsWith('Z_')) throw damaged(path)
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      throw new SetupError('BACKUP_UNREADABLE', `The backup ${path} cannot be read (${code}). Is this its name?`)
    throw error
  } finally {
    source.destroy()
    gunzip.destroy()
  }
}

const foreign = (path: string) =>
  new SetupError(
    'BACKUP_FORMAT',
    `${path} is not a backup that this Rahnamo reads. Install the version that made it, or name another file.`,
  )

/** @throws SetupError BACKUP_DAMAGED */
export function parse<T>(schema: z.ZodType<T>, body: Buffer, path: string): T {
  try {
    return schema.parse(JSON.parse(body.toString('utf8')))
  } catch {
    throw damaged(path)
  }
}

export type Checked = { header: Header; rows: number; files: number; found: Record<string, unknown>[] }

/**
 * Reads all of it and writes nothing. `find` names a table whose rows are wanted: a small one.
 * @throws SetupError BACKUP_UNREADABLE, BACKUP_DAMAGED, BACKUP_FORMAT, BACKUP_EXPIRED, BACKUP_KEY, BACKUP_NEWER, BACKUP_OLDER
 */
export async function checkBackup(options: {
  path: string
  /** The master key. */
  key: Uint8Array
  now: Date
  migrations: string
  find: string
}): Promise<Checked> {
  const { path } = options
  const hash = createHash('sha256')
  const checked: Omit<Checked, 'header'> = { rows: 0, files: 0, found: [] }
  let header: Header | undefined
  let vault: Vault | undefined
  let table: string | undefined
  let ended = false
  for await (const { letter, body } of partsOf(path, (bytes) => void (ended || hash.update(bytes)))) {
    if (ended) throw damaged(path)
    if (!header || !vault) {
      header = headerOf(letter, body, options)
      vault = vaultOf(header, options)
    } else if (letter === 'T') table = parse(TableLine, body, path).table
    else if (letter === 'F') checked.files++
    else if (letter === 'R') {
      checked.rows++
      if (table === options.find) checked.found.push(JSON.parse(body.toString('utf8')))
    } else if (letter === 'E') {
      const end = parse(EndLine, body, path)
      ended = sealOf(vault, hash.digest()).equals(Buffer.from(end.seal, 'base64'))
      if (!ended || end.rows !== checked.rows || end.files !== checked.files) throw damaged(path)
    }
  }
  if (!header || !ended) throw damaged(path)
  return { header, ...checked }
}

function headerOf(letter: string, body: Buffer, given: { path: string; now: Date; migrations: string }): Header {
  const { path } = given
  const result = letter === 'H' ? Header.safeParse(parse(z.unknown(), body, path)) : undefined
  if (!result?.success) throw foreign(path)
  const header = result.data
  if (header.expiresAt <= given.now)
    throw new SetupError(
      'BACKUP_EXPIRED',
      `The backup ${path} ended on ${header.expiresAt.toISOString().slice(0, 10)}: what people were promised to be forgotten is in it. Delete it, and restore a newer one.`,
    )
  checkSchema(header.schema, given.migrations, path)
  return header
}

/** Opened by the master key that the backup was made under, or refused before anything is written. */
function vaultOf({ ring }: Header, { path, key }: { path: string; key: Uint8Array }): Vault {
  const opened = openRing(
    ring.map(({ name, wrapped }) => ({ name, wrapped: Buffer.from(wrapped, 'base64') })),
    key,
  )
  if (opened) return createVault(key, opened)
  throw new SetupError(
    'BACKUP_KEY',
    `The backup ${path} was made with another key. Give its RAHNAMO_KEY, or put its file "key" into DATA_DIR; nothing was written.`,
  )
}

/** What a later migration may do to rows that are not there yet: a restore would leave it undone. */
const CHANGES_ROWS =
  /^\s*(update|insert|delete|with)\b|\bdrop (table|column)\b|\brename\b|\bset not null\b|\balter column\b/im

function checkSchema(schema: string, migrations: string, path: string): void {
  const known = readMigrations(migrations)
  const at = known.findIndex(({ name }) => name === schema)
  if (at < 0)
    throw new SetupError(
      'BACKUP_NEWER',
      `The backup ${path} was made by a newer Rahnamo (it has ${schema}). Install that version or a later one.`,
    )
  const since = known.slice(at + 1).find(({ sql }) => CHANGES_ROWS.test(sql))
  if (since)
    throw new SetupError(
      'BACKUP_OLDER',
      `The backup ${path} was made before ${since.name}, which changed what is kept. Restore it with the version that made it (its newest migration was ${schema}), then install this one.`,
    )
}
