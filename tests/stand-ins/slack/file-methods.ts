/** Files, on their way in and out: https://docs.slack.dev/messaging/working-with-files */
import { SlackError } from './errors.js'
import type { Method } from './methods.js'
import { blocksOf, type Params, writable } from './rules.js'
import { BOT_USER, type Conversation, type FileObject, type Message, type StoredFile, type World } from './world.js'

export type Post = (conversation: Conversation, thread: unknown, content: Partial<Message>) => Message

export function addFile(
  world: World,
  url: string,
  parts: { name: string; mime: string; content: Uint8Array; user: string },
): StoredFile {
  const { name, mime, content, user } = parts
  const id = world.nextId('F')
  const object: FileObject = {
    id,
    name,
    title: name,
    mimetype: mime,
    size: content.length,
    mode: 'hosted',
    user,
    url_private: `${url}/files-pri/${id}/show`,
    url_private_download: `${url}/files-pri/${id}/download`,
    permalink: `https://canary.slack.com/files/${id}`,
  }
  const stored = { object, content, hiddenFor: 0, uploaded: true }
  world.files.set(id, stored)
  return stored
}

const mimeOf = (name: string) => (name.endsWith('.pdf') ? 'application/pdf' : 'application/octet-stream')

export function createFileMethods(world: World, post: Post, url: () => string): Record<string, Method> {
  const stored = (id: unknown) => {
    const file = world.files.get(String(id))
    if (!file) throw new SlackError('file_not_found')
    return file
  }
  return {
    'files.getUploadURLExternal'(params: Params) {
      const name = String(params.filename ?? '')
      if (!name || !(Number(params.length) >= 0)) throw new SlackError('invalid_arguments')
      const file = addFile(world, url(), {
        name,
        mime: mimeOf(name),
        content: new Uint8Array(Number(params.length)),
        user: BOT_USER,
      })
      file.uploaded = false
      return { upload_url: `${url()}/upload/${file.object.id}`, file_id: file.object.id }
    },

    'files.completeUploadExternal'(params: Params) {
      const list = Array.isArray(params.files) ? params.files : []
      if (list.length === 0) throw new SlackError('invalid_arguments')
      const conversation = writable(world, params)
      const shared = list.map(({ id }) => stored(id))
      if (shared.some((file) => !file.uploaded)) throw new SlackError('file_upload_size_restricted')
      const blocks = blocksOf(world, params)
      const message = post(conversation, params.thread_ts, {
        ...(blocks && { blocks }),
        subtype: 'file_share',
        files: shared.map(({ object }) => structuredClone(object)),
      })
      const share = { ts: message.ts, ...(message.thread_ts && { thread_ts: message.thread_ts }) }
      for (const file of shared) {
        file.object.shares = { [conversation.kind === 'public' ? 'public' : 'private']: { [conversation.id]: [share] } }
        file.hiddenFor = 2
      }
      // Where it is shared is not told here: https://docs.slack.dev/reference/methods/files.completeUploadExternal
      return { files: shared.map(({ object }) => ({ id: object.id, title: object.title })) }
    },

    'files.info'(params: Params) {
      const file = stored(params.file)
      const { shares, ...object } = structuredClone(file.object)
      return { file: file.hiddenFor-- > 0 ? object : { ...object, shares } }
    },

    'files.delete'(params: Params) {
      const file = stored(params.file)
      if (file.object.user !== BOT_USER) throw new SlackError('cant_delete_file')
      world.files.delete(file.object.id)
      return {}
    },
  }
}
