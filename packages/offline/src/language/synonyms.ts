// A small table of words that ask for the same thing. It is what paraphrase the rules understand.
import { stemsOf } from './words.ts'

const groups = `
weather forecast temperature rain rainy snow umbrella raincoat coat jacket sunny sunshine warm cold hot degree wind windy
thermostat heating heater radiator temperature degree
order purchase buy
customer client buyer shopper
product item article good merchandise
stock inventory available availability warehouse
price cost charge expensive cheap
meeting appointment event calendar diary agenda schedule plan
email inbox mailbox
refund reimburse moneyback
ticket issue case incident
invoice bill
ship shipment delivery deliver parcel package track tracking arrive
flight fly plane
hotel room stay accommodation
employee staff colleague worker
member reader patron
vacation holiday leave off pto
phone call telephone dial ring
reminder remind remember
task todo chore
note jot memo
currency money exchange
balance saldo
delete remove erase
find search look lookup seek
create add new make open file
cancel call_off
borrow loan lend borrowed
reserve book hold
salary pay wage earn
song music track tune
light lamp
distance far kilometre mile
add plus sum
multiply times product
subtract minus difference
divide ratio
translate translation
urgent high critical
person contact people
guest person people visitor
address mail_address
timer countdown alarm
news headline article
restaurant table dinner
department team
`

const related: ReadonlyMap<string, ReadonlySet<string>> = build()

/** Whether two stems ask for the same thing, by the table. */
export function areSynonyms(left: string, right: string): boolean {
  return related.get(left)?.has(right) ?? false
}

function build(): ReadonlyMap<string, ReadonlySet<string>> {
  const table = new Map<string, Set<string>>()
  for (const line of groups.trim().split('\n')) {
    const stems = line.split(' ').flatMap((word) => stemsOf(word).slice(0, 1))
    for (const one of stems) table.set(one, new Set([...(table.get(one) ?? []), ...stems]))
  }
  return table
}
