// Prints how each prompt went and the score: right +1, held back 0, confidently wrong -1 (so it costs two points against right).

import type { EvalCase } from './cases.ts'
import { heldOut } from './held-out.ts'
import { judge, type Verdict } from './judge.ts'
import { tuned } from './tuned.ts'
import { unseen } from './unseen.ts'

const marks = { right: '+', 'held back': '.', wrong: '-' } as const

for (const [title, cases] of [
  ['tuned on', tuned],
  ['held out', heldOut],
  ['unseen', unseen],
] as const) {
  // The held-out prompts print only their mark: to read more of them would be to tune on them.
  await report(title, cases, title === 'tuned on' || process.argv.includes('--all'))
}

async function report(title: string, cases: readonly EvalCase[], details: boolean): Promise<void> {
  const count = { right: 0, 'held back': 0, wrong: 0 }
  console.log(`\n${title}`)
  for (const one of cases) {
    const verdict = await judge(one)
    count[verdict.outcome] += 1
    console.log(`${marks[verdict.outcome]} ${one.name} (${one.kind})`)
    if (details) console.log(describe(verdict))
  }
  const score = count.right - count.wrong
  console.log(
    `${title}: ${score} of ${cases.length} (right ${count.right}, held back ${count['held back']}, wrong ${count.wrong})`,
  )
}

function describe({ turns, said }: Verdict): string {
  const calls = turns.map((turn) => turn.map((call) => `${call.name}(${JSON.stringify(call.input)})`).join('  +  '))
  return [...calls, said].map((line) => `    ${line.slice(0, 400).replaceAll('\n', '\n    ')}`).join('\n')
}
