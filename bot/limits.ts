/**
 * What the narrowest of our channels takes (Telegram, https://core.telegram.org/bots/api). Texts are checked against it, and whatever is
 * kept for a channel that does not run just now is cut to it. Each channel says its own limits in `Channel.limits`.
 */

/** #sendmessage: characters of one message. */
export const MESSAGE_MAX = 4096
/** #sendphoto and its sisters: characters beside a file. */
export const CAPTION_MAX = 1024
/** In no document: longer labels are accepted, but a phone shows no more of them on one line. */
export const LABEL_MAX = 64
/** Options stand two to a row where they are short; longer ones are cut on an old phone. */
export const OPTION_MAX = 40
/** https://limits.tginfo.me/en (the API's own document names no number): buttons of one message. */
export const BUTTONS_MAX = 100
/** #getfile: the largest file that a bot can fetch ("up to 20MB"); one limit for every channel. */
export const FILE_MAX_MEGABYTES = 20
/** What the finest camera of a phone takes; more is a trap for whoever opens it (`files/pixels.ts`). */
export const PICTURE_MAX_PIXELS = 200_000_000
export const FILE_MAX_BYTES = FILE_MAX_MEGABYTES * 1024 * 1024
