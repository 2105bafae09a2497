/** A file of a case: only to staff who may read the case, under a fixed name, as what its content says it is (S34). */
import type { OutFile } from '../../conversation/channel.js'
import { judgeFile, loadFile } from '../../conversation/files.js'
import { showHeld } from '../../desk/held.js'
import { caseFor } from '../../desk/queue.js'
import { fileOwner } from '../../desk/reading.js'
import { UserError } from '../../errors.js'
import { sendPart } from '../../http/send-part.js'
import { fixedName, opensInline } from '../file-kinds.js'
import type { StaffRoute, Visit } from '../guard.js'
import { FILE_HEADERS, PDF_HEADERS } from '../headers.js'
import { codeOf } from './pages.js'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const UNKNOWN = 'application/octet-stream'

/** What a messenger or a browser says about a file is only a claim. */
const trueType = async (mime: string, content: Uint8Array): Promise<string> => {
  try {
    return (await judgeFile({ mime, content })).mime
  } catch (error) {
    if (error instanceof UserError) return UNKNOWN
    throw error
  }
}

/** Under a fixed name, as what its content says it is. */
export async function sendFile({ request, reply }: Visit, id: string, file: OutFile) {
  const mime = await trueType(file.mime, file.content)
  const inline = opensInline(mime)
  return sendPart(
    reply
      .headers(mime === 'application/pdf' ? PDF_HEADERS : FILE_HEADERS)
      .type(inline ? mime : UNKNOWN)
      .header(
        'content-disposition',
        `${inline ? 'inline' : 'attachment'}; filename="${fixedName(file.kind, id, mime)}"`,
      ),
    request.headers.range,
    Buffer.from(file.content),
  )
}

export const fileRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: '/cases/:code/files/:id',
    action: 'case.read',
    byItself: true,
    async handle(visit) {
      const { desk, request, session } = visit
      const { id } = request.params as { id: string }
      const code = codeOf(visit)
      const found = UUID.test(id) ? await caseFor(desk.store, session.staff, code) : undefined
      const owner = found && (await fileOwner(desk.store, found.id, id))
      const file = owner && (await loadFile(desk.store, desk.files, id, owner))
      if (!file) throw new UserError('noFile')
      await desk.traceRead(session.staff, code, true)
      return sendFile(visit, id, file)
    },
  },
  {
    /** The picture is this one answer: it has no address that could be opened again. */
    method: 'POST',
    url: '/cases/:code/held',
    action: 'case.read',
    async handle(visit) {
      const { desk, form, session } = visit
      const id = form.field('file')
      return sendFile(visit, id, await showHeld({ ...desk.house, files: desk.files }, codeOf(visit), session.staff, id))
    },
  },
]
