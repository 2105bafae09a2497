/** The stand-in is as strict as Telegram's documents are; otherwise the adapter's tests would prove nothing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTelegramStandIn, type TelegramStandIn } from './stand-in.js'

describe('the stand-in of the Bot API', () => {
  let telegram: TelegramStandIn
  beforeEach(async () => {
    telegram = await startTelegramStandIn()
  })
  afterEach(async () => {
    await telegram.close()
  })
  type Answer = { ok: boolean; result: { update_id: number }[] }
  const call = async (
    method: string,
    params: Record<string, unknown> = {},
    token = telegram.token,
  ): Promise<Answer> => {
    const response = await fetch(`${telegram.url}/bot${token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
    })
    return JSON.parse(await response.text())
  }
  const idsOf = (answer: Answer) => answer.result.map((update) => update.update_id)

  it('gives every update again until a later one is asked for', async () => {
    const anna = telegram.person()
    for (const word of ['a', 'b', 'c']) anna.text(word)
    const ids = idsOf(await call('getUpdates'))
    expect(ids.length).toBe(3)
    expect(idsOf(await call('getUpdates'))).toEqual(ids)
    expect(idsOf(await call('getUpdates', { offset: ids[1] }))).toEqual(ids.slice(1))
    expect(idsOf(await call('getUpdates', { offset: ids[2], limit: 1 }))).toEqual(ids.slice(2))
    expect(idsOf(await call('getUpdates', { offset: (ids[2] ?? 0) + 1 }))).toEqual([])
    expect(idsOf(await call('getUpdates'))).toEqual([])
  })

  it('holds a long poll open until something comes, and ends it for a second one', async () => {
    const first = call('getUpdates', { timeout: 20 })
    await new Promise((resolve) => setTimeout(resolve, 20))
    const second = call('getUpdates', { timeout: 20 })
    expect(await first).toMatchObject({ ok: false, error_code: 409 })
    telegram.person().text('привет')
    expect(idsOf(await second).length).toBe(1)
  })

  it('lets nobody poll while a webhook is set', async () => {
    await call('setWebhook', { url: 'http://127.0.0.1:9/x' })
    expect(await call('getUpdates')).toMatchObject({ ok: false, error_code: 409 })
    await call('deleteWebhook')
    expect(await call('getUpdates')).toMatchObject({ ok: true })
  })

  it('sends only the kinds that were asked for', async () => {
    await call('getUpdates', { allowed_updates: ['callback_query'] })
    telegram.person().text('никому')
    expect(idsOf(await call('getUpdates'))).toEqual([])
  })

  it('knows its token', async () => {
    expect(await call('getMe', {}, '1:wrong')).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' })
    expect(await call('getMe')).toMatchObject({ ok: true, result: { is_bot: true } })
  })

  it.each([
    ['an unknown chat', { chat_id: 1, text: 'x' }, 400, 'chat not found'],
    ['nothing', { text: '' }, 400, 'message text is empty'],
    ['4,097 letters', { text: 'x'.repeat(4097) }, 400, 'message is too long'],
    [
      'data of 65 bytes',
      { text: 'x', reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: 'x'.repeat(65) }]] } },
      400,
      'BUTTON_DATA_INVALID',
    ],
    ['a keyboard that is none', { text: 'x', reply_markup: { buttons: [] } }, 400, "can't parse reply keyboard markup"],
    ['an unknown topic', { text: 'x', message_thread_id: 7 }, 400, 'message thread not found'],
    ['a reply to nothing', { text: 'x', reply_parameters: { message_id: 7 } }, 400, 'message to be replied not found'],
  ])('does not send %s', async (_what, params, status, words) => {
    const { chat } = telegram.person()
    const answer = await call('sendMessage', { chat_id: chat.id, ...params })
    expect(answer).toMatchObject({ ok: false, error_code: status, description: expect.stringContaining(words) })
  })

  it('lets nobody write to those who blocked, left, never began, or are written to too fast', async () => {
    const { chat } = telegram.person()
    const send = () => call('sendMessage', { chat_id: chat.id, text: 'x' })
    chat.closed = 'blocked'
    expect(await send()).toMatchObject({ error_code: 403, description: 'Forbidden: bot was blocked by the user' })
    delete chat.closed
    chat.started = false
    expect(await send()).toMatchObject({ error_code: 403 })
    chat.started = true
    chat.slowDown = 9
    expect(await send()).toMatchObject({ error_code: 429, parameters: { retry_after: 9 } })
    delete chat.slowDown
    chat.migratedTo = -1009
    expect(await send()).toMatchObject({ error_code: 400, parameters: { migrate_to_chat_id: -1009 } })
  })

  describe('in groups', () => {
    const send = (chat: number, more: Record<string, unknown> = {}) =>
      call('sendMessage', { chat_id: chat, text: 'x', ...more })
    const topicIn = async (chat: number, name: unknown = 'K7-4F') =>
      Number(Object((await call('createForumTopic', { chat_id: chat, name })).result).message_thread_id)

    it('opens topics only in forums, only for whoever may, and only with a name', async () => {
      const forum = telegram.group()
      expect(await topicIn(forum.id)).toBe(forum.topics()[0]?.id)
      expect(await call('createForumTopic', { chat_id: forum.id, name: ' ' })).toMatchObject({ error_code: 400 })
      const lacking = [
        telegram.group({ forum: false }),
        telegram.group({ type: 'group' }),
        telegram.group({ bot: { status: 'administrator', can_delete_messages: true } }),
      ]
      for (const { id } of lacking)
        expect(await call('createForumTopic', { chat_id: id, name: 'x' })).toMatchObject({ error_code: 400 })
    })

    it('shows each message in its topic, and refuses topics that are gone, and "General" by its number', async () => {
      const forum = telegram.group()
      const [one, two] = [await topicIn(forum.id), await topicIn(forum.id, 'M2-9C')]
      const sent = await send(forum.id, { message_thread_id: one, protect_content: true })
      expect(sent.result).toMatchObject({
        message_thread_id: one,
        is_topic_message: true,
        has_protected_content: true,
      })
      await send(forum.id)
      expect([forum.shown(one).length, forum.shown(two).length, forum.shown().length]).toEqual([1, 0, 1])
      forum.deleteTopic(one)
      for (const message_thread_id of [one, 1])
        expect(await send(forum.id, { message_thread_id })).toMatchObject({
          description: 'Bad Request: message thread not found',
        })
      expect(forum.shown().length).toBe(1)
    })

    it('puts into the main chat what was meant for a topic where topics are off', async () => {
      const forum = telegram.group()
      const topic = await topicIn(forum.id)
      forum.setForum(false)
      expect((await send(forum.id, { message_thread_id: topic })).result).not.toHaveProperty('message_thread_id')
      expect(forum.shown().length).toBe(1)
    })

    it('closes, opens and deletes topics, and says when nothing changes', async () => {
      const forum = telegram.group()
      const topic = { chat_id: forum.id, message_thread_id: await topicIn(forum.id) }
      expect(await call('reopenForumTopic', topic)).toMatchObject({ description: 'Bad Request: TOPIC_NOT_MODIFIED' })
      expect(await call('closeForumTopic', topic)).toMatchObject({ ok: true })
      expect(forum.topics()[0]?.closed).toBe(true)
      await send(forum.id, topic)
      expect(await call('deleteForumTopic', topic)).toMatchObject({ ok: true })
      expect(forum.chat.messages.size).toBe(0)
      expect(await call('deleteForumTopic', topic)).toMatchObject({ description: 'Bad Request: TOPIC_ID_INVALID' })
    })

    it('tells of members by who they are, of hidden administrators by the group, and of what they answer', async () => {
      const forum = telegram.group()
      const topic = await topicIn(forum.id)
      const { result } = await send(forum.id, { message_thread_id: topic })
      const anna = telegram.person()
      const said = anna.in(forum, topic)
      said.text('беру')
      said.reply(Object(result).message_id, 'здравствуйте')
      anna.anonymouslyIn(forum, topic).text('и я')
      const updates = (await call('getUpdates')).result.map((update) => Object(update).message)
      const place = { chat: { id: forum.id, is_forum: true }, message_thread_id: topic, is_topic_message: true }
      const own = { from: { id: anna.id } }
      expect(updates).toMatchObject([
        { ...place, ...own, reply_to_message: { message_id: topic, forum_topic_created: {} } },
        { ...place, ...own, reply_to_message: { message_id: Object(result).message_id } },
        { ...place, from: { is_bot: true }, sender_chat: { id: forum.id } },
      ])
    })

    it('says what a group is and what the bot is there, to whoever is in it', async () => {
      const forum = telegram.group({ username: 'open_group' })
      const ask = (method: string) => call(method, { chat_id: forum.id, user_id: 7_000_000_001 })
      expect((await ask('getChat')).result).toMatchObject({ is_forum: true, username: 'open_group' })
      expect((await ask('getChatMember')).result).toMatchObject({ status: 'administrator', can_manage_topics: true })
      forum.throwOut()
      for (const method of ['getChat', 'getChatMember', 'createForumTopic'])
        expect(await ask(method)).toMatchObject({ error_code: 403 })
    })

    it('deletes up to a hundred messages at once: all that may be deleted, or none', async () => {
      const forum = telegram.group({ bot: { status: 'administrator', can_manage_topics: true } })
      const ours = Number(Object((await send(forum.id)).result).message_id)
      const theirs = telegram.person().in(forum).text('x').message_id
      const remove = (message_ids: number[]) => call('deleteMessages', { chat_id: forum.id, message_ids })
      expect(await remove([])).toMatchObject({ error_code: 400 })
      expect(await remove(Array.from({ length: 101 }, (_, n) => n + 1))).toMatchObject({ error_code: 400 })
      expect(await remove([ours, theirs])).toMatchObject({ description: "Bad Request: message can't be deleted" })
      expect(forum.shown().length).toBe(2)
      expect(await remove([ours, 777_777])).toMatchObject({ ok: true })
      expect(forum.shown().length).toBe(1)
    })

    it('gives a group that became a supergroup a new id, and tells both', async () => {
      const [basic, next] = [telegram.group({ type: 'group' }), telegram.group()]
      basic.upgradeTo(next)
      expect((await call('getUpdates')).result).toMatchObject([
        { message: { chat: { id: basic.id }, migrate_to_chat_id: next.id } },
        { message: { chat: { id: next.id }, migrate_from_chat_id: basic.id } },
      ])
      expect(await send(basic.id)).toMatchObject({ parameters: { migrate_to_chat_id: next.id } })
    })
  })

  it('takes twenty messages a minute for a group when it is told to be strict, any number for a person', async () => {
    const strict = await startTelegramStandIn({ strictPace: true })
    try {
      const { id } = strict.group()
      const { chat } = strict.person()
      const send = async (to: number) => {
        const body = JSON.stringify({ chat_id: to, text: 'x' })
        const headers = { 'content-type': 'application/json' }
        return (await fetch(`${strict.url}/bot${strict.token}/sendMessage`, { method: 'POST', headers, body })).status
      }
      for (let n = 0; n < 21; n++) expect(await send(chat.id)).toBe(200)
      for (let n = 0; n < 20; n++) expect(await send(id)).toBe(200)
      expect(await send(id)).toBe(429)
    } finally {
      await strict.close()
    }
  })
})
