/** The console's pages, read as whoever looks at them reads them. */
import { between, plain } from '../html.js'

const upTo = (html: string, end: string) => html.slice(0, Math.max(0, html.indexOf(end)))

export function readGroup(html: string) {
  const [, count] = /People: (\d+) of \d+/.exec(plain(html)) ?? []
  const people = between(html, '<li><span class="what"><strong>', '</li>').flatMap((row) => {
    const standing = /<span class="(?:standing here|tag)">([^<]*)<\/span>/.exec(row)?.[1]
    const [city, organisation] = plain(/<span class="soft">(.*?)<\/span>/s.exec(row)?.[1] ?? '').split(' · ')
    return standing === 'Joined' || standing === 'Not joined yet'
      ? [{ name: plain(upTo(row, '</strong>')), joined: standing === 'Joined', city, organisation }]
      : []
  })
  return { count: Number(count), people }
}

type Standing = { point: string; mark: string; minutes: number }

export function readDay(html: string) {
  const counts = [...html.matchAll(/<span class="what">([^<:]+): <strong>(\d+) \/ (\d+)<\/strong>/g)].map(
    ([, point = '', here, of]) => ({ point, here: Number(here), of: Number(of) }),
  )
  const [own = '', guests = ''] = html.split('From other groups')
  const rowsOf = (part: string) =>
    between(part, '<li><span class="what"><strong>', '</li>').map((row) => ({
      name: plain(upTo(row, '</strong>')),
      welcome: row.includes('Confirmed'),
      standings: plain(/<span class="soft">(.*?)<\/span>/s.exec(row)?.[1] ?? '')
        .split(' · ')
        .map((words): Standing => {
          const [, point = '', mark = '', minutes = '0'] = /^(.*?): ([^,]*)(?:, (\d+) min)?$/.exec(words) ?? []
          return { point, mark, minutes: Number(minutes) }
        }),
    }))
  return { closed: / closed at /.test(plain(html)), counts, people: rowsOf(own), guests: rowsOf(guests) }
}

/** The name of each row, and for each month the words of its cell; with where a cell leads to. */
export function readMatrix(html: string) {
  return between(html, '<tr><th scope="row">', '</tr>').map((row) => ({
    name: plain(upTo(row, '</th>')),
    cells: between(row, '<td class="', '</td>').map((cell) => ({
      words: plain(/<span class="sr">(.*?)<\/span>/.exec(cell)?.[1] ?? ''),
      path: /href="\/desk\/([^"]+)"/.exec(cell)?.[1],
    })),
  }))
}

export function readReport(html: string) {
  const [, state = ''] = /<p><strong>([^<]*)<\/strong>/.exec(html) ?? []
  const [, version = '0'] = /<h2[^>]*>Version (\d+)<\/h2>/.exec(html) ?? []
  const answers = new Map(
    [...html.matchAll(/<dt>(.*?)<\/dt><dd class="given">(.*?)<\/dd>/gs)].map(([, asked = '', given = '']) => [
      plain(asked),
      plain(given),
    ]),
  )
  return { state: plain(state), version: Number(version), answers }
}
