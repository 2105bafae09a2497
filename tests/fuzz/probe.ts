/** Somebody who means well writes now: they get their answer, ask for a human, and a consultant takes the case and answers. */
import { inviteAgain } from '../../bot/console/invitations.js'
import { openDesk } from '../desk-browser.js'
import type { Ground, Witness } from './ground.js'
import type { World } from './world.js'

/** What they do, and what they then hear. */
const WALK: [press: string, hear: string][] = [
  ['Русский', 'Прежде чем вы напишете'],
  ['Да, так можно', 'В какой стране вы сейчас'],
  ['Россия', 'В каком городе'],
  ['Москва', 'Что вы хотите узнать'],
  ['Потеря документов', 'Что ближе всего'],
  ['Потерял паспорт в России, что делать?', 'Ответ 1 из 1'],
  ['Спросить человека', 'теперь у консультантов'],
]
/** How often the workers come round until somebody must have heard. */
const ROUNDS = 3
const ANSWER = 'Здравствуйте! Есть ли у вас договор?'

/** Throws the sentence of what did not happen. */
export async function probe(world: World, ground: Ground): Promise<void> {
  const me = await ground.witness()
  const hears = async (words: string, after: string) => {
    await ground.taken()
    let heard = ''
    // What one worker did may be work for another
    for (let round = 0; round < ROUNDS && !heard.includes(words); round++) {
      await world.settle()
      heard = await me.heard()
    }
    if (!heard.includes(words))
      throw new Error(`Somebody who means well did not hear "${words}" after ${after}. Last: ${heard.slice(-400)}`)
  }
  await me.write('/start')
  await hears('English', '/start')
  for (const [label, words] of WALK) {
    await me.press(label)
    await hears(words, label)
  }
  await askDesk(world, ground, me, hears)
}

async function askDesk(
  world: World,
  { name }: Ground,
  me: Witness,
  hears: (words: string, after: string) => Promise<void>,
): Promise<void> {
  const { house, url } = world
  const { store, clock } = house
  const hash = store.vault.hash('address', name, me.address)
  const [found] = await store.sql<{ code: string }>(
    `select k.code from address a join conversation c on c.address_id = a.id join case_file k on k.id = c.case_id where a.hash = $1`,
    [hash],
  )
  if (!found) throw new Error('Nobody opened a case for somebody who asked for a human.')
  const token = await inviteAgain(store, { alias: 'consultant-2', now: clock() })
  const desk = await openDesk(url, token ?? '')
  const path = `cases/${found.code}`
  await desk.submit(path, `${path}/claim`)
  await hears('взял консультант', 'the claim')
  await desk.submit(path, `${path}/replies`, { text: ANSWER, answers: '' })
  await hears(ANSWER, 'the answer of the consultant')
  await desk.submit(path, `${path}/close`, { outcome: 'answered', contact: 'chat' })
  await hears('закончен', 'the end of the case')
}
