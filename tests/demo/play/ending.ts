/** At the end everybody asks how far they are, and whoever has done everything is given the certificate. */
import { at } from '../calendar.js'
import { between, plain } from '../html.js'
import { COORDINATOR, type Play, type Scene } from './play.js'

export function certificates({ calendar, stage, people, notes, groupId }: Play): Scene {
  const when = at(calendar.end.toISOString().slice(0, 10), '10:00')
  return {
    at: when,
    what: 'certificates',
    async run() {
      stage.reach(when)
      await stage.together(people.map((person) => () => person.writes('/duties')))
      const desk = await stage.console(COORDINATOR)
      const board = `training/${groupId}/duties`
      for (const row of between(await desk.page(board), '<tr><th scope="row">', '</tr>')) {
        const [, path] = /action="\/desk\/([^"]+\/certificate)"/.exec(row) ?? []
        if (!path || row.includes('certificate.pdf')) continue
        const name = plain(row.slice(0, row.indexOf('</th>')))
        notes.note({ who: COORDINATOR, where: 'console', did: 'issues', text: name })
        await desk.fill(board, path, { language: 'cs' })
        stage.pass(5000)
      }
      await stage.send()
      for (const person of people) person.reads()
    },
  }
}
