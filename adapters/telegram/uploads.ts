/** A file of ours on its way out: which method takes it, and what to do when Telegram does not like its kind. */
import { type Api, InputFile } from 'grammy'
import type { OutFile } from '../adapter.js'
import type { ApiSignal, Telegram } from './api.js'
import { isFailure } from './failures.js'
import { TELEGRAM_PHOTO_MAX_BYTES } from './limits.js'

/** 50 MB at 1 Mbit/s take this long. */
const UPLOAD_TIMEOUT_MS = 450_000

/** https://core.telegram.org/bots/api#sendvoice: OGG with OPUS, MP3 or M4A. */
const VOICE_MIMES = ['audio/ogg', 'audio/mpeg', 'audio/mp3', 'audio/mp4', 'audio/m4a', 'audio/x-m4a', 'audio/opus']
/** https://core.telegram.org/bots/api#sendvideo: "MPEG4 videos (other formats may be sent as Document)". */
const VIDEO_MIMES = ['video/mp4', 'video/quicktime']
const PHOTO_MIMES = ['image/jpeg', 'image/png', 'image/webp']

/** As its own kind where Telegram shows that kind; everything else is a document. */
function kindToSend({ kind, mime, content }: OutFile): OutFile['kind'] {
  const type = mime.split(';')[0]?.trim().toLowerCase() ?? ''
  if (kind === 'photo' && PHOTO_MIMES.includes(type) && content.length <= TELEGRAM_PHOTO_MAX_BYTES) return 'photo'
  if (kind === 'voice' && VOICE_MIMES.includes(type)) return 'voice'
  if (kind === 'video' && VIDEO_MIMES.includes(type)) return 'video'
  return 'document'
}

/** The library writes the name into a header as it is: quoted it keeps its spaces, and these characters would end it there. */
const quotedName = (name: string) => `"${name.replace(/[\p{Cc}"\\;/]/gu, '_').slice(0, 200) || 'file'}"`

/** What we read of Telegram's answer: the message, and the topic it really came to. */
export type SentMessage = { message_id: number; message_thread_id?: number; is_topic_message?: boolean }

type Rest = Omit<Parameters<Api['raw']['sendDocument']>[0], 'document'>

async function send(
  api: Api['raw'],
  kind: OutFile['kind'],
  file: OutFile,
  rest: Rest,
  signal: ApiSignal,
): Promise<SentMessage> {
  const upload = new InputFile(file.content, quotedName(file.name))
  switch (kind) {
    case 'photo':
      return api.sendPhoto({ ...rest, photo: upload }, signal)
    case 'voice':
      return api.sendVoice({ ...rest, voice: upload }, signal)
    case 'video':
      return api.sendVideo({ ...rest, video: upload, supports_streaming: true }, signal)
    case 'document':
      // Without this a voice message or picture that must go as a document would be turned into one again.
      return api.sendDocument({ ...rest, document: upload, disable_content_type_detection: true }, signal)
  }
}

/** Sends the file. What is too wide for a photo, or a voice message to somebody who takes none, goes as a document. */
export async function sendFile(call: Telegram, file: OutFile, rest: Rest): Promise<SentMessage> {
  const as = (kind: OutFile['kind']) =>
    call((api, signal) => send(api, kind, file, rest, signal), { timeoutMs: UPLOAD_TIMEOUT_MS })
  const kind = kindToSend(file)
  try {
    return await as(kind)
  } catch (error) {
    if (kind === 'document' || !isFailure(error, 'TELEGRAM_MEDIA_REFUSED')) throw error
    return as('document')
  }
}
