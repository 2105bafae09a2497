import { describeChannel } from '../contract.js'
import { webHarness } from './harness.js'

describeChannel('The web chat', webHarness)
