import { describe, expect, test } from 'vitest'
import type { EvalCase } from '../eval/cases.ts'
import { heldOut } from '../eval/held-out.ts'
import { judge } from '../eval/judge.ts'
import { tuned } from '../eval/tuned.ts'
import { unseen } from '../eval/unseen.ts'

async function outcomes(cases: readonly EvalCase[]) {
  const verdicts = await Promise.all(cases.map(judge))
  return {
    right: verdicts.filter(({ outcome }) => outcome === 'right').length,
    wrong: cases.filter((_, index) => verdicts[index]?.outcome === 'wrong').map(({ name }) => name),
  }
}

describe('the prompts of the evaluation', () => {
  test('are 40, half of them paraphrases, a quarter to hold back on, and those that came later', () => {
    const all = [...tuned, ...heldOut]
    const count = (kind: EvalCase['kind']) => all.filter((one) => one.kind === kind).length
    expect([all.length, count('paraphrase'), count('hold back')]).toEqual([40, 20, 10])
  })

  test.each([
    ['tuned on', tuned, 26],
    ['held out', heldOut, 13],
    ['unseen', unseen, 12],
  ] as const)('%s: as many are right as the README says, and none is confidently wrong', async (_, cases, right) => {
    expect(await outcomes(cases)).toEqual({ right, wrong: [] })
  })
})
