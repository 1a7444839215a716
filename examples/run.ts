/** Starts an example app by its name: `npm run example -- <name> …`. Without a name it lists them. */

const apps = {
  documents: 'documents of mixed kinds become typed records and CSV files',
  'support-desk': 'two agents, a refund that needs a yes, and a process that dies halfway',
  chat: 'a chat in the terminal with tools, approvals and sessions',
  analyst: 'questions to a SQLite database, answered with SQL and a chart',
}

const [, , name, ...words] = process.argv
if (name === undefined) {
  for (const [app, what] of Object.entries(apps)) console.log(`${app.padEnd(14)}${what}`)
  console.error('\nUsage: npm run example -- <name> [words …]')
} else if (Object.hasOwn(apps, name)) {
  process.argv.splice(2, Number.POSITIVE_INFINITY, ...words)
  await import(`./${name}/main.ts`)
} else {
  console.error(`There is no example "${name}"; there are ${Object.keys(apps).join(', ')}.`)
  process.exitCode = 2
}
