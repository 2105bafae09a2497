import { describeChannel } from '../contract.js'
import { terminalHarness } from './harness.js'

describeChannel('The terminal', terminalHarness)
