/** How a code reaches a client: a page for everybody, and a chat for who has that messenger. */
import type { InsideHouse } from '../../conversation/inside.js'

/** What links that carry a code of feedback begin with; the flow's command. */
export const COMMAND = 'f'

export type Ways = {
  /** Into the chat, and the page, as far as there are such. */
  links: string[]
  chat: string | undefined
  /** What the QR carries. */
  qr: string
  /** Where the code is typed by hand. */
  address: string
}

/** Nobody else's telephone finds this machine by such a name. */
const HERE = /^(localhost|127\.|\[::1\])/

export function waysFor(house: InsideHouse & { publicUrl: string }, code: string): Ways {
  const address = `${house.publicUrl}/f`
  const page = `${address}/${code}`
  const chat = house.channel('telegram')?.linkTo?.(`${COMMAND}_${code}`)
  if (chat && HERE.test(new URL(page).host))
    return { links: [chat], chat, qr: chat, address: chat.replace(/^https:\/\//, '') }
  // The page asks for no account and leads into the chat, too
  return { links: [...(chat ? [chat] : []), page], chat, qr: page, address }
}
