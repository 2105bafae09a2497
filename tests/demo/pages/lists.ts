/** How many are where: the lists of programmes and of groups, as a coordinator and as the trainer of both groups see them. */
import type { Books } from '../accountant/books.js'
import { between, plain } from '../html.js'
import { COORDINATOR, TRAINER } from '../play/play.js'
import type { Page } from './compare.js'

/** What stands behind a name in a list, by its name. */
const listed = (html: string): Map<string, string> =>
  new Map(
    between(html, '<li>', '</li>').flatMap((row) => {
      const [name] = between(row, '<strong>', '</strong>')
      return name === undefined ? [] : [[plain(name), plain(row.slice(row.indexOf('</strong>')))] as const]
    }),
  )

/** "6 people", "0 have joined": the number before these words. */
const before = (words: string | undefined, what: string): string | undefined =>
  new RegExp(`(\\d+) (?:${what})`).exec(words ?? '')?.[1]

const PEOPLE = 'person|people'

const inGroup = ({ people }: Books, group: string) => [...people.values()].filter((each) => each.group === group)

export const lists: Page = async ({ stage, programmeId }, books, ledger) => {
  for (const who of [COORDINATOR, TRAINER]) {
    const desk = await stage.console(who)
    const same = (page: string, what: string, counted: number, shown: string | undefined) =>
      ledger.same('lists', `${page} of ${who}, ${what}`, counted, shown)
    const programme = listed(await desk.page('programmes')).get(books.programme)
    same('programmes', 'groups', books.groups.length, before(programme, 'groups?'))
    same('programmes', 'people', books.people.size, before(programme, PEOPLE))
    const groups = listed(await desk.page(`programmes/${programmeId}`))
    const reported = listed(await desk.page('reports'))
    for (const group of books.groups) {
      const people = inGroup(books, group)
      const joined = people.filter((each) => each.joined).length
      same('programme', `${group}, people`, people.length, before(groups.get(group), PEOPLE))
      same('programme', `${group}, joined`, joined, before(groups.get(group), 'ha(?:s|ve) joined'))
      same('reports', `${group}, people`, people.length, before(reported.get(group), PEOPLE))
    }
  }
}
