/** Duties at the desk: the board, the certificate and its check, figures, support, and the summary to sign. */
import { extractText, getDocumentProxy } from 'unpdf'
import { beforeAll, describe, expect, it } from 'vitest'
import { codeOf, spelled } from '../../../bot/programme/duties/codes.js'
import { type Browser, type DeskHouse, newBrowser, signIn } from '../../console/desk-house.js'
import type { TestHouse } from '../../house.js'
import { ANSWERS, chat, sendReport } from '../reports/world.js'
import { enrolmentOf, fulfilled, programmeGroup, type Somebody, session, somebody, was } from './world.js'

export const deskStories = (at: () => TestHouse) => {
  let house: TestHouse
  let boss: Awaited<ReturnType<typeof signIn>>
  let trainer: Awaited<ReturnType<typeof signIn>>
  let group: Awaited<ReturnType<typeof programmeGroup>>
  let zofie: Somebody
  let petr: Somebody
  const desk = () => ({ ...house, clock: house.fake.now }) as unknown as DeskHouse

  beforeAll(async () => {
    house = at()
    boss = await signIn(desk(), { role: 'coordinator' })
    trainer = await signIn(desk(), { role: 'trainer' })
    group = await programmeGroup(house, { name: 'Ústí 1', trainerId: trainer.staff.id })
    const sessions = [await session(house, group.id, 1, '2026-11-06'), await session(house, group.id, 2, '2026-11-13')]
    const most = { organisation: 'Most' }
    zofie = await fulfilled(house, group.id, sessions, { name: 'Žofie Řeřichová', language: 'cs', ...most })
    petr = await somebody(house, group.id, { name: 'Petr <b>', ...most })
    await was(house, petr, sessions[0]?.id ?? '', 'present', 'arrival')
  })

  const boardPath = () => `/desk/training/${group.id}/duties`
  const issuePath = ({ personId }: Somebody) => `${boardPath()}/${personId}/certificate`
  const page = async (who: Browser, path: string) => {
    const answer = await who.get(path)
    expect(answer.statusCode, answer.body.slice(0, 200)).toBe(200)
    expect(answer.body).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=/)
    return answer.body
  }
  const pdfText = async (content: Uint8Array) =>
    (await extractText(await getDocumentProxy(new Uint8Array(content)), { mergePages: true })).text
  const codeFor = async ({ personId }: Somebody) => {
    const { id } = await house.store.db.certificate.findFirstOrThrow({ where: { personId } })
    return spelled(codeOf(house.store.vault, id))
  }

  describe('the board of a group', () => {
    it('shows what each has done and what is missing, by name, to its trainer and the coordinator', async () => {
      expect(await page(boss, `/desk/training/${group.id}`)).toContain(`href="${boardPath()}"`)
      for (const who of [boss, trainer]) {
        const board = await page(who, boardPath())
        expect(board).toContain('Žofie Řeřichová')
        expect(board).toContain('Petr &lt;b&gt;')
        expect(board).toContain('>16 of 16</td>')
        expect(board).toContain('>4 of 16</td>')
        expect(board).toContain('Module 1: a part of the day is missing, it can be made up')
        expect(board).toContain('October 2026: the report is not sent yet')
        expect(board).toContain('Nothing: everything is done')
      }
      expect(await page(boss, boardPath())).toContain(`action="${issuePath(zofie)}"`)
      expect(await page(trainer, boardPath())).not.toContain('/certificate"')
      const stranger = await signIn(desk(), { role: 'trainer' })
      expect((await stranger.get(boardPath())).statusCode).toBe(404)
      const looks = { action: 'programme.names', object: group.id, staffId: trainer.staff.id }
      expect(await house.store.db.audit.count({ where: looks })).toBe(2)
    })
  })

  describe('a certificate', () => {
    it('is refused with what is missing, in the words of whoever asks', async () => {
      await page(boss, boardPath())
      const answer = await boss.post(issuePath(petr), { language: 'cs' })
      expect(answer.statusCode).toBe(409)
      expect(answer.body).toContain(
        'What is missing: Module 1: a part of the day is missing, it can be made up; Module 2: missed, it can be made up with another group; October 2026: the report is not sent yet; Feedback from 1 more client.',
      )
      expect(await house.store.db.certificate.count({ where: { personId: petr.personId } })).toBe(0)
      expect((await trainer.post(issuePath(zofie))).statusCode).toBe(403)
    })

    it('is issued in the language that was chosen, reaches the chat, and is printed with every letter', async () => {
      const me = chat(house, zofie.address)
      await page(boss, boardPath())
      const answer = await boss.post(issuePath(zofie), { language: 'ru' })
      expect(answer.headers.location).toBe(`${boardPath()}?done=issued`)
      await me.settle()
      const [paper] = me.hears()
      expect(paper?.text).toContain('Tady je vaše osvědčení.')
      expect(paper?.file?.name).toBe('сертификат.pdf')
      const board = await page(boss, boardPath())
      expect(board).toContain('issued on 20 Nov 2026')
      await boss.post(issuePath(zofie), { language: 'cs' })
      const code = await codeFor(zofie)
      const printed = await boss.get(`${issuePath(zofie)}.pdf`)
      expect(printed.headers['content-type']).toBe('application/pdf')
      const text = await pdfText(printed.rawPayload)
      for (const words of [
        'OSVĚDČENÍ',
        'Žofie Řeřichová',
        'Most',
        '16 hodin prezenčního školení',
        '20. listopadu 2026',
      ])
        expect(text).toContain(words)
      expect(text).toContain(code)
      const { id } = await house.store.db.certificate.findFirstOrThrow({ where: { personId: zofie.personId } })
      const acts = await house.store.db.audit.findMany({ where: { object: id } })
      expect(acts.map(({ action, staffId }) => [action, staffId === boss.staff.id])).toEqual([
        ['certificate.issue', true],
        ['certificate.issue', true],
        ['certificate.shown', true],
      ])
    })

    it('is checked by anybody, and never says whose it is', async () => {
      const code = await codeFor(zofie)
      const anybody = newBrowser(desk(), undefined, '203.0.113.20')
      expect(await page(anybody, '/certificate')).toContain('Check a certificate')
      const byLink = await page(anybody, `/certificate?code=${code}&language=cs`)
      expect(byLink).toContain('Osvědčení je platné.')
      expect(byLink).toContain('<strong>20. listopadu 2026</strong>')
      const typed = async (name: string, how = code) => anybody.post('/certificate?language=en', { code: how, name })
      for (const name of ['Žofie Řeřichová', ' zofie  rerichova '])
        expect((await typed(name, code.toLowerCase().replaceAll('-', ' '))).body).toContain('The name is right.')
      const other = await typed('Jana Nová')
      expect(other.body).toContain('The certificate is valid.')
      expect(other.body).toContain('The name is not the one on the certificate.')
      for (const body of [byLink, other.body]) expect(body).not.toMatch(/Žofie|Řeřich|Most/)
      expect(String(other.headers['content-security-policy'])).toContain("default-src 'none'")
      expect(other.headers['set-cookie']).toBeUndefined()
    })

    it('is guessed by nobody: codes and names, after a few mistakes somebody waits, and only they', async () => {
      const code = await codeFor(zofie)
      const guesser = newBrowser(desk(), undefined, '198.51.100.9')
      const answers = []
      for (let n = 0; n < 4; n++)
        answers.push((await guesser.get(`/certificate?code=ABCD-ABCD-AB${n + 2}D`)).statusCode)
      for (const name of ['A', 'B']) answers.push((await guesser.post('/certificate', { code, name })).statusCode)
      expect(answers).toEqual([404, 404, 404, 404, 200, 200])
      const slowed = await guesser.post('/certificate', { code, name: 'Žofie Řeřichová' })
      expect([slowed.statusCode, slowed.headers['retry-after']]).toEqual([429, '60'])
      expect(slowed.body).toContain('Too many tries. Please wait 60 seconds.')
      expect((await newBrowser(desk(), undefined, '192.0.2.4').get(`/certificate?code=${code}`)).statusCode).toBe(200)
      expect((await guesser.get('/desk/sign-in')).statusCode).toBe(200)
    })
  })

  describe('the support of organisations', () => {
    it('is a table with its assumption, and the same as CSV, recorded', async () => {
      const path = `/desk/programmes/${group.programmeId}/support`
      const table = await page(boss, path)
      expect(table).toContain('75,000 CZK for an organisation, for at most 2 of its people.')
      expect(table).toContain('Further people are counted up to 2, and raise nothing.')
      expect(table).toContain('<th scope="row">Most</th><td>2</td><td>1</td><td>1</td><td>75,000</td>')
      const file = await boss.post(`${path}/export`)
      expect(file.body).toBe(
        '\uFEFF"Organisation";"People";"Fulfil the duties";"Counted";"Amount, CZK"\r\n"Most";"2";"1";"1";"75000"\r\n',
      )
      expect(await house.store.db.audit.count({ where: { action: 'support.export' } })).toBe(1)
      expect((await trainer.get(path)).statusCode).toBe(403)
    })
  })

  describe('figures and the monthly summary', () => {
    it('add up what was approved, tell no small number, and are drawn without a script', async () => {
      expect(await page(boss, `/desk/training/${group.id}/figures`)).toContain('No report was approved yet.')
      const approve = async (who: Somebody) => {
        await house.store.db.report.updateMany({ where: { personId: who.personId }, data: { state: 'submitted' } })
        await page(boss, `/desk/reports/${group.id}`)
        const answer = await boss.post(`/desk/reports/${group.id}/${who.personId}/2026-10/approve`)
        expect(answer.statusCode, answer.body.slice(0, 300)).toBe(303)
      }
      await approve(zofie)
      await sendReport(house, petr.personId, '2026-10', { ...ANSWERS, city: { choice: 'prague' }, clients: 3 })
      await approve(petr)
      const figures = await page(boss, `/desk/programmes/${group.programmeId}/figures`)
      expect(figures).toContain('<title id="chart-clients-t">People advised, by month</title>')
      expect(figures).toContain('<th scope="row">October 2026</th><td>43</td><td>24</td>')
      // Three of Prague would be 43 less those of Brno
      expect(figures).toMatch(/<th scope="row">October 2026<\/th><td><abbr[^>]*>&lt;5<\/abbr><\/td><td><abbr/)
      expect(await page(trainer, `/desk/training/${group.id}/figures`)).toContain('Housing')
    })

    it('are put on paper for the signatures, without a name', async () => {
      expect(await page(boss, `/desk/reports/${group.id}`)).toContain('Monthly summary to sign (PDF)')
      const answer = await boss.post(`/desk/reports/${group.id}/summary`, { period: '2026-10' })
      expect(answer.headers['content-type']).toBe('application/pdf')
      const text = await pdfText(answer.rawPayload)
      for (const words of [
        'Monthly summary: October 2026',
        'Ústí 1',
        'Expected 2',
        'Sent 2',
        'Approved 2',
        'Missing 0',
      ])
        expect(text).toContain(words)
      for (const words of ['People advised 43', 'Hours 67', 'Work fewer than 5', 'Coordinator (name, date, signature)'])
        expect(text).toContain(words)
      expect(text).not.toMatch(/Žofie|Petr/)
      const taken = { action: 'report.export', object: `${group.id}/2026-10/summary` }
      expect(await house.store.db.audit.count({ where: taken })).toBe(1)
      const future = await boss.post(`/desk/reports/${group.id}/summary`, { period: '2027-01' })
      expect([future.statusCode, future.body.includes('Choose a month that has begun')]).toEqual([422, true])
    })

    it('stay here while a breach is looked into', async () => {
      const at = house.fake.now()
      const words = house.store.vault.house.seal('breach.words', 'x')
      const { id } = await house.store.db.breach.create({ data: { at, byId: boss.staff.id, words } })
      await page(boss, `/desk/reports/${group.id}`)
      for (const path of [`/desk/reports/${group.id}/summary`, `/desk/programmes/${group.programmeId}/support/export`])
        expect((await boss.post(path, { period: '2026-10' })).statusCode).toBe(409)
      await house.store.db.breach.delete({ where: { id } })
    })
  })

  describe('what was written wrongly of a worker', () => {
    const correctPath = async (who: Somebody) => `/desk/workers/${(await enrolmentOf(house, who)).id}`
    const recorded = () =>
      house.store.db.audit.count({
        where: { action: 'programme.people', object: group.id, staffId: boss.staff.id },
      })

    it('is put right in the lists, in the support table and on the certificate, and recorded', async () => {
      const right = { name: 'Žofie Malá-Ďurišová', city: 'brno', organisation: 'Naděje' }
      expect(await page(boss, `/desk/training/${group.id}`)).toContain('value="Žofie Řeřichová"')
      const answer = await boss.post(await correctPath(zofie), right)
      expect(answer.headers.location).toBe(`/desk/training/${group.id}?done=saved`)
      const list = await page(boss, `/desk/training/${group.id}`)
      expect(list).toContain('<strong>Žofie Malá-Ďurišová</strong>')
      expect(list).toContain('Brno · Naděje')
      expect(list).not.toContain('Řeřichová')
      const table = await page(boss, `/desk/programmes/${group.programmeId}/support`)
      expect(table).toContain('<th scope="row">Naděje</th><td>1</td><td>1</td><td>1</td><td>75,000</td>')
      expect(table).toContain('<th scope="row">Most</th><td>1</td><td>0</td><td>0</td><td>0</td>')
      const paper = await pdfText((await boss.get(`${issuePath(zofie)}.pdf`)).rawPayload)
      expect(paper).toContain('Žofie Malá-Ďurišová')
      expect(paper).toContain('Naděje')
      expect(paper).not.toMatch(/Řeřichová|Most/)
      const anybody = newBrowser(desk(), undefined, '203.0.113.21')
      const check = { code: await codeFor(zofie), name: 'Žofie Malá-Ďurišová' }
      await page(anybody, '/certificate?language=en')
      expect((await anybody.post('/certificate?language=en', check)).body).toContain('The name is right.')
      expect(await house.store.db.person.findUnique({ where: { id: zofie.personId } })).toMatchObject({
        city: 'Brno',
        country: 'CZ',
      })
      expect(await recorded()).toBe(1)
      await boss.post(await correctPath(zofie), right)
      expect(await recorded(), 'nothing was different').toBe(1)
    })

    it('is an organisation’s own spelling, too, and nobody gets the name of somebody else', async () => {
      await boss.post(await correctPath(petr), { name: 'Petr <b>', organisation: 'MOST' })
      expect(await page(boss, `/desk/programmes/${group.programmeId}/support`)).toContain('<th scope="row">MOST</th>')
      const taken = await boss.post(await correctPath(petr), { name: 'žofie malá-ďurišová', organisation: 'MOST' })
      expect([taken.statusCode, taken.body.includes('Somebody of this name is in the group')]).toEqual([409, true])
      expect((await boss.post(await correctPath(petr), { name: ' ', organisation: 'MOST' })).statusCode).toBe(422)
    })

    it('is nothing for whoever may not read the name', async () => {
      const administrator = await signIn(desk(), { role: 'administrator' })
      expect(await page(administrator, `/desk/training/${group.id}`)).not.toContain('Put right')
      for (const who of [trainer, administrator])
        expect((await who.post(await correctPath(petr), { name: 'X', organisation: '' })).statusCode).toBe(403)
    })
  })
}
