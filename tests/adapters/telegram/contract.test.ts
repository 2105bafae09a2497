import { describeChannel } from '../contract.js'
import { describeRooms } from '../rooms-contract.js'
import { telegramHarness } from './harness.js'
import { telegramRoomsHarness } from './rooms-harness.js'

describeChannel('Telegram by long polling', (house) => telegramHarness(house, false))
describeChannel('Telegram by webhook', (house) => telegramHarness(house, true))
describeRooms('Telegram by long polling', (house) => telegramRoomsHarness(house, false))
describeRooms('Telegram by webhook', (house) => telegramRoomsHarness(house, true))
