import { expect, it } from 'vitest'
import { givesAway } from '../../adapters/bot-name.js'
import { BOT } from '../stand-ins/telegram/world.js'
import { createHouse } from './house.js'
import { startRig } from './telegram/harness.js'

it('S21 a name of ours is looked at in every language, also where its words are joined', () => {
  for (const name of ['Rahnamo', 'rahnamo_bot', 'Роҳнамо', 'Help Centre Moscow', undefined])
    expect(givesAway(name), String(name)).toBe(false)
  for (const name of [
    'Refugee Help',
    'RefugeeHelpBot',
    'help_migrants_bot',
    'Помощь мигрантам',
    'Muhojirlar uchun',
    'Pomoc uprchlíkům',
    'Ёрии муҳоҷирон',
  ])
    expect(givesAway(name), name).toBe(true)
})

it('S21 a bot that is named so is told at the start, and where the house says how it is', async () => {
  const before = { ...BOT }
  Object.assign(BOT, { first_name: 'Migrant Rights' })
  const telegram = await startRig(createHouse())
  try {
    await expect.poll(() => telegram.channel.health().sentence).toContain('@BotFather (/setname)')
    expect(JSON.stringify(telegram.lines)).toContain('TELEGRAM_ALARMING_NAME')
    expect(telegram.channel.health().state).toBe('up')
  } finally {
    Object.assign(BOT, before)
    await telegram.close()
  }
})
