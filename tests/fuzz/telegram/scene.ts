/** What whoever writes updates can see of the stand-in: who is there, where one can write, which buttons were shown. */
import type { Chat, User } from 'grammy/types'

export type Shown = { chat: Chat; message: number; data: string; topic?: number | undefined }

export type Scene = {
  people(): readonly User[]
  /** Members of the staff's group: one is on the staff list, the others are not. */
  members(): readonly User[]
  group(): Chat
  topics(): readonly number[]
  /** Buttons of the bot's in this chat, the newest first. */
  buttons(chat: number): readonly Shown[]
  /** All buttons that were ever shown to anybody here. */
  allButtons(): readonly Shown[]
  /** Messages of this chat. */
  messages(chat: number): readonly number[]
  files(): readonly string[]
  seconds(): number
  nextUpdate(): number
  nextMessage(): number
}
