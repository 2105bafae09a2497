/** A button under a case. Whoever presses is checked as anywhere at the desk; a menu is opened for everybody who looks. */
import type { Incoming, IncomingEvent } from '../../conversation/channel.js'
import { UserError } from '../../errors.js'
import { isLanguage } from '../../text/languages.js'
import { askForCall } from '../calls.js'
import { claim } from '../claiming.js'
import { isContactKind, isStaffOutcome } from '../ending.js'
import { addNote, close, release } from '../handling.js'
import { reply } from '../replies.js'
import { acceptOffer, declineOffer, offerCase } from '../transfer.js'
import type { EarHouse, KnownPlace } from './ear.js'
import { MENUS, type Pressed, readPress } from './menu.js'
import type { Colleague } from './sender.js'
import { requestOf } from './spoken.js'

type Press = Extract<IncomingEvent, { kind: 'button' }>

export async function press(
  house: EarHouse,
  incoming: Incoming,
  event: Press,
  place: KnownPlace,
  staff: Colleague,
): Promise<void> {
  const pressed = readPress(event.data)
  if (!pressed) return
  const menu = await carryOut(house, pressed, { place, staff, text: event.text ?? '', requestId: requestOf(incoming) })
  const { count } = await house.store.db.place.updateMany({
    where: { id: place.id, OR: [{ menu: { not: menu } }, ...(menu === null ? [] : [{ menu: null }])] },
    data: { menu },
  })
  if (count > 0) house.store.signals.emit('case', place.caseId)
}

type Scene = { place: KnownPlace; staff: Colleague; text: string; requestId: string }

/** Does it, and says which menu is open afterwards. */
async function carryOut(house: EarHouse, { verb, argument }: Pressed, scene: Scene): Promise<string | null> {
  const { staff, place } = scene
  const { code } = place
  switch (verb) {
    case 'claim':
      await claim(house, code, staff)
      return null
    case 'release':
      await release(house, code, staff)
      return null
    case 'answer':
      // A messenger without forms has no words to give: it says how to write them.
      if (!scene.text) throw new UserError('howToAnswer')
      await reply(house, code, staff, { text: scene.text, requestId: scene.requestId })
      return null
    case 'note':
      if (!scene.text) throw new UserError('howToNote')
      await addNote(house, code, staff, { text: scene.text, requestId: scene.requestId })
      return null
    case 'phone':
      await askForCall(house, code, staff)
      return null
    case 'with':
      if (argument) await answerWith(house, argument, scene)
      return argument ? null : 'with'
    case 'to':
      await offerCase(house, code, staff, { to: argument, summary: '', requestId: scene.requestId })
      return null
    case 'offer':
      await (argument === 'accept' ? acceptOffer(house, code, staff) : declineOffer(house, code, staff))
      return null
    case 'close':
      return closeBy(house, argument, scene)
    case 'menu':
      return null
    default:
      return MENUS.find((each) => each === verb) ?? null
  }
}

/** An answer of the knowledge, in the client's own language. */
async function answerWith(house: EarHouse, article: string, { place, staff, requestId }: Scene): Promise<void> {
  const { language } = await house.store.db.case.findUniqueOrThrow({ where: { id: place.caseId } })
  const text = house.advice.card(article, isLanguage(language) ? language : 'ru')
  if (!text) throw new UserError('noArticle')
  await reply(house, place.code, staff, { text, requestId })
}

/** How it ended, then how the help was given. */
async function closeBy(house: EarHouse, argument: string, { place, staff }: Scene): Promise<string | null> {
  if (!argument) return 'close'
  const [outcome, kind] = argument.split(':')
  if (!isStaffOutcome(outcome)) return 'close'
  if (!kind) return `close:${outcome}`
  await close(house, place.code, staff, outcome, isContactKind(kind) ? kind : undefined)
  return null
}
