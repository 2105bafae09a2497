import { describeChannel } from '../contract.js'
import { slackHarness } from './harness.js'

describeChannel('Slack by Socket Mode', (house) => slackHarness(house, 'socket'))
describeChannel('Slack by the Events API', (house) => slackHarness(house, 'events'))
