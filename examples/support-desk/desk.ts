/** The desk: triage reads what the customer wants and hands refunds over to the agent that may make them. */

import { type Agent, agent, handoff, type Model } from 'pawl'
import { openShop } from '../shop/shop.ts'
import { lookUps } from '../shop/tools.ts'
import { refundOrder } from './refund-order.ts'

export interface DeskOptions {
  readonly ledger: string
  readonly afterRefund: () => void
}

export function desk(model: Model, { ledger, afterRefund }: DeskOptions): Agent<string> {
  const shop = openShop()
  const lookUp = lookUps(shop)
  const refunds = agent({
    name: 'refunds',
    instructions: 'You make refunds. Look the order up first, then refund it, then tell the customer in one sentence.',
    model,
    tools: [...lookUp, refundOrder(shop, ledger, afterRefund)],
  })
  return agent({
    name: 'triage',
    instructions: 'You are the support desk of a shop. Answer questions about orders; hand every refund over.',
    model,
    tools: lookUp,
    handoffs: [handoff(refunds, { description: 'Refund an order: hand the customer over to the refunds desk.' })],
  })
}
