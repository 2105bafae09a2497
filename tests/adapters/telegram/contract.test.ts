import { describeChannel } from '../contract.js'
import { telegramHarness } from './harness.js'

describeChannel('Telegram by long polling', (house) => telegramHarness(house, false))
describeChannel('Telegram by webhook', (house) => telegramHarness(house, true))
