/** The first promise of the product, seen as its users see it: a person asks on the web chat, a consultant answers at the desk. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWebChannel } from '../adapters/web/channel.js'
import { readConfig } from '../bot/config.js'
import { inviteFirst } from '../bot/console/invitations.js'
import { openHouse, type WholeHouse } from '../bot/house.js'
import { chromiumPath, launchChromium, openPhone, withoutChromium } from './adapters/web/chromium.js'
import { suiteLog } from './logs.js'
import { KEY } from './store/databases.js'

const CANARY = 'Канарейкин-Мирзоев'

/** A small picture, as a phone's gallery would give it. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Set SHOTS to a folder to keep a picture of every page. */
const shot = async (page: Page, name: string) => {
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`) })
}

describe.skipIf(!chromiumPath)(chromiumPath ? 'The whole house' : `The whole house (${withoutChromium})`, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rahnamo-'))
  const lines: string[] = []
  let house: WholeHouse
  let browser: Browser
  let url: string

  beforeAll(async () => {
    const log = suiteLog((line) => void lines.push(line))
    house = await openHouse({
      config: readConfig({ DATA_DIR: dataDir, RAHNAMO_KEY: KEY.toString('base64') }),
      log,
      channels: ({ store, texts }) => [
        createWebChannel({ log, secret: Buffer.from(store.vault.hash('web visitor')), words: texts }),
      ],
    })
    url = await house.app.listen({ port: 0, host: '127.0.0.1' })
    await house.conversation.start()
    for (const channel of house.channels) await channel.start(house.conversation.ports)
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await house?.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('a question goes from the chat to the desk and back, with photos, notes that stay inside, and a rating', async () => {
    const client = await openPhone(browser)
    const { page } = client
    page.setDefaultTimeout(8000)
    const press = (label: string) => page.getByRole('button', { name: label, exact: true }).last().click()
    const see = (text: string | RegExp) => page.getByText(text).first().waitFor()

    await page.goto(`${url}/chat`)
    await press('Русский')
    await see('Прежде чем вы напишете')
    await press('Да, так можно')
    await press('Россия')
    await press('Москва')
    await page.fill('textarea', 'хозяин не платит 3 месяца')
    await page.press('textarea', 'Enter')
    await see(/Ответ 1 из/)
    await see(/Источник/)
    await shot(page, 'chat-answer')
    await press('Спросить человека')
    await see(/Ваш вопрос теперь у консультантов/)
    await page.fill('textarea', `меня зовут ${CANARY}`)
    await page.press('textarea', 'Enter')
    await see('Добавили это к вашему вопросу')

    const token = await inviteFirst(house.store, { language: 'ru', now: new Date() })
    const desk = await openPhone(browser, { viewport: { width: 1280, height: 800 } })
    const at = desk.page
    at.setDefaultTimeout(8000)
    await at.goto(`${url}/desk/sign-in#${token}`)
    await at.locator('#queue').waitFor()
    await shot(at, 'desk-queue')
    await at.locator('.row.queued a').first().click()
    await at.getByText(`меня зовут ${CANARY}`).waitFor()
    await at.getByText('хозяин не платит 3 месяца').first().waitFor()
    await at
      .getByRole('button', { name: /^Взять/ })
      .first()
      .click()
    await see('Ваш вопрос взял консультант')

    await at.fill('#note-text', 'проверить фирму в реестре')
    await at.locator('#note button').click()
    await at.locator('#note-list').getByText('проверить фирму в реестре').waitFor()
    await at.fill('#reply-text', 'Здравствуйте! Есть ли у вас договор?')
    await at.press('#reply-text', 'Control+Enter')
    await see('Здравствуйте! Есть ли у вас договор?')

    // A photo from the client, and a paper back.
    const photo = join(dataDir, 'dogovor.png')
    writeFileSync(photo, PNG)
    await page.locator('input[type=file]').first().setInputFiles(photo)
    await at.locator('#messages img').first().waitFor()
    await at.locator('#reply input[type=file]').setInputFiles(photo)
    await at.fill('#reply-text', 'Вот образец заявления')
    await at.press('#reply-text', 'Control+Enter')
    await see('Вот образец заявления')
    await page.locator('.message.staff img, .message img').last().waitFor()
    await shot(page, 'chat-human')
    await shot(at, 'desk-case')

    await at.locator('details.close summary').click()
    await at.locator('input[value=answered]').check()
    await at.locator('details.close button').click()
    await see('Разговор с консультантом закончен')
    await press('★★★★★')
    await see('Спасибо, это поможет нам')
    await at.locator('#head .stars').waitFor()

    await page.reload()
    await see('Вот образец заявления')
    const chat = await page.textContent('body')
    expect(chat).not.toContain('проверить фирму в реестре')
    expect([...client.faults, ...desk.faults]).toEqual([])
    expect(lines.join('')).not.toContain(CANARY)
  })

  it('S38 danger is answered before anything is asked, and stands first in the queue', async () => {
    const { page, faults } = await openPhone(browser)
    await page.goto(`${url}/chat`)
    await page.getByRole('button', { name: 'Русский', exact: true }).last().waitFor()
    await page.fill('textarea', 'муж бьет меня прямо сейчас')
    await page.press('textarea', 'Enter')
    await page.getByText('Помощь есть прямо сейчас').first().waitFor()
    await shot(page, 'chat-danger')
    const [first] = await house.store.sql<{ urgency: string }>(
      `select urgency from case_file where state = 'queued' order by opened_at desc limit 1`,
    )
    expect(first?.urgency).toBe('urgent')
    expect(faults).toEqual([])
  })
})
