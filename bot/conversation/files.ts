/** Files of a conversation: fetched from the channel after the message is committed, kept encrypted, given only to their own people. */
import { randomUUID } from 'node:crypto'
import { fileTypeFromBuffer } from 'file-type'
import { UserError } from '../errors.js'
import { pixelsOf } from '../files/pixels.js'
import { withoutTraces } from '../files/without-traces.js'
import { FILE_MAX_BYTES, FILE_MAX_MEGABYTES, PICTURE_MAX_PIXELS } from '../limits.js'
import { type FileStore, isFileId } from '../store/files.js'
import { type Store, sqlOf } from '../store/store.js'
import { wantsAsItIs } from '../text/as-it-is.js'
import { type ChannelName, DeliveryError, type NewFile, type OutFile } from './channel.js'
import { pauseAfter } from './deliver.js'
import { faultOf } from './fault.js'
import type { House } from './house.js'
import { inConversation } from './inside.js'
import type { Body } from './render.js'
import { sayUntaken } from './untaken.js'
import { createWorker, type Worker } from './worker.js'

/** A photo that was away for this many tries (about two days) will not come any more. */
const MAX_ATTEMPTS = 60

/** The message that carries a file, by way of the person's own conversations: there is no index over the files of all messages. */
const CARRIED =
  'join conversation c on c.person_id = f.person_id join message m on m.conversation_id = c.id and m.file_id = f.id'

type Wanted = {
  id: string
  channel: ChannelName
  ref: Uint8Array
  mime: string
  attempts: number
  personId: string
  wrappedKey: Uint8Array
  caseId: string | null
  conversationId: string
  /** The words that came with it, or with the first file of its album. */
  body: Uint8Array | null
}

export function createFileFetcher(house: House, files: FileStore): Worker {
  const { store, clock, log } = house

  const fetchOne = async (wanted: Wanted): Promise<void> => {
    const drawer = store.vault.drawer(wanted.personId, wanted.wrappedKey)
    const channel = house.channel(wanted.channel)
    try {
      if (!channel?.fetchFile) throw new DeliveryError('refused', 'NO_FILES')
      const content = await channel.fetchFile(drawer.openText('file.ref', wanted.ref))
      // What it is, its own content says; a channel only tells what the sender's phone believed.
      const { mime } = await judgeFile({ mime: wanted.mime, content })
      const caption = wanted.body ? drawer.openJson<Body>('message.body', wanted.body).text : ''
      const given = asRelayed(content, mime, caption)
      await files.write(wanted.id, drawer, given)
      const kept = await store.sql(
        `update file set state = 'kept', ref = null, bytes = $2::int, mime = $3 where id = $1::uuid returning id`,
        [wanted.id, given.length, mime],
      )
      // Erased while it was on its way.
      if (kept.length === 0) await files.remove(wanted.id)
    } catch (error) {
      const lasting = error instanceof UserError || (error instanceof DeliveryError && error.policy !== 'retry')
      const code = faultOf(error)
      log.warn({ code, channel: wanted.channel, attempts: wanted.attempts }, 'A file could not be fetched.')
      const failed = lasting || wanted.attempts + 1 >= MAX_ATTEMPTS
      if (failed) await giveUp(wanted, error)
      else
        await store.sql(`update file set attempts = attempts + 1, not_before = $2 where id = $1::uuid`, [
          wanted.id,
          new Date(clock().getTime() + pauseAfter(wanted.attempts + 1)),
        ])
    }
    if (wanted.caseId) store.signals.emit('case', wanted.caseId)
    store.signals.emit('conversation', wanted.conversationId)
  }

  /** Its sender hears why it did not come; they believe that we have it. */
  const giveUp = ({ id, conversationId }: Wanted, error: unknown): Promise<void> =>
    store.transaction(async (tx) => {
      const failed = await sqlOf(tx)(
        `update file set state = 'failed', attempts = attempts + 1 where id = $1::uuid returning id`,
        [id],
      )
      // Erased while it was on its way: nobody waits for it.
      if (failed.length === 0) return
      const { code, values } = toldOf(error)
      await inConversation(house, tx, conversationId, async (turn) => sayUntaken(turn, code, values))
      store.signals.emit('outbox')
    })

  return createWorker({
    name: 'files',
    log,
    clock,
    async run() {
      const wanted = await store.sql<Wanted>(
        `select f.id, f.channel, f.ref, f.mime, f.attempts, p.id as "personId", p.wrapped_key as "wrappedKey", m.case_id as "caseId",
                m.conversation_id as "conversationId",
                coalesce((select first.body from message first where first.conversation_id = m.conversation_id
                             and first.channel_hash = m.channel_hash order by first.id limit 1), m.body) as body
           from file f join person p on p.id = f.person_id ${CARRIED}
          where f.state = 'wanted' and f.not_before <= $1 and f.ref is not null and p.wrapped_key is not null
          order by f.created_at limit 4`,
        [clock()],
      )
      await Promise.all(wanted.map(fetchOne))
      if (wanted.length > 0) return clock()
      const [next] = await store.sql<{ at: Date | null }>(
        `select min(f.not_before) as at from file f ${CARRIED} where f.state = 'wanted' and f.ref is not null`,
      )
      return next?.at ?? undefined
    },
    wakenBy: (wake) => store.signals.on('files', wake),
  })
}

const tooBig = () => new UserError('fileTooBig', { megabytes: FILE_MAX_MEGABYTES })

/** In the sender's words: a channel says by its own code that a file is larger than was announced. */
const toldOf = (error: unknown): UserError => {
  if (error instanceof UserError) return error
  return faultOf(error).endsWith('FILE_TOO_BIG') ? tooBig() : new UserError('fileLost')
}

/** What may be sent: pictures, sound, film and papers. Judged by content, not by name. */
const KINDS: [RegExp, OutFile['kind']][] = [
  [/^image\/(jpeg|png|webp|gif|heic|heif)$/, 'photo'],
  [/^audio\//, 'voice'],
  [/^video\//, 'video'],
  [
    /^application\/(pdf|msword|rtf|x-cfb|vnd\.openxmlformats-officedocument\..+|vnd\.oasis\.opendocument\..+)$/,
    'document',
  ],
  [/^text\/plain$/, 'document'],
]

const looksLikeText = (content: Uint8Array) => !content.subarray(0, 4096).includes(0)

/**
 * What a file is by its content.
 * @throws UserError fileTooBig, fileKind, pictureTooLarge
 */
export async function judgeFile(file: {
  mime: string
  content: Uint8Array
}): Promise<{ kind: OutFile['kind']; mime: string }> {
  if (file.content.length > FILE_MAX_BYTES) throw tooBig()
  const found = await fileTypeFromBuffer(file.content)
  const mime = found?.mime ?? (file.mime === 'text/plain' && looksLikeText(file.content) ? 'text/plain' : 'unknown')
  // A voice message recorded by a browser is WebM without a picture; its content says only "video/webm".
  const real = mime === 'video/webm' && file.mime.startsWith('audio/') ? 'audio/webm' : mime
  const kind = KINDS.find(([pattern]) => pattern.test(real))?.[1]
  if (!kind) throw new UserError('fileKind')
  if (pixelsOf(file.content, real) > PICTURE_MAX_PIXELS) throw new UserError('pictureTooLarge')
  return { kind, mime: real }
}

/** What is kept and given on: without the traces of its maker, unless they asked for it as it is (S11). */
const asRelayed = (content: Uint8Array, mime: string, caption = ''): Uint8Array =>
  wantsAsItIs(caption) ? content : withoutTraces(content, mime)

/**
 * Keeps a file for a person. `caption` is what the client wrote with it.
 * @throws UserError
 */
export async function keepFile(
  store: Store,
  files: FileStore,
  person: { id: string; wrappedKey: Uint8Array },
  channel: string,
  file: NewFile,
): Promise<string> {
  const { kind, mime } = await judgeFile(file)
  const content = asRelayed(file.content, mime, file.caption)
  const id = randomUUID()
  const drawer = store.vault.drawer(person.id, person.wrappedKey)
  await files.write(id, drawer, content)
  try {
    await store.sql(
      `insert into file (id, person_id, kind, mime, bytes, name, channel, state) values ($1::uuid, $2::uuid, $3, $4, $5::int, $6, $7, 'kept')`,
      [id, person.id, kind, mime, content.length, drawer.seal('file.name', file.name), channel],
    )
  } catch (error) {
    await files.remove(id) // erased meanwhile, or the database is away: no row, no file
    throw error
  }
  return id
}

/** A kept file of this person; `undefined` when there is none, or it is somebody else's. */
export async function loadFile(
  store: Store,
  files: FileStore,
  id: string,
  personId: string,
): Promise<OutFile | undefined> {
  // A page may ask for anything
  if (!isFileId(id)) return undefined
  const row = await store.db.file.findFirst({ where: { id, personId, state: 'kept' }, include: { person: true } })
  if (!row?.person.wrappedKey) return undefined
  const drawer = store.vault.drawer(personId, row.person.wrappedKey)
  const content = await files.read(id, drawer)
  if (!content) return undefined
  const name = row.name ? drawer.openText('file.name', row.name) : row.kind
  return { id, kind: row.kind as OutFile['kind'], mime: row.mime, name, content }
}
