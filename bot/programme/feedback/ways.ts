/** How a code reaches a client: a page for everybody, and a chat for who has that messenger. */
import type { InsideHouse } from '../../conversation/inside.js'

/** What links that carry a code of feedback begin with; the flow's command. */
export const COMMAND = 'f'

export type Ways = {
  /** The page, with the code in it. */
  page: string
  /** The page on which the code is typed. */
  address: string
  /** Into the chat; `undefined` where there is none. */
  chat: string | undefined
  /** What the QR carries. */
  qr: string
}

/** Nobody else's telephone finds this machine by such a name. */
const HERE = /^(localhost|127\.|\[::1\])/

export function waysFor(house: InsideHouse & { publicUrl: string }, code: string): Ways {
  const address = `${house.publicUrl}/f`
  const page = `${address}/${code}`
  const chat = house.channel('telegram')?.linkTo?.(`${COMMAND}_${code}`)
  // The page asks for no account and leads into the chat, too
  return { page, address, chat, qr: chat && HERE.test(new URL(page).host) ? chat : page }
}
