/** A file of a case: only to staff who may read the case, under a fixed name, as what its content says it is (S34). */
import { judgeFile, loadFile } from '../../conversation/files.js'
import { caseFor } from '../../desk/queue.js'
import { fileOwner } from '../../desk/reading.js'
import { UserError } from '../../errors.js'
import { sendPart } from '../../http/send-part.js'
import { fixedName, opensInline } from '../file-kinds.js'
import type { StaffRoute } from '../guard.js'
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

export const fileRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: '/cases/:code/files/:id',
    action: 'case.read',
    byItself: true,
    async handle(visit) {
      const { desk, request, reply, session } = visit
      const { id } = request.params as { id: string }
      const code = codeOf(visit)
      const found = UUID.test(id) ? await caseFor(desk.store, session.staff, code) : undefined
      const owner = found && (await fileOwner(desk.store, found.id, id))
      const file = owner && (await loadFile(desk.store, desk.files, id, owner))
      if (!file) throw new UserError('noFile')
      await desk.traceRead(session.staff, code, true)
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
    },
  },
]
