/** A case as its places show it: read once for each drawing, with the summary that is sealed with the client's key. */
import type { House } from '../../conversation/house.js'
import type { Drawer } from '../../store/vault.js'
import { isStaffLanguage } from '../../text/languages.js'
import type { Texts } from '../../text/texts.js'
import type { Advice } from '../advice.js'
import type { Summary } from '../cases.js'
import { createLabels } from '../labels.js'
import { targetsFor } from '../targets.js'
import type { DuePlace } from './due.js'
import { type Head, headOf } from './head.js'
import type { PlaceWords } from './lines.js'

export type HeadHouse = Pick<House, 'store' | 'clock'> & { texts: Pick<Texts, 'say' | 'find'>; advice: Advice }

export type DrawnCase = {
  head: Head
  title: string
  words: PlaceWords
  drawer: Drawer
  personId: string
  closed: boolean
}

export function placeWords(texts: HeadHouse['texts'], language: string): PlaceWords {
  const tongue = isStaffLanguage(language) ? language : 'ru'
  return { ...createLabels(texts, tongue), room: (key, values) => texts.say(tongue, `rooms:${key}`, values) }
}

/** `undefined` when the case, or the key to it, is gone. */
export async function drawCase(house: HeadHouse, place: DuePlace): Promise<DrawnCase | undefined> {
  const { store, texts, advice } = house
  // Not `findUnique`: Prisma gathers those of many cases into one query, and keeps a plan for each number of them
  const found = await store.db.case.findFirst({
    where: { id: place.caseId ?? '' },
    include: { person: true, owner: true, centre: true, offers: { where: { state: 'offered' }, take: 1 } },
  })
  if (!found?.person.wrappedKey) return undefined
  const drawer = store.vault.drawer(found.personId, found.person.wrappedKey)
  const summary = found.summary ? drawer.openJson<Summary>('case.summary', found.summary) : { question: '', shown: [] }
  const words = placeWords(texts, place.language)
  const tongue = isStaffLanguage(place.language) ? place.language : 'ru'
  const title = (id: string) => advice.title(id, tongue) ?? id
  const [offer] = found.offers
  const from = offer && (await store.db.staff.findUnique({ where: { id: offer.fromId } }))
  const menu = place.menu
  const choices = {
    articles:
      menu === 'with'
        ? advice
            .suggest(summary.question, { country: found.country, language: tongue })
            .map((id) => ({ id, title: title(id) }))
        : [],
    targets: menu === 'transfer' ? await targetsFor(store, found, words, house.clock()) : [],
  }
  const head = headOf(
    {
      ...found,
      label: words.subject(found) || words.say('queue.noTopic'),
      ownerAlias: found.owner?.alias ?? null,
      question: summary.question,
      shown: summary.shown.map(title),
      opened: openedAt(found.openedAt, found.centre?.timeZone, tongue, words),
      offer: offer
        ? {
            from: from?.alias ?? '',
            to: await nameOfTarget(house, offer, words),
            summary: drawer.openText('offer.summary', offer.summary),
          }
        : null,
    },
    menu,
    choices,
    words,
  )
  // The name of a topic is seen by whoever glances at the list: a code and a language, nothing else (S43).
  const name = `${found.code} · ${words.language(found.language)}`
  return { head, title: name, words, drawer, personId: found.personId, closed: found.state === 'closed' }
}

function openedAt(at: Date, timeZone: string | undefined, language: string, { room }: PlaceWords): string {
  const time = new Intl.DateTimeFormat(language, {
    timeZone: timeZone ?? 'UTC',
    dateStyle: 'short',
    timeStyle: 'short',
  })
  return room('head.opened', { at: `${time.format(at)}${timeZone ? '' : ' UTC'}` })
}

type OfferTo = { toStaffId: string | null; toTeamId: string | null; toCentre: string | null }

export async function nameOfTarget(
  { store }: Pick<House, 'store'>,
  offer: OfferTo,
  words: PlaceWords,
): Promise<string> {
  if (offer.toStaffId) {
    const staff = await store.db.staff.findUnique({ where: { id: offer.toStaffId } })
    return words.alias(staff?.alias ?? '')
  }
  if (offer.toTeamId) return (await store.db.team.findUnique({ where: { id: offer.toTeamId } }))?.name ?? ''
  const centre = await store.db.centre.findUnique({ where: { id: offer.toCentre ?? '' } })
  return centre ? words.place(centre.country, centre.city) : (offer.toCentre ?? '')
}
