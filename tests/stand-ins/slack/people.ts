/** What people do in their Slack, and what they see there. */
import { compose } from './compose.js'
import type { Delivery, Outcome } from './delivery.js'
import { addFile } from './file-methods.js'
import { createHands, type Doing } from './hands.js'
import { erase, type Tell } from './methods.js'
import { type Seen, screen } from './screen.js'
import { APP, type Block, BOT_ID, type Conversation, type Message, TEAM, type View, type World } from './world.js'

export type SlackPerson = ReturnType<ReturnType<typeof createPeople>>
export type Where = { channel?: Conversation; thread?: string }

export function createPeople(world: World, delivery: Delivery, tell: Tell, url: () => string) {
  const sender = (id: string) => ({ id, username: 'canary_user', name: 'canary_user', team_id: TEAM })
  const trigger = (user: string) => {
    const id = `${world.nextId('trigger-')}.canary`
    world.triggers.set(id, { user, at: world.now().getTime() })
    return id
  }

  /** A new person of the workspace. What they do is done in their chat with the bot, or in `where`. */
  return function person() {
    const { id } = world.addUser()
    let last: { conversation: Conversation; message: Message } | undefined

    const place = ({ channel }: Where) => {
      const conversation = channel ?? world.directOf(id)
      conversation.members.add(id)
      return conversation
    }

    const write = (content: Partial<Message> & Record<string, unknown>, where: Where = {}): Message => {
      const conversation = place(where)
      const root = where.thread ? conversation.messages.get(where.thread) : undefined
      if (root) root.thread_ts = root.ts
      const message: Message = {
        type: 'message',
        user: id,
        ts: world.nextTs(),
        text: '',
        ...content,
        ...(where.thread && { thread_ts: where.thread }),
      }
      conversation.messages.set(message.ts, message)
      last = { conversation, message }
      tell(conversation, { ...structuredClone(message), client_msg_id: `canary-${message.ts}`, team: TEAM })
      return message
    }

    const act = (
      payload: Record<string, unknown>,
      conversation: string,
      type: 'interactive' | 'slash_commands' = 'interactive',
    ) =>
      delivery.tell({
        type,
        conversation,
        payload: { team: { id: TEAM, domain: 'canary' }, api_app_id: APP, token: 'canary', ...payload },
      })

    const hands = createHands()

    /** Does it to the first element that it can be done to. */
    const actOn = (
      blocks: Block[],
      doing: Doing,
      container: Record<string, unknown>,
      rest: Record<string, unknown>,
      conversation: string,
    ) => {
      const action = { ...hands.act(blocks, doing), action_ts: world.nextTs() }
      const state = hands.state(blocks)
      return act(
        {
          type: 'block_actions',
          user: sender(id),
          trigger_id: trigger(id),
          container,
          state,
          actions: [action],
          ...rest,
        },
        conversation,
      )
    }

    const actOnMessage = (key: string, doing: Doing) => {
      const [channel = '', ts = ''] = key.split(':')
      const message = world.conversations.get(channel)?.messages.get(ts)
      if (!message) throw new Error('there is no such message')
      const thread = message.thread_ts && { thread_ts: message.thread_ts }
      const container = { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false, ...thread }
      const rest = {
        channel: { id: channel, name: 'canary' },
        message: structuredClone(message),
        response_url: 'https://canary.slack.com/',
      }
      return actOn(message.blocks ?? [], doing, container, rest, channel)
    }

    return {
      id,
      write,
      text: (typed: string, where?: Where) => write(compose(typed), where),
      /** Several files are one message. */
      files(files: { name: string; mime: string; content: Uint8Array }[], words = '', where?: Where) {
        const stored = files.map((file) => addFile(world, url(), { ...file, user: id }))
        const message = write(
          { ...compose(words), subtype: 'file_share', files: stored.map(({ object }) => object) },
          where,
        )
        return { message, stored }
      },
      /** An answer in a thread that is also shown in the channel. */
      broadcast: (typed: string, where: Where) => write({ ...compose(typed), subtype: 'thread_broadcast' }, where),
      edit(typed: string, of = last) {
        if (!of) throw new Error('nothing was written yet')
        const before = structuredClone(of.message)
        Object.assign(of.message, compose(typed), { edited: { user: id, ts: world.nextTs() } })
        const message = structuredClone(of.message)
        tell(of.conversation, {
          type: 'message',
          subtype: 'message_changed',
          hidden: true,
          message,
          previous_message: before,
          ts: world.nextTs(),
        })
      },
      remove(of = last) {
        if (!of) throw new Error('nothing was written yet')
        erase(world, tell, of.conversation, of.message)
      },
      /** Deletes a message of somebody else, as an administrator of the workspace may. */
      removeOf(conversation: Conversation, ts: string) {
        const message = conversation.messages.get(ts)
        if (message) erase(world, tell, conversation, message)
      },
      /** `key` is `conversation:ts`. Resolves with what the app answered. */
      press: (key: string, label: string): Promise<Outcome> => actOnMessage(key, { press: label }),
      /** Picks a day (YYYY-MM-DD) in the calendar of that message, or ticks these labels in its menu of several. */
      pick: (key: string, what: string | string[]): Promise<Outcome> =>
        actOnMessage(key, typeof what === 'string' ? { day: what } : { tick: what }),
      pressHome(label: string) {
        const view = world.homes.get(id)
        if (!view) throw new Error('the page is empty')
        return actOn(view.blocks, { press: label }, { type: 'view', view_id: view.id }, { view }, id)
      },
      /** The form that is open. */
      form: (): View | undefined => world.forms.get(id),
      /** Sends the open form; it stays open unless the app takes it. */
      async submit(words: string): Promise<Outcome> {
        const view = world.forms.get(id)
        const [input] = view?.blocks ?? []
        if (!view || !input) throw new Error('no form is open')
        const { action_id: action } = Object(input).element
        const state = { values: { [input.block_id]: { [action]: { type: 'plain_text_input', value: words } } } }
        const outcome = await act(
          { type: 'view_submission', user: sender(id), trigger_id: trigger(id), view: { ...view, state } },
          id,
        )
        const refused = !outcome.acknowledged || Object(outcome.answer).response_action === 'errors'
        if (!refused && world.forms.get(id) === view) world.forms.delete(id)
        return outcome
      },
      command: (command: string, text = '', where: Where = {}) =>
        delivery.tell({
          type: 'slash_commands',
          conversation: id,
          payload: {
            command,
            text,
            user_id: id,
            user_name: 'canary_user',
            channel_id: place(where).id,
            channel_name: 'canary',
            team_id: TEAM,
            trigger_id: trigger(id),
            response_url: 'https://canary.slack.com/',
          },
        }),
      openHome(tab: 'home' | 'messages' = 'home') {
        const conversation = world.directOf(id)
        tell(conversation, { type: 'app_home_opened', user: id, tab })
      },
      home: () => screen(world.homes.get(id)?.blocks),
      /** The account is closed: nothing can be sent to it. */
      leave() {
        const user = world.users.get(id)
        if (user) user.disabled = true
      },
      /** Messages of the bot's that are on the screen. */
      shown: (where: Where = {}): Seen[] =>
        [...place(where).messages.values()]
          .filter((message) => message.bot_id === BOT_ID && (!where.thread || message.thread_ts === where.thread))
          .map((message) => ({
            key: `${place(where).id}:${message.ts}`,
            ...screen(message.blocks),
            files: (message.files ?? []).map((file) => file.id),
            thread: message.thread_ts,
          })),
    }
  }
}
